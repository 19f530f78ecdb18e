// One sheet of the report's workbook as plain data: what stands in each cell and how it looks, before any XML is made.
import { decimal, decimalsOf, isZero, minus, parseDecimal, times, toFixedText, toText, total, type Decimal } from "../../decimal.ts";
import { scoreText } from "../select.ts";

export type Fill = "head" | "sum" | "must-fix" | "explain" | "note" | "cannot-tell" | "settled" | "good";

/** How a cell looks. `format` is a number format as spreadsheets write it. */
export interface Look { bold?: true; size?: number; grey?: true; fill?: Fill; frame?: true; align?: "left" | "center" | "right"; wrap?: true; format?: string; link?: true }

/** A place in the workbook itself; there are no links to anything outside it. */
export interface Target { sheet: string; cell: string }

/**
 * One cell. `number` is exact decimal digits, of at most 15 so that no spreadsheet rounds it; `formula` is one of our own, without `=`,
 * beside its value. Everything else is `text`, and stays text whatever it begins with.
 */
export interface GridCell { text?: string; number?: string; formula?: string; look: Look; to?: Target }

export interface Grid {
  name: string;
  widths: readonly number[];
  rows: (GridCell | null)[][];
  /** Heights in points by row from 0; rows not named here are as high as their text wants. */
  heights: Map<number, number>;
  /** Merged ranges: row, first and last column. */
  merges: { row: number; from: number; to: number }[];
  /** The first row is a head: it stays in sight, and stands on every printed page. */
  headed: boolean;
  /** Rows below the head that the filter covers; null: no filter. */
  filtered: number | null;
  /** Columns that are printed, from the first. */
  printed: number;
}

/** A spreadsheet keeps that many digits of a number. */
const KEPT_DIGITS = 15;

/** A new sheet with its head, if it has one. */
export function gridOf(name: string, widths: readonly number[], head: readonly string[] | null): Grid {
  return { name, widths, rows: head === null ? [] : [head.map(headCell)], heights: new Map(), merges: [], headed: head !== null, filtered: null, printed: widths.length };
}

export function headCell(text: string): GridCell {
  return { text, look: { bold: true, fill: "head", frame: true, align: "center", wrap: true } };
}

export function textCell(text: string, look: Look = {}): GridCell {
  return { text, look: { frame: true, wrap: true, ...look } };
}

/** A number as exactly as it stands; text where it is none, or has more digits than a spreadsheet keeps. */
export function numberCell(text: string, look: Look = {}): GridCell {
  const value = kept(text);
  if (value === null) return textCell(text, { align: "right", ...look });
  return { number: toText(value), look: { frame: true, align: "right", format: formatOf(decimalsIn(text)), ...look } };
}

/** Points: two decimals at least; a dash where there are none. */
export function pointsCell(text: string | null, look: Look = {}): GridCell {
  return text === null ? textCell("—", { align: "right", ...look }) : numberCell(scoreText(text), look);
}

export function countCell(count: number, look: Look = {}): GridCell {
  return { number: String(count), look: { frame: true, align: "right", format: "0", ...look } };
}

/** A figure as findings show it: `82.54%` and `2.9万元` are numbers shown so; anything else is text. */
export function figureCell(text: string | null, look: Look = {}): GridCell {
  const [, digits = "", unit = ""] = /^(-?(?:0|[1-9]\d*)(?:\.\d+)?)(%|[  ]?(?:元|千元|万元|亿元))?$/u.exec(text ?? "") ?? [];
  const value = kept(digits);
  if (value === null) return textCell(text ?? "", { align: "right", ...look });
  const format = formatOf(decimalsIn(digits));
  const shown = unit === "" ? format : unit === "%" ? `${format}%` : `${format}"${unit}"`;
  return { number: toText(unit === "%" ? times(value, decimal("0.01")) : value), look: { frame: true, align: "right", format: shown, ...look } };
}

/** The sum of cells, as a formula; its exact value as text where one of them is text because of its length. Blanks do not count. */
export function sumCell(range: string, texts: readonly (string | null)[], look: Look = {}): GridCell {
  const filled = texts.filter((text) => text !== null);
  const values = filled.flatMap((text) => parseDecimal(text) ?? []);
  if (values.length === 0) return textCell("—", { align: "right", ...look });
  const sum = total(values);
  const places = Math.max(2, ...values.map(decimalsOf));
  if (filled.some((text) => kept(text) === null) || kept(toText(sum)) === null) return textCell(toFixedText(sum, places), { align: "right", ...look });
  return { number: toText(sum), formula: `SUM(${range})`, look: { frame: true, align: "right", format: formatOf(places), ...look } };
}

/** `to` − `from` with its sign, as a formula over the two cells where both are numbers; a dash where one of them is not known. */
export function changeCell(from: { cell: string; text: string | null }, to: { cell: string; text: string | null }, look: Look = {}): GridCell {
  const [a, b] = [from.text === null ? null : parseDecimal(from.text), to.text === null ? null : parseDecimal(to.text)];
  if (a === null || b === null) return textCell("—", { align: "right", ...look });
  const change = minus(b, a);
  const places = Math.max(2, decimalsOf(change));
  const format = formatOf(places);
  const shown: Look = { frame: true, align: "right", format: `+${format};-${format};${format}`, ...(isZero(change) ? {} : { bold: true }), ...look };
  if ([from.text, to.text, toText(change)].some((text) => text === null || kept(text) === null)) return textCell(toFixedText(change, places), shown);
  return { number: toText(change), formula: `ROUND(${to.cell}-${from.cell},${places})`, look: shown };
}

/** Another cell's number, by a formula. */
export function sameCell(cell: string, text: string, look: Look = {}): GridCell {
  const number = pointsCell(text, look);
  return number.number === undefined ? number : { ...number, formula: cell };
}

/** The number of another sheet's row, which leads there. A link in a cell of its own: some spreadsheets do not break the lines of one. */
export function rowLink(sheet: string, cell: string): GridCell {
  return { number: cell.replace(/\D/gu, ""), look: { frame: true, align: "center", format: "0" }, to: { sheet, cell } };
}

/** `'得分核对'!H12`: a cell of another sheet, as formulas and links name it. */
export function reference({ sheet, cell }: Target): string {
  return `'${sheet.replaceAll("'", "''")}'!${cell}`;
}

/** The number, if a spreadsheet keeps every digit of it. */
function kept(text: string): Decimal | null {
  return text.replace(/\D/gu, "").replace(/^0+/u, "").length > KEPT_DIGITS ? null : parseDecimal(text);
}

function decimalsIn(text: string): number {
  return /\.(\d+)$/u.exec(text)?.[1]?.length ?? 0;
}

function formatOf(places: number): string {
  return places === 0 ? "0" : `0.${"0".repeat(places)}`;
}

/** Lines that a text takes in a column so wide: wide signs count two, and words of letters are not broken. */
export function linesOf(text: string, width: number): number {
  const room = Math.max(1, width * 0.97);
  return text.split("\n").reduce((sum, line) => {
    const wide = Array.from(line).reduce((signs, sign) => signs + (sign.charCodeAt(0) > 0xff ? 2 : 1), 0);
    return sum + Math.max(1, Math.ceil((/[a-z] [a-z]/iu.test(line) && wide > room ? wide * 1.1 : wide) / room));
  }, 0);
}

/** Points that so many lines of a cell take. */
export function heightOf(lines: number): number {
  return Math.min(400, Math.max(15, 4 + 13.5 * lines));
}

/** Widths as wanted, and wider where a number would not fit: a spreadsheet shows `####` of one that does not. */
export function fitted(grid: Grid): number[] {
  const needed = grid.widths.map(() => 0);
  for (const cells of grid.rows) for (const [column, cell] of cells.entries()) if (cell?.number !== undefined) needed[column] = Math.max(needed[column] ?? 0, 3 + digitsShown(cell.number, cell.look.format ?? ""));
  return grid.widths.map((width, column) => Math.max(width, needed[column] ?? 0));
}

function digitsShown(number: string, format: string): number {
  const [first = ""] = format.split(";");
  const whole = number.replace(/\..*$/u, "").length + (first.includes("%") ? 2 : 0);
  return whole + Array.from(first.replace(/^\+?0|"/gu, "")).reduce((sum, sign) => sum + (sign.charCodeAt(0) > 0xff ? 2 : 1), 0);
}
