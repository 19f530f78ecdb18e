// A report -> what to mend first, and what each table's score becomes once its rows are right.
import { compare, parseDecimal, ZERO, type Decimal } from "../decimal.ts";
import type { Finding, LedgerRow, Report, ReportTable } from "../model.ts";
import { rowsOfInterest } from "./select.ts";

/** A table whose score changes: the rows to be corrected, the score as claimed and as it becomes. */
export interface ScoreFix { table: ReportTable; rows: readonly LedgerRow[]; from: string | null; to: string }

/** `open`: what is left to do, in the order of doing it, without what mends itself with another. `scores`: what comes of it. */
export interface FixList { open: readonly Finding[]; scores: readonly ScoreFix[] }

/** What blocks acceptance first, then by points at stake, then as the forms go. */
export function fixList(report: Report): FixList {
  const open = report.findings.filter((finding) => finding.outcome !== "explained" && finding.outcome !== "waived" && !follows(finding, report.findings));
  const ordered = open.map((finding, place) => ({ finding, place })).sort((a, b) => rank(a.finding) - rank(b.finding) || compare(stake(b.finding), stake(a.finding)) || a.place - b.place);
  return { open: ordered.map(({ finding }) => finding), scores: report.tables.flatMap(scoreFix) };
}

/** Whether it comes from another finding on the same row, whose remedy mends it too. */
function follows({ linked = [], table, subject }: Finding, all: readonly Finding[]): boolean {
  return all.some((other) => linked.includes(other.rule) && other.outcome === "fail" && other.table === table && other.subject === subject);
}

/** Blocks acceptance (must be corrected, or cannot be told where it must be right), wants a reason, is a note. */
function rank({ severity, outcome }: Finding): number {
  if (outcome === "error") return 0;
  return severity === "must-fix" ? 0 : severity === "explain" ? 1 : 2;
}

function stake({ points }: Finding): Decimal {
  const value = points === undefined ? null : parseDecimal(points);
  return value === null ? ZERO : value.abs();
}

function scoreFix(table: ReportTable): ScoreFix[] {
  const rows = rowsOfInterest(table).filter((row) => row.recomputed !== null);
  const { score } = table.recomputed;
  if (score === null || rows.length === 0) return [];
  return [{ table, rows, from: table.claimed.score, to: score }];
}
