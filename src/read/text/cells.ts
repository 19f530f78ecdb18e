// Words of one row, on one line or several → the cells they stand in: what overlaps from line to line is one cell, cells follow the columns.
import { isNothing } from "../forms/label.ts";
import { blankCost, cellCost, joins, titleCost, tooDear, unscored } from "./cell-costs.ts";
import type { BandCell, BodyWord, CellGiven, CellLine, CellRun, Cluster } from "./columns.ts";
import { clustersOf, joinedWords } from "./lines.ts";

export interface Division { cost: number; cells: BandCell[] }

interface Choice { from: number; to: number; column: number }
/** Words of one row, and what is known of their runs already. */
interface Words { clusters: readonly Cluster[]; runs: Map<number, CellRun>; costs: Map<number, number> }

/** The cheapest division of the words into cells, null where they can be none. */
export function cellsOf(words: readonly BodyWord[], given: CellGiven): Division | null {
  const found = cheapest(wordsIn(words), given, null);
  return found === null ? null : { cost: found.cost, cells: found.chosen.map(({ cell }) => cell) };
}

/** How much dearer the words are in any other columns than the cheapest ones, for each cell of the cheapest division. */
export function marginsOf(words: readonly BodyWord[], given: CellGiven): number[] {
  const own = wordsIn(words);
  const best = cheapest(own, given, null);
  // Between two columns of numbers the mark for none stands as well in the one as in the other.
  const said = (best?.chosen ?? []).filter(({ column, cell }) => given.columns[column]?.content !== "number" || !cell.lines.every(({ text }) => isNothing(text)));
  return said.map((choice) => (cheapest(own, given, choice)?.cost ?? Infinity) - (best?.cost ?? 0));
}

function wordsIn(words: readonly BodyWord[]): Words {
  return { clusters: clustersOf([words]), runs: new Map(), costs: new Map() };
}

/** What a row of nothing but the marks for it costs. */
const blankRow = 3;
const mostClusters = 4;
const mostWords = 16;

/** `empty`: its cells hold nothing but the marks for it; `title`: its first column where the others hold nothing but these; `own`: the cost of its cells alone. */
interface State { cost: number; choice: Choice | null; back: State | null; empty: boolean; title: number | null; own: number }

function cheapest(words: Words, given: CellGiven, forbidden: Choice | null): { cost: number; chosen: (Choice & { cell: BandCell })[] } | null {
  const { columns } = given;
  const blanks = [0];
  for (const column of columns) blanks.push((blanks.at(-1) ?? 0) + blankCost(column, given.kind));
  const between = (after: number, before: number): number => (blanks[before] ?? 0) - (blanks[after + 1] ?? 0);
  /** The cheapest with this cell at its end. */
  const stateAfter = (before: readonly State[], choice: Choice): State[] => {
    const { from, to, column } = choice;
    const cell = before.length === 0 ? tooDear : costOf(words, from, to, column, given);
    if (cell >= tooDear) return [];
    const costFrom = (state: State): number => state.cost + between(state.choice?.column ?? -1, column) + cell + unscored(state.choice?.column ?? -1, column, columns);
    const [state] = before.filter((one) => (one.choice?.column ?? -1) < column).sort((a, b) => costFrom(a) - costFrom(b));
    if (state === undefined) return [];
    const { empty } = runOf(words, from, to);
    return [{ cost: costFrom(state), choice, back: state, own: state.own + cell, empty: state.empty && empty, title: state.choice === null ? column : empty ? state.title : null }];
  };
  const count = words.clusters.length;
  const states: State[][] = [[{ cost: 0, choice: null, back: null, empty: true, title: null, own: 0 }]];
  for (let to = 1; to <= count; to += 1) {
    const best: State[] = [];
    for (const [column, { content }] of columns.entries()) {
      const most = content === "text" || content === "other" ? mostWords : content === "number" || content === "operator" ? 1 : mostClusters;
      const found = Array.from({ length: Math.min(most, to) }, (_, index) => to - 1 - index)
        .filter((from) => !(forbidden?.from === from && forbidden.to === to && forbidden.column === column))
        .flatMap((from) => stateAfter(states[from] ?? [], { from, to, column }));
      const [least] = found.sort((a, b) => a.cost - b.cost);
      if (least !== undefined) best.push(least);
    }
    states.push(best);
  }
  const ending = (state: State): number => (state.empty ? blankRow + state.own : Math.min(state.own + titleCost(columns[state.title ?? -1]), state.cost + between(state.choice?.column ?? -1, columns.length)));
  const ended = (states[count] ?? []).map((state) => ({ state, cost: ending(state) })).sort((a, b) => a.cost - b.cost)[0];
  if (ended === undefined) return null;
  const chosen: (Choice & { cell: BandCell })[] = [];
  for (let state: State | null = ended.state; state?.choice != null; state = state.back) chosen.unshift({ ...state.choice, cell: { column: state.choice.column, lines: runOf(words, state.choice.from, state.choice.to).lines } });
  return { cost: ended.cost, chosen };
}

function costOf(words: Words, from: number, to: number, column: number, given: CellGiven): number {
  const key = (from * 1000 + to) * 100 + column;
  const known = words.costs.get(key);
  if (known !== undefined) return known;
  const cost = cellCost(runOf(words, from, to), column, given);
  words.costs.set(key, cost);
  return cost;
}

function runOf({ clusters, runs }: Words, from: number, to: number): CellRun {
  const known = runs.get(from * 1000 + to);
  if (known !== undefined) return known;
  const own = clusters.slice(from, to);
  const lines = linesOf(own);
  const run: CellRun = { clusters: own, apart: joins(own), lines, texts: lines.map(({ text }) => text), empty: isNothing(lines.map(({ text }) => text).join("")) };
  runs.set(from * 1000 + to, run);
  return run;
}

/** The cell's lines from top to bottom. */
function linesOf(clusters: readonly Cluster[]): CellLine[] {
  const words = clusters.flatMap((cluster) => cluster.words).sort((a, b) => a.at - b.at || a.x0 - b.x0);
  const lines: CellLine[] = [];
  for (const at of new Set(words.map((word) => word.at))) {
    const own = words.filter((word) => word.at === at);
    const [first] = own;
    if (first !== undefined) lines.push({ line: first.line, page: first.page, at, text: joinedWords(own), x0: first.x0, x1: own.at(-1)?.x1 ?? first.x1 });
  }
  return lines;
}
