// What a department says to a finding -> a row that is never changed, and the report as it is with it.
import { randomUUID } from "node:crypto";
import type { Caller } from "./access.ts";
import { checked } from "./checking-answer.ts";
import { baseOf } from "./checking-review.ts";
import { recheck } from "./checking.ts";
import { dayOf } from "./day.ts";
import { move, standOf, type Step } from "./flow.ts";
import type { Finding, Report } from "../model.ts";
import { Problem } from "./problem.ts";
import type { Service } from "./service.ts";
import type { Db } from "./store/database.ts";
import { refusal } from "./submissions-make.ts";
import { rolesOn, submissionRow, type Row } from "./submissions.ts";

export interface ExplanationShown { id: string; finding: string; words: string; author: { id: string; name: string }; at: string; carriedFrom: string | null }

export async function explain(service: Service, caller: Caller, id: string, given: { finding: string; words: string; revision: number | null }): Promise<ExplanationShown> {
  const { row, finding } = await findingOf(service, caller, id, "explain", given);
  const base = baseOf(finding.id);
  const at = service.now();
  const explanation = { id: randomUUID(), findingId: base, words: given.words.trim(), author: caller.person.name, at };
  await checked(recheck(service, caller, await withContent(service.db, row), {
    explanations: [explanation],
    write: async (trx) => { await trx.insertInto("explanation").values({ id: explanation.id, submission_id: id, finding_id: base, words: explanation.words, author_id: caller.person.id, at, carried_from: null }).execute(); },
    audit: { action: "submission.explained", detail: { finding: base, explanation: explanation.id } },
  }));
  return { id: explanation.id, finding: base, words: explanation.words, author: { id: caller.person.id, name: caller.person.name }, at: at.toISOString(), carriedFrom: null };
}

export async function explanationsOf(db: Db, id: string): Promise<ExplanationShown[]> {
  const rows = await db.selectFrom("explanation").innerJoin("person", "person.id", "explanation.author_id").select(["explanation.id", "explanation.finding_id", "explanation.words", "explanation.author_id", "person.name", "explanation.at", "explanation.carried_from"])
    .where("explanation.submission_id", "=", id).orderBy("explanation.at").orderBy("explanation.id").execute();
  return rows.map((row) => ({ id: row.id, finding: row.finding_id, words: row.words, author: { id: row.author_id, name: row.name }, at: row.at.toISOString(), carriedFrom: row.carried_from }));
}

/** The finding that somebody speaks of, if he may take that step now. Throws Problem 404, 403, 409, or 422 where the report has no such finding. */
export async function findingOf(service: Service, caller: Caller, id: string, step: Step, given: { finding: string; revision: number | null }): Promise<{ row: Row; finding: Finding }> {
  const row = await submissionRow(service.db, caller, id);
  const result = move(step, { stand: standOf(row), current: row.current, roles: rolesOn(caller, row), today: dayOf(service.now()) });
  if ("refused" in result) throw refusal(result.refused);
  if (given.revision !== null && given.revision !== row.revision) throw new Problem(409, "changed");
  const report = await reportOf(service.db, id);
  const finding = report.findings.find((each) => each.id === given.finding) ?? report.findings.find((each) => baseOf(each.id) === given.finding);
  if (finding === undefined) throw new Problem(422, "findingUnknown");
  return { row, finding };
}

/** Throws Problem 409 where it has none yet. */
export async function reportOf(db: Db, id: string): Promise<Report> {
  const row = await db.selectFrom("report").select("report").where("submission_id", "=", id).executeTakeFirst();
  if (row === undefined) throw new Problem(409, "noReport");
  return JSON.parse(row.report) as Report;
}

export async function withContent(db: Db, row: Row): Promise<Row & { content: string | null }> {
  const { content } = await db.selectFrom("submission").select("content").where("id", "=", row.id).executeTakeFirstOrThrow();
  return { ...row, content };
}
