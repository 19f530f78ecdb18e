// Sheets of a form → the bytes of a workbook with merges, drop-downs, formulas and comments. Owns hucre.
import { writeXlsx } from "hucre/xlsx";
import type { Cell, CellStyle, CellValue, DataValidation, WriteSheet } from "hucre/xlsx";
import type { Locale } from "../../locale.ts";
import { word } from "../../locale.ts";
import type { CellKind, Entry, Sheet, SheetCell } from "./sheet.ts";
import { templateWords } from "./words.ts";

/** The same bytes whenever it is written. */
const NEVER = new Date(0);

/** `instructions` are the lines of a sheet of their own in front; null: none. Comments and messages are in the locale's language. */
export async function workbookOf(sheets: readonly Sheet[], instructions: readonly string[] | null, locale: Locale): Promise<Uint8Array> {
  const front = instructions === null ? [] : [{ name: templateWords().instructions, columns: [{ width: 90 }], rows: instructions.map((line) => [line]), view: { showGridLines: false } }];
  return writeXlsx({ sheets: [...sheets.map((sheet) => written(sheet, locale)), ...front], defaultFont: { name: "宋体", size: 11 }, properties: { creator: "ziping", created: NEVER, modified: NEVER } });
}

function written(sheet: Sheet, locale: Locale): WriteSheet {
  const height = Math.max(...sheet.cells.map((cell) => cell.row + cell.rowSpan));
  const rows = Array.from({ length: height }, (): CellValue[] => sheet.widths.map(() => null));
  const cells = new Map<string, Partial<Cell>>();
  for (const cell of sheet.cells) {
    for (const [row, column] of covered(cell)) cells.set(`${row},${column}`, { value: null, style: styleOf(cell) });
    cells.set(`${cell.row},${cell.column}`, contentOf(cell, locale));
  }
  return {
    name: sheet.name, rows, cells,
    columns: sheet.widths.map((width) => ({ width })),
    rowDefs: new Map(Array.from({ length: height }, (_, row) => [row, { height: heightOf(sheet, row) }])),
    merges: sheet.cells.filter((cell) => cell.rowSpan * cell.columnSpan > 1).map((cell) => ({ startRow: cell.row, startCol: cell.column, endRow: cell.row + cell.rowSpan - 1, endCol: cell.column + cell.columnSpan - 1 })),
    dataValidations: sheet.entries.map((entry) => validation(entry, locale)),
    pageSetup: { paperSize: "a4", orientation: "landscape", fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  };
}

/** In points: room for two lines where a label is long, for some sentences where goals go. */
function heightOf(sheet: Sheet, row: number): number {
  const cells = sheet.cells.filter((cell) => cell.row === row && cell.rowSpan === 1);
  if (cells.some((cell) => cell.kind === "title")) return 36;
  if (cells.some((cell) => cell.hint === "hint.expected")) return 72;
  const lines = cells.map((cell) => Math.ceil((2 * cell.text.length + 2) / sheet.widths.slice(cell.column, cell.column + cell.columnSpan).reduce((sum, width) => sum + width, 0)));
  return 6 + 17 * Math.max(1, ...lines);
}

function covered({ row, column, rowSpan, columnSpan }: SheetCell): [number, number][] {
  return Array.from({ length: rowSpan * columnSpan }, (_, index) => [row + Math.floor(index / columnSpan), column + (index % columnSpan)]);
}

function contentOf(cell: SheetCell, locale: Locale): Partial<Cell> {
  const { value, format } = valueOf(cell);
  const style = styleOf(cell, format);
  const comment = cell.hint === undefined ? {} : { comment: { author: "ziping", text: word(locale, "forms", cell.hint) } };
  // The saved value is "": a form that nobody has opened yet reads as blank.
  const formula = cell.formula === undefined ? {} : { formula: cell.formula, formulaResult: "" };
  return { value, style, ...comment, ...formula };
}

/** A plain numeral becomes a number shown as it was written; anything else stays text. */
function valueOf({ text, kind, percent }: SheetCell): { value: CellValue; format?: string } {
  if (kind === "computed") return { value: null, format: percent === true ? "0.00%" : "General" };
  const numeral = kind === "label" ? null : /^(-?(?:0|[1-9]\d{0,9}))(?:\.(\d{1,4}))?(%?)$/u.exec(text);
  if (numeral === null) return { value: text === "" ? null : text };
  const decimals = numeral[2]?.length ?? 0;
  const format = `0${decimals === 0 ? "" : `.${"0".repeat(decimals)}`}${numeral[3] ?? ""}`;
  // The digits are moved in the text, so that the number is the nearest to what was written.
  return { value: numeral[3] === "%" ? Number(`${numeral[1] ?? "0"}.${numeral[2] ?? "0"}e-2`) : Number(text), format };
}

const HEAD = { type: "pattern", pattern: "solid", fgColor: { rgb: "FFF2F2F2" } } as const;
const COMPUTED = { type: "pattern", pattern: "solid", fgColor: { rgb: "FFE8F1FA" } } as const;
const SIDE = { style: "thin", color: { rgb: "FF000000" } } as const;

function styleOf({ kind }: { kind: CellKind }, format?: string): CellStyle {
  if (kind === "title") return { font: { name: "宋体", size: 16, bold: true }, alignment: { horizontal: "center", vertical: "center" } };
  return {
    font: { name: "宋体", size: 11 },
    alignment: { horizontal: "center", vertical: "center", wrapText: true },
    border: { top: SIDE, bottom: SIDE, left: SIDE, right: SIDE },
    ...(kind === "label" ? { fill: HEAD } : kind === "computed" ? { fill: COMPUTED } : {}),
    ...(format === undefined ? {} : { numFmt: format }),
  };
}

function validation(entry: Entry, locale: Locale): DataValidation {
  const message = word(locale, "forms", entry.hint);
  const common = { range: entry.range, allowBlank: true, showErrorMessage: entry.strict, errorStyle: "stop" as const, errorTitle: word(locale, "forms", "entry.refused"), errorMessage: message };
  if (entry.list !== undefined) return { ...common, type: "list", values: [...entry.list] };
  return { ...common, type: "decimal", operator: "between", formula1: String(entry.low ?? 0), formula2: String(entry.high ?? 0) };
}
