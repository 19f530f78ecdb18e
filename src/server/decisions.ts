// What a reviewer decides on a finding -> a row that is never changed, and the report as it is with it.
import { randomUUID } from "node:crypto";
import type { Caller } from "./access.ts";
import { checked } from "./checking-answer.ts";
import { baseOf } from "./checking-review.ts";
import { recheck } from "./checking.ts";
import { dayOf } from "./day.ts";
import { findingOf, withContent } from "./explanations.ts";
import { Problem } from "./problem.ts";
import type { Service } from "./service.ts";
import type { Db } from "./store/database.ts";
import type { DecisionKind } from "./store/tables.ts";

export interface DecisionShown { id: string; finding: string; decision: DecisionKind; reason: string | null; until: string | null; explanationId: string | null; words: string | null; author: { id: string; name: string }; at: string; carriedFrom: string | null }

export interface GivenDecision { finding: string; decision: DecisionKind; reason?: string | undefined; until?: string | undefined; revision: number | null }

/** To accept takes an explanation and a finding that one can settle; to reject, waive or override takes a reason; to waive takes a last day. */
export async function decide(service: Service, caller: Caller, id: string, given: GivenDecision): Promise<DecisionShown> {
  const { row, finding } = await findingOf(service, caller, id, "decide", given);
  const reason = given.reason?.trim() ?? "";
  const { decision } = given;
  const words = decision === "accepted" || decision === "rejected" ? (finding.explanation?.text ?? null) : null;
  if (decision === "accepted" && finding.severity === "must-fix") throw new Problem(422, "decisionMustFix");
  if (decision === "accepted" && words === null) throw new Problem(422, "decisionNothingSaid");
  if (decision !== "accepted" && reason === "") throw new Problem(422, "decisionReason");
  if (decision === "waived" && given.until === undefined) throw new Problem(422, "decisionUntil");
  if (decision !== "waived" && given.until !== undefined) throw new Problem(422, "decisionNoUntil");
  if (given.until !== undefined && given.until < dayOf(service.now())) throw new Problem(422, "decisionUntilPast");
  const base = baseOf(finding.id);
  const at = service.now();
  const judged = words === null ? null : await explanationWith(service.db, id, base, words);
  const made = { id: randomUUID(), decision, reason: reason === "" ? null : reason, until: given.until ?? null, words };
  await checked(recheck(service, caller, await withContent(service.db, row), {
    decisions: [{ findingId: base, author: caller.person.name, at, decision, reason: made.reason, until: made.until, words }],
    write: async (trx) => { await trx.insertInto("decision").values({ ...made, submission_id: id, finding_id: base, explanation_id: judged, author_id: caller.person.id, at, carried_from: null }).execute(); },
    audit: { action: `submission.finding-${decision}`, detail: { finding: base, decision: made.id, ...(made.until === null ? {} : { until: made.until }) } },
  }));
  return { ...made, finding: base, explanationId: judged, author: { id: caller.person.id, name: caller.person.name }, at: at.toISOString(), carriedFrom: null };
}

export async function decisionsOf(db: Db, id: string): Promise<DecisionShown[]> {
  const rows = await db.selectFrom("decision").innerJoin("person", "person.id", "decision.author_id")
    .select(["decision.id", "decision.finding_id", "decision.decision", "decision.reason", "decision.until", "decision.explanation_id", "decision.words", "decision.author_id", "person.name", "decision.at", "decision.carried_from"])
    .where("decision.submission_id", "=", id).orderBy("decision.at").orderBy("decision.id").execute();
  return rows.map((row) => ({ id: row.id, finding: row.finding_id, decision: row.decision, reason: row.reason, until: row.until, explanationId: row.explanation_id, words: row.words, author: { id: row.author_id, name: row.name }, at: row.at.toISOString(), carriedFrom: row.carried_from }));
}

/** The row that the judged words stand in; null where they stand in the form. */
async function explanationWith(db: Db, id: string, finding: string, words: string): Promise<string | null> {
  const row = await db.selectFrom("explanation").select("id").where("submission_id", "=", id).where("finding_id", "=", finding).where("words", "=", words).orderBy("at", "desc").executeTakeFirst();
  return row?.id ?? null;
}
