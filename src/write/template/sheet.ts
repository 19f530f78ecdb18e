// One sheet of a form as plain data: merged cells, formulas, drop-downs and hints, before any format is chosen.

/** `label` is printed on the form, `input` is to be filled in, `computed` holds a formula, `line` stands outside the table. */
export type CellKind = "title" | "line" | "label" | "input" | "computed";

export interface SheetCell {
  row: number; column: number; rowSpan: number; columnSpan: number;
  kind: CellKind;
  text: string;
  /** Without `=`; gives "" until the cells that it needs are filled in. */
  formula?: string;
  percent?: boolean;
  /** Key of the locales' `forms` section: what goes in. */
  hint?: string;
}

/** What a cell accepts. `strict` refuses anything else, otherwise the list only proposes. */
export interface Entry { range: string; list?: readonly string[]; low?: number; high?: number; strict: boolean; hint: string }

export interface Sheet { name: string; widths: readonly number[]; cells: SheetCell[]; entries: Entry[] }

export type CellOptions = Partial<Pick<SheetCell, "rowSpan" | "columnSpan" | "formula" | "percent" | "hint">>;

/** Puts a cell; rows and columns count from 0. */
export function put(sheet: Sheet, kind: CellKind, row: number, column: number, text: string, options: CellOptions = {}): void {
  sheet.cells.push({ row, column, rowSpan: 1, columnSpan: 1, kind, text, ...options });
}

/** `B3` for row 2, column 1. */
export function addressOf(row: number, column: number): string {
  return `${columnOf(column)}${row + 1}`;
}

/** `A` for 0, `AA` for 26. */
export function columnOf(column: number): string {
  return (column >= 26 ? columnOf(Math.floor(column / 26) - 1) : "") + String.fromCharCode(65 + (column % 26));
}

/** `B3:D5`. */
export function rangeOf(row: number, column: number, lastRow: number, lastColumn: number): string {
  return `${addressOf(row, column)}:${addressOf(lastRow, lastColumn)}`;
}
