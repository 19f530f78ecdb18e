// Two reports -> what was fixed, what is new, what is still there, and the points gained and lost.
import type { Finding, Report, ReportTable } from "./model.ts";
import { rowChanges, type RowChange } from "./compare-rows.ts";
import { changeText } from "./write/select.ts";

export interface Side { department: string | null; year: string | null; verdict: Report["verdict"]; counts: Report["counts"]; ruleSet: Pick<Report["ruleSet"], "id" | "version" | "digest"> }

export interface TableChange {
  kind: ReportTable["kind"];
  name: string;
  old: Pick<ReportTable, "claimed" | "recomputed"> | null;
  new: Pick<ReportTable, "claimed" | "recomputed"> | null;
  /** New − old with its sign; null where one of them is not known. */
  claimedChange: string | null;
  recomputedChange: string | null;
  /** Rows whose claimed or recomputed points are not what they were. */
  rows: RowChange[];
}

/** A finding as it is now, and how grave it was before. */
export interface Regraded extends Finding { was: Pick<Finding, "severity" | "outcome"> }

/** A finding that is open now, and what settled it before. */
export interface Lapsed extends Finding { before: Pick<Finding, "outcome" | "explanation" | "waiver" | "decisions"> }

export interface Comparison {
  format: "ziping/comparison@1";
  old: Side;
  new: Side;
  tables: TableChange[];
  /** Open before, and no longer found. */
  fixed: Finding[];
  /** Open now, and not found before. */
  appeared: Finding[];
  /** Explained or waived before, and open now: what was said then may still be used (`--carry`). */
  lapsed: Lapsed[];
  /** Open before and now, but graver or less grave than it was. */
  regraded: Regraded[];
  /** Open before and now, as grave as it was; as it is now. */
  remaining: Finding[];
  /** Open before, explained or waived now. */
  settled: Finding[];
  /** Explained or waived before and now. */
  carried: Finding[];
}

/** Findings are the same when their ids are: rule, table, level path and subject, whatever the figures and wording. */
export function compareReports(before: Report, after: Report): Comparison {
  const was = new Map(before.findings.map((finding) => [finding.id, finding]));
  const is = new Map(after.findings.map((finding) => [finding.id, finding]));
  const wasOpen = (finding: Finding): boolean => isOpen(was.get(finding.id));
  const wasSettled = (finding: Finding): boolean => was.has(finding.id) && !wasOpen(finding);
  const open = after.findings.filter(isOpen);
  const settled = after.findings.filter((finding) => !isOpen(finding));
  const both = open.filter(wasOpen);
  const asGrave = (finding: Finding): boolean => was.get(finding.id)?.severity === finding.severity && was.get(finding.id)?.outcome === finding.outcome;
  return {
    format: "ziping/comparison@1",
    old: sideOf(before),
    new: sideOf(after),
    tables: tableChanges(before.tables, after.tables),
    fixed: before.findings.filter((finding) => isOpen(finding) && !is.has(finding.id)),
    appeared: open.filter((finding) => !was.has(finding.id)),
    lapsed: open.filter(wasSettled).map((finding) => ({ ...finding, before: settlementOf(was.get(finding.id) ?? finding) })),
    regraded: both.filter((finding) => !asGrave(finding)).map((finding) => {
      const { severity, outcome } = was.get(finding.id) ?? finding;
      return { ...finding, was: { severity, outcome } };
    }),
    remaining: both.filter(asGrave),
    settled: settled.filter(wasOpen),
    carried: settled.filter(wasSettled),
  };
}

/**
 * Reports of one department together, those of the same year first; those without a counterpart apart. One report a side are a
 * pair whatever they are called. A department is known by its code where both have one, else by its name.
 */
export function pairReports(before: readonly Report[], after: readonly Report[]): { pairs: [Report, Report][]; alone: Report[] } {
  const [onlyOld] = before;
  const [onlyNew] = after;
  if (before.length === 1 && after.length === 1 && onlyOld !== undefined && onlyNew !== undefined) return { pairs: [[onlyOld, onlyNew]], alone: [] };
  const counterpart = new Map<Report, Report>();
  const open = new Set(before);
  for (const fits of [isSameDepartmentAndYear, isSameDepartment]) {
    for (const report of after) {
      if (counterpart.has(report)) continue;
      const other = [...open].find((each) => fits(each, report));
      if (other === undefined) continue;
      counterpart.set(report, other);
      open.delete(other);
    }
  }
  const pairs = after.flatMap((report): [Report, Report][] => {
    const other = counterpart.get(report);
    return other === undefined ? [] : [[other, report]];
  });
  return { pairs, alone: [...open, ...after.filter((report) => !counterpart.has(report))] };
}

export function isOpen(finding: Finding | undefined): boolean {
  return finding !== undefined && finding.outcome !== "explained" && finding.outcome !== "waived";
}

function isSameDepartment({ submission: a }: Report, { submission: b }: Report): boolean {
  return a.code !== undefined && b.code !== undefined ? a.code === b.code : a.department === b.department;
}

function isSameDepartmentAndYear(a: Report, b: Report): boolean {
  return a.submission.year === b.submission.year && isSameDepartment(a, b);
}

function settlementOf({ outcome, explanation, waiver, decisions }: Finding): Lapsed["before"] {
  return { outcome, ...(explanation === undefined ? {} : { explanation }), ...(waiver === undefined ? {} : { waiver }), ...(decisions === undefined ? {} : { decisions }) };
}

function sideOf(report: Report): Side {
  const { id, version, digest } = report.ruleSet;
  return { department: report.submission.department, year: report.submission.year, verdict: report.verdict, counts: report.counts, ruleSet: { id, version, digest } };
}

/** Tables of one kind and name are the same table; of several with one name the first with the first. */
function tableChanges(before: readonly ReportTable[], after: readonly ReportTable[]): TableChange[] {
  const open = [...before];
  const changes = after.map((table) => {
    const at = open.findIndex((other) => other.kind === table.kind && other.name === table.name);
    return changeOf(at < 0 ? null : (open.splice(at, 1)[0] ?? null), table);
  });
  return [...changes, ...open.map((table) => changeOf(table, null))];
}

function changeOf(before: ReportTable | null, after: ReportTable | null): TableChange {
  const known = after ?? before;
  const scores = (table: ReportTable | null): TableChange["old"] => (table === null ? null : { claimed: table.claimed, recomputed: table.recomputed });
  return {
    kind: known?.kind ?? "project",
    name: known?.name ?? "",
    old: scores(before),
    new: scores(after),
    claimedChange: changeText(before?.claimed.score ?? null, after?.claimed.score ?? null),
    recomputedChange: changeText(before?.recomputed.score ?? null, after?.recomputed.score ?? null),
    rows: before === null || after === null ? [] : rowChanges(before.ledger, after.ledger),
  };
}
