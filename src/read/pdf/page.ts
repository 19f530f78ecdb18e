// Characters and rules of one page → its tables with their texts, and the lines outside them, from top to bottom.
import { joinedText, type Joined } from "./cell-text.ts";
import type { Content, Glyph } from "./content.ts";
import { latticesOf, type Lattice, type LatticeCell } from "./lattice.ts";
import { linesOf, type Line } from "./lines.ts";

export interface TextCell extends Pick<LatticeCell, "row" | "column" | "rowSpan" | "columnSpan">, Joined { page: number }
export interface PageTable { kind: "table"; top: number; bottom: number; xs: number[]; rows: number; cells: TextCell[] }
export interface PageLine extends Line { kind: "line"; top: number; page: number; /** Its ordinal on the page, from 1. */ number: number }
export type PagePart = PageTable | PageLine;

/** Parts of a page in reading order. Page numbers are left out. */
export function partsOf(content: Content, page: number, height: number): PagePart[] {
  const lattices = latticesOf(content.rules);
  const inside = new Map<LatticeCell, Glyph[]>();
  const outside: Glyph[] = [];
  for (const run of runsOf(content.glyphs)) {
    for (const [cell, glyphs] of shareOut(run, lattices)) {
      if (cell === null) outside.push(...glyphs);
      else inside.set(cell, [...(inside.get(cell) ?? []), ...glyphs]);
    }
  }
  const tables = lattices.map((lattice) => tableOf(lattice, inside, page));
  const lines = linesOf(outside).filter((line) => !isPageNumber(line, height))
    .map((line, index): PageLine => ({ kind: "line", top: line.y - line.size, ...line, page, number: index + 1 }));
  return [...tables, ...lines].sort((a, b) => a.top - b.top);
}

/** Characters painted by one command on one height with no gap between them: what belongs together wherever rules run. */
function runsOf(glyphs: readonly Glyph[]): Glyph[][] {
  const runs: Glyph[][] = [];
  let before: Glyph | null = null;
  for (const glyph of glyphs) {
    const goesOn = before !== null && before.run === glyph.run && Math.abs(before.y - glyph.y) < 0.1 * glyph.size && glyph.x0 - before.x1 < 0.15 * glyph.size;
    if (goesOn) runs.at(-1)?.push(glyph);
    else runs.push([glyph]);
    before = glyph;
  }
  return runs;
}

/** A run belongs to the cell that holds most of it. */
function shareOut(run: Glyph[], lattices: Lattice[]): Map<LatticeCell | null, Glyph[]> {
  const shares = new Map<LatticeCell | null, Glyph[]>();
  for (const glyph of run) {
    const cell = cellOf(glyph, lattices);
    shares.set(cell, [...(shares.get(cell) ?? []), glyph]);
  }
  if (shares.size <= 1) return shares;
  const [most] = [...shares.entries()].sort(([, a], [, b]) => b.length - a.length);
  return most === undefined ? shares : new Map([[most[0], run]]);
}

function cellOf(glyph: Glyph, lattices: Lattice[]): LatticeCell | null {
  const [x, y] = [(glyph.x0 + glyph.x1) / 2, glyph.y - 0.35 * glyph.size];
  for (const lattice of lattices) {
    const cell = lattice.cellAt(x, y);
    if (cell !== null) return cell;
  }
  return null;
}

function tableOf(lattice: Lattice, inside: ReadonlyMap<LatticeCell, Glyph[]>, page: number): PageTable {
  const texts = lattice.cells.map((cell) => ({ cell, lines: linesOf(inside.get(cell) ?? []) }));
  const margins = marginsOf(texts);
  const cells = texts.map(({ cell, lines }): TextCell => {
    const { row, column, rowSpan, columnSpan } = cell;
    return { row, column, rowSpan, columnSpan, page, ...joinedText(lines, cell.x1 - cell.x0 - margins) };
  });
  return { kind: "table", top: lattice.ys[0] ?? 0, bottom: lattice.ys.at(-1) ?? 0, xs: lattice.xs, rows: lattice.ys.length - 1, cells };
}

/** Room that the table's text leaves free beside the rules, left and right together: the least that any line leaves. */
function marginsOf(texts: { cell: LatticeCell; lines: Line[] }[]): number {
  let [left, right] = [6, 6];
  for (const { cell, lines } of texts) {
    for (const line of lines) {
      left = Math.min(left, line.x0 - cell.x0);
      right = Math.min(right, cell.x1 - line.x1);
    }
  }
  return Math.max(0, left) + Math.max(0, right);
}

function isPageNumber(line: Line, height: number): boolean {
  const atEdge = line.y > 0.88 * height || line.y < 0.08 * height;
  return atEdge && /^[-—–―－·\s]*第?\s*\d{1,4}\s*页?(?:\s*[/／，,]?\s*共?\s*\d{1,4}\s*页?)?[-—–―－·\s]*$/u.test(line.text);
}
