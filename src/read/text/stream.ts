// Pieces below a head → rows of cells: the division into cells that costs least by what each column holds.
import { equals, parseDecimal } from "../../decimal.ts";
import { folded } from "../forms/label.ts";
import { beginning, blank, goingOn, leaving, type FitWords, type Holds } from "./fit.ts";
import type { Piece } from "./pieces.ts";

/** Cells by column; column -1 holds what belongs to none. */
export type StreamRow = Map<number, Piece[]>;

/** One way of dividing the pieces so far. `filled`: the columns of the row that is open, `points`: its points; `text`: of the cell that is open. */
interface State { cost: number; column: number; filled: ReadonlySet<number>; text: string; points: readonly string[]; back: State | null; step: "begin" | "go-on" | "row" }

/** Shares pieces out to the columns. Rows follow each other, cells follow each other in a row, and a cell may go on over line breaks. */
export function streamRows(pieces: readonly Piece[], columns: readonly Holds[], fit: FitWords): StreamRow[] {
  let states: State[] = [];
  for (const piece of pieces) states = best(states.length === 0 && piece === pieces[0] ? openings(piece, columns, fit) : states.flatMap((state) => nexts(state, piece, columns, fit)));
  const ended = states.map((state) => ({ state, cost: state.cost + rest(state, columns) })).sort((a, b) => a.cost - b.cost)[0];
  return ended === undefined ? [] : rowsOf(ended.state, pieces);
}

function openings(piece: Piece, columns: readonly Holds[], fit: FitWords): State[] {
  return [...columns.map((holds, column): State => (
    { cost: before(columns, column) + beginning(piece.text, holds, fit), column, filled: new Set([column]), text: piece.text, points: pointsIn(holds, piece, []), back: null, step: "row" })),
  { cost: beginning(piece.text, "stray", fit), column: -1, filled: new Set(), text: piece.text, points: [], back: null, step: "row" }];
}

function nexts(state: State, piece: Piece, columns: readonly Holds[], fit: FitWords): State[] {
  const found: State[] = [];
  const holds = columns[state.column] ?? "stray";
  found.push({ ...state, cost: state.cost + goingOn(state.text, piece.text, holds, piece.first, fit), text: state.text + piece.text, back: state, step: "go-on" });
  const open = leaving(state.text, holds, fit);
  for (let column = state.column + 1; state.column >= 0 && column < columns.length; column += 1) {
    const to = columns[column] ?? "stray";
    const skipped = columns.slice(state.column + 1, column).reduce((sum, one, index) => sum + missing(one, state, columns, state.column + 1 + index), 0);
    const cost = state.cost + open + skipped + (piece.first ? 0.15 : 0) + beginning(piece.text, to, fit) - (to === "text" ? deducted(state) : 0);
    found.push({ cost, column, filled: new Set([...state.filled, column]), text: piece.text, points: pointsIn(to, piece, state.points), back: state, step: "begin" });
  }
  const ending = state.cost + rest(state, columns) + open + (piece.first ? 0 : 2);
  for (const [column, to] of columns.entries()) {
    found.push({ cost: ending + before(columns, column) + beginning(piece.text, to, fit), column, filled: new Set([column]), text: piece.text, points: pointsIn(to, piece, []), back: state, step: "row" });
  }
  found.push({ cost: ending + beginning(piece.text, "stray", fit), column: -1, filled: new Set(), text: piece.text, points: [], back: state, step: "row" });
  return found;
}

function pointsIn(holds: Holds, piece: Piece, before: readonly string[]): readonly string[] {
  return holds === "points" ? [...before, piece.text] : before;
}

/** Where points were taken a reason is likely. */
function deducted({ points: [weight, score] }: State): number {
  const [due, given] = [weight, score].map((text) => (text === undefined ? null : parseDecimal(folded(text))));
  return due !== null && due !== undefined && given !== null && given !== undefined && !equals(due, given) ? 1.3 : 0;
}

/** The best state for each column and each way of having filled the row so far. */
function best(states: readonly State[]): State[] {
  const kept = new Map<string, State>();
  for (const state of states) {
    const key = `${state.column} ${[...state.filled].join()}`;
    const other = kept.get(key);
    if (other === undefined || state.cost < other.cost) kept.set(key, state);
  }
  return [...kept.values()].sort((a, b) => a.cost - b.cost).slice(0, widest);
}

const widest = 60;

function before(columns: readonly Holds[], column: number): number {
  return columns.slice(0, column).reduce((sum, holds) => sum + blank(holds), 0);
}

/** A second level is not left blank beside its first level's own cell. */
function missing(holds: Holds, state: State, columns: readonly Holds[], column: number): number {
  const first = columns.indexOf("level1");
  return holds === "level2" && column > 0 && state.filled.has(first) ? 1.8 : blank(holds);
}

/** What it costs to end the row here. A row may consist of level names, or of a label, alone. */
function rest(state: State, columns: readonly Holds[]): number {
  if (state.column < 0) return 0;
  const filled = [...state.filled].map((column) => columns[column]);
  if (filled.every((holds) => holds === "corner")) return 0.2;
  if (filled.every((holds) => holds === "corner" || holds === "level1")) return 1.4;
  if (filled.every((holds) => holds === "corner" || holds === "level1" || holds === "level2")) return 0.8;
  if (filled.every((holds) => holds === "label")) return 0.8;
  return columns.slice(state.column + 1).reduce((sum, holds, index) => sum + missing(holds, state, columns, state.column + 1 + index), 0);
}

function rowsOf(last: State, pieces: readonly Piece[]): StreamRow[] {
  const rows: StreamRow[] = [];
  const path: State[] = [];
  for (let state: State | null = last; state !== null; state = state.back) path.unshift(state);
  for (const [index, state] of path.entries()) {
    const piece = pieces[index];
    if (piece === undefined) continue;
    if (state.step === "row") rows.push(new Map());
    const row = rows.at(-1);
    const cell = row?.get(state.column);
    if (cell !== undefined && state.step === "go-on") cell.push(piece);
    else row?.set(state.column, [piece]);
  }
  return rows;
}
