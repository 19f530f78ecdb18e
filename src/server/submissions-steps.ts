// A step that somebody takes with a submission -> its new state, written with the log's line and what webhooks are told.
import { sql } from "kysely";
import type { Caller } from "./access.ts";
import { audit, digestOf } from "./audit.ts";
import { dayOf } from "./day.ts";
import { announce, type Event } from "./deliveries.ts";
import { move, standOf, type Step } from "./flow.ts";
import { notFound, Problem } from "./problem.ts";
import { ruleSetFor } from "./rule-sets.ts";
import type { Service } from "./service.ts";
import { transaction, type Trx } from "./store/database.ts";
import { refusal } from "./submissions-make.ts";
import { rolesOn, submissionRow, type Row } from "./submissions.ts";

export type Taken = Extract<Step, "submit" | "retry" | "take" | "return" | "accept" | "close" | "reopen" | "opine">;

export interface Given { reason?: string | undefined; due?: string | undefined; opinion?: string | undefined; revision: number | null }

const TOLD: Readonly<Partial<Record<Taken, Event>>> = { submit: "submission.submitted", return: "submission.returned", accept: "submission.accepted", close: "submission.closed" };
const DONE: Readonly<Record<Taken, string>> = { submit: "submitted", retry: "retried", take: "taken", return: "returned", accept: "accepted", close: "closed", reopen: "reopened", opine: "opinion" };

/** Throws Problem 404 where the caller does not see it, 403, 409 or 422 where the step is not to be taken, 409 where it has changed since `revision`. */
export async function takeStep(service: Service, caller: Caller, id: string, step: Taken, given: Given): Promise<void> {
  await transaction(service.db, async (trx) => {
    const row = await locked(trx, caller, id, given.revision);
    const today = dayOf(service.now());
    const result = move(step, {
      stand: standOf(row), current: row.current, roles: rolesOn(caller, row), today, reason: given.reason ?? null, due: given.due ?? null,
      files: await countFiles(trx, id), mustFix: row.must_fix, waived: row.waived, expired: step === "accept" ? await countExpired(trx, id, today) : 0,
    });
    if ("refused" in result) throw refusal(result.refused);
    await trx.updateTable("submission").set({ state: result.to ?? row.state, revision: row.revision + 1, ...(await changes(trx, step, row, caller, service.now(), given)) }).where("id", "=", id).execute();
    if (step === "submit" || step === "retry") await service.jobs.send(trx, { submission: id, revision: row.revision + 1 });
    const event = TOLD[step];
    if (event !== undefined) await announce(trx, service.now(), event, id);
    await audit(trx, caller, {
      action: `submission.${DONE[step]}`, subject: { kind: "submission", id }, departmentId: row.department_id, before: stateDigest(row.state, row.opinion), after: stateDigest(result.to ?? row.state, given.opinion ?? row.opinion),
      detail: { from: row.state, to: result.to ?? row.state, ...(step === "return" ? { reason: given.reason, due: given.due } : step === "reopen" && given.reason !== undefined ? { reason: given.reason } : {}) },
    });
  });
  if (step === "submit" || step === "retry") service.jobs.poke();
}

/** The row as it is, nobody else changing it until the end of the transaction. */
export async function locked(trx: Trx, caller: Caller, id: string, revision: number | null): Promise<Row> {
  const there = await trx.selectFrom("submission").select("id").where("id", "=", id).forUpdate().executeTakeFirst();
  if (there === undefined) throw notFound();
  const row = await submissionRow(trx, caller, id);
  if (revision !== null && revision !== row.revision) throw new Problem(409, "changed");
  return row;
}

async function changes(trx: Trx, step: Taken, row: Row, caller: Caller, now: Date, { due, opinion, reason }: Given) {
  if (step === "submit") return { submitted_at: now, rule_set: await ruleSetFor(trx, row.year) };
  if (step === "retry") return { submitted_at: now, problem: null, problem_values: "{}" };
  if (step === "take") return { reviewer_id: caller.person.id };
  if (step === "return") return { decided_at: now, reviewer_id: caller.person.id, return_due: due ?? null, opinion: reason ?? null };
  if (step === "accept") return { decided_at: now, reviewer_id: caller.person.id, ...(opinion === undefined ? {} : { opinion }) };
  if (step === "opine") return { opinion: opinion ?? null };
  return step === "reopen" ? { decided_at: null } : {};
}

const stateDigest = (state: string, opinion: string | null): string => digestOf({ state, opinion });

async function countFiles(trx: Trx, id: string): Promise<number> {
  const { count } = await trx.selectFrom("submission_file").select(sql<number>`count(*)`.as("count")).where("submission_id", "=", id).executeTakeFirstOrThrow();
  return count;
}

/** Waivers that are their finding's latest decision and whose last day is over. */
async function countExpired(trx: Trx, id: string, today: string): Promise<number> {
  const rows = await trx.selectFrom("decision").select(["decision", "until"]).distinctOn("finding_id").where("submission_id", "=", id).orderBy("finding_id").orderBy("at", "desc").execute();
  return rows.filter(({ decision, until }) => decision === "waived" && until !== null && until < today).length;
}
