// What was said and decided about a submission's findings -> what stands on each finding now, and which still want a decision.
import { partOf, type Part } from "../../write/select.ts";
import type { Finding } from "../../model.ts";
import type { Named, SubmissionRow } from "./submission.ts";

export type DecisionKind = "accepted" | "rejected" | "waived" | "overridden";
export interface Explanation { id: string; finding: string; words: string; author: Named; at: string; carriedFrom: string | null }
export interface Decision { id: string; finding: string; decision: DecisionKind; reason: string | null; until: string | null; author: Named; at: string; carriedFrom: string | null }
/** What a reviewer says of a finding. */
export interface Decided { decision: DecisionKind; reason?: string; until?: string }
export interface HistoryLine { id: string | number; at: string; person: Named | null; token: { id: string } | null; action: string; subject: { kind: string; id: string }; detail: Readonly<Record<string, unknown>> }
export interface SubmissionFile { ordinal: number; name: string; media: string; sha256: string; size: number }
export interface Submission extends SubmissionRow {
  due: string | null;
  opinion: string | null;
  problemText: string | null;
  files: SubmissionFile[];
  earlier: { id: string; ordinal: number; state: string; submittedAt: string | null }[];
}

/** Ids of alike findings differ by their ordinal only; what is said of one speaks of all of them. */
export const baseOf = (id: string): string => id.replace(/~\d+$/, "");

/** The newest first, of one finding. */
export function saidOf<T extends { finding: string; at: string }>(entries: readonly T[], { id }: Pick<Finding, "id">): T[] {
  return entries.filter(({ finding }) => finding === id || baseOf(finding) === baseOf(id)).sort((a, b) => b.at.localeCompare(a.at));
}

/** Findings that are for a reviewer to decide about: everything but notes, and what an explanation in the form settled. */
export function wantsDecision(finding: Finding): boolean {
  return partOf(finding) !== "note";
}

export interface FindingFilter { open: boolean; part: Part | ""; table: string }

export function shownOf(findings: readonly Finding[], { open, part, table }: FindingFilter): Finding[] {
  return findings.filter((finding) => (!open || isOpen(finding)) && (part === "" || partOf(finding) === part) && (table === "" || finding.table === table));
}

export const isOpen = ({ outcome }: Pick<Finding, "outcome">): boolean => outcome !== "explained" && outcome !== "waived";

/** Which kinds of decision make sense on a finding. What must be corrected is not settled by an explanation; what was never explained has none to judge. */
export function decisionsFor(finding: Finding, explained: boolean): DecisionKind[] {
  const judged: DecisionKind[] = explained && finding.severity !== "must-fix" ? ["accepted", "rejected"] : explained ? ["rejected"] : [];
  return [...judged, "waived", "overridden"];
}
