// A submission as the service tells of it, and what can be done with it. Types, and the questions of who may do what.
import type { Report } from "../../model.ts";
import type { Person } from "../stores/session.ts";

export type State = "draft" | "submitted" | "checked" | "under-review" | "returned" | "accepted" | "accepted-with-waivers" | "closed";
export type Verdict = Report["verdict"];
export interface Named { id: string; name: string }
export interface Department extends Named { code: string | null; region: string | null; level: string | null; active: boolean }
export interface Counts { mustFix: number; explain: number; note: number; cannotTell: number; waived: number }

export interface SubmissionRow {
  id: string;
  department: Named & { code?: string | null; region?: string | null };
  year: string;
  ordinal: number;
  previousId: string | null;
  current: boolean;
  state: State;
  ruleSet: string;
  problem: string | null;
  verdict: Verdict | null;
  claimedScore: string | null;
  recomputedScore: string | null;
  counts: Counts;
  submittedAt: string | null;
  checkedAt: string | null;
  decidedAt: string | null;
  reviewer: Named | null;
  returnDue: string | null;
  revision: number;
  /** Steps that one may take now. */
  actions: string[];
}

export const STATES: readonly State[] = ["draft", "submitted", "checked", "under-review", "returned", "accepted", "accepted-with-waivers", "closed"];
export const VERDICTS: readonly Verdict[] = ["return", "undetermined", "explain", "accept"];
export const isAccepted = (state: State): boolean => state === "accepted" || state === "accepted-with-waivers" || state === "closed";

/** Waits for a reviewer: nobody's yet, or this one's own. */
export function waitsFor({ state, reviewer }: SubmissionRow, person: Person | null): boolean {
  return state === "checked" || (state === "under-review" && reviewer?.id === person?.id);
}
