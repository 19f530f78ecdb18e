// What was said and decided about a submission's findings -> what stands on each finding now, and which still want a decision.
import type { FromSchema } from "json-schema-to-ts";
import { partOf, type Part } from "../../write/select.ts";
import type { Finding } from "../../model.ts";
import type { decision, decisionBody, explanation, historyLine, submissionWhole } from "../../server/schemas/submissions.ts";

export type Explanation = FromSchema<typeof explanation>;
export type Decision = FromSchema<typeof decision>;
export type DecisionKind = Decision["decision"];
/** What a reviewer says of a finding. */
export type Decided = Omit<FromSchema<typeof decisionBody>, "finding">;
export type HistoryLine = FromSchema<typeof historyLine>;
export type Submission = FromSchema<typeof submissionWhole>;

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
