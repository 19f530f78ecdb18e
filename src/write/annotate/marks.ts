// Reports → what to mark in one file: cells with their findings, and the rows of the list of findings.
import type { Locale } from "../../locale.ts";
import { word } from "../../locale.ts";
import type { Finding, Place, Report, Severity } from "../../model.ts";
import { basisText, explanationText, messageText } from "../finding-text.ts";
import { placesText } from "../place.ts";
import { PARTS, findingsByPart, partOf, type Part } from "../select.ts";

/** One cell to be marked: the gravest of what was found there, and the comment's text. */
export interface Mark { sheet: string; cell: string; severity: Severity; text: string }

/** One row of the list; `link` is the first cell of the finding that stands in the file. */
export interface ListRow { cells: string[]; part: Part; link: { sheet: string; cell: string } | null }

const GRAVEST: readonly Severity[] = ["must-fix", "explain", "note"];

/**
 * Open findings only: what was explained or waived needs no mark. The cell that is wrong is the first of a finding's places; those it
 * was compared with are right, and are named in the list.
 */
export function marksOf(reports: readonly Report[], file: string, locale: Locale): Mark[] {
  const found = new Map<string, { sheet: string; cell: string; findings: Finding[] }>();
  for (const finding of reports.flatMap((report) => report.findings)) {
    if (finding.outcome === "explained" || finding.outcome === "waived") continue;
    const [at] = cellsOf(finding, file);
    if (at === undefined) continue;
    const key = `${at.sheet}\n${at.cell}`;
    const mark = found.get(key) ?? { ...at, findings: [] };
    found.set(key, mark);
    mark.findings.push(finding);
  }
  return [...found.values()].map(({ sheet, cell, findings }) => ({
    sheet, cell,
    severity: GRAVEST.find((severity) => findings.some((finding) => finding.severity === severity)) ?? "note",
    text: findings.map((finding) => commentText(finding, locale)).join("\n\n"),
  }));
}

/** The whole list: open findings by severity, then what was explained and waived. */
export function listRows(reports: readonly Report[], file: string | null, locale: Locale): ListRow[] {
  return reports.flatMap((report) => {
    const parts = findingsByPart(report);
    return PARTS.flatMap((part) => (parts.get(part) ?? []).map((finding) => ({
      part,
      link: file === null ? null : (cellsOf(finding, file)[0] ?? null),
      cells: LIST_COLUMNS.map((column) => cellText(column, finding, report, locale)),
    })));
  });
}

/** Keys of the locales' `interface` section behind `csv.`. */
export const LIST_COLUMNS = ["severity", "table", "subject", "title", "observed", "expected", "message", "remedy", "basis", "explanation", "places"] as const;

function cellText(column: (typeof LIST_COLUMNS)[number], finding: Finding, report: Report, locale: Locale): string {
  switch (column) {
    case "severity": return word(locale, "interface", `part.${partOf(finding)}`);
    case "table": return finding.table ?? report.submission.department ?? "";
    case "subject": return finding.subjectName;
    case "title": return finding.title;
    case "observed": return finding.observed ?? "";
    case "expected": return finding.expected ?? "";
    case "message": return messageText(finding, locale);
    case "remedy": return finding.remedy;
    case "basis": return basisText(finding.basis, locale);
    case "explanation": return explanationText(finding, locale);
    case "places": return placesText(finding.at, locale);
  }
}

function cellsOf(finding: Finding, file: string): { sheet: string; cell: string }[] {
  return finding.at.flatMap((place: Place) => (place.file === file && place.sheet !== undefined && place.cell !== undefined ? [{ sheet: place.sheet, cell: place.cell }] : []));
}

function commentText(finding: Finding, locale: Locale): string {
  const expected = finding.expected === null ? "" : word(locale, "forms", "annotate.expected", { expected: finding.expected });
  const head = word(locale, "forms", "annotate.head", { severity: word(locale, "interface", `part.${partOf(finding)}`), title: finding.title });
  const remedy = word(locale, "interface", "finding.remedy", { remedy: finding.remedy });
  return [head, messageText(finding, locale), expected, remedy].filter((line) => line !== "").join("\n");
}
