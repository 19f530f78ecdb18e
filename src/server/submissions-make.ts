// Files that a department hands in -> a submission: new, or in place of the one before, with what was said about that.
import { randomUUID } from "node:crypto";
import { hasRole, isAdministrator, visible, type Caller } from "./access.ts";
import { audit, digestOf } from "./audit.ts";
import type { FileIn, ReadAnswer, ReadOne } from "./checking-work.ts";
import { dayOf } from "./day.ts";
import { announce } from "./deliveries.ts";
import { departmentNamed, refuseOthersForm } from "./department-names.ts";
import { move, standOf, type FlowRefusal } from "./flow.ts";
import { notFound, Problem } from "./problem.ts";
import { ruleSetFor } from "./rule-sets.ts";
import type { Service } from "./service.ts";
import { transaction, type Db, type Trx } from "./store/database.ts";
import { rolesOn, submissionRow } from "./submissions.ts";
import { readUpload } from "./submissions-read.ts";
import { mediaOf } from "./submissions-upload.ts";

export interface HandIn {
  files: readonly FileIn[];
  /** An id, a name or a code; null: the caller's own, or the one that the form names. */
  department: string | null;
  /** Null: the year that the form names. */
  year: string | null;
  draft: boolean;
  /** The submission that this one replaces; null where it is the first. */
  previous: string | null;
  lang: "zh" | "en";
}

/** Reads the files (so that nothing unreadable is stored) and makes the submission. Throws Problem 422 that says what is wrong with them. */
export async function makeSubmission(service: Service, caller: Caller, handIn: HandIn): Promise<string> {
  const read = await readUpload(service, handIn.files, handIn.lang);
  const [one, ...others] = read.submissions;
  if (one === undefined) throw unreadable(read);
  if (others.length > 0) throw new Problem(422, "severalDepartments", { names: read.submissions.map(({ department }) => department ?? "?").join("、") });
  return await storeRead(service, caller, handIn, read.files, one);
}

export function unreadable(read: ReadAnswer): Problem {
  const why = read.remarks.filter(({ kind }) => kind === "problem").slice(0, 5).map(({ message }) => message).join(" ");
  return new Problem(422, "unreadable", { why });
}

/** One department's part of what was read -> its submission. */
export async function storeRead(service: Service, caller: Caller, handIn: HandIn, files: readonly FileIn[], read: ReadOne): Promise<string> {
  const { db } = service;
  const year = handIn.year ?? read.year ?? "";
  if (!/^(?:19|20|21)\d{2}$/.test(year)) throw new Problem(422, "yearMissing");
  const departmentId = await departmentOf(db, caller, handIn.department, read, year);
  const id = randomUUID();
  const rows = files.map(({ name, bytes }, index) => ({ submission_id: id, ordinal: index + 1, name, media: mediaOf(/\.([^.]{1,10})$/.exec(name)?.[1] ?? ""), sha256: digestOf(bytes), bytes }));
  await transaction(db, async (trx) => {
    // Two hand-ins of one department at once: the second sees the first.
    const department = await trx.selectFrom("department").select(["id", "active"]).where("id", "=", departmentId).forUpdate().executeTakeFirst();
    if (department?.active !== true) throw new Problem(422, "departmentInactive");
    const { ordinal, previous } = await makeRoom(trx, service, caller, departmentId, year, handIn.previous);
    const now = service.now();
    await trx.insertInto("submission").values({
      id, department_id: departmentId, year, ordinal, previous_id: previous, state: handIn.draft ? "draft" : "submitted", rule_set: await ruleSetFor(trx, year), content: read.content,
      created_by: caller.person.id, created_at: now, submitted_at: handIn.draft ? null : now,
    }).execute();
    for (const row of rows) await trx.insertInto("submission_file").values(row).execute();
    // A reviewer hands in for those that are assigned to him in that year, and for nobody else.
    if ((await trx.selectFrom("submission").select("id").where("submission.id", "=", id).where(visible(caller)).executeTakeFirst()) === undefined) throw notFound();
    if (previous !== null) await carryOver(trx, previous, id);
    if (!handIn.draft) {
      await service.jobs.send(trx, { submission: id, revision: 1 });
      await announce(trx, now, "submission.submitted", id);
    }
    const line = { subject: { kind: "submission", id }, departmentId, after: digestOf(rows.map(({ sha256 }) => sha256)) };
    await audit(trx, caller, { ...line, action: previous === null ? "submission.created" : "submission.resubmitted", detail: { year, ordinal, files: rows.length, ...(previous === null ? {} : { previous }) } });
    if (!handIn.draft) await audit(trx, caller, { ...line, action: "submission.submitted" });
  });
  service.jobs.poke();
  return id;
}

/** The department that hands in: the caller's own, unless he acts for the bureau. Throws Problem 422 where the form is another's. */
async function departmentOf(db: Db, caller: Caller, given: string | null, { department: name, code }: ReadOne, year: string): Promise<string> {
  const bureau = isAdministrator(caller) || hasRole(caller, "reviewer");
  const own = hasRole(caller, "department") ? caller.person.departmentId : null;
  const found = given !== null ? await departmentNamed(db, caller, { name: given, code: given }, year) : own ?? await departmentNamed(db, caller, { name, code }, year);
  if (found === null) throw new Problem(422, given === null && (name ?? "") === "" ? "departmentMissing" : "departmentUnknown", { name: given ?? name ?? "" });
  if (!bureau && found !== own) throw notFound();
  if (found === own && (given === null || !bureau)) await refuseOthersForm(db, own, { name, code });
  return found;
}

/** The next place in the department's year; the one before, where there is one, makes room for it if it may. */
async function makeRoom(trx: Trx, service: Service, caller: Caller, departmentId: string, year: string, previous: string | null): Promise<{ ordinal: number; previous: string | null }> {
  const current = await trx.selectFrom("submission").select("id").where("department_id", "=", departmentId).where("year", "=", year).where("current", "=", true).forUpdate().executeTakeFirst();
  const last = await trx.selectFrom("submission").select(({ fn }) => fn.max("ordinal").as("ordinal")).where("department_id", "=", departmentId).where("year", "=", year).executeTakeFirst();
  const ordinal = (last?.ordinal ?? 0) + 1;
  if (current === undefined && previous === null) return { ordinal, previous: null };
  if (previous === null) throw new Problem(409, "submissionThere", { year });
  const row = await submissionRow(trx, caller, previous);
  const result = move("resubmit", { stand: standOf(row), current: row.current && current?.id === previous, roles: rolesOn(caller, row), today: dayOf(service.now()), files: 1 });
  if ("refused" in result) throw refusal(result.refused);
  await trx.updateTable("submission").set({ current: false, revision: row.revision + 1 }).where("id", "=", previous).execute();
  return { ordinal, previous };
}

/** What was said about the one before goes with it, by finding; a decision holds for the words that it judged. */
async function carryOver(trx: Trx, from: string, to: string): Promise<void> {
  const explanations = await trx.selectFrom("explanation").selectAll().distinctOn("finding_id").where("submission_id", "=", from).orderBy("finding_id").orderBy("at", "desc").execute();
  const carried = new Map<string, string>();
  for (const { id, finding_id, words, author_id, at } of explanations) {
    const copy = randomUUID();
    carried.set(id, copy);
    await trx.insertInto("explanation").values({ id: copy, submission_id: to, finding_id, words, author_id, at, carried_from: id }).execute();
  }
  const decisions = await trx.selectFrom("decision").selectAll().distinctOn("finding_id").where("submission_id", "=", from).orderBy("finding_id").orderBy("at", "desc").execute();
  for (const { id, finding_id, decision, reason, until, explanation_id, words, author_id, at } of decisions) {
    await trx.insertInto("decision").values({ submission_id: to, finding_id, decision, reason, until, explanation_id: explanation_id === null ? null : (carried.get(explanation_id) ?? null), words, author_id, at, carried_from: id }).execute();
  }
}

/** A step that the flow does not allow, as an answer. */
export function refusal(code: FlowRefusal): Problem {
  const status = code === "role" ? 403 : code === "files" || code === "reason" || code === "due" || code === "due-past" ? 422 : 409;
  return new Problem(status, `flow.${code}`);
}
