// The tables of the store, as SQL's migrations make them: types only.
import type { ColumnType, Generated, JSONColumnType } from "kysely";
import type { Report } from "../../model.ts";

type Time = ColumnType<Date, Date | string | undefined, Date | string>;
type MaybeTime = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
/** A day, `YYYY-MM-DD`; never a moment. */
type Day = string;
/** An exact decimal as text. */
type Numeric = ColumnType<string | null, string | null | undefined, string | null>;

export type Role = "administrator" | "reviewer" | "department";
export type State = "draft" | "submitted" | "checked" | "under-review" | "returned" | "accepted" | "accepted-with-waivers" | "closed";
export type DecisionKind = "accepted" | "rejected" | "waived" | "overridden";

export interface Tables {
  department: { id: Generated<string>; name: string; code: string | null; region: string | null; level: string | null; active: Generated<boolean>; created_at: Time };
  person: {
    id: Generated<string>; login: string; name: string; roles: Role[]; department_id: string | null; password_hash: string | null; oidc_subject: string | null;
    lang: Generated<"zh" | "en">; active: Generated<boolean>; created_at: Time;
  };
  invitation: { digest: string; purpose: "first-administrator" | "password"; person_id: string | null; expires_at: Time; used_at: MaybeTime; created_at: Time };
  session: { digest: string; person_id: string; csrf: string; created_at: Time; seen_at: Time; rotated_at: Time; expires_at: Time };
  login_attempt: { key: string; failed_at: Time };
  api_token: { id: Generated<string>; digest: string; name: string; person_id: string; scopes: string[]; expires_at: Time; revoked_at: MaybeTime; used_at: MaybeTime; created_at: Time };
  assignment: { id: Generated<string>; person_id: string; department_id: string | null; year: string | null; created_at: Time };
  audit: {
    id: Generated<number>; at: Time; person_id: string | null; person_name: string | null; token_id: string | null; action: string; subject_kind: string; subject_id: string;
    department_id: string | null; before_digest: string | null; after_digest: string | null; detail: JSONColumnType<Record<string, unknown>>; previous: string; digest: string;
  };
  idempotency: { caller: string; key: string; request_digest: string; status: number | null; body: JSONColumnType<object> | null; created_at: Time };
  saved_view: { id: Generated<string>; person_id: string; name: string; query: JSONColumnType<Record<string, unknown>>; created_at: Time };
  rule_set_in_force: { year: string; rule_set: string; set_by: string; set_at: Time };
  deadline: { id: Generated<string>; year: string; department_id: string | null; due: Day };
  submission: {
    id: Generated<string>; department_id: string; year: string; ordinal: number; previous_id: string | null; state: State; current: Generated<boolean>; rule_set: string;
    /** JSON of a Submission. */ content: string | null; corrected: Generated<boolean>; created_by: string; created_at: Time; submitted_at: MaybeTime; checked_at: MaybeTime; decided_at: MaybeTime; reviewer_id: string | null;
    problem: string | null; problem_values: JSONColumnType<Record<string, string>, Record<string, string> | string | undefined, Record<string, string> | string>; verdict: Report["verdict"] | null; claimed_score: Numeric; recomputed_score: Numeric; claimed_grade: string | null; recomputed_grade: string | null;
    must_fix: Generated<number>; explain: Generated<number>; note: Generated<number>; cannot_tell: Generated<number>; waived: Generated<number>;
    return_due: Day | null; opinion: string | null; revision: Generated<number>;
  };
  submission_file: { submission_id: string; ordinal: number; name: string; media: string; sha256: string; bytes: Uint8Array };
  report: { submission_id: string; /** JSON of a Report. */ report: string; digest: string; written_at: Time };
  finding: { submission_id: string; finding_id: string; ordinal: number; rule: string; category: string; severity: string; outcome: string; points: Numeric; table_name: string | null; subject: string; message: string };
  explanation: { id: Generated<string>; submission_id: string; finding_id: string; words: string; author_id: string; at: Time; carried_from: string | null };
  decision: { id: Generated<string>; submission_id: string; finding_id: string; decision: DecisionKind; reason: string | null; until: Day | null; explanation_id: string | null; words: string | null; author_id: string; at: Time; carried_from: string | null };
  webhook: { id: Generated<string>; url: string; secret: string; events: string[]; active: Generated<boolean>; created_by: string; created_at: Time };
  delivery: {
    id: Generated<string>; webhook_id: string; event: string; event_id: string; payload: JSONColumnType<object>; state: Generated<"pending" | "delivered" | "failed">; attempts: Generated<number>;
    next_at: Time; status: number | null; error: string | null; replay_of: string | null; created_at: Time; ended_at: MaybeTime;
  };
}
