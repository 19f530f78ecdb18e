// A report -> what to mend first, and what each table's score becomes once its rows are right.
import { compare, decimalsOf, equals, isZero, minus, parseDecimal, plus, round, toFixedText, total, ZERO, type Decimal } from "../decimal.ts";
import type { Finding, LedgerRow, Report, ReportTable } from "../model.ts";

/** Rows of a table, and the total once they are corrected. */
export interface Becoming { table: ReportTable; rows: readonly LedgerRow[]; to: string }

/**
 * A table whose score changes: the rows to be corrected, the score as claimed and as it becomes once these rows (and the total) are.
 * What is settled by an explanation or a waiver stays as claimed. `first`: the rows that must be corrected, where others of them
 * may be explained instead (`explainable`), and the score once only those are right.
 */
export interface ScoreFix extends Becoming { from: string | null; explainable: readonly LedgerRow[]; first?: Omit<Becoming, "table"> }

/** A table of which rows can be corrected while others cannot be told: between which scores it then stands. */
export interface OpenScore { table: ReportTable; rows: readonly LedgerRow[]; low: string; high: string }

/**
 * `open`: what is left to do, in the order of doing it, without what mends itself with another. `scores`: what comes of it.
 * `deductions`: rows whose deduction a person judges, and the score if they are given full points besides.
 */
export interface FixList { open: readonly Finding[]; scores: readonly ScoreFix[]; between: readonly OpenScore[]; deductions: readonly Becoming[] }

/** What blocks acceptance first, then by points at stake, then as the forms go. */
export function fixList(report: Report): FixList {
  const open = report.findings.filter((finding) => isLeft(finding) && !follows(finding, report.findings));
  const ordered = open.map((finding, place) => ({ finding, place })).sort((a, b) => rank(a.finding) - rank(b.finding) || compare(stake(b.finding), stake(a.finding)) || a.place - b.place);
  return { open: ordered.map(({ finding }) => finding), ...scoresAfter(report) };
}

/** The points that a table regains (`0.40`) or loses (`-0.20`) with a finding's correction; null where it changes no row's score, or not by what the finding says. */
export function gainOf(finding: Finding, report: Report): string | null {
  if (finding.points === undefined || finding.outcome !== "fail") return null;
  for (const row of report.tables.flatMap((table) => table.ledger)) {
    const to = changes(row) ? row.recomputed : fullPoints(row, [finding]);
    if (!isAbout(finding, row) || row.claimed === null || to === null) continue;
    const change = minus(number(to), number(row.claimed));
    if (equals(round(change.absoluteValue(), 2), round(stake(finding), 2)) && !isZero(change)) return textOf(change);
  }
  return null;
}

/** How much stands or falls with a finding; 0 where nothing does. */
export function stake({ points }: Finding): Decimal {
  return (points === undefined ? null : parseDecimal(points))?.absoluteValue() ?? ZERO;
}

/** Blocks acceptance (0: must be corrected, or cannot be told where it must be right), wants a reason (1), is a note (2). */
export function rank({ severity, outcome }: Finding): number {
  if (outcome === "error") return 0;
  return severity === "must-fix" ? 0 : severity === "explain" ? 1 : 2;
}

const isLeft = ({ outcome }: Finding): boolean => outcome !== "explained" && outcome !== "waived";

/** Whether it comes from another finding on the same row, whose remedy mends it too. */
function follows({ linked = [], table, subject }: Finding, all: readonly Finding[]): boolean {
  return all.some((other) => linked.includes(other.rule) && other.outcome === "fail" && other.table === table && other.subject === subject);
}

function scoresAfter(report: Report): Pick<FixList, "scores" | "between" | "deductions"> {
  const correcting = report.findings.filter((finding) => finding.outcome === "fail" && finding.severity !== "note" && finding.points !== undefined);
  const tables = report.tables.map((table) => becomingOf(table, correcting));
  return { scores: tables.flatMap(({ fix }) => fix ?? []), between: tables.flatMap(({ between }) => between ?? []), deductions: tables.flatMap(({ deduction }) => deduction ?? []) };
}

function becomingOf(table: ReportTable, correcting: readonly Finding[]): { fix?: ScoreFix; between?: OpenScore; deduction?: Becoming } {
  const wrong = (row: LedgerRow): Finding[] => (changes(row) ? correcting.filter((finding) => speaksOfScore(finding, row)) : []);
  const rows = table.ledger.filter((row) => wrong(row).length > 0);
  const must = rows.filter((row) => wrong(row).some((finding) => finding.severity === "must-fix"));
  const judged = table.ledger.filter((row) => !changes(row) && fullPoints(row, correcting) !== null);
  const from = table.claimed.score;
  const totalIsWrong = correcting.some((finding) => finding.severity === "must-fix" && finding.at.some(({ pointer }) => pointer !== undefined && pointer === totalPointer(table)));
  const right = (some: readonly LedgerRow[]): [LedgerRow, string][] => some.map((row) => [row, row.recomputed ?? ""]);
  const all = becomes(table, right(rows), totalIsWrong);
  if (all === null) return {};
  if (!equals(all.low, all.high)) return rows.length === 0 ? {} : { between: { table, rows, low: textOf(all.low), high: textOf(all.high) } };
  const part = must.length === 0 || must.length === rows.length ? null : becomes(table, right(must), totalIsWrong);
  const whole = judged.length === 0 ? null : becomes(table, [...right(rows), ...judged.map((row): [LedgerRow, string] => [row, row.high ?? ""])], totalIsWrong);
  return {
    ...(rows.length === 0 && !(totalIsWrong && from !== null) ? {} : { fix: { table, rows, from, to: textOf(all.low), explainable: rows.filter((row) => !must.includes(row)), ...(part === null ? {} : { first: { rows: must, to: textOf(part.low) } }) } }),
    ...(whole === null ? {} : { deduction: { table, rows: judged, to: textOf(whole.low) } }),
  };
}

interface Bounds { low: Decimal; high: Decimal }

/**
 * The total once these rows have these scores and all others what they claim, what cannot be told between its ends. Where the rows do
 * not add up to the total and nobody calls that wrong (a table that was submitted in part), the total moves by what the rows move.
 */
function becomes(table: ReportTable, mended: readonly [LedgerRow, string][], totalIsWrong: boolean): Bounds | null {
  const claimed = table.claimed.score === null ? null : parseDecimal(table.claimed.score);
  const rows = table.ledger.filter((row) => row.weight !== null || row.claimed !== null || row.recomputed !== null);
  const printed = rows.every((row) => row.claimed !== null) ? total(rows.map((row) => number(row.claimed ?? ""))) : null;
  if (claimed !== null && !totalIsWrong && (printed === null || !equals(printed, claimed))) {
    if (mended.some(([row]) => row.claimed === null) || rows.some((row) => row.recomputed === null)) return null;
    const moved = plus(claimed, total(mended.map(([row, to]) => minus(number(to), number(row.claimed ?? "")))));
    return { low: moved, high: moved };
  }
  const scores = new Map(mended);
  const ends = rows.map((row): Bounds | null => {
    const text = scores.get(row) ?? (row.recomputed === null ? null : row.claimed);
    if (text !== null) return { low: number(text), high: number(text) };
    return row.recomputed === null && row.low !== null && row.high !== null ? { low: number(row.low), high: number(row.high) } : null;
  });
  if (ends.some((end) => end === null)) return null;
  return { low: total(ends.map((end) => end?.low ?? ZERO)), high: total(ends.map((end) => end?.high ?? ZERO)) };
}

/** The end of the band of a row whose deduction a person judges, where a finding asks for a reason of just that deduction. */
function fullPoints(row: LedgerRow, findings: readonly Finding[]): string | null {
  const { judged, claimed, high } = row;
  if (!judged || claimed === null || high === null) return null;
  const deducted = round(minus(number(high), number(claimed)), 2);
  return !isZero(deducted) && findings.some((finding) => speaksOfScore(finding, row) && equals(round(stake(finding), 2), deducted)) ? high : null;
}

function changes({ claimed, recomputed }: LedgerRow): boolean {
  if (recomputed === null) return false;
  const from = claimed === null ? null : parseDecimal(claimed);
  return from === null || !equals(from, number(recomputed));
}

/** The finding is about the row's score itself, not about another of its cells. */
function speaksOfScore(finding: Finding, row: LedgerRow): boolean {
  return row.at?.pointer !== undefined && finding.at.some(({ pointer }) => pointer === row.at?.pointer);
}

/** The finding is about a cell of the row. */
function isAbout(finding: Finding, row: LedgerRow): boolean {
  const holder = holderOf(row.at?.pointer);
  return holder !== null && finding.at.some(({ pointer }) => pointer === holder || pointer?.startsWith(`${holder}/`) === true);
}

function totalPointer(table: ReportTable): string | null {
  const at = table.ledger.map((row) => row.at?.pointer).find((pointer) => pointer !== undefined);
  const stem = at === undefined ? undefined : /^\/tables\/\d+/.exec(at)?.[0];
  return stem === undefined ? null : `${stem}/total/score`;
}

const holderOf = (pointer: string | undefined): string | null => (pointer === undefined ? null : pointer.slice(0, pointer.lastIndexOf("/")));

/** A figure of the ledger; what is no number there is none here. */
function number(text: string): Decimal {
  return parseDecimal(text) ?? ZERO;
}

const textOf = (value: Decimal): string => toFixedText(value, Math.max(2, decimalsOf(value)));
