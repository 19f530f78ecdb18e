// Reports of one workbook → what its sheets have in common: their names, and the columns that tell several submissions apart.
import { word, type Locale } from "../../locale.ts";
import type { Finding, Report } from "../../model.ts";
import { linksOf, type Links } from "../html/links.ts";
import { PARTS, findingsByPart } from "../select.ts";
import { textCell, numberCell, type Fill, type GridCell, type Look } from "./grid.ts";

export const SHEETS = ["overview", "scores", "findings", "rules", "notes"] as const;

export type SheetNames = Readonly<Record<(typeof SHEETS)[number], string>>;

/** One report with what ties its rows and findings together. */
export interface Entry { report: Report; links: Links; findings: readonly Finding[] }

export interface Book {
  entries: readonly Entry[];
  names: SheetNames;
  locale: Locale;
  /** Several submissions: department and year lead every row. */
  several: boolean;
}

/** Findings stand as lists show them: what must be corrected first, within that as the form goes. */
export function bookOf(reports: readonly Report[], names: SheetNames, locale: Locale): Book {
  const entries = reports.map((report, index) => {
    const parts = findingsByPart(report);
    return { report, links: linksOf(report, index), findings: PARTS.flatMap((part) => parts.get(part) ?? []) };
  });
  return { entries, names, locale, several: reports.length > 1 };
}

export const sheetNames = (locale: Locale): SheetNames => Object.fromEntries(SHEETS.map((key) => [key, word(locale, "workbook", `sheet.${key}`)])) as Record<(typeof SHEETS)[number], string>;

/** Heads of the leading columns; none for one submission. */
export function leadHead({ several, locale }: Book): string[] {
  return several ? ["department", "year"].map((key) => word(locale, "workbook", key)) : [];
}

export function leadWidths({ several }: Book): number[] {
  return several ? [20, 7] : [];
}

export function lead({ several, locale }: Book, { submission }: Report, look: Look = {}): GridCell[] {
  if (!several) return [];
  return [textCell(submission.department ?? word(locale, "interface", "heading.noDepartment"), look), numberCell(submission.year ?? word(locale, "interface", "heading.noYear"), { align: "center", ...look })];
}

export const FILL_OF: Readonly<Record<(typeof PARTS)[number], Fill>> = { "must-fix": "must-fix", explain: "explain", note: "note", "cannot-tell": "cannot-tell", explained: "settled", waived: "settled" };

/** `衡阳市司法局 2023 年度绩效自评`, or how many submissions. */
export function titleOf({ entries, locale }: Book): string {
  const label = (key: string): string => word(locale, "interface", key);
  const [only] = entries;
  if (entries.length !== 1 || only === undefined) return word(locale, "workbook", "title.several", { count: entries.length });
  const { submission } = only.report;
  return word(locale, "interface", "heading", { department: submission.department ?? label("heading.noDepartment"), year: submission.year ?? label("heading.noYear") });
}
