// A report's tables -> claimed beside recomputed scores, as a table of the document.
import type { Locale } from "../../locale.ts";
import type { Report, ReportTable } from "../../model.ts";
import { tableText } from "../fix-text.ts";
import { changeText, recomputedText, scoreText } from "../select.ts";
import { labelOf, line, type TableBlock } from "./parts.ts";

/** One row a table; grades only where a table states one. */
export function scoreTable(report: Report, locale: Locale): TableBlock {
  const label = labelOf(locale);
  const graded = report.tables.some((table) => table.claimed.grade !== null);
  const columns = ["table", "claimed", "recomputed", "change", ...(graded ? ["grades"] : [])];
  return {
    kind: "table", large: true, widths: graded ? [50, 23, 29, 20, 34] : [70, 26, 34, 26], centred: [1, 2, 3, 4], head: columns.map((column) => label(`column.${column}`)),
    rows: report.tables.map((table) => ({ cells: [tableText(table, locale), ...figures(table), ...(graded ? [`${table.claimed.grade ?? "—"} / ${table.recomputed.grade ?? "—"}`] : [])].map((text) => line(text)) })),
  };
}

function figures({ claimed, recomputed }: ReportTable): string[] {
  return [claimed.score === null ? "—" : scoreText(claimed.score), recomputedText(recomputed) ?? "—", changeText(claimed.score, recomputed.score) ?? "—"];
}
