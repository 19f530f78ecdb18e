// Words of a line → the columns of a table they stand in, by order, content, gaps and position, in this order of trust.
import { isNothing, isNumeric, squashed } from "../forms/label.ts";
import { centre, type Word } from "./lines.ts";

/** What a column holds, as far as that tells its words from others. */
export type Content = "corner" | "level1" | "level2" | "name" | "value" | "number" | "operator" | "unit" | "text" | "label" | "other";
export interface Column { content: Content; centre: number }
/** `under`: the first levels that a second one usually stands under. */
export interface LevelWords { level1: ReadonlySet<string>; level2: ReadonlySet<string>; under: ReadonlyMap<string, readonly string[]> }

/** For each word of the line, the index of its column; columns never run backwards. */
export function columnsOf(words: readonly Word[], columns: readonly Column[], levels: LevelWords): number[] {
  return divided(words, columns, levels).map(({ column }) => column);
}

/** For each word its column, and how much dearer the best division of the line is in which it stands in another: little where columns can hardly be told apart. */
export function divided(words: readonly Word[], columns: readonly Column[], levels: LevelWords): { column: number; margin: number }[] {
  const full = words.some((word) => isNumeric(word.text));
  const own = words.map((word) => columns.map((column) => mismatch(word, column, levels)));
  const to = (index: number, from: number, at: number): number => {
    const [before, word, column] = [words[index - 1], words[index], columns[at]];
    return from > at || before === undefined || word === undefined || column === undefined ? Infinity : step(before, word, from === at, column) + (full ? skipped(columns, from, at) : 0);
  };
  const ahead = costs(words.map((_, index) => index), own, columns, to);
  const behind = costs(words.map((_, index) => index).reverse(), own, columns, (index, from, at) => to(index + 1, at, from));
  return words.map((_, index) => {
    const whole = columns.map((__, at) => (ahead[index]?.[at] ?? Infinity) + (behind[index]?.[at] ?? Infinity) - (own[index]?.[at] ?? 0));
    const column = whole.indexOf(Math.min(...whole));
    return { column, margin: Math.min(...whole.filter((___, at) => at !== column)) - (whole[column] ?? 0) };
  });
}

/** The least cost of all words up to each, by the column that it stands in. */
function costs(order: readonly number[], own: readonly (readonly number[])[], columns: readonly Column[], to: (index: number, from: number, at: number) => number): number[][] {
  const result: number[][] = [];
  let last: readonly number[] = [0];
  for (const [step, index] of order.entries()) {
    last = columns.map((_, at) => (own[index]?.[at] ?? Infinity) + (step === 0 ? 0 : Math.min(...last.map((cost, from) => cost + to(index, from, at)))));
    result[index] = [...last];
  }
  return result;
}

/** Columns with centres moved to where their words stand: to the middle of the found ones. */
export function settled(lines: readonly (readonly Word[])[], columns: readonly Column[], levels: LevelWords): Column[] {
  const found = columns.map((): number[] => []);
  for (const words of lines) {
    const spans = new Map<number, { x0: number; x1: number }>();
    for (const [index, at] of columnsOf(words, columns, levels).entries()) {
      const word = words[index];
      if (word === undefined) continue;
      const span = spans.get(at);
      spans.set(at, { x0: Math.min(span?.x0 ?? word.x0, word.x0), x1: Math.max(span?.x1 ?? word.x1, word.x1) });
    }
    for (const [at, span] of spans) found[at]?.push(centre(span));
  }
  return columns.map((column, at) => {
    const centres = (found[at] ?? []).sort((a, b) => a - b);
    return centres.length === 0 ? column : { ...column, centre: centres[centres.length >> 1] ?? column.centre };
  });
}

function mismatch(word: Word, column: Column, levels: LevelWords): number {
  const pull = column.content === "corner" || column.content === "level1" || column.content === "level2" ? 0.4 : 0.15;
  return Math.min(5, pull * Math.abs(centre(word) - column.centre)) + foreign(word.text, column.content, levels);
}

/** How little a text looks like what the column holds. */
function foreign(text: string, content: Content, levels: LevelWords): number {
  const key = squashed(text);
  const number = isNumeric(text) || isNothing(text) && text !== "无";
  switch (content) {
    case "number": return number ? 0 : /^[\d.,，．%％]+$/u.test(key) ? 0 : 12;
    case "level1": case "level2": return number ? 12 : isPart(key, levels[content]) ? (key.length > 1 ? -2 : -0.5) : 5;
    case "name": return isQuantity(key) ? 6 : levels.level2.has(key) || levels.level1.has(key) ? 4 : 0;
    case "label": return number ? 8 : 0;
    case "operator": return /^(?:[≥≤=><≧≦]|>=|<=|定性|正向|反向)$/u.test(key) ? -3 : 8;
    case "unit": return number ? 8 : key.length > 5 || /[、，]/u.test(key) ? 4 : 0;
    case "text": return number ? 6 : 0;
    case "corner": return 1;
    case "value": case "other": return 0;
  }
}

/** A beginning, middle or end of a known name, or points in brackets beside it. */
function isPart(key: string, names: ReadonlySet<string>): boolean {
  if (/^[(]?\d{0,3}(?:分[)]?)?$/u.test(key) || key === "指标") return true;
  return [...names].some((name) => name.includes(key)) || names.has(key.replace(/[(]\d+分?[)]?$/u, ""));
}

function isQuantity(key: string): boolean {
  return /^(?:[≥≤=><≧≦]|[\d.,]+(?:%|$))/u.test(key);
}

/** On a line of numbers a row's values and points stand side by side. */
function skipped(columns: readonly Column[], from: number, to: number): number {
  const into = columns[to]?.content;
  if (into !== "number" && into !== "value") return 0;
  return columns.slice(from + 1, to).filter(({ content }) => content === "number" || content === "value").length * 1.5;
}

function step(before: Word, word: Word, same: boolean, column: Column): number {
  const gap = word.x0 - before.x1;
  if (!same) return gap > 1 ? 0 : 1;
  if (column.content === "number" || column.content === "operator") return 10;
  if (column.content === "level1" || column.content === "level2") return /^[(（]/u.test(word.text) ? 0 : 3;
  const second = column.content === "value" && isQuantity(squashed(word.text)) && !/(?:[年月第到至约于~-]|[≥≤=><])$/u.test(before.text);
  return (gap > 1 ? 4 : 0) + (second ? 7 : 0);
}
