// Reports → what to mark in one file: cells with their findings.
import type { Locale } from "../../locale.ts";
import { word } from "../../locale.ts";
import type { Finding, Place, Report, Severity } from "../../model.ts";
import { messageText } from "../finding-text.ts";
import { partOf } from "../select.ts";

/** One cell to be marked: the gravest of what was found there, and the comment's text. */
export interface Mark { sheet: string; cell: string; severity: Severity; text: string }

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

/** Cells of the file in which a finding's values stand. */
export function cellsOf(finding: Finding, file: string): { sheet: string; cell: string }[] {
  return finding.at.flatMap((place: Place) => (place.file === file && place.sheet !== undefined && place.cell !== undefined ? [{ sheet: place.sheet, cell: place.cell }] : []));
}

function commentText(finding: Finding, locale: Locale): string {
  const expected = finding.expected === null ? "" : word(locale, "forms", "annotate.expected", { expected: finding.expected });
  const head = word(locale, "forms", "annotate.head", { severity: word(locale, "interface", `part.${partOf(finding)}`), title: finding.title });
  const remedy = word(locale, "interface", "finding.remedy", { remedy: finding.remedy });
  return [head, messageText(finding, locale), expected, remedy].filter((line) => line !== "").join("\n");
}
