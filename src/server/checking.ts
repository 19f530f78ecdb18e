// A submission that waits -> its report, findings and state, written whole in one transaction, exactly once; and the same again when something was said.
import { sql } from "kysely";
import { audit } from "./audit.ts";
import { checked } from "./checking-answer.ts";
import { reviewFileOf, reviewText, type DecisionRow, type ExplanationRow } from "./checking-review.ts";
import type { Answer, Checked, Source, Unanswered, Writing } from "./checking-work.ts";
import { announce } from "./deliveries.ts";
import { dayOf } from "./day.ts";
import type { CheckJob } from "./jobs.ts";
import { Problem } from "./problem.ts";
import { knownRuleSets, pathOfRuleSet } from "./rule-sets.ts";
import type { Service } from "./service.ts";
import { transaction, type Db, type Trx } from "./store/database.ts";
import { numeral, storable } from "./store/text.ts";

/** Why a submission has no report: a key of the locales' `service` section (`checking.<code>`). */
export interface CheckProblem { code: string; values: Record<string, string> }

/**
 * Checks what a job names. `done` is written in the same transaction as the result: whoever else has the same job writes nothing.
 * Throws where nothing was written; then the job is to be done again.
 */
export async function checkSubmission(service: Service, { submission: id, revision }: CheckJob, done: (trx: Trx) => Promise<void>): Promise<void> {
  const { db } = service;
  const row = await db.selectFrom("submission").select(["id", "department_id", "year", "rule_set", "state", "revision", "content", "corrected"]).where("id", "=", id).executeTakeFirst();
  if (row?.state !== "submitted" || row.revision !== revision) {
    await transaction(db, done);
    return;
  }
  const path = (await knownRuleSets(service.settings)).get(row.rule_set);
  if (path === undefined) {
    await failSubmission(service, { submission: id, revision }, { code: "rule-set-unknown", values: { id: row.rule_set } }, done);
    return;
  }
  const answer = await service.jobs.ask({ kind: "check", source: await sourceOf(db, row), rules: path, year: row.year, lang: "zh", review: await reviewOf(db, id, dayOf(service.now())), writing: null });
  const result = oneChecked(answer);
  if ("code" in result) {
    await failSubmission(service, { submission: id, revision }, result, done);
    return;
  }
  await transaction(db, async (trx) => {
    const written = await trx.updateTable("submission").set({ ...rowChanges(result), state: "checked", checked_at: service.now(), problem: null, problem_values: "{}", revision: revision + 1 })
      .where("id", "=", id).where("state", "=", "submitted").where("revision", "=", revision).executeTakeFirst();
    if (written.numUpdatedRows > 0n) {
      await writeReport(trx, id, result);
      await announce(trx, service.now(), "submission.checked", id);
    }
    await done(trx);
    if (written.numUpdatedRows > 0n) await audit(trx, null, { action: "submission.checked", subject: { kind: "submission", id }, departmentId: row.department_id, after: result.digest, detail: { verdict: result.row.verdict, counts: result.row.counts } });
  });
}

/** The submission stays where it is, with the reason: it can be checked again, replaced, or returned. */
export async function failSubmission(service: Service, { submission: id, revision }: CheckJob, { code, values }: CheckProblem, done: (trx: Trx) => Promise<void>): Promise<void> {
  await transaction(service.db, async (trx) => {
    const written = await trx.updateTable("submission").set({ problem: code, problem_values: JSON.stringify(values), checked_at: service.now(), revision: revision + 1 })
      .where("id", "=", id).where("state", "=", "submitted").where("revision", "=", revision).where("problem", "is", null).returning("department_id").executeTakeFirst();
    if (written !== undefined) await announce(trx, service.now(), "submission.checked", id);
    await done(trx);
    if (written !== undefined) await audit(trx, null, { action: "submission.unchecked", subject: { kind: "submission", id }, departmentId: written.department_id, detail: { problem: code } });
  });
}

interface SourceRow { id: string; content: string | null; corrected: boolean }

export async function sourceOf(db: Db | Trx, { id, content, corrected }: SourceRow): Promise<Source> {
  const files = await db.selectFrom("submission_file").select(["name", "bytes"]).where("submission_id", "=", id).orderBy("ordinal").execute();
  return { files: files.map(({ name, bytes }) => ({ name, bytes: new Uint8Array(bytes) })), content: corrected ? content : null };
}

/** All that was said about a submission, as the review file that its report is made with; null where nothing was. */
export async function reviewOf(db: Db | Trx, id: string, today: string, more: { explanations?: ExplanationRow[]; decisions?: DecisionRow[] } = {}): Promise<string | null> {
  const explanations = await explanationRows(db, id);
  const decisions = await decisionRows(db, id);
  const file = reviewFileOf([...explanations, ...(more.explanations ?? [])], [...decisions, ...(more.decisions ?? [])], today);
  return file === null ? null : reviewText(file);
}

export async function explanationRows(db: Db | Trx, id: string): Promise<ExplanationRow[]> {
  const rows = await db.selectFrom("explanation").innerJoin("person", "person.id", "explanation.author_id")
    .select(["explanation.id", "explanation.finding_id", "explanation.words", "explanation.at", "person.name"]).where("explanation.submission_id", "=", id).orderBy("explanation.at").orderBy("explanation.id").execute();
  return rows.map(({ id: own, finding_id, words, at, name }) => ({ id: own, findingId: finding_id, words, at, author: name }));
}

export async function decisionRows(db: Db | Trx, id: string): Promise<DecisionRow[]> {
  const rows = await db.selectFrom("decision").innerJoin("person", "person.id", "decision.author_id")
    .select(["decision.finding_id", "decision.decision", "decision.reason", "decision.until", "decision.words", "decision.at", "person.name"]).where("decision.submission_id", "=", id).orderBy("decision.at").orderBy("decision.id").execute();
  return rows.map(({ finding_id, decision, reason, until, words, at, name }) => ({ findingId: finding_id, decision, reason, until, words, at, author: name }));
}

export interface RecheckRow extends SourceRow { year: string; rule_set: string; revision: number; department_id: string }

/** What changes a report without the submission being another: something said, decided, or a day that is over. */
export interface Recheck {
  explanations?: ExplanationRow[];
  decisions?: DecisionRow[];
  /** Written in the transaction of the new report. */
  write: (trx: Trx) => Promise<void>;
  audit: { action: string; detail: Record<string, unknown> };
}

/** The report as it is now that this was said, written whole. Throws Problem 409 where somebody else was quicker. */
export async function recheck(service: Service, caller: Parameters<typeof audit>[1], row: RecheckRow, change: Recheck): Promise<Checked> {
  const { db } = service;
  const review = await reviewOf(db, row.id, dayOf(service.now()), change);
  const result = oneChecked(await service.jobs.ask({ kind: "check", source: await sourceOf(db, row), rules: await pathOfRuleSet(service.settings, row.rule_set), year: row.year, lang: "zh", review, writing: null }, { first: true }));
  if ("code" in result) throw new Problem(503, `checking.${result.code}`, result.values);
  await transaction(db, async (trx) => {
    const before = await trx.selectFrom("report").select("digest").where("submission_id", "=", row.id).executeTakeFirst();
    const written = await trx.updateTable("submission").set({ ...rowChanges(result), revision: row.revision + 1 }).where("id", "=", row.id).where("revision", "=", row.revision).executeTakeFirst();
    if (written.numUpdatedRows === 0n) throw new Problem(409, "changed");
    await change.write(trx);
    await writeReport(trx, row.id, result);
    await audit(trx, caller, { action: change.audit.action, subject: { kind: "submission", id: row.id }, departmentId: row.department_id, before: before?.digest ?? null, after: result.digest, detail: change.audit.detail });
  });
  return result;
}

/** The report in another language or format: made again from what it was made from, as of the day it was made. */
export async function writtenReport(service: Service, row: Omit<RecheckRow, "revision" | "department_id">, asOf: string, lang: "zh" | "en", writing: Writing | null): Promise<{ checked: Checked; written: { data: Uint8Array; binary: boolean } | null }> {
  const answer = await checked(service.jobs.ask({ kind: "check", source: await sourceOf(service.db, row), rules: await pathOfRuleSet(service.settings, row.rule_set), year: row.year, lang, review: await reviewOf(service.db, row.id, asOf), writing }, { first: true }));
  const result = oneChecked(answer);
  if ("code" in result) throw new Problem(503, `checking.${result.code}`, result.values);
  return { checked: result, written: answer.kind === "check" ? answer.written : null };
}

function oneChecked(answer: Answer): Checked | CheckProblem {
  if (answer.kind === "problem") return problemOf(answer);
  if (answer.kind !== "check") throw new TypeError(answer.kind);
  const [first, ...others] = answer.checked;
  if (first === undefined) return { code: "nothing-read", values: { why: "" } };
  return others.length > 0 ? { code: "several", values: { count: String(others.length + 1) } } : first;
}

function problemOf({ code, values, remarks }: Unanswered): CheckProblem {
  const why = remarks.filter(({ kind }) => kind === "problem").slice(0, 3).map(({ message }) => message).join(" ");
  return { code, values: { ...values, why: storable(why) } };
}

function rowChanges({ row: { verdict, counts, claimedScore, recomputedScore, claimedGrade, recomputedGrade } }: Checked) {
  return {
    verdict, claimed_score: numeral(claimedScore), recomputed_score: numeral(recomputedScore), claimed_grade: claimedGrade, recomputed_grade: recomputedGrade,
    must_fix: counts.mustFix, explain: counts.explain, note: counts.note, cannot_tell: counts.cannotTell, waived: counts.waived,
  };
}

const AT_ONCE = 1000;

async function writeReport(trx: Trx, id: string, { report, digest, findings }: Checked): Promise<void> {
  await trx.insertInto("report").values({ submission_id: id, report, digest }).onConflict((conflict) => conflict.column("submission_id").doUpdateSet({ report, digest, written_at: sql`now()` })).execute();
  await trx.deleteFrom("finding").where("submission_id", "=", id).execute();
  for (let from = 0; from < findings.length; from += AT_ONCE) {
    await trx.insertInto("finding").values(findings.slice(from, from + AT_ONCE).map(({ id: finding, ordinal, rule, category, severity, outcome, points, table, subject, message }) => ({
      submission_id: id, finding_id: finding, ordinal, rule, category, severity, outcome, points, table_name: table === null ? null : storable(table), subject: storable(subject), message: storable(message),
    }))).execute();
  }
}
