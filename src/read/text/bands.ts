// Lines of a table's body → its rows: runs of lines whose cells lie evenly about one height, divided so that this and what the columns hold cost least.
import { isNumeric } from "../forms/label.ts";
import { cellsOf, marginsOf } from "./cells.ts";
import type { BandCell, BodyWord, CellGiven, Seen } from "./columns.ts";

/** One row: its lines `from` to `to` (exclusive) and its cells. `margin`: how much dearer any other division of its lines or words would be. */
export interface Band { from: number; to: number; cells: BandCell[]; margin: number }
export interface Bands { bands: Band[]; /** Lines that belong to no row. */ left: number[] }

/** How the cells of a row that have fewer lines than others stand beside them. */
type Alignment = "middle" | "top" | "bottom";
const alignments: readonly Alignment[] = ["middle", "top", "bottom"];

const mostLines = 24;
/** What it costs to leave a line to no row. */
const leaving = 5;
/** What a row must be worth to say where its columns stand. */
const certain = 1;

/** The rows, divided twice: the second time by where the certain ones of the first have their cells. */
export function bandsOf(lines: readonly (readonly BodyWord[])[], given: CellGiven): Bands {
  const first = divided(lines, given);
  const seen = first.bands.filter((band) => band.margin >= certain).flatMap((band) => seenIn(band));
  return seen.length === 0 ? first : divided(lines, { ...given, seen });
}

function seenIn({ cells }: Band): Seen[] {
  return cells.flatMap(({ column, lines }) => lines.map(({ page, at, x0, x1 }) => ({ column, page, at, x0, x1 })));
}

interface Candidate { from: number; to: number; cells: BandCell[]; costs: Record<Alignment, number> }

function divided(lines: readonly (readonly BodyWord[])[], given: CellGiven): Bands {
  const candidates = candidatesIn(lines, given);
  const ways = alignments.map((alignment) => ({ alignment, ...cheapest(lines.length, candidates, alignment, null) })).sort((a, b) => a.cost - b.cost);
  const [best, ...others] = ways;
  if (best === undefined) return { bands: [], left: [] };
  const bands = best.chosen.map((one): Band => {
    const without = cheapest(lines.length, candidates, best.alignment, one).cost - best.cost;
    const otherwise = Math.min(...others.filter((way) => !way.chosen.includes(one)).map((way) => way.cost - best.cost));
    const words = lines.slice(one.from, one.to).flat();
    const margin = isAskew(one.cells, best.alignment, given) ? 0 : Math.min(without, otherwise, ...marginsOf(words, given), ...words.map((word) => word.margin));
    return { from: one.from, to: one.to, cells: one.cells, margin };
  });
  const taken = new Set(bands.flatMap(({ from, to }) => lines.slice(from, to).map((_, index) => from + index)));
  return { bands, left: lines.flatMap((_, index) => (taken.has(index) ? [] : [index])) };
}

/** Runs of lines that may be one row: on one page, with figures on one line at most. */
function candidatesIn(lines: readonly (readonly BodyWord[])[], given: CellGiven): Candidate[] {
  const figures = lines.map((line) => hasFigures(line));
  const found: Candidate[] = [];
  for (let from = 0; from < lines.length; from += 1) {
    let rows = 0;
    for (let to = from + 1; to <= Math.min(lines.length, from + mostLines); to += 1) {
      if (figures[to - 1] === true) rows += 1;
      if (rows > 1 || lines[to - 1]?.[0]?.page !== lines[from]?.[0]?.page) break;
      const division = cellsOf(lines.slice(from, to).flat(), given);
      if (division === null) continue;
      const costOf = (alignment: Alignment): number => division.cost + unevenness(division.cells, alignment);
      found.push({ from, to, cells: division.cells, costs: { middle: costOf("middle"), top: costOf("top"), bottom: costOf("bottom") } });
    }
  }
  return found;
}

/** Two numbers that stand for themselves. */
function hasFigures(line: readonly BodyWord[]): boolean {
  const alone = line.filter((word, index) => {
    const [before, after] = [line[index - 1], line[index + 1]];
    const clings = (left: BodyWord | undefined, right: BodyWord | undefined): boolean => left !== undefined && right !== undefined && right.x0 - left.x1 < 2 && (/[^\x20-\x7E]$/u.test(left.text) || /^[^\x20-\x7E]/u.test(right.text));
    return isNumeric(word.text) && !clings(before, word) && !clings(word, after);
  });
  return alone.length >= 2;
}

/** How far the row's cells are from lying evenly, in lines. */
function unevenness(cells: readonly BandCell[], alignment: Alignment): number {
  const heights = cells.map((cell) => heightOf(cell, alignment));
  const middle = middleOf(heights);
  return heights.reduce((sum, height) => sum + Math.min(3, 1.5 * Math.abs(height - middle)), 0);
}

/** A number that stands a line or more above or below the row's other cells may be another row's. */
function isAskew(cells: readonly BandCell[], alignment: Alignment, { columns }: CellGiven): boolean {
  const middle = middleOf(cells.map((cell) => heightOf(cell, alignment)));
  return cells.some((cell) => columns[cell.column]?.content === "number" && Math.abs(heightOf(cell, alignment) - middle) >= 1);
}

function heightOf({ lines }: BandCell, alignment: Alignment): number {
  const [first, last] = [lines[0]?.at ?? 0, lines.at(-1)?.at ?? 0];
  return alignment === "middle" ? (first + last) / 2 : alignment === "top" ? first : last;
}

function middleOf(heights: readonly number[]): number {
  return heights.toSorted((a, b) => a - b)[heights.length >> 1] ?? 0;
}

function cheapest(count: number, candidates: readonly Candidate[], alignment: Alignment, forbidden: Candidate | null): { cost: number; chosen: Candidate[] } {
  interface State { cost: number; candidate: Candidate | null; back: State | null }
  const states: State[] = [{ cost: 0, candidate: null, back: null }];
  const ending = new Map<number, Candidate[]>();
  for (const candidate of candidates) ending.set(candidate.to, [...(ending.get(candidate.to) ?? []), candidate]);
  for (let end = 1; end <= count; end += 1) {
    const before = states[end - 1] ?? null;
    let best: State = { cost: (before?.cost ?? 0) + leaving, candidate: null, back: before };
    for (const candidate of ending.get(end) ?? []) {
      const state = states[candidate.from];
      if (candidate === forbidden || state === undefined) continue;
      const cost = state.cost + candidate.costs[alignment];
      if (cost < best.cost) best = { cost, candidate, back: state };
    }
    states.push(best);
  }
  const chosen: Candidate[] = [];
  for (let state: State | null = states[count] ?? null; state !== null; state = state.back) if (state.candidate !== null) chosen.unshift(state.candidate);
  return { cost: states[count]?.cost ?? 0, chosen };
}
