// A form table's list of cells → a grid that can be asked what stands at, or covers, a row and column.
import type { Place } from "../../model.ts";
import type { FormCell, FormTable } from "./document.ts";
import { withoutStrays } from "./strays.ts";

export interface Grid {
  name: string | undefined;
  /** Rows that have a cell with text, in order. */
  rows: readonly number[];
  columns: number;
  /** Texts far to the right of the form, which are none of it. */
  strays: readonly FormCell[];
  /** The cells with text whose top left stands in that row; hidden ones too. */
  anchored: (row: number) => readonly FormCell[];
  /** The cell that covers the position (a merged one covers several), null where there is none. */
  at: (row: number, column: number) => FormCell | null;
  place: (row: number, column: number) => Place | null;
}

export function gridOf(table: FormTable): Grid {
  const { cells, strays } = withoutStrays(table.cells);
  const byRow = new Map<number, FormCell[]>();
  for (const cell of cells) {
    const row = byRow.get(cell.row);
    if (row === undefined) byRow.set(cell.row, [cell]);
    else row.push(cell);
  }
  const covering = coverage(cells, byRow);
  const withText = new Map([...byRow].map(([row, all]) => [row, all.filter((cell) => cell.text.trim() !== "")]));
  const at = (row: number, column: number): FormCell | null => covering.get(row)?.get(column) ?? null;
  return {
    name: table.name,
    strays,
    rows: [...withText].filter(([, all]) => all.length > 0).map(([row]) => row).sort((a, b) => a - b),
    columns: cells.reduce((most, cell) => Math.max(most, cell.column + cell.columnSpan), 0),
    anchored: (row) => withText.get(row) ?? [],
    at,
    place: (row, column) => at(row, column)?.place ?? placeBeside(byRow.get(row) ?? [], column),
  };
}

/** Row → column → covering cell. Spans are followed only over rows that exist. */
function coverage(cells: readonly FormCell[], byRow: ReadonlyMap<number, readonly FormCell[]>): Map<number, Map<number, FormCell>> {
  const covering = new Map<number, Map<number, FormCell>>();
  const put = (row: number, column: number, cell: FormCell): void => {
    let columns = covering.get(row);
    if (columns === undefined) covering.set(row, (columns = new Map<number, FormCell>()));
    const there = columns.get(column);
    if (there === undefined || (there.text === "" && there.rowSpan * there.columnSpan === 1)) columns.set(column, cell);
  };
  for (const cell of cells) {
    const lastRow = Math.min(cell.row + cell.rowSpan, cell.row + 5_000);
    for (let row = cell.row; row < lastRow; row++) {
      if (row > cell.row && !byRow.has(row)) continue;
      for (let column = cell.column; column < cell.column + Math.min(cell.columnSpan, 500); column++) put(row, column, cell);
    }
  }
  return covering;
}

/** A blank cell that the file does not hold has the place that its row's other cells imply. */
function placeBeside(row: readonly FormCell[], column: number): Place | null {
  const beside = row[0]?.place;
  if (beside === undefined) return null;
  const address = /^[A-Z]+(\d+)$/u.exec(beside.cell ?? "");
  return address === null ? beside : { ...beside, cell: `${letters(column)}${address[1] ?? ""}` };
}

function letters(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest > 0 ? letters(rest - 1) : "") + String.fromCharCode(65 + (column % 26));
}

/** The value that stands in these columns of the row: the first text there whose cell begins there, else a blank. */
export function valueIn(grid: Grid, row: number, from: number, to: number): { text: string; cell: FormCell | null; place: Place | null } {
  const cell = grid.anchored(row).find((one) => one.column >= from && one.column <= to) ?? null;
  return { text: cell?.text ?? "", cell, place: cell?.place ?? grid.place(row, from) };
}

/** Cells with text in the row that are not hidden. */
export function visible(grid: Grid, row: number): readonly FormCell[] {
  const all = grid.anchored(row);
  return all.some((cell) => cell.hidden === true) ? all.filter((cell) => cell.hidden !== true || hiddenRow(all)) : all;
}

/** Where a whole row is hidden it is read like any other; hidden columns hold the keys of reporting systems. */
function hiddenRow(row: readonly FormCell[]): boolean {
  return row.every((cell) => cell.hidden === true);
}
