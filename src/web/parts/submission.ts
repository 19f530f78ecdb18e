// A submission as the service tells of it, and what can be done with it. Types, and the questions of who may do what.
import type { FromSchema } from "json-schema-to-ts";
import type { department } from "../../server/schemas/administration.ts";
import type { person, states, submission, verdicts } from "../../server/schemas/submissions.ts";
import type { Person } from "../stores/session.ts";

export type State = FromSchema<typeof states>;
export type Verdict = FromSchema<typeof verdicts>;
export type Named = FromSchema<typeof person>;
export type SubmissionRow = FromSchema<typeof submission>;
export type Department = FromSchema<typeof department>;

export const STATES: readonly State[] = ["draft", "submitted", "checked", "under-review", "returned", "accepted", "accepted-with-waivers", "closed"];
export const VERDICTS: readonly Verdict[] = ["return", "undetermined", "explain", "accept"];
export const isAccepted = (state: State): boolean => state === "accepted" || state === "accepted-with-waivers" || state === "closed";

/** Waits for a reviewer: nobody's yet, or this one's own. */
export function waitsFor({ state, reviewer }: SubmissionRow, person: Person | null): boolean {
  return state === "checked" || (state === "under-review" && reviewer?.id === person?.id);
}
