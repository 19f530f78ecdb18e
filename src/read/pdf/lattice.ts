// The rules painted on a page → tables: grids whose cells are what the rules enclose.
import type { Rule } from "./content.ts";

export interface LatticeCell { row: number; column: number; rowSpan: number; columnSpan: number; x0: number; y0: number; x1: number; y1: number }

/** One table on one page. `xs` and `ys` are its grid lines; `cellAt` finds the cell that holds a point, null outside. */
export interface Lattice { xs: number[]; ys: number[]; cells: LatticeCell[]; cellAt: (x: number, y: number) => LatticeCell | null }

/** Rules nearer than this are one; ends nearer than `touching` meet. */
const same = 1.5;
const touching = 3;
/** Grids finer than this are drawings, not tables. */
const mostSquares = 100_000;
const mostRules = 6000;

/** Tables of a page from top to bottom: groups of rules that meet, with at least two cells. */
export function latticesOf(rules: readonly Rule[]): Lattice[] {
  const across = joined(rules.filter((rule) => rule.y0 === rule.y1).map(({ x0, x1, y0 }) => ({ at: y0, from: x0, to: x1 })));
  const down = joined(rules.filter((rule) => rule.x0 === rule.x1).map(({ y0, y1, x0 }) => ({ at: x0, from: y0, to: y1 })));
  if (across.length + down.length > mostRules) return [];
  return groups(across, down).map(latticeOf).filter((lattice) => lattice !== null).sort((a, b) => (a.ys[0] ?? 0) - (b.ys[0] ?? 0));
}

/** A rule in one direction: where it lies, and from where to where it runs. */
interface Line { at: number; from: number; to: number }

/** Pieces of one line put together. */
function joined(pieces: Line[]): Line[] {
  const sorted = [...pieces].sort((a, b) => a.at - b.at);
  const lines: Line[] = [];
  for (let start = 0; start < sorted.length;) {
    let end = start + 1;
    while (end < sorted.length && (sorted[end]?.at ?? 0) - (sorted[end - 1]?.at ?? 0) <= same) end += 1;
    const level = sorted.slice(start, end);
    const at = level.reduce((sum, piece) => sum + piece.at, 0) / level.length;
    let last: Line | null = null;
    for (const piece of level.sort((a, b) => a.from - b.from)) {
      if (last !== null && piece.from <= last.to + touching) last.to = Math.max(last.to, piece.to);
      else lines.push(last = { at, from: piece.from, to: piece.to });
    }
    start = end;
  }
  return lines.filter((line) => line.to - line.from > touching);
}

function groups(across: Line[], down: Line[]): { across: Line[]; down: Line[] }[] {
  const parent = Array.from({ length: across.length + down.length }, (_, index) => index);
  const find = (index: number): number => {
    let root = index;
    while (parent[root] !== root) root = parent[root] ?? root;
    parent[index] = root;
    return root;
  };
  for (const [i, row] of across.entries()) {
    for (const [j, column] of down.entries()) {
      const meets = column.at >= row.from - touching && column.at <= row.to + touching && row.at >= column.from - touching && row.at <= column.to + touching;
      if (meets) parent[find(i)] = find(across.length + j);
    }
  }
  const found = new Map<number, { across: Line[]; down: Line[] }>();
  const groupOf = (index: number): { across: Line[]; down: Line[] } => {
    const root = find(index);
    const group = found.get(root) ?? { across: [], down: [] };
    found.set(root, group);
    return group;
  };
  for (const [i, row] of across.entries()) groupOf(i).across.push(row);
  for (const [j, column] of down.entries()) groupOf(across.length + j).down.push(column);
  return [...found.values()].filter((group) => group.across.length >= 2 && group.down.length >= 1);
}

function latticeOf({ across, down }: { across: Line[]; down: Line[] }): Lattice | null {
  // A side that is not drawn (tables open to the left and right) is where the rules across end.
  const xs = levels([...down.map((line) => line.at), Math.min(...across.map((line) => line.from)), Math.max(...across.map((line) => line.to))]);
  const ys = levels([...across.map((line) => line.at), Math.min(...down.map((line) => line.from)), Math.max(...down.map((line) => line.to))]);
  const [rows, columns] = [ys.length - 1, xs.length - 1];
  if (rows * columns < 2 || rows * columns > mostSquares) return null;
  const wallLeft = walls(down, xs, ys);
  const wallAbove = walls(across, ys, xs);
  const isWallLeft = (row: number, column: number): boolean => wallLeft.has(column * (rows + 1) + row);
  const isWallAbove = (row: number, column: number): boolean => wallAbove.has(row * (columns + 1) + column);
  const owner = new Map<number, LatticeCell>();
  const cells: LatticeCell[] = [];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      if (owner.has(row * columns + column)) continue;
      const cell = grow(row, column, { rows, columns, xs, ys, isWallLeft, isWallAbove, taken: (r, c) => owner.has(r * columns + c) });
      cells.push(cell);
      for (let r = row; r < row + cell.rowSpan; r += 1) for (let c = column; c < column + cell.columnSpan; c += 1) owner.set(r * columns + c, cell);
    }
  }
  if (cells.length < 2) return null;
  const cellAt = (x: number, y: number): LatticeCell | null => {
    const column = intervalOf(xs, x);
    const row = intervalOf(ys, y);
    return column === null || row === null ? null : owner.get(row * columns + column) ?? null;
  };
  return { xs, ys, cells, cellAt };
}

interface Squares {
  rows: number; columns: number; xs: number[]; ys: number[];
  isWallLeft: (row: number, column: number) => boolean;
  isWallAbove: (row: number, column: number) => boolean;
  taken: (row: number, column: number) => boolean;
}

/** The largest rectangle from a square to the right, then down, that no rule crosses. */
function grow(row: number, column: number, squares: Squares): LatticeCell {
  let right = column + 1;
  while (right < squares.columns && !squares.isWallLeft(row, right) && !squares.taken(row, right)) right += 1;
  const opens = (below: number): boolean => {
    for (let c = column; c < right; c += 1) {
      if (squares.taken(below, c) || squares.isWallAbove(below, c) || (c > column && squares.isWallLeft(below, c))) return false;
    }
    return true;
  };
  let bottom = row + 1;
  while (bottom < squares.rows && opens(bottom)) bottom += 1;
  const at = (lines: number[], index: number): number => lines[index] ?? 0;
  return {
    row, column, rowSpan: bottom - row, columnSpan: right - column,
    x0: at(squares.xs, column), x1: at(squares.xs, right), y0: at(squares.ys, row), y1: at(squares.ys, bottom),
  };
}

function levels(values: number[]): number[] {
  const sorted = values.sort((a, b) => a - b);
  const kept: number[] = [];
  for (const value of sorted) if (value - (kept.at(-1) ?? -Infinity) > 2 * same) kept.push(value);
  return kept;
}

/** Which squares have a rule on the side where lines of this direction run: `line index × (squares along + 1) + square`. */
function walls(lines: Line[], levelsAcross: number[], levelsAlong: number[]): Set<number> {
  const found = new Set<number>();
  for (const line of lines) {
    const index = levelsAcross.findIndex((level) => Math.abs(level - line.at) <= 2 * same + 0.01);
    for (let square = 0; square + 1 < levelsAlong.length; square += 1) {
      const middle = ((levelsAlong[square] ?? 0) + (levelsAlong[square + 1] ?? 0)) / 2;
      if (line.from <= middle && middle <= line.to) found.add(index * levelsAlong.length + square);
    }
  }
  return found;
}

/** The interval between two levels that holds a value; values just outside belong to the first or last. */
function intervalOf(levelsOf: number[], value: number): number | null {
  const last = levelsOf.length - 1;
  if (value < (levelsOf[0] ?? 0) - same || value > (levelsOf[last] ?? 0) + same) return null;
  let [low, high] = [0, last - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((levelsOf[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
