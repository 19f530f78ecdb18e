// Tokens of a cell -> one number or range with its unit and comparison, or null where they are not exactly that.
import { equals, negated, ONE, type Decimal } from "../decimal.ts";
import type { Comparison, Unit } from "../model.ts";
import type { Numeral } from "./numerals.ts";
import type { Token } from "./tokens.ts";
import { denominatorsAt, perUnit, scaleAt, unitAt, type FoundUnit } from "./units.ts";
import type { Entry, Lexicon } from "./words.ts";

/** A number as written with the factor (`万`) and unit written at it. */
export interface Amount { numeral: Numeral; scale: Decimal | null; unit: Unit | null }

export interface Expression {
  low: Amount;
  /** The upper end of a range. */
  high: Amount | null;
  comparison: Comparison | null;
  /** Codes of what was not the plain reading. */
  notes: string[];
}

interface Cursor { readonly tokens: readonly Token[]; readonly lexicon: Lexicon; at: number; notes: Set<string>; comparisons: Comparison[]; per: string[]; plusMinus: boolean }

/** Reads the tokens to their end. Linear: each is looked at once, and nothing is tried twice. */
export function readExpression(tokens: readonly Token[], lexicon: Lexicon): Expression | null {
  const cursor: Cursor = { tokens, lexicon, at: 0, notes: new Set(), comparisons: [], per: [], plusMinus: false };
  skipLabel(cursor);
  if (!readBefore(cursor)) return null;
  const low = readAmount(cursor);
  if (low === null) return null;
  const high = readHigh(cursor, low);
  if (high === undefined || !readAfter(cursor)) return null;
  const comparison = agreed(cursor.comparisons);
  if (comparison === undefined) return null;
  return cursor.plusMinus ? plusMinus(cursor, low, high, comparison) : finish(cursor, low, high, comparison);
}

function finish(cursor: Cursor, low: Amount, high: Amount | null, comparison: Comparison | null): Expression | null {
  if (high !== null && comparison !== null) return null;
  return { low, high, comparison, notes: [...cursor.notes] };
}

/** `±5%`, `控制在±5%以内`. */
function plusMinus(cursor: Cursor, amount: Amount, high: Amount | null, comparison: Comparison | null): Expression | null {
  if (high !== null || (comparison !== null && comparison !== "≤")) return null;
  const low = { ...amount, numeral: { ...amount.numeral, number: negated(amount.numeral.number) } };
  return { low, high: amount, comparison: null, notes: [...cursor.notes, "plus-minus"] };
}

/** `合格率≥95%`: the name of what is measured, up to 12 characters that end as such names do and deny nothing. */
function skipLabel(cursor: Cursor): void {
  const { labelEnds, notLabel } = cursor.lexicon;
  let [text, end] = ["", 0];
  for (const [at, token] of cursor.tokens.entries()) {
    if (token.is !== "other" && !(hasEntry(token, "unit") || hasEntry(token, "lead"))) break;
    text += token.text.replace(/:$/, "");
    if (text.length > 12 || !/^\p{Script=Han}*$/u.test(text)) break;
    if (labelEnds.has(text.slice(-1))) end = at + 1;
  }
  if (end === 0 || Array.from(text).some((character) => notLabel.has(character))) return;
  cursor.at = end;
  noted(cursor, "lead-words");
}

/** Comparisons, verbs, a year, `每亩`: all that may stand before the number. False where anything else does. */
function readBefore(cursor: Cursor): boolean {
  for (let token = cursor.tokens[cursor.at]; token !== undefined; token = cursor.tokens[cursor.at]) {
    if (token.is === "number" || hasEntry(token, "percentOf")) return true;
    if (!readOneBefore(cursor, token)) return false;
  }
  return false;
}

function readOneBefore(cursor: Cursor, token: Token): boolean {
  if (token.is === "mark" && token.text === "每") {
    const { names, to } = denominatorsAt(cursor.tokens, cursor.at, cursor.lexicon);
    cursor.per.push(...names);
    cursor.at = to;
    return names.length > 0;
  }
  cursor.at++;
  if (token.is === "year") return noted(cursor, "lead-words");
  if (token.is === "other" && token.text === "±") return (cursor.plusMinus = true);
  if (token.is !== "word") return false;
  for (const entry of token.entries) {
    if (entry.is === "compare" && entry.before) return compared(cursor, entry);
    if (entry.is === "lead") return noted(cursor, "lead-words");
  }
  return false;
}

/** Comparisons and verbs after the number; false where anything else is left. */
function readAfter(cursor: Cursor): boolean {
  for (let token = cursor.tokens[cursor.at]; token !== undefined; token = cursor.tokens[++cursor.at]) {
    if (token.is !== "word" || !readOneAfter(cursor, token.entries)) return false;
  }
  return true;
}

function readOneAfter(cursor: Cursor, entries: readonly Entry[]): boolean {
  for (const entry of entries) {
    if (entry.is === "compare" && entry.after) return compared(cursor, entry);
    if (entry.is === "trail") return noted(cursor, "lead-words");
  }
  return false;
}

function compared(cursor: Cursor, entry: Entry & { is: "compare" }): true {
  cursor.comparisons.push(entry.comparison);
  return entry.sign ? true : noted(cursor, "comparison-word");
}

function noted(cursor: Cursor, code: string): true {
  cursor.notes.add(code);
  return true;
}

/** The first of several that point one way (`≥90%以上`); undefined where they do not. */
function agreed(comparisons: readonly Comparison[]): Comparison | null | undefined {
  const [first, ...others] = comparisons;
  if (first === undefined) return null;
  const direction = (comparison: Comparison): string => (comparison === "≥" ? ">" : comparison === "≤" ? "<" : comparison);
  return others.every((other) => direction(other) === direction(first)) ? first : undefined;
}

function readAmount(cursor: Cursor): Amount | null {
  const percent = percentAt(cursor);
  const token = cursor.tokens[cursor.at];
  if (token?.is !== "number") return null;
  const { numeral } = token;
  if (numeral === null) return null;
  cursor.at++;
  if (token.chinese) noted(cursor, "chinese-numeral");
  if (numeral.thousands) noted(cursor, "thousands");
  if (percent !== null) return { numeral, scale: null, unit: percent };
  const scale = scaleAt(cursor.tokens, cursor.at);
  if (scale !== null) cursor.at++;
  return { numeral, scale, unit: readUnitHere(cursor, token.chinese) };
}

function percentAt(cursor: Cursor): Unit | null {
  const token = cursor.tokens[cursor.at];
  const entry = token === undefined ? null : hasEntry(token, "percentOf");
  if (token === undefined || entry?.is !== "percentOf") return null;
  cursor.at++;
  noted(cursor, "percent-words");
  return { name: "%", kind: "percent", scale: entry.scale, text: token.text };
}

/** After Chinese numerals only units that the words name, and a noun only after 个: `一次性` and `三级管护制度` count nothing. */
function sureAfterChinese({ known, unit }: FoundUnit, lexicon: Lexicon): boolean {
  if (!known || unit.kind === "percent") return false;
  return lexicon.unit(unit.text) !== null || unit.kind === "other" || lexicon.anyCount.has(unit.name);
}

function readUnitHere(cursor: Cursor, chinese: boolean): Unit | null {
  const found = unitAt(cursor.tokens, cursor.at, cursor.lexicon);
  if (found === null || (chinese && !sureAfterChinese(found, cursor.lexicon))) return perBefore(cursor, null);
  cursor.at = found.to;
  if (!found.known) noted(cursor, "unit-unknown");
  return perBefore(cursor, found.unit);
}

function perBefore(cursor: Cursor, unit: Unit | null): Unit | null {
  if (unit === null || cursor.per.length === 0) return unit;
  noted(cursor, "unit-rewritten");
  return perUnit(unit, cursor.per);
}

/** The upper end where a range sign follows; null where none does; undefined where what follows it is no number. */
function readHigh(cursor: Cursor, low: Amount): Amount | null | undefined {
  const token = cursor.tokens[cursor.at];
  if (token === undefined || hasEntry(token, "between") === null) return null;
  cursor.at++;
  const high = readAmount(cursor);
  if (high === null) return undefined;
  shareUnit(low, high);
  return low.unit?.name === high.unit?.name ? high : undefined;
}

/** `3~5次`, `90-95%`, `1~2万亩`: what is written once, after the second, is said of both; in `500万-1000万元` only the 元. */
function shareUnit(low: Amount, high: Amount): void {
  if (low.unit !== null || high.unit === null) return;
  if (low.scale === null) [low.unit, low.scale] = [high.unit, high.scale];
  else if (high.unit.kind === "money" || equals(high.unit.scale, ONE)) low.unit = { ...high.unit, scale: ONE };
}

function hasEntry(token: Token, is: Entry["is"]): Entry | null {
  if (token.is !== "word") return null;
  for (const entry of token.entries) if (entry.is === is) return entry;
  return null;
}
