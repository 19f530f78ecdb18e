// A report's findings -> the groups that reports show them in, and the numbers of its summary.
import { compare, decimalsOf, isZero, minus, parseDecimal, toFixedText, ZERO } from "../decimal.ts";
import type { Locale } from "../locale.ts";
import { word } from "../word.ts";
import type { Finding, LedgerRow, Report, ReportTable, RuleLine, Severity } from "../model.ts";

export type Part = Severity | "cannot-tell" | "explained" | "waived";

export const PARTS: readonly Part[] = ["must-fix", "explain", "note", "cannot-tell", "explained", "waived"];

/** Where a finding is shown: an open one by its severity, `error` with what cannot be told. */
export function partOf(finding: Finding): Part {
  switch (finding.outcome) {
    case "fail": return finding.severity;
    case "error": return "cannot-tell";
    case "cannot-tell":
    case "explained":
    case "waived": return finding.outcome;
  }
}

/** Findings part by part, within a part in the order of the report, which is that of the form. */
export function findingsByPart(report: Report): Map<Part, Finding[]> {
  return new Map(PARTS.map((part) => [part, report.findings.filter((finding) => partOf(finding) === part)]));
}

/**
 * Findings that say one thing of many rows, together: from three of one rule with one remedy on. What must be fixed stands
 * alone, and so does what is settled. A group stands where its first finding stood.
 */
export function together(findings: readonly Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.rule, finding.outcome, finding.title, finding.remedy]);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  const alike = (finding: Finding): boolean => finding.outcome === "cannot-tell" || (finding.severity !== "must-fix" && finding.outcome === "fail");
  return [...groups.values()].flatMap((group) => {
    const first = group[0];
    return first !== undefined && alike(first) && group.length >= 3 ? [group] : group.map((finding) => [finding]);
  });
}

/** Recomputed − claimed with its sign, two decimals at least: `+0.05`, `0.00`; null where one of them is not known. */
export function changeText(from: string | null, to: string | null): string | null {
  const a = from === null ? null : parseDecimal(from);
  const b = to === null ? null : parseDecimal(to);
  if (a === null || b === null) return null;
  const change = minus(b, a);
  const text = toFixedText(change, Math.max(2, decimalsOf(change)));
  return compare(change, ZERO) > 0 ? `+${text}` : text;
}

/** `98.25`, or `90.00–100.00` where it is open, or null where nothing is known. */
export function recomputedText(of: { score: string | null; low: string | null; high: string | null }): string | null {
  if (of.score !== null) return scoreText(of.score);
  return of.low === null || of.high === null ? null : `${scoreText(of.low)}–${scoreText(of.high)}`;
}

/** At least two decimals, so that columns of scores stand under each other: `9.6` -> `9.60`. Texts that are no number stay. */
export function scoreText(text: string): string {
  const value = parseDecimal(text);
  return value === null ? text : toFixedText(value, Math.max(2, decimalsOf(value)));
}

/** Rows whose recomputed score differs from the claimed one, or is not known although the row claims or weighs something. */
export function rowsOfInterest(table: ReportTable): LedgerRow[] {
  return table.ledger.filter((row) => (row.recomputed === null ? row.weight !== null || row.claimed !== null : differs(row.claimed, row.recomputed)));
}

/** What a row is called: budget execution has no name of its own in the forms' rows of indicators. */
export function rowName(row: LedgerRow, locale: Locale): string {
  return row.subject === "execution" ? word(locale, "interface", "ledger.execution") : row.subject;
}

function differs(claimed: string | null, recomputed: string): boolean {
  const a = claimed === null ? null : parseDecimal(claimed);
  const b = parseDecimal(recomputed);
  return a === null || b === null ? true : !isZero(minus(a, b));
}

export type RuleState = "found" | "error" | "cannotTell" | "passed" | "notApplicable";

/** What a rule's line comes to: the first that holds. */
export function ruleState(line: RuleLine): RuleState {
  if (line.fail + line.explained + line.waived > 0) return "found";
  if (line.error > 0) return "error";
  if (line.cannotTell > 0) return "cannotTell";
  return line.pass > 0 ? "passed" : "notApplicable";
}
