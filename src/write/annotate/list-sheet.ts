// Rows of the list of findings → a sheet of its own behind the department's, each row linked to its cell.
import { columnOf } from "../template/sheet.ts";
import { markStyles } from "./styles.ts";
import type { ListRow } from "./marks.ts";
import { OFFICE_RELATION, children, created, declare, escaped, freeName, relate, rootOf, setRoot, setText, type Element, type Package } from "./parts.ts";

const WIDTHS = [12, 22, 26, 26, 14, 14, 48, 40, 26, 30, 30];

/** Adds the sheet under the name, or one like it where the name is taken. `head` are the columns' headings. */
export function addListSheet(pack: Package, workbookPart: string, name: string, head: readonly string[], rows: readonly ListRow[], styles: ListStyles): void {
  const workbook = rootOf(pack, workbookPart);
  const sheets = workbook === null ? undefined : children(workbook, "sheets")[0];
  if (workbook === null || sheets === undefined) return;
  const part = freeName(pack, "xl/worksheets/zipingFindings", ".xml");
  setText(pack, part, sheetXml(head, rows, styles));
  declare(pack, "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml", { part });
  const id = relate(pack, workbookPart, `${OFFICE_RELATION}/worksheet`, part);
  const all = children(sheets, "sheet");
  const sheet = created(sheets, "sheet", { name: freeSheetName(name, all), sheetId: String(1 + Math.max(0, ...all.map((one) => Number(one.getAttribute("sheetId") ?? 0)))) });
  sheet.setAttributeNS(OFFICE_RELATION, "r:id", id);
  sheets.appendChild(sheet);
  setRoot(pack, workbookPart, workbook);
}

function freeSheetName(name: string, sheets: readonly Element[]): string {
  const taken = new Set(sheets.map((sheet) => sheet.getAttribute("name")));
  for (let number = 2, candidate = name; ; number += 1) {
    if (!taken.has(candidate)) return candidate;
    candidate = `${name} ${number}`;
  }
}

/** Indices of cell styles: plain wrapped text, and the marks of each severity. */
export type ListStyles = Readonly<Record<"wrapped" | "must-fix" | "explain" | "note", number>>;

/** Adds the list's styles to the workbook's. */
export function listStyles(pack: Package, part: string | null): ListStyles {
  const root = part === null ? null : rootOf(pack, part);
  const formats = root === null ? undefined : children(root, "cellXfs")[0];
  if (part === null || root === null || formats === undefined) return { wrapped: 0, "must-fix": 0, explain: 0, note: 0 };
  const wrapped = children(formats, "xf").length;
  const format = created(formats, "xf", { numFmtId: "0", fontId: "0", fillId: "0", borderId: "0", xfId: "0", applyAlignment: "1" });
  format.appendChild(created(formats, "alignment", { vertical: "top", wrapText: "1" }));
  formats.appendChild(format);
  formats.setAttribute("count", String(wrapped + 1));
  setRoot(pack, part, root);
  const { mark, finish } = markStyles(pack, part);
  const styles = { wrapped, "must-fix": mark(wrapped, "must-fix"), explain: mark(wrapped, "explain"), note: mark(wrapped, "note") };
  finish();
  return styles;
}

function sheetXml(head: readonly string[], rows: readonly ListRow[], styles: ListStyles): string {
  const link = columnOf(head.length - 1);
  const lines = [{ cells: head, style: styles.wrapped }, ...rows.map(({ cells, part }) => ({ cells, style: part === "must-fix" || part === "explain" || part === "note" ? styles[part] : styles.wrapped }))];
  const data = lines.map(({ cells, style }, index) => `<row r="${index + 1}">${cells.map((text, column) => `<c r="${columnOf(column)}${index + 1}" s="${column === 0 ? style : styles.wrapped}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`).join("")}</row>`).join("");
  const links = rows.flatMap((row, index) => (row.link === null ? [] : [`<hyperlink ref="${link}${index + 2}" location="${escaped(`'${row.link.sheet.replaceAll("'", "''")}'!${row.link.cell}`)}" display="${escaped(row.link.cell)}"/>`])).join("");
  const columns = head.map((_, index) => `<col min="${index + 1}" max="${index + 1}" width="${WIDTHS[index] ?? 20}" customWidth="1"/>`).join("");
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns}</cols><sheetData>${data}</sheetData><autoFilter ref="A1:${link}${rows.length + 1}"/>${links === "" ? "" : `<hyperlinks>${links}</hyperlinks>`}<pageSetup orientation="landscape" fitToHeight="0"/></worksheet>`;
}
