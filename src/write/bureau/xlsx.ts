// A summary → a workbook: overview, departments, rules, outliers, what is between departments, what was not read. Nothing in it runs but our sums.
import type { Locale } from "../../locale.ts";
import type { Summary } from "../../summary.ts";
import { closeParts } from "../annotate/parts.ts";
import type { WriteOptions } from "../options.ts";
import { addSheets, emptyWorkbook } from "../workbook/package.ts";
import type { Grid } from "../workbook/grid.ts";
import { addFileLinks } from "./file-links.ts";
import type { SummaryWriter } from "./options.ts";
import { departmentGrid, reportLinks } from "./sheet-departments.ts";
import { overviewGrid } from "./sheet-overview.ts";
import { outlierGrid, portfolioGrid, ruleGrid, unreadGrid } from "./sheets.ts";
import { labelsOf } from "./text.ts";

export const summaryWorkbook: SummaryWriter = { format: "xlsx", binary: true, write: workbook };

/** The same summary gives the same bytes. */
function workbook(summary: Summary, { locale }: WriteOptions): Uint8Array {
  const label = labelsOf(locale);
  const { pack, workbook: part } = emptyWorkbook();
  const grids = gridsOf(summary, locale);
  addSheets(pack, part, grids, { head: label("title", { count: summary.departments.length }), pages: label("pages") });
  addFileLinks(pack, `xl/worksheets/zipingSheet${grids.findIndex(({ name }) => name === label("sheet.departments")) + 1}.xml`, reportLinks(summary));
  return closeParts(pack);
}

function gridsOf(summary: Summary, locale: Locale): Grid[] {
  const departments = departmentGrid(summary, locale);
  return [overviewGrid(summary, locale), departments, ruleGrid(summary, locale), outlierGrid(summary, locale), portfolioGrid(summary, locale), unreadGrid(summary, locale)];
}
