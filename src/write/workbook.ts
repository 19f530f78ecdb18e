// Reports → the sheets of a workbook: overview, scores, findings, rules, notes; in one of its own, or behind those of a department's.
import { word, type Locale } from "../locale.ts";
import type { Report } from "../model.ts";
import { closeParts, type Package } from "./annotate/parts.ts";
import { findingCells, findingSheet } from "./workbook/findings.ts";
import { noteSheet } from "./workbook/notes.ts";
import { overviewSheet } from "./workbook/overview.ts";
import { addSheets, emptyWorkbook, freeSheetNames } from "./workbook/package.ts";
import { ruleSheet } from "./workbook/rules.ts";
import { scoreSheet } from "./workbook/scores.ts";
import { bookOf, sheetNames, titleOf } from "./workbook/subject.ts";

/** A workbook of the reports alone. The same reports give the same bytes. */
export function reportWorkbook(reports: readonly Report[], locale: Locale): Uint8Array {
  const { pack, workbook } = emptyWorkbook();
  addReportSheets(pack, workbook, reports, null, locale);
  return closeParts(pack);
}

/**
 * Adds the report's sheets behind those of a workbook; where it has a sheet of such a name, ours gets a number. `file`: the name under
 * which findings know the workbook, so that they are linked to its cells.
 */
export function addReportSheets(pack: Package, workbook: string, reports: readonly Report[], file: string | null, locale: Locale): void {
  const book = bookOf(reports, freeSheetNames(pack, workbook, sheetNames(locale)), locale);
  const scores = scoreSheet(book, findingCells(book));
  const grids = [overviewSheet(book, scores), scores.grid, findingSheet(book, scores.rows, file), ruleSheet(book), noteSheet(book)];
  addSheets(pack, workbook, grids, { head: titleOf(book), pages: word(locale, "workbook", "pages") });
}
