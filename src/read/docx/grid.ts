// Rows of Word cells with spans and merges → cells at grid positions.

export interface GridCell<Source> {
  source: Source;
  /** Grid columns it covers. */
  span: number;
  /** Merged with cells below (`start`) or part of the one above (`continue`); `across` likewise to the right. */
  down: "none" | "start" | "continue";
  across: "none" | "start" | "continue";
  /** In twentieths of a point, null where the file does not say. */
  width: number | null;
}

export interface GridRow<Source> { before: number; cells: GridCell<Source>[] }

export interface Placed<Source> { source: Source; row: number; column: number; rowSpan: number; columnSpan: number }

/**
 * Positions of a table's cells, by row, then column. Where the rows do not add up to the same number of grid columns, as some programs
 * write them, the columns are taken from the cells' widths instead.
 */
export function gridOf<Source>(rows: GridRow<Source>[]): Placed<Source>[] {
  const placed: Placed<Source>[] = [];
  /** The cell that a `continue` in that column belongs to. */
  let above = new Map<number, Placed<Source>>();
  for (const [row, { cells, columns }] of columnsOf(rows).entries()) {
    const open = new Map<number, Placed<Source>>();
    let left: Placed<Source> | null = null;
    for (const [index, cell] of cells.entries()) {
      const [column, columnSpan] = columns[index] ?? [0, 1];
      const parent = cell.down === "continue" ? above.get(column) : undefined;
      if (parent !== undefined) {
        if (parent.row + parent.rowSpan === row) parent.rowSpan += 1;
        open.set(column, parent);
        left = null;
      } else if (cell.across === "continue" && left !== null) left.columnSpan += columnSpan;
      else {
        left = { source: cell.source, row, column, rowSpan: 1, columnSpan };
        placed.push(left);
        if (cell.down !== "none") open.set(column, left);
      }
    }
    above = open;
  }
  return placed;
}

interface Row<Source> { cells: GridCell<Source>[]; columns: [number, number][] }

function columnsOf<Source>(rows: GridRow<Source>[]): Row<Source>[] {
  const plain = rows.map((row) => {
    let next = row.before;
    return { cells: row.cells, columns: row.cells.map((cell): [number, number] => [(next += cell.span) - cell.span, cell.span]), end: next };
  });
  const ends = new Set(plain.map((row) => row.end));
  return ends.size > 1 ? byWidth(rows) ?? plain : plain;
}

/** Half a centimetre: cell borders nearer than this are one. */
const sameBorder = 120;

function byWidth<Source>(rows: GridRow<Source>[]): Row<Source>[] | null {
  if (rows.some((row) => row.before > 0 || row.cells.length === 0 || row.cells.some((cell) => cell.width === null || cell.width === 0))) return null;
  const borders = rows.map((row) => {
    let x = 0;
    return [0, ...row.cells.map((cell) => (x += cell.width ?? 0))];
  });
  const rights = borders.map((row) => row.at(-1) ?? 0);
  if (Math.max(...rights) - Math.min(...rights) > 2 * sameBorder) return null;
  const lines: number[] = [];
  for (const border of borders.flat().sort((a, b) => a - b)) if (border - (lines.at(-1) ?? -Infinity) > sameBorder) lines.push(border);
  const lineOf = (x: number): number => lines.findLastIndex((line) => line <= x);
  return rows.map((row, index) => ({
    cells: row.cells,
    columns: row.cells.map((_, at): [number, number] => {
      const from = lineOf(borders[index]?.[at] ?? 0);
      return [from, Math.max(1, lineOf(borders[index]?.[at + 1] ?? 0) - from)];
    }),
  }));
}
