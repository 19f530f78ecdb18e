// Reports → a workbook: the department's own with faulty cells marked and a list of findings, or the list alone where it was no workbook.
import type { Locale } from "../locale.ts";
import { word } from "../locale.ts";
import type { Report } from "../model.ts";
import { addListSheet, listStyles } from "./annotate/list-sheet.ts";
import { LIST_COLUMNS, listRows, marksOf, type ListRow } from "./annotate/marks.ts";
import { below, closeParts, openParts, relationsOf, rootOf, type Package } from "./annotate/parts.ts";
import { markSheet } from "./annotate/sheet.ts";
import { markStyles } from "./annotate/styles.ts";
import type { Writer } from "./options.ts";
import type { Sheet } from "./template/sheet.ts";
import { workbookOf } from "./template/xlsx.ts";

/** One workbook among the inputs is marked up; of several, or of other formats, the list tells file and place. */
export const xlsx: Writer = {
  format: "xlsx",
  ending: "xlsx",
  binary: true,
  write: (reports, { locale, originals }) => {
    const files = [...new Set(reports.flatMap((report) => report.input.files.filter((file) => file.format === "xlsx").map((file) => file.name)))];
    const [name] = files;
    const original = files.length === 1 && name !== undefined ? originals?.get(name) : undefined;
    return name === undefined || original === undefined ? listAlone(listRows(reports, null, locale), locale) : annotated(original, name, reports, locale);
  },
};

/**
 * A copy of the workbook `file`: values, formulas and formatting as they were, faulty cells filled with the colour of the gravest
 * finding, its comment added to what stood there, and a sheet of all findings behind the others, linked to the cells.
 */
export function annotated(original: Uint8Array, file: string, reports: readonly Report[], locale: Locale): Uint8Array {
  const pack = openParts(original);
  const workbook = relationsOf(pack, "").find(({ type }) => type.endsWith("/officeDocument"))?.part ?? "xl/workbook.xml";
  const relations = relationsOf(pack, workbook);
  const stylesPart = relations.find(({ type }) => type.endsWith("/styles"))?.part ?? null;
  const styles = listStyles(pack, stylesPart);
  const { mark, finish } = markStyles(pack, stylesPart);
  const marks = marksOf(reports, file, locale);
  for (const [name, part] of sheetParts(pack, workbook, new Map(relations.map(({ id, part: target }) => [id, target])))) {
    const own = marks.filter((one) => one.sheet === name);
    if (own.length > 0) markSheet(pack, part, own, mark);
  }
  finish();
  addListSheet(pack, workbook, word(locale, "forms", "annotate.sheet"), headings(locale), listRows(reports, file, locale), styles);
  return closeParts(pack);
}

function sheetParts(pack: Package, workbook: string, targets: ReadonlyMap<string, string>): [name: string, part: string][] {
  const root = rootOf(pack, workbook);
  return (root === null ? [] : below(root, "sheet")).flatMap((sheet): [string, string][] => {
    const id = [...sheet.attributes].find((attribute) => attribute.localName === "id" && attribute.namespaceURI?.endsWith("/relationships") === true)?.value;
    const part = targets.get(id ?? "");
    return part === undefined ? [] : [[sheet.getAttribute("name") ?? "", part]];
  });
}

function headings(locale: Locale): string[] {
  return LIST_COLUMNS.map((column) => word(locale, "interface", `csv.${column}`));
}

async function listAlone(rows: readonly ListRow[], locale: Locale): Promise<Uint8Array> {
  const sheet: Sheet = { name: word(locale, "forms", "annotate.sheet"), widths: [12, 22, 26, 26, 14, 14, 48, 40, 26, 30, 30], entries: [], cells: [] };
  const lines = [headings(locale), ...rows.map(({ cells }) => cells)];
  for (const [row, cells] of lines.entries()) for (const [column, text] of cells.entries()) sheet.cells.push({ row, column, rowSpan: 1, columnSpan: 1, kind: row === 0 ? "label" : "input", text });
  return workbookOf([sheet], null, locale);
}
