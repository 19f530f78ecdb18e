// A piece of text and a column of a form → how ill they go together: 0 well, the more the worse.
import { folded, isNothing, isNumeric, squashed } from "../forms/label.ts";
import { roleOf, type FormWords } from "../forms/words.ts";
import type { LevelWords } from "./columns.ts";

/** What a column of a stream holds. `stray`: what belongs to none. */
export type Holds = "corner" | "level1" | "level2" | "name" | "label" | "value" | "amount" | "percent" | "points" | "operator" | "unit" | "text" | "stray";
export interface FitWords { words: FormWords; levels: LevelWords; corner: string }

/** For a piece that begins a cell. */
export function beginning(text: string, holds: Holds, { words, levels, corner }: FitWords): number {
  const key = squashed(text);
  const number = isNumeric(text);
  switch (holds) {
    case "corner": return key !== "" && corner.startsWith(key) ? -0.5 : 9;
    case "level1": case "level2": return number ? 12 : levelFit(key, levels[holds]);
    case "name": return isQuantity(key) ? 6 : isNothing(text) ? 3 : levels.level1.has(key) || levels.level2.has(key) ? 4 : key.length < 2 ? 0.8 : key.length >= 4 && isBeginning(key, levels.level2) ? 3 : 0;
    case "label": return number || isDigits(text) ? 8 : isKnownLabel(text, words) ? -1 : 0;
    case "value": return valueFit(key, text);
    case "amount": return number || isDigits(text) ? 0 : isNothing(text) ? 0.9 : 10;
    case "percent": return /^[\d.,]+%$/u.test(key) ? 0 : number ? 2.5 : isNothing(text) ? 0.3 : 10;
    case "points": return pointsFit(key, text);
    case "operator": return roleOf(words.operators, text) === null ? 8 : -2;
    case "unit": return number ? 8 : key.length > 6 ? 4 : 0;
    case "text": return number ? 4 : 1.4;
    case "stray": return 2.6;
  }
}

/** For a piece that goes on with a cell, whose text so far is `before`. `broken`: a line break stands between. */
export function goingOn(before: string, text: string, holds: Holds, broken: boolean, fit: FitWords): number {
  const whole = squashed(before + text);
  if (holds === "level1" || holds === "level2") return broken && isBeginning(whole, fit.levels[holds]) ? 0 : 9;
  if (holds === "corner") return broken && fit.corner.startsWith(whole) ? -0.5 : 9;
  if (!broken) return holds === "value" || holds === "name" ? spaced(before, text) : holds === "text" ? 0.6 : 9;
  switch (holds) {
    case "amount": return amountGoesOn(squashed(before), whole);
    case "percent": return squashed(text) === "%" && /^[\d.,]+%$/u.test(whole) ? -0.5 : /^[\d.,]+%?$/u.test(whole) && !squashed(before).endsWith("%") ? 1 : 9;
    case "points": return /^[\d.]+$/u.test(whole) && /[.]$/u.test(before) ? 0 : 6;
    case "value": return valueGoesOn(squashed(before), squashed(text));
    case "label": return isDigits(text) ? 8 : labelGoesOn(before, text, fit.words);
    case "name": return isQuantity(squashed(text)) ? 6 : startsAnew(text, fit.words) ? 3 : isLevel(squashed(text), fit.levels) ? 4 : 0.5;
    case "text": return isNumeric(text) ? 4 : isLevel(squashed(text), fit.levels) ? 4 : 0.3;
    case "stray": return 0.7;
    case "operator": case "unit": return 4;
  }
}

/** Cost of leaving a cell with this text: a level's name or a block's name is not left half said, nor an amount at its point. */
export function leaving(text: string, holds: Holds, fit: FitWords): number {
  const key = squashed(text);
  if (holds === "level1" || holds === "level2") return !fit.levels[holds].has(bare(key)) && isBeginning(key, fit.levels[holds]) ? 3 : 0;
  if (holds === "corner") return key === fit.corner ? 0 : 2;
  if (holds === "amount") return /[.,]$/u.test(key) ? 4 : 0;
  return holds === "text" && !/[。；！]$/u.test(text) ? 0.6 : 0;
}

/** Cost of a blank cell in a row that is not otherwise blank. */
export function blank(holds: Holds): number {
  return { corner: 0, level1: 0, level2: 0, name: 2.5, label: 2.5, value: 1.2, amount: 1, percent: 0.6, points: 0.8, operator: 0.5, unit: 0.4, text: 0, stray: 0 }[holds];
}

function levelFit(key: string, names: ReadonlySet<string>): number {
  if (names.has(bare(key))) return -2;
  return isBeginning(key, names) ? -0.5 : key.length > 10 ? 9 : 4.5;
}

/** `产出指标（50` is the beginning of a name with its points. */
function isBeginning(key: string, names: ReadonlySet<string>): boolean {
  const text = bare(key);
  if (text !== key && !names.has(text)) return false;
  return text !== "" && [...names].some((name) => name.startsWith(text));
}

const bare = (key: string): string => key.replace(/[([]\d{0,3}(?:\.\d+)?分?[)\]]?$/u, "");

function isLevel(key: string, levels: LevelWords): boolean {
  return key.length >= 4 && (levels.level1.has(bare(key)) || levels.level2.has(key));
}

function pointsFit(key: string, text: string): number {
  if (/^\d{1,3}(?:\.\d+)?(?:分)?$/u.test(key)) return 0;
  if (isNothing(text)) return 0.3;
  return /^[\d.,]+$/u.test(key) ? 3 : /^[\d.,]+%$/u.test(key) ? 6 : 10;
}

function valueFit(key: string, text: string): number {
  if (/^\d+[:：]$/u.test(text)) return 4;
  if (/^[^\d≥≤<>=%]$/u.test(key) && !isNothing(text)) return 1.5;
  return key.length > 18 ? 2 : 0;
}

/** Digits and marks of a number that may be wrapped. */
function isDigits(text: string): boolean {
  return /^[\d.,]+$/u.test(folded(text));
}

function labelGoesOn(before: string, text: string, words: FormWords): number {
  if (/[(（][^)）]*$/u.test(before)) return -0.5;
  return isKnownLabel(text, words) || isKnownLabel(before, words) ? 3 : 0.4;
}

function amountGoesOn(before: string, whole: string): number {
  if (!/^[\d.,]+(?:万?元)?$/u.test(whole)) return 9;
  if (/[.,]$/u.test(before)) return 0;
  return /\.\d{2,}$/u.test(before) || /\..*\./u.test(whole) ? 6 : 0.9;
}

function valueGoesOn(before: string, text: string): number {
  if ((/[.,≥≤=><]$/u.test(before) && /^\d/u.test(text)) || /[/每]$/u.test(before)) return 0;
  if (/^\d/u.test(text) && /[\d%]$/u.test(before)) return before.endsWith("%") ? 2.2 : 1.2;
  return isQuantity(text) ? 2.5 : 0.6;
}

/** `12 期`, `10 月 28 日`: the converter puts a space between digits and Chinese characters. */
function spaced(before: string, text: string): number {
  if (/[\d%]$/u.test(before) && /^[^\x20-\x7E]/u.test(text)) return 0.3;
  return /[^\x20-\x7E]$/u.test(before) && /^\d/u.test(text) ? 0.8 : 9;
}

function isQuantity(key: string): boolean {
  return /^(?:[≥≤=><≧≦]|[\d.,]+(?:%|.?$))/u.test(key);
}

function startsAnew(text: string, words: FormWords): boolean {
  return words.namePrefix.some((prefix) => prefix.test(squashed(text)));
}

function isKnownLabel(text: string, words: FormWords): boolean {
  const key = squashed(text);
  return words.labelPrefix.some((prefix) => prefix.test(key)) || roleOf(words.sources, text)?.exact === true || roleOf(words.items, text)?.exact === true;
}
