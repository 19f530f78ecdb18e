// Reports -> CSV: one row a finding, for spreadsheets and statistics.
import type { Locale } from "../locale.ts";
import { word } from "../locale.ts";
import type { Finding, Report } from "../model.ts";
import { csvTable } from "./csv-table.ts";
import { basisText, explanationText, messageText } from "./finding-text.ts";
import type { Writer } from "./options.ts";
import { placesText } from "./place.ts";

const COLUMNS = ["department", "year", "severity", "rule", "title", "table", "subject", "observed", "expected", "difference", "message", "remedy", "basis", "places", "outcome", "explanation"] as const;

/** Begins with a byte order mark unless told not to; lines end in CRLF (RFC 4180). */
export const csv: Writer = {
  format: "csv",
  ending: "csv",
  write: (reports, options) => {
    const head = COLUMNS.map((column) => word(options.locale, "interface", `csv.${column}`));
    const rows = reports.flatMap((report) => report.findings.map((finding) => cells(report, finding, options.locale)));
    return csvTable([head, ...rows], options.bom !== false);
  },
};

function cells(report: Report, finding: Finding, locale: Locale): string[] {
  const row: Record<(typeof COLUMNS)[number], string | null> = {
    department: report.submission.department,
    year: report.submission.year,
    severity: word(locale, "interface", `part.${finding.severity}`),
    rule: finding.rule,
    title: finding.title,
    table: finding.table,
    subject: finding.subjectName,
    observed: finding.observed,
    expected: finding.expected,
    difference: finding.difference,
    message: messageText(finding, locale),
    remedy: finding.remedy,
    basis: basisText(finding.basis, locale),
    places: placesText(finding.at, locale),
    outcome: word(locale, "interface", `outcome.${finding.outcome}`),
    explanation: explanationText(finding, locale),
  };
  return COLUMNS.map((column) => row[column] ?? "");
}
