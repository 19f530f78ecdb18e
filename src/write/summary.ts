// Several reports -> one row each: department, year, verdict and counts, for whoever has a pile of them.
import type { Locale } from "../locale.ts";
import { word } from "../locale.ts";
import type { Report } from "../model.ts";

/** A head, then a row a report in the order given. Columns from the fourth on are figures. */
export function summaryRows(reports: readonly Report[], locale: Locale): string[][] {
  const label = (key: string): string => word(locale, "interface", key);
  const head = ["csv.department", "csv.year", "summary.verdict", "part.must-fix", "part.explain", "part.note", "part.cannot-tell"].map(label);
  return [head, ...reports.map((report) => summaryRow(report, label))];
}

function summaryRow({ submission, verdict, counts, input }: Report, label: (key: string) => string): string[] {
  const unread = input.remarks.some((remark) => remark.kind === "problem");
  return [
    submission.department ?? label("heading.noDepartment"),
    submission.year ?? label("heading.noYear"),
    label(`summary.${verdict}`) + (unread ? label("summary.unread") : ""),
    ...[counts.mustFix, counts.explain, counts.note, counts.cannotTell].map(String),
  ];
}
