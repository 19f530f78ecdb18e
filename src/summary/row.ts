// One report → the row that a bureau keeps of it: verdict, one score, one execution rate, counts, and what its tables add up to.
import { absolute, compare, decimalsOf, minus, parseDecimal, toFixedText, total, type Decimal } from "../decimal.ts";
import type { Report, ReportTable } from "../model.ts";

export type Verdict = Report["verdict"];

/** Findings by what must be done; the first three are open. `error`: rules that could not be asked. */
export type Counts = Report["counts"] & { error: number };

/** Which table speaks for a department: its own, or, where it handed in projects only, the one that fares worst. */
export interface Speaker { of: ReportTable["kind"]; table: string }

export interface RowScore extends Speaker {
  claimed: string | null;
  recomputed: string | null;
  low: string | null;
  high: string | null;
  /** Recomputed − claimed; null where one of them is not known. */
  change: string | null;
  grades: { claimed: string | null; recomputed: string | null };
}

/** All tables of a department. The sums are over those whose claimed and recomputed scores are both known. */
export interface TableSums { count: number; compared: number; open: number; claimed: string; recomputed: string; change: string }

export interface DepartmentRow {
  department: string | null;
  year: string | null;
  code: string | null;
  verdict: Verdict;
  /** How many things of its input could not be read. */
  unread: number;
  score: RowScore | null;
  /** `rate` in %, `82.54%`. */
  execution: (Speaker & { rate: string }) | null;
  /** The table whose recomputed score lies farthest from the claimed one. */
  farthest: { table: string; change: string } | null;
  tables: TableSums;
  counts: Counts;
  /** Findings that somebody must do something about: failed, not to be told, or in error. */
  open: number;
  /** Where the report itself was written; `anchor` where one file holds several. */
  report: { file: string; anchor: string | null } | null;
}

/**
 * The row of a report. A department's own table (部门整体支出绩效自评表) speaks for it. Where there is none, the project with the lowest
 * recomputed score does, and for execution the project with the lowest rate: a number that stands in a table and can be looked up,
 * where a mean of projects, large and small, would be nobody's.
 */
export function rowOf(report: Report, written: DepartmentRow["report"] = null): DepartmentRow {
  const { submission, verdict, tables, findings, counts, input } = report;
  return {
    department: submission.department, year: submission.year, code: submission.code ?? null,
    verdict,
    unread: input.remarks.filter(({ kind }) => kind === "problem").length,
    score: scoreOf(tables), execution: executionOf(tables), farthest: farthestOf(tables),
    tables: sumsOf(tables),
    counts: { ...counts, error: findings.filter(({ outcome }) => outcome === "error").length },
    open: findings.filter(({ outcome }) => outcome !== "explained" && outcome !== "waived").length,
    report: written,
  };
}

function scoreOf(tables: readonly ReportTable[]): RowScore | null {
  const table = lowest(speaking(tables), ({ claimed, recomputed }) => numberOf(recomputed.score) ?? numberOf(recomputed.low) ?? numberOf(claimed.score));
  if (table === null) return null;
  const { kind, name, claimed, recomputed } = table;
  const change = changeOf(table);
  return {
    of: kind, table: name,
    claimed: claimed.score, recomputed: recomputed.score, low: recomputed.low, high: recomputed.high, change: change === null ? null : pointsText(change),
    grades: { claimed: claimed.grade, recomputed: recomputed.grade },
  };
}

function executionOf(tables: readonly ReportTable[]): DepartmentRow["execution"] {
  const rated = tables.filter((table) => rateOf(table) !== null);
  const table = lowest(speaking(rated), (each) => percent(rateOf(each)));
  const rate = table === null ? null : rateOf(table);
  return table === null || rate === null ? null : { of: table.kind, table: table.name, rate };
}

/** The department's own tables, or its projects where there are none. */
function speaking(tables: readonly ReportTable[]): readonly ReportTable[] {
  const own = tables.filter(({ kind }) => kind === "department");
  return own.length > 0 ? own : tables;
}

/** The table with the lowest number, the first of equals; one without a number only where none has any. */
function lowest(tables: readonly ReportTable[], number: (table: ReportTable) => Decimal | null): ReportTable | null {
  return tables.reduce<ReportTable | null>((best, table) => {
    const [a, b] = [best === null ? null : number(best), number(table)];
    if (best === null) return table;
    return b !== null && (a === null || compare(b, a) < 0) ? table : best;
  }, null);
}

function farthestOf(tables: readonly ReportTable[]): DepartmentRow["farthest"] {
  let best: { table: string; change: Decimal } | null = null;
  for (const table of tables) {
    const change = changeOf(table);
    if (change !== null && (best === null || compare(absolute(change), absolute(best.change)) > 0)) best = { table: table.name, change };
  }
  return best === null ? null : { table: best.table, change: pointsText(best.change) };
}

function sumsOf(tables: readonly ReportTable[]): TableSums {
  const compared = tables.filter((table) => changeOf(table) !== null);
  const sum = (score: (table: ReportTable) => string | null): Decimal => total(compared.flatMap((table) => numberOf(score(table)) ?? []));
  const [claimed, recomputed] = [sum((table) => table.claimed.score), sum((table) => table.recomputed.score)];
  return {
    count: tables.length, compared: compared.length, open: tables.length - compared.length,
    claimed: pointsText(claimed), recomputed: pointsText(recomputed), change: pointsText(minus(recomputed, claimed)),
  };
}

function changeOf({ claimed, recomputed }: ReportTable): Decimal | null {
  const [from, to] = [numberOf(claimed.score), numberOf(recomputed.score)];
  return from === null || to === null ? null : minus(to, from);
}

/** The true rate of execution of a table, `82.54%`. */
function rateOf({ ledger }: ReportTable): string | null {
  return ledger.find(({ rate }) => rate !== undefined)?.rate ?? null;
}

export function percent(rate: string | null): Decimal | null {
  return rate === null ? null : parseDecimal(rate.replace(/%$/u, ""));
}

export function numberOf(text: string | null): Decimal | null {
  return text === null ? null : parseDecimal(text);
}

/** Points with two decimals at least. */
export function pointsText(value: Decimal): string {
  return toFixedText(value, Math.max(2, decimalsOf(value)));
}
