// Reports → a workbook: the department's own with faulty cells marked and the report behind it, or the report alone where it was no workbook.
import type { Locale } from "../locale.ts";
import type { Report } from "../model.ts";
import { marksOf } from "./annotate/marks.ts";
import { below, closeParts, openParts, relationsOf, rootOf, type Package } from "./annotate/parts.ts";
import { markSheet } from "./annotate/sheet.ts";
import { markStyles } from "./annotate/styles.ts";
import type { Writer } from "./options.ts";
import { addReportSheets, reportWorkbook } from "./workbook.ts";

/** One workbook among the inputs is marked up; of several, or of other formats, the report tells file and place. */
export const xlsx: Writer = {
  format: "xlsx",
  ending: "xlsx",
  binary: true,
  write: (reports, { locale, originals }) => {
    const files = [...new Set(reports.flatMap((report) => report.input.files.filter((file) => file.format === "xlsx").map((file) => file.name)))];
    const [name] = files;
    const original = files.length === 1 && name !== undefined ? originals?.get(name) : undefined;
    return name === undefined || original === undefined ? reportWorkbook(reports, locale) : annotated(original, name, reports, locale);
  },
};

/**
 * A copy of the workbook `file`: values, formulas and formatting as they were, faulty cells filled with the colour of the gravest
 * finding, its comment added to what stood there, and the report's sheets behind the others, findings linked to the cells.
 */
export function annotated(original: Uint8Array, file: string, reports: readonly Report[], locale: Locale): Uint8Array {
  const pack = openParts(original);
  const workbook = relationsOf(pack, "").find(({ type }) => type.endsWith("/officeDocument"))?.part ?? "xl/workbook.xml";
  const relations = relationsOf(pack, workbook);
  const stylesPart = relations.find(({ type }) => type.endsWith("/styles"))?.part ?? null;
  const { mark, finish } = markStyles(pack, stylesPart);
  const marks = marksOf(reports, file, locale);
  for (const [name, part] of sheetParts(pack, workbook, new Map(relations.map(({ id, part: target }) => [id, target])))) {
    const own = marks.filter((one) => one.sheet === name);
    if (own.length > 0) markSheet(pack, part, own, mark);
  }
  finish();
  addReportSheets(pack, workbook, reports, file, locale);
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
