// A form's cell -> the quantity, comparison, range, date or words that it holds, and what was not the plain reading.
import { compare, ONE, times, toText, type Decimal } from "../decimal.ts";
import { once, remembered, rememberedAs, type Keep } from "../memo.ts";
import type { Comparison, Reading, Unit } from "../model.ts";
import { readDate } from "./dates.ts";
import { readExpression, type Amount, type Expression } from "./expression.ts";
import { plainNumber } from "./plain-number.ts";
import { halfWidth, hasWide } from "./text.ts";
import { tokenize, type Token } from "./tokens.ts";
import { readUnit, withScale } from "./units.ts";
import { lexiconOf, type Lexicon, type QuantityWords } from "./words.ts";

/** What was not the plain reading: `code` is a key of the locales' `input` section; `text` the cell, `read` what it was read as. */
export interface ReadingNote { code: string; values: Record<string, string> }

export interface ReadQuantity { reading: Reading; notes: ReadingNote[] }

/** What columns beside the cell say: the operator (`≥`, `定性`) and the unit. */
export interface QuantityHint { operator?: string; unit?: string }

/** No quantity is longer; a longer cell is prose or damage. */
const LONGEST = 400;

/**
 * Reads a cell. The cell's own sign and unit win over the hint's; where both stand and differ, a note says so.
 * `words` (prose, qualitative results) carries no number of its own, `several` more than one, `unreadable` one that cannot be pinned down.
 */
export function readQuantity(cell: string, words: QuantityWords, hint: QuantityHint = {}): ReadQuantity {
  const simple = readSimple(cell, words, hint);
  if (simple !== null) return simple;
  if (cell.length > LONGEST) return readLong(cell);
  return hint.operator === undefined && hint.unit === undefined ? plainReader(words)(cell) : hintedReader(words)(`${cell}\n${hint.operator ?? ABSENT}\n${hint.unit ?? ABSENT}`, () => read(cell, lexiconOf(words), hint));
}

const ABSENT = "\0";
const plainReader = once((words: QuantityWords) => remembered((cell) => read(cell, lexiconOf(words), {})));
const hintedReader = once<QuantityWords, Keep<ReadQuantity>>(() => rememberedAs());

/** Most cells: bare digits, with a sign before them, `%` at them or nothing, and no unit in the column beside. */
function readSimple(cell: string, words: QuantityWords, { operator, unit }: QuantityHint): ReadQuantity | null {
  if (unit !== undefined && unit !== "") return null;
  const lexicon = lexiconOf(words);
  const told = operator === undefined || operator === "" ? null : comparisonOf(operator, lexicon);
  const found = plainNumber(cell, operator === undefined || operator === "" ? lexicon.signs : null);
  if (found === null) return null;
  const { number, decimals, percent, comparison } = found;
  return { reading: { kind: "quantity", text: cell, number, decimals, value: number, unit: percent ? lexicon.unit("%") : null, comparison: comparison ?? told }, notes: NO_NOTES };
}

const NO_NOTES: ReadingNote[] = [];

function read(cell: string, lexicon: Lexicon, hint: QuantityHint): ReadQuantity {
  const plain = halfWidth(cell);
  const text = plain.replace(/\s/g, "");
  if (text === "" || lexicon.blank.has(text) || /^[-—–―_]+$/u.test(text)) return { reading: { kind: "blank", text: cell }, notes: [] };
  const { reading, codes } = readText(cell, plain, text, lexicon, hint);
  const wide = ["quantity", "range", "date"].includes(reading.kind) && hasWide(cell) ? ["full-width"] : [];
  return withNotes(cell, reading, [...wide, ...codes]);
}

interface Coded { reading: Reading; codes: string[] }

function readText(cell: string, plain: string, text: string, lexicon: Lexicon, hint: QuantityHint): Coded {
  const date = readDate(text);
  if (date === "invalid") return { reading: { kind: "unreadable", text: cell }, codes: [] };
  if (date !== null) return readDeadline({ kind: "date", text: cell, ...date }, hint.operator, lexicon);
  const phrase = lexicon.phrases.get(text);
  const content = phrase ?? plain.trim().replace(/[。;,、]$/u, "");
  const tokens = tokenize(content, lexicon);
  const read = readTokens(cell, tokens, lexicon, hint) ?? readBracketed(cell, content, lexicon, hint);
  if (read === null) return classify(cell, tokens, lexicon);
  return phrase === undefined ? read : { ...read, codes: ["percent-words", ...read.codes] };
}

function readTokens(cell: string, tokens: readonly Token[], lexicon: Lexicon, hint: QuantityHint): Coded | null {
  const expression = readExpression(tokens, lexicon);
  return expression === null ? null : readingOf(cell, expression, lexicon, hint);
}

/** A bracket at the end: `450（元/人）` holds the unit, `50个（含线上）` a remark; one with numbers stays part of the cell. */
function readBracketed(cell: string, text: string, lexicon: Lexicon, hint: QuantityHint): Coded | null {
  const open = text.lastIndexOf("(");
  if (open <= 0 || !text.endsWith(")")) return null;
  const [content, inside] = [text.slice(0, open), text.slice(open + 1, -1)];
  const tokens = tokenize(inside, lexicon);
  const vague = tokens.every((token) => isWord(token, "approximate"));
  const exact = tokens.some((token) => token.is === "number" || token.is === "year" || isWord(token, "compare") || isWord(token, "indefinite"));
  if (vague || exact) return null;
  const unit = readUnit(inside, lexicon.words);
  const known = unit !== null && (lexicon.unit(unit.text) !== null || unit.name.includes("/"));
  const read = readTokens(cell, tokenize(content, lexicon), lexicon, known ? { ...hint, unit: inside } : hint);
  return read === null ? null : { ...read, codes: [known ? "unit-rewritten" : "bracket", ...read.codes] };
}

/** `<=` beside a date makes it a deadline. */
function readDeadline(date: Reading & { kind: "date" }, operator: string | undefined, lexicon: Lexicon): Coded {
  const told = comparisonOf(operator, lexicon);
  const by = date.by || told === "≤" || told === "<";
  const { from, ...plain } = date;
  const reading = by || from === undefined ? { ...plain, by } : date;
  return { reading, codes: by ? ["date-by"] : [] };
}

function readingOf(cell: string, expression: Expression, lexicon: Lexicon, hint: QuantityHint): Coded | null {
  const { low, high, notes } = expression;
  const codes = [...notes];
  const hinted = hint.unit === undefined ? null : readUnit(hint.unit, lexicon.words);
  const first = amountOf(low, hinted);
  if (first.scaled) codes.push("unit-scale");
  if (low.unit !== null && hinted !== null && low.unit.name !== hinted.name) codes.push("unit-conflict");
  if (high !== null) {
    const second = amountOf(high, hinted);
    if (compare(first.value, second.value) > 0) return null;
    return { reading: { kind: "range", text: cell, low: first.value, high: second.value, unit: first.unit }, codes };
  }
  const told = comparisonOf(hint.operator, lexicon);
  if (told !== null && expression.comparison !== null && told !== expression.comparison) codes.push("operator-conflict");
  const comparison = expression.comparison ?? told;
  const { number, decimals } = low.numeral;
  return { reading: { kind: "quantity", text: cell, number, decimals, value: first.value, unit: first.unit, comparison }, codes };
}

/** The value in base units. `2.6万` beside 万元 means 2.6万元: the factor is not taken twice. */
function amountOf(amount: Amount, hinted: Unit | null): { value: Decimal; unit: Unit | null; scaled: boolean } {
  const base = amount.unit ?? (hinted !== null && amount.scale !== null ? { ...hinted, scale: ONE } : hinted);
  const scale = times(amount.scale ?? ONE, base?.scale ?? ONE);
  const unit = base === null ? null : withScale({ ...base, scale: ONE }, scale, base.text);
  return { value: times(amount.numeral.number, scale), unit, scaled: compare(scale, ONE) !== 0 };
}

function comparisonOf(operator: string | undefined, lexicon: Lexicon): Comparison | null {
  const text = halfWidth((operator ?? "").slice(0, 20)).replace(/\s/g, "");
  const found = lexicon.at(text, 0);
  if (found?.word !== text) return null;
  for (const entry of found.entries) if (entry.is === "compare") return entry.comparison;
  return null;
}

/** What is no quantity: words, several, or a number that cannot be pinned down. */
function classify(cell: string, tokens: readonly Token[], lexicon: Lexicon): Coded {
  const arabic = tokens.filter((token) => token.is === "number" && !token.chinese).length;
  const other = tokens.filter((token) => token.is === "other" || token.is === "mark");
  const prose = other.some((token) => /\p{Script=Han}/u.test(token.text)) || tokens.some((token) => isWord(token, "notNumber"));
  if (arabic === 0) return { reading: { kind: withoutArabic(tokens, other.length > 0 || prose, lexicon), text: cell }, codes: [] };
  if (arabic > 1) return { reading: { kind: areSeveral(tokens, prose) ? "several" : "unreadable", text: cell }, codes: [] };
  if (prose) return { reading: { kind: "words", text: cell }, codes: ["number-in-words"] };
  return { reading: { kind: "unreadable", text: cell }, codes: [] };
}

function withoutArabic(tokens: readonly Token[], prose: boolean, lexicon: Lexicon): "words" | "several" | "unreadable" {
  const parts = split(tokens);
  if (parts.length > 1 && parts.every((part) => readExpression(part, lexicon) !== null)) return "several";
  const numeral = tokens.some((token) => token.is === "number" || isWord(token, "indefinite"));
  const digits = tokens.some((token) => token.is === "other" && /\p{Nd}/u.test(token.text));
  return digits || (numeral && !prose) ? "unreadable" : "words";
}

/** Numbers with words, units or list signs between them are several tasks; `1.2.3` and `0x10` are one that is damaged. */
function areSeveral(tokens: readonly Token[], prose: boolean): boolean {
  if (prose || split(tokens).length > 1) return true;
  const first = tokens.findIndex((token) => token.is === "number");
  const last = tokens.findLastIndex((token) => token.is === "number");
  const between = tokens.slice(first + 1, last);
  // `7×24小时`, `1:1`: two numbers that say one thing, but no quantity.
  if (between.length === 1 && (between[0]?.text === "*" || between[0]?.text === ":")) return true;
  return between.some((token) => isWord(token, "unit")) && !between.some((token) => isWord(token, "between") || token.is === "other");
}

function split(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (isWord(token, "listed")) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}

function isWord(token: Token, is: string): boolean {
  return token.is === "word" && token.entries.some((entry) => entry.is === is);
}

/** Not looked into: words where there are letters, unreadable where there are only digits and signs. */
function readLong(cell: string): ReadQuantity {
  const start = cell.slice(0, 10 * LONGEST);
  const numbers = /\d/.test(start);
  const kind = cell.trim() === "" ? "blank" : !/\p{L}/u.test(start) ? "unreadable" : numbers ? "several" : "words";
  return withNotes(cell, { kind, text: cell }, kind === "blank" ? [] : ["too-long"]);
}

function withNotes(cell: string, reading: Reading, codes: readonly string[]): ReadQuantity {
  const text = cell.length > 60 ? `${cell.slice(0, 60)}…` : cell;
  const values = { text, read: print(reading) };
  return { reading, notes: [...new Set(codes)].map((code) => ({ code, values })) };
}

/** How a note shows what was read. */
function print(reading: Reading): string {
  if (reading.kind === "quantity") return `${reading.comparison ?? ""}${toText(reading.value)}${reading.unit?.name ?? ""}`;
  if (reading.kind === "range") return `${toText(reading.low)}–${toText(reading.high)}${reading.unit?.name ?? ""}`;
  if (reading.kind !== "date") return "";
  const { year, month, day } = reading;
  const date = `${year === null ? "" : `${year}年`}${month}月${day === null ? "" : `${day}日`}`;
  return reading.by ? `≤${date}` : date;
}
