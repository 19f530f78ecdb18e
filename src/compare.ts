// Two reports -> what was fixed, what is new, what is still there, and the points gained and lost.
import type { Finding, Report, ReportTable } from "./model.ts";
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
}

/** A finding as it is now, and how grave it was before. */
export interface Regraded extends Finding { was: Pick<Finding, "severity" | "outcome"> }

export interface Comparison {
  format: "ziping/comparison@1";
  old: Side;
  new: Side;
  tables: TableChange[];
  /** Open before, and no longer found. */
  fixed: Finding[];
  /** Open now, and not found before or settled before. */
  appeared: Finding[];
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
  const wasOpen = (finding: Finding): boolean => was.has(finding.id) && isOpen(was.get(finding.id));
  const wasSettled = (finding: Finding): boolean => was.has(finding.id) && !isOpen(was.get(finding.id));
  const both = after.findings.filter((finding) => isOpen(finding) && wasOpen(finding));
  return {
    format: "ziping/comparison@1",
    old: sideOf(before),
    new: sideOf(after),
    tables: tableChanges(before.tables, after.tables),
    fixed: before.findings.filter((finding) => isOpen(finding) && !is.has(finding.id)),
    appeared: after.findings.filter((finding) => isOpen(finding) && !wasOpen(finding)),
    regraded: both.flatMap((finding) => {
      const { severity, outcome } = was.get(finding.id) ?? finding;
      return severity === finding.severity && outcome === finding.outcome ? [] : [{ ...finding, was: { severity, outcome } }];
    }),
    remaining: both.filter((finding) => was.get(finding.id)?.severity === finding.severity && was.get(finding.id)?.outcome === finding.outcome),
    settled: after.findings.filter((finding) => !isOpen(finding) && wasOpen(finding)),
    carried: after.findings.filter((finding) => !isOpen(finding) && wasSettled(finding)),
  };
}

/** Reports of one department together; those without a counterpart apart. One report a side are a pair whatever they are called. */
export function pairReports(before: readonly Report[], after: readonly Report[]): { pairs: [Report, Report][]; alone: Report[] } {
  const [onlyOld] = before;
  const [onlyNew] = after;
  if (before.length === 1 && after.length === 1 && onlyOld !== undefined && onlyNew !== undefined) return { pairs: [[onlyOld, onlyNew]], alone: [] };
  const open = [...before];
  const pairs: [Report, Report][] = [];
  const alone: Report[] = [];
  for (const report of after) {
    const at = bestMatch(open, report);
    const other = open[at];
    if (other === undefined) alone.push(report);
    else {
      pairs.push([other, report]);
      open.splice(at, 1);
    }
  }
  return { pairs, alone: [...open, ...alone] };
}

export function isOpen(finding: Finding | undefined): boolean {
  return finding !== undefined && finding.outcome !== "explained" && finding.outcome !== "waived";
}

function bestMatch(reports: readonly Report[], report: Report): number {
  const name = (each: Report): string => each.submission.code ?? each.submission.department ?? "";
  const sameYear = reports.findIndex((other) => name(other) === name(report) && other.submission.year === report.submission.year);
  return sameYear >= 0 ? sameYear : reports.findIndex((other) => name(other) === name(report));
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
  };
}
