// Rows of a grid → which of them is the head of a known part of a form, and what each of its columns holds.
import type { Place } from "../../model.ts";
import type { FormCell } from "./document.ts";
import { folded, isNumeric, squashed } from "./label.ts";
import { visible } from "./grid.ts";
import type { Grid } from "./grid.ts";
import { bareLabel, roleOf } from "./words.ts";
import type { FormWords, Match, Vocabulary } from "./words.ts";

export type PartKind = "nature" | "indicators" | "lines" | "funds" | "buildings" | "staff" | "goals";

/** `from`/`to`: the grid's columns, inclusive. */
export interface Column { role: string; from: number; to: number; text: string; exact: boolean; place: Place }

export interface Header {
  kind: PartKind;
  row: number;
  height: number;
  columns: readonly Column[];
  /** Head cells that no word explains. */
  unknown: readonly { text: string; place: Place }[];
}

/** Which roles make a row the head of a part. */
const NEEDED: Record<PartKind, (roles: ReadonlySet<string>) => boolean> = {
  nature: (roles) => roles.has("income") || roles.has("expenditure"),
  indicators: (roles) => ["name", "level1", "level2"].some((role) => roles.has(role)) && ["target", "actual", "score"].filter((role) => roles.has(role)).length >= 1 && roles.size >= 3,
  lines: (roles) => roles.has("prior") && (roles.has("budget") || roles.has("actual")),
  funds: (roles) => roles.has("executed") && ["initialBudget", "adjustedBudget", "rate"].some((role) => roles.has(role)),
  buildings: (roles) => roles.size >= 3,
  staff: (roles) => roles.has("established") && roles.has("actual"),
  goals: (roles) => roles.has("expected") && roles.has("achieved"),
};

const KINDS: readonly PartKind[] = ["nature", "indicators", "lines", "funds", "buildings", "staff", "goals"];

/** The head that begins in this row, null where none does. */
export function headerAt(grid: Grid, row: number, words: FormWords): Header | null {
  const cells = visible(grid, row);
  if (cells.length === 0) return null;
  for (const kind of KINDS) {
    const vocabulary = words[kind];
    const candidates = cells.flatMap((cell) => matched(cell, kind, vocabulary, cells));
    const others = candidates.filter(({ cell }) => cell !== cells[0]).map(({ cell }) => cell.rowSpan);
    const first = distinct(candidates.filter(({ cell }) => cell !== cells[0] || others.length === 0 || cell.rowSpan <= Math.max(...others)));
    if (first.length === 0) continue;
    const height = heightOf(grid, row, first, cells, vocabulary);
    const columns = height === 1 ? first : distinct(stacked(grid, row, height, kind, vocabulary));
    const own = columns.filter((column) => !isCorner(column.cell, height, cells));
    if (!NEEDED[kind](new Set(own.map((column) => column.match.role)))) continue;
    if (kind !== "nature" && own.length < 2) continue;
    return {
      kind, row, height,
      columns: own.map((column) => (kind === "funds" ? overLabels(column, grid, row, height, words) : column)).map(({ cell, match, from, to }) => ({ role: match.role, from, to, text: cell.text, exact: match.exact, place: cell.place })),
      unknown: unknownCells(grid, row, height, own, vocabulary, cells),
    };
  }
  return null;
}

interface Candidate { cell: FormCell; match: Match; from: number; to: number }

function matched(cell: FormCell, kind: PartKind, vocabulary: Vocabulary, row: readonly FormCell[]): Candidate[] {
  const match = kind === "lines" ? lineRole(cell, row, vocabulary) : roleOf(vocabulary, cell.text);
  return match === null ? [] : [{ cell, match, from: cell.column, to: cell.column + cell.columnSpan - 1 }];
}

/** `2022年决算数` beside `2023年决算数` is last year's: the later year is this year. */
function lineRole(cell: FormCell, row: readonly FormCell[], vocabulary: Vocabulary): Match | null {
  const year = yearOf(cell.text);
  if (year === null) return roleOf(vocabulary, cell.text);
  const latest = Math.max(...row.map((one) => yearOf(one.text) ?? 0));
  const rest = folded(cell.text).replace(/20\d\s*\d\s*年度?/u, "");
  const match = roleOf(vocabulary, rest);
  return match?.role === "actual" && year < latest ? { ...match, role: "prior" } : match;
}

function yearOf(text: string): number | null {
  const year = /(20\d\d)年/u.exec(squashed(text))?.[1];
  return year === undefined ? null : Number(year);
}

/** One column per role: the better word wins, the earlier column among equals. Columns kept aside may repeat. */
function distinct(candidates: readonly Candidate[]): Candidate[] {
  return candidates.filter((candidate, index) => candidate.match.role === "aside" || !candidates.some((other, at) =>
    at !== index && other.match.role === candidate.match.role && (other.match.rank < candidate.match.rank || (other.match.rank === candidate.match.rank && at < index))));
}

/** A head above labels and their amounts, its cells not merged, is the amounts' head: it reaches over the blank cells beside it. */
function overLabels(column: Candidate, grid: Grid, row: number, height: number, words: FormWords): Candidate {
  const below = grid.at(row + height, column.from);
  if (column.to > column.from || below === null || below.columnSpan > 1 || roleOf(words.sources, bareLabel(below.text, words)) === null) return column;
  const to = (visible(grid, row).find((cell) => cell.column > column.to)?.column ?? grid.columns) - 1;
  const amount = visible(grid, row + height).find((cell) => cell.column > column.from && cell.column <= to);
  return { ...column, from: amount?.column ?? column.from, to };
}

/** A corner names the block to its right: it reaches further down than the head does. */
function isCorner(cell: FormCell, height: number, row: readonly FormCell[]): boolean {
  return cell === row[0] && cell.rowSpan > height;
}

const MOST_ROWS = 3;

/** Merged head cells say how high the head is; unmerged ones where the row below finishes or divides their words. */
function heightOf(grid: Grid, row: number, found: readonly Candidate[], cells: readonly FormCell[], vocabulary: Vocabulary): number {
  const spans = found.filter(({ cell }) => cell !== cells[0] || cell.rowSpan <= MOST_ROWS).map(({ cell }) => cell.rowSpan);
  const inner = found.filter(({ cell }) => cell !== cells[0]).map(({ cell }) => cell.rowSpan);
  const merged = Math.min(Math.max(1, ...(inner.length > 0 ? inner : spans)), MOST_ROWS);
  if (merged > 1) return merged;
  const below = visible(grid, row + 1);
  if (below.length === 0 || below.some((cell) => isNumeric(cell.text))) return 1;
  const finishing = below.filter((cell) => {
    const above = grid.at(row, cell.column);
    if (above === null || above.row !== row || above.text.trim() === "") return false;
    return roleOf(vocabulary, above.text + cell.text)?.exact === true && roleOf(vocabulary, above.text)?.exact !== true;
  });
  const dividing = below.filter((cell) => roleOf(vocabulary, cell.text)?.exact === true);
  const divisible = found.filter(({ match }) => match.exact).length >= 2;
  return finishing.length > 0 || (divisible && dividing.length >= 2) ? 2 : 1;
}

/** In a head of several rows a column is what its cells say together, else its lowest, else the one above. */
function stacked(grid: Grid, row: number, height: number, kind: PartKind, vocabulary: Vocabulary): Candidate[] {
  const found: Candidate[] = [];
  const seen = new Set<FormCell>();
  for (let column = 0; column < grid.columns; column++) {
    const stack: FormCell[] = [];
    for (let at = row; at < row + height; at++) {
      const cell = grid.at(at, column);
      if (cell !== null && cell.hidden !== true && cell.text.trim() !== "" && !stack.includes(cell)) stack.push(cell);
    }
    const lowest = stack.at(-1);
    if (lowest === undefined || seen.has(lowest)) continue;
    seen.add(lowest);
    const all = roleOf(vocabulary, stack.map((cell) => cell.text).join(""));
    const own = stack.toReversed().map((cell) => matched(cell, kind, vocabulary, [])[0]?.match ?? null).find((match) => match !== null) ?? null;
    const match = all?.exact === true && stack.length > 1 && own?.exact !== true ? all : (own ?? all);
    if (match !== null) found.push({ cell: lowest, match, from: lowest.column, to: lowest.column + lowest.columnSpan - 1 });
  }
  return found.flatMap((column) => undivided(column, found));
}

/** A head that others below it divide holds what they leave blank, or nothing where one of them has its role. */
function undivided(column: Candidate, all: readonly Candidate[]): Candidate[] {
  const under = all.filter(({ cell, from }) => cell.row > column.cell.row && from >= column.from && from <= column.to);
  if (under.length === 0) return [column];
  if (under.some(({ match }) => match.role === column.match.role)) return [];
  const left = Array.from({ length: column.to - column.from + 1 }, (_, index) => column.from + index).filter((at) => !under.some(({ from, to }) => at >= from && at <= to));
  const [from = column.from] = left;
  const end = left.findIndex((at, index) => left[index + 1] !== at + 1);
  return [{ ...column, from, to: left[end] ?? column.to }];
}

function unknownCells(grid: Grid, row: number, height: number, own: readonly Candidate[], vocabulary: Vocabulary, firstRow: readonly FormCell[]): { text: string; place: Place }[] {
  const from = Math.min(...own.map((column) => column.from));
  const cells = Array.from({ length: height }, (_, index) => visible(grid, row + index)).flat();
  return cells
    .filter((cell) => cell.column >= from && !own.some((column) => column.from <= cell.column + cell.columnSpan - 1 && column.to >= cell.column))
    .filter((cell) => !isCorner(cell, height, firstRow) && roleOf(vocabulary, cell.text) === null)
    .map((cell) => ({ text: squashed(cell.text), place: cell.place }));
}
