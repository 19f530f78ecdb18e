// Rows of a text's table → those whose words may stand in other columns or rows than they were given to. No figure is taken from them.
import { folded, isNothing, isNumeric } from "../forms/label.ts";
import { bareLabel, roleOf, type FormWords } from "../forms/words.ts";
import type { PartKind } from "../forms/header.ts";
import type { Content, LevelWords } from "./columns.ts";
import { levelName } from "./labels.ts";

/** A piece of a cell on one line, and how much dearer any other column would be for it. */
export interface Sure { text: string; line: number; margin: number }
export interface DoubtColumn { content: Content; role: string | null }
/** `levels`: the names of levels that the row was given, and how much dearer another one would be; `reach`: where its cells stand, null where rows stand one after the other. */
export interface DoubtRow { line: number; reach: Reach | null; cells: ReadonlyMap<number, readonly Sure[]>; levels: readonly { content: "level1" | "level2"; text: string; margin: number }[] }
/** The lines of a row's cells; `above`, `below`: by how many lines the middle of one of them lies off the row's own line; `alone`: it has one cell. */
export interface Reach { page: number; first: number; last: number; line: number; above: number; below: number; alone: boolean }
/** `firsts`: the names of first levels that stand in the table. */
export interface DoubtWords { words: FormWords; levels: LevelWords; firsts: ReadonlySet<string> }

/** What a word's column and a row's level must at least be worth. */
const leastColumn = 0.5;
const leastLevel = 0.7;
/** What a row whose lines are certain is worth. */
const settled = 2;
/** A column that so many rows fill has no blank cells. */
const usual = 0.7;
/** With so many rows in doubt none is certain. */
const tooMany = 0.4;
const nearby = 2;

/** Whether each row is in doubt. `left`: lines on which words stand that belong to no row. */
export function doubtful(rows: readonly DoubtRow[], columns: readonly DoubtColumn[], kind: PartKind, left: readonly number[], words: DoubtWords): boolean[] {
  if (cannotBeTold(rows, columns, kind, words.words)) return rows.map(() => true);
  const needed = columns.map((column, index) => kind === "indicators" && isNeeded(column) && isUsual(rows, index));
  const known = knownLevels(rows, words.levels);
  const torn = rows.map((row) => !isEmpty(row, columns) && columns.some((column, index) => (needed[index] === true && textAt(row, index) === "") || ((column.content === "label" || column.content === "operator") && textAt(row, index) === "") || isTorn(row, index, column)));
  const doubts = rows.map((row, at) => torn[at] === true || columns.some((column, index) => isForeign(row, index, column, kind, words.words)) || row.levels.some((level) => isUnsure(level, words.levels, known)) || isMisplaced(row, words) || isAmiss(row, columns) || isTakenFrom(rows, at, columns) || isNear(rows, at, torn) || left.some((line) => isBeside(row, line)));
  return doubts.filter(Boolean).length > tooMany * rows.length ? rows.map(() => true) : doubts.map((doubt, at) => doubt || isCut(rows, at));
}

/** A column of names that was not found, or one in which nothing stands although all forms fill it or its meaning is unknown: the others may be one off. */
function cannotBeTold(rows: readonly DoubtRow[], columns: readonly DoubtColumn[], kind: PartKind, words: FormWords): boolean {
  if (kind === "indicators" && !columns.some(({ role }) => role === "name")) return true;
  const blank = columns.map((_, index) => rows.every((row) => textAt(row, index) === ""));
  if (columns.some(({ content }, index) => (content === "operator" || content === "unit") && blank[index] === true)) return true;
  const name = columns.findIndex(({ role }) => role === "name");
  if (columns.some(({ content, role }, index) => index < name && (role === null || role === "aside" || content === "value") && content !== "corner" && blank[index] === false)) return true;
  return columns.some(({ content, role }, index) => (content === "other" || role === "aside") && (kind === "indicators" ? blank[index] === true : rows.some((row) => roleOf(words.sources, bareLabel(textAt(row, index), words)) !== null)));
}

/** Nothing stands in the row, beside its levels, but the marks for nothing. */
function isEmpty(row: DoubtRow, columns: readonly DoubtColumn[]): boolean {
  return [...row.cells].every(([index, fragments]) => ["corner", "level1", "level2"].includes(columns[index]?.content ?? "") || fragments.every((fragment) => isNothing(fragment.text)));
}

function textAt(row: DoubtRow, column: number): string {
  return (row.cells.get(column) ?? []).map((fragment) => fragment.text).join("\n");
}

function isNeeded({ content, role }: DoubtColumn): boolean {
  return !["level1", "level2", "unit", "operator", "corner"].includes(content) && role !== "explanation" && role !== "measures";
}

function isUsual(rows: readonly DoubtRow[], column: number): boolean {
  const filled = rows.filter((row) => textAt(row, column) !== "").length;
  return filled > 1 && filled >= usual * rows.length;
}

/** What stands in the cell may be a part of what stands in the row above or below. */
function isTorn(row: DoubtRow, index: number, { content }: DoubtColumn): boolean {
  const fragments = row.cells.get(index) ?? [];
  const text = folded(textAt(row, index));
  if (content === "number") return fragments.some(({ margin }, at) => at > 0 && margin < Infinity) || /^0\d|[.,]$/u.test(text);
  if (content === "unit") return fragments.length > 1;
  if (content === "operator") return fragments.length > 1;
  return content === "value" && isTornValue(fragments.map((fragment) => folded(fragment.text)));
}

/** Digits on several lines of one cell may be one number or several; words before or after them may be another row's. */
function isTornValue(lines: readonly string[]): boolean {
  const text = lines.join(" ").replace(/(?<=[^\x20-\x7E])\s+|\s+(?=[^\x20-\x7E])/gu, "");
  if (/^(?:[≥≤≧≦><=]|大于|小于|等于|不低于|不少于|不超过|不高于)+$|[/每(（.,]$/u.test(text)) return true;
  if (!/\d/u.test(text)) return false;
  if (lines.length === 1) return false;
  const whole = text.replace(/(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日)?/gu, "日期");
  const numbers = whole.match(/\d[\d.,]*/gu) ?? [];
  const digits = lines.findIndex((line) => /\d/u.test(line));
  return numbers.length > 1 || (digits > 0 && !/日期/u.test(whole)) || lines.slice(digits + 1).some((line) => /[、,。;]/u.test(line) || line.length > 5);
}

/** The column does not hold such words, or they may as well stand in another. */
function isForeign(row: DoubtRow, index: number, { content, role }: DoubtColumn, kind: PartKind, words: FormWords): boolean {
  const fragments = row.cells.get(index) ?? [];
  if (fragments.length === 0) return false;
  const text = textAt(row, index);
  if (content !== "text" && content !== "other" && fragments.some((fragment) => fragment.margin < leastColumn)) return true;
  switch (content) {
    case "number": return !(isNumeric(text) || isNothing(text)) || (/Budget$|^executed$/u.test(role ?? "") && /[%％]/u.test(text));
    case "operator": return roleOf(words.operators, text) === null;
    case "name": return !isName(fragments.map((fragment) => folded(fragment.text)));
    case "label": return kind === "funds" && roleOf(words.sources, bareLabel(text, words)) === null;
    case "text": return role !== null && role !== "explanation" && role !== "measures" && fragments.length > 1 && fragments.some((fragment) => /\d/u.test(fragment.text));
    case "unit": return /^[年月日]|[、，]/u.test(text);
    case "value": case "other": case "corner": case "level1": case "level2": return false;
  }
}

/** Neither a value nor a sentence has gone into it. */
function isName(lines: readonly string[]): boolean {
  return lines.join("").length > 1 && !lines.some((line, at) => /[≥≤=><≧≦;。]/u.test(line) || (at > 0 && /\d/u.test(line))) && !/\d%$|^[\d.,]+$/u.test(lines.join(""));
}

/** Of which levels most names are listed ones. */
function knownLevels(rows: readonly DoubtRow[], levels: LevelWords): ReadonlySet<string> {
  return new Set((["level1", "level2"] as const).filter((content) => {
    const names = rows.flatMap((row) => row.levels.flatMap((level) => (level.content === content ? [levels[content].has(levelName(level.text))] : [])));
    return names.filter(Boolean).length > names.length / 2;
  }));
}

/** A name that is none among listed ones has lost a part; one may be another's. */
function isUnsure({ content, text, margin }: DoubtRow["levels"][number], levels: LevelWords, known: ReadonlySet<string>): boolean {
  const name = levelName(text);
  const begun = !levels[content].has(name) && [...levels[content]].some((whole) => whole.startsWith(name) || whole.endsWith(name));
  return margin < leastLevel || begun || /[\d≥≤><%]/u.test(folded(name)) || (known.has(content) && !levels[content].has(name));
}

/** Its first level is none under which its second one usually stands, and one of these stands in the table. */
function isMisplaced({ levels }: DoubtRow, { levels: { under }, firsts }: DoubtWords): boolean {
  const named = (content: "level1" | "level2"): string => levelName(levels.find((level) => level.content === content)?.text ?? "");
  const usual = under.get(named("level2")) ?? [];
  return named("level1") !== "" && !usual.includes(named("level1")) && usual.some((name) => firsts.has(name));
}

/** Between pages a row may have been cut. */
function isCut(rows: readonly DoubtRow[], at: number): boolean {
  const [before, own, after] = [rows[at - 1]?.reach ?? null, rows[at]?.reach ?? null, rows[at + 1]?.reach ?? null];
  return own !== null && ((before !== null && before.page !== own.page && !isWholeCut(before, own)) || (after !== null && after.page !== own.page && !isWholeCut(own, after)));
}

const half = 0.5;

/** Of two rows that meet between pages neither has lines of the other: cells lie evenly about their row, but for half a line where an even number of lines cannot. */
export function isWholeCut(above: Reach, below: Reach): boolean {
  if (above.alone || below.alone || above.above > half || above.below > half || below.above > 0 || below.below > half) return false;
  return above.below === 0 || (below.below === 0 && below.first < below.line);
}

/** Its name stands below its figures, or above, and the next row's name begins, or ends, on the other side of these: a part of it may be the other's. */
function isTakenFrom(rows: readonly DoubtRow[], at: number, columns: readonly DoubtColumn[]): boolean {
  const name = columns.findIndex(({ content }) => content === "name");
  const linesOf = (row: DoubtRow | undefined): number[] => (row?.cells.get(name) ?? []).map(({ line }) => line);
  const own = rows[at];
  if (own === undefined || own.reach === null || linesOf(own).length === 0) return false;
  const [before, after] = [rows[at - 1], rows[at + 1]];
  const [above, below] = [Math.max(...linesOf(before)), Math.min(...linesOf(after))];
  if (linesOf(own).every((line) => line > own.line)) return before !== undefined && above > before.line && above >= own.line - 1;
  return linesOf(own).every((line) => line < own.line) && after !== undefined && below < after.line && below <= own.line + 1;
}

/** Against a number a number is held: a word there is the unit of another cell. */
function isAmiss(row: DoubtRow, columns: readonly DoubtColumn[]): boolean {
  const at = (role: string): string => folded(textAt(row, columns.findIndex((column) => column.role === role)));
  return isNumeric(at("target")) && !isNothing(at("actual")) && !/\d/u.test(at("actual"));
}

function isBeside({ line: own, reach }: DoubtRow, line: number): boolean {
  return Math.abs(line - own) <= nearby || (reach !== null && line >= reach.first - 1 && line <= reach.last + 1);
}

/** A row that lacks a cell, or has only a part of it, may have lost it to the next one. */
function isNear(rows: readonly DoubtRow[], at: number, torn: readonly boolean[]): boolean {
  const own = rows[at];
  return own !== undefined && [at - 1, at + 1].some((index) => {
    const other = rows[index];
    return torn[index] === true && other !== undefined && !isSettled(other) && (Math.abs(other.line - own.line) <= nearby || meets(other, own) || meets(own, other));
  });
}

/** What is torn in it is its own: its lines are nobody else's. */
function isSettled({ reach, cells }: DoubtRow): boolean {
  return reach !== null && [...cells.values()].flat().every(({ margin }) => margin >= settled);
}

/** No line stands between the rows. */
function meets({ reach: above }: DoubtRow, { reach: below }: DoubtRow): boolean {
  return above !== null && below !== null && (below.first === above.last || below.first === above.last + 1);
}
