// A sheet as plain data → its XML. No cell is a formula but those that say so, and no link leaves the workbook.
import { escaped } from "../annotate/parts.ts";
import { addressOf, columnOf } from "../template/sheet.ts";
import { fitted, heightOf, linesOf, reference, type Grid, type GridCell } from "./grid.ts";
import type { StyleOf } from "./styles.ts";

/** Longer texts are no cell's; they are cut. */
const LONGEST = 32_767;
/** More links than that a spreadsheet does not open. */
const MOST_LINKS = 65_000;
/** What a spreadsheet would take for a formula if it were typed in. */
const LIKE_FORMULA = /^[\s'=+\-@＝＋－＠]/u;

/** `pages` is what stands at the foot of a printed page, `head` at its top. */
export function sheetXml(grid: Grid, styleOf: StyleOf, print: { head: string; pages: string }): string {
  const last = `${columnOf(grid.widths.length - 1)}${Math.max(1, grid.rows.length)}`;
  const pane = grid.headed ? '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/>' : "";
  const columns = fitted(grid).map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`).join("");
  const filter = grid.filtered === null || grid.filtered === 0 ? "" : `<autoFilter ref="A1:${columnOf(grid.widths.length - 1)}${grid.filtered + 1}"/>`;
  const merges = grid.merges.map(({ row, from, to }) => `<mergeCell ref="${addressOf(row, from)}:${addressOf(row, to)}"/>`).join("");
  return '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    + '<sheetPr><tabColor rgb="FF2F5597"/><pageSetUpPr fitToPage="1"/></sheetPr>'
    + `<dimension ref="A1:${last}"/><sheetViews><sheetView showGridLines="0" workbookViewId="0">${pane}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${columns}</cols>`
    + `<sheetData>${grid.rows.map((cells, row) => rowXml(cells, row, grid, styleOf)).join("")}</sheetData>`
    + `${filter}${merges === "" ? "" : `<mergeCells count="${grid.merges.length}">${merges}</mergeCells>`}${linksXml(grid)}`
    + '<printOptions horizontalCentered="1"/><pageMargins left="0.4" right="0.4" top="0.6" bottom="0.55" header="0.3" footer="0.25"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
    + `<headerFooter><oddHeader>${escaped(`&L${printed(print.head)}&R&A`)}</oddHeader><oddFooter>${escaped(`&C${print.pages}`)}</oddFooter></headerFooter>`
    + `<ignoredErrors><ignoredError sqref="A1:${last}" numberStoredAsText="1"/></ignoredErrors></worksheet>`;
}

function rowXml(cells: readonly (GridCell | null)[], row: number, grid: Grid, styleOf: StyleOf): string {
  const fixed = grid.heights.get(row);
  const lines = Math.max(1, ...cells.map((cell, column) => (cell?.look.wrap === true ? linesOf(cell.text ?? "", grid.widths[column] ?? 1) : 1)));
  return `<row r="${row + 1}" ht="${fixed ?? heightOf(lines)}"${fixed === undefined ? "" : ' customHeight="1"'}>${cells.map((cell, column) => (cell === null ? "" : cellXml(cell, addressOf(row, column), styleOf))).join("")}</row>`;
}

function cellXml({ text, number, formula, look, to }: GridCell, address: string, styleOf: StyleOf): string {
  const quoted = text !== undefined && LIKE_FORMULA.test(text);
  const open = `<c r="${address}" s="${styleOf(to === undefined ? look : { ...look, link: true }, quoted)}"`;
  if (number !== undefined) return `${open}>${formula === undefined ? "" : `<f>${escaped(formula)}</f>`}<v>${number}</v></c>`;
  if (text === undefined || text === "") return `${open}/>`;
  return `${open} t="inlineStr"><is><t xml:space="preserve">${escaped(literal(cut(text)))}</t></is></c>`;
}

/** `_x000D_` means a carriage return in a workbook's texts; where it is to be read as it stands, its first sign is told so. */
function literal(text: string): string {
  return text.replace(/_(?=x[0-9A-F]{4}_)/giu, "_x005F_");
}

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 2).replace(/[\uD800-\uDBFF]$/u, "")}…`;
}

function linksXml(grid: Grid): string {
  const links = grid.rows.flatMap((cells, row) => cells.flatMap((cell, column) => (cell?.to === undefined ? [] : [{ at: addressOf(row, column), to: cell.to }])));
  if (links.length === 0) return "";
  return `<hyperlinks>${links.slice(0, MOST_LINKS).map(({ at, to }) => `<hyperlink ref="${at}" location="${escaped(reference(to))}"/>`).join("")}</hyperlinks>`;
}

/** A text as the head of a printed page: `&` begins a code there, and the whole is short. */
function printed(text: string): string {
  return text.slice(0, 80).replaceAll("&", "&&");
}
