// The rows of submissions -> what somebody sees of them: one, or a list by filter, in an order, a part at a time.
import { sql, type RawBuilder, type SqlBool } from "kysely";
import { loadLocale, word, type Language } from "../locale.ts";
import { hasRole, isAdministrator, visible, type Caller } from "./access.ts";
import { standOf, stepsFrom, type Step } from "./flow.ts";
import { cursorOf, pageOf } from "./pages.ts";
import { notFound } from "./problem.ts";
import type { Db, Trx } from "./store/database.ts";
import type { Role, State } from "./store/tables.ts";
import { numeral } from "./store/text.ts";

export interface SubmissionShown {
  id: string;
  department: { id: string; name: string; code: string | null; region: string | null; level: string | null };
  year: string; ordinal: number; previousId: string | null; current: boolean; state: State; ruleSet: string;
  problem: string | null; problemText: string | null; corrected: boolean;
  verdict: "return" | "undetermined" | "explain" | "accept" | null;
  claimedScore: string | null; recomputedScore: string | null; claimedGrade: string | null; recomputedGrade: string | null;
  counts: { mustFix: number; explain: number; note: number; cannotTell: number; waived: number };
  createdAt: string; submittedAt: string | null; checkedAt: string | null; decidedAt: string | null;
  reviewer: { id: string; name: string } | null;
  due: string | null; returnDue: string | null;
  opinion: string | null;
  revision: number;
  /** The steps that the caller may take, whatever they need. */
  actions: Step[];
}

export type Row = RowOf;

/** By when the submission's self-evaluation is due: its department's own day, else everybody's. */
const DUE = sql<string | null>`(SELECT d.due FROM deadline d WHERE d.year = submission.year AND (d.department_id = submission.department_id OR d.department_id IS NULL) ORDER BY d.department_id NULLS LAST LIMIT 1)`;

/** Whether the caller reviews this one: what somebody sees of his own department is not his to review. */
const reviews = (caller: Caller): RawBuilder<boolean> => (hasRole(caller, "reviewer")
  ? sql<boolean>`EXISTS (SELECT FROM assignment a WHERE a.person_id = ${caller.person.id} AND (a.department_id IS NULL OR a.department_id = submission.department_id) AND (a.year IS NULL OR a.year = submission.year))`
  : sql<boolean>`false`);

export function rowsQuery(db: Db | Trx, caller: Caller) {
  return db.selectFrom("submission").innerJoin("department", "department.id", "submission.department_id").leftJoin("person as reviewer", "reviewer.id", "submission.reviewer_id")
    .select([
      "submission.id", "submission.department_id", "submission.year", "submission.ordinal", "submission.previous_id", "submission.state", "submission.current", "submission.rule_set", "submission.corrected",
      "submission.created_by", "submission.created_at", "submission.submitted_at", "submission.checked_at", "submission.decided_at", "submission.problem", "submission.problem_values", "submission.verdict",
      "submission.claimed_score", "submission.recomputed_score", "submission.claimed_grade", "submission.recomputed_grade", "submission.must_fix", "submission.explain", "submission.note",
      "submission.cannot_tell", "submission.waived", "submission.return_due", "submission.opinion", "submission.revision", "submission.reviewer_id",
      "department.name as department_name", "department.code as department_code", "department.region as department_region", "department.level as department_level", "reviewer.name as reviewer_name",
    ])
    .select([DUE.as("due"), reviews(caller).as("reviews")])
    .where(visible(caller));
}

type RowOf = NonNullable<Awaited<ReturnType<ReturnType<typeof rowsQuery>["executeTakeFirst"]>>>;

/** The submission, if the caller sees it; else as if there were none. */
export async function submissionRow(db: Db | Trx, caller: Caller, id: string): Promise<RowOf> {
  const row = await rowsQuery(db, caller).where("submission.id", "=", id).executeTakeFirst();
  if (row === undefined) throw notFound();
  return row;
}

/** As who the caller acts on this submission. */
export function rolesOn(caller: Caller, row: Pick<RowOf, "department_id" | "reviews" | "created_by">): Role[] {
  return [
    ...(isAdministrator(caller) ? ["administrator" as const] : []),
    ...(row.reviews ? ["reviewer" as const] : []),
    ...(hasRole(caller, "department") && caller.person.departmentId === row.department_id ? ["department" as const] : []),
  ];
}

export function shown(row: RowOf, caller: Caller, lang: Language): SubmissionShown {
  const roles = rolesOn(caller, row);
  // What a reviewer is still writing is the bureau's alone.
  const given = !["checked", "under-review"].includes(row.state) || roles.some((role) => role !== "department");
  const time = (moment: Date | null): string | null => moment?.toISOString() ?? null;
  return {
    id: row.id,
    department: { id: row.department_id, name: row.department_name, code: row.department_code, region: row.department_region, level: row.department_level },
    year: row.year, ordinal: row.ordinal, previousId: row.previous_id, current: row.current, state: row.state, ruleSet: row.rule_set,
    problem: row.problem, problemText: row.problem === null ? null : word(loadLocale(lang), "service", `problem.checking.${row.problem}`, row.problem_values), corrected: row.corrected,
    verdict: row.verdict, claimedScore: row.claimed_score, recomputedScore: row.recomputed_score, claimedGrade: row.claimed_grade, recomputedGrade: row.recomputed_grade,
    counts: { mustFix: row.must_fix, explain: row.explain, note: row.note, cannotTell: row.cannot_tell, waived: row.waived },
    createdAt: row.created_at.toISOString(), submittedAt: time(row.submitted_at), checkedAt: time(row.checked_at), decidedAt: time(row.decided_at),
    reviewer: row.reviewer_id === null ? null : { id: row.reviewer_id, name: row.reviewer_name ?? "" },
    due: row.due, returnDue: row.return_due, opinion: given ? row.opinion : null, revision: row.revision,
    actions: stepsFrom(standOf(row), row.current, roles).filter((step) => step !== "check" && step !== "fail"),
  };
}

export interface SubmissionFilter {
  year?: string; department?: string; state?: string; verdict?: string; q?: string; region?: string; reviewer?: string; current?: boolean; overdue?: boolean; rule?: string;
  sort?: string; limit?: number; cursor?: string;
}

/** What a list may be ordered by; `-` before it: the other way round. All as text or as numbers, never null, so that a part can begin after any row. */
const SORTS: Readonly<Record<string, { by: RawBuilder<unknown>; number: boolean }>> = {
  department: { by: sql`department.name`, number: false },
  year: { by: sql`submission.year`, number: false },
  state: { by: sql`array_position(ARRAY['draft', 'returned', 'submitted', 'checked', 'under-review', 'accepted-with-waivers', 'accepted', 'closed'], submission.state)`, number: true },
  verdict: { by: sql`COALESCE(array_position(ARRAY['return', 'undetermined', 'explain', 'accept'], submission.verdict), 0)`, number: true },
  claimedScore: { by: sql`COALESCE(submission.claimed_score, -1)`, number: true },
  recomputedScore: { by: sql`COALESCE(submission.recomputed_score, -1)`, number: true },
  mustFix: { by: sql`submission.must_fix`, number: true },
  explain: { by: sql`submission.explain`, number: true },
  submittedAt: { by: sql`COALESCE(to_char(submission.submitted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), '')`, number: false },
  createdAt: { by: sql`to_char(submission.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')`, number: false },
  due: { by: sql`COALESCE(COALESCE(submission.return_due, ${DUE})::text, '9999')`, number: false },
};

export const USUAL_SORT = "department";

export async function listSubmissions(db: Db, caller: Caller, filter: SubmissionFilter, today: string, lang: Language): Promise<{ items: SubmissionShown[]; next: string | null }> {
  const { sort = USUAL_SORT, limit = 50 } = filter;
  const down = sort.startsWith("-");
  const order = SORTS[down ? sort.slice(1) : sort] ?? SORTS[USUAL_SORT];
  if (order === undefined) throw new RangeError(sort);
  const after = cursorOf(filter.cursor, ["string", "uuid"]);
  const direction = sql.raw(down ? "DESC" : "ASC");
  // The part is found first, by what it is found by alone: everything else is fetched of its rows only.
  let part = db.selectFrom("submission").innerJoin("department", "department.id", "submission.department_id").select(["submission.id", sql<string>`(${order.by})::text`.as("key")]).where(visible(caller));
  for (const condition of conditionsOf(filter, today)) part = part.where(condition);
  if (after !== null) {
    const [key, id] = after;
    const value = order.number ? sql`${numeral(String(key)) ?? "0"}::numeric` : sql`${key}::text`;
    part = part.where(sql<SqlBool>`(${order.by}, submission.id) ${sql.raw(down ? "<" : ">")} (${value}, ${id}::uuid)`);
  }
  const found = part.orderBy(sql`${order.by} ${direction}`).orderBy(sql`submission.id ${direction}`).limit(limit + 1);
  const rows = await rowsQuery(db, caller).innerJoin(found.as("found"), "found.id", "submission.id").select("found.key").orderBy(sql`${order.by} ${direction}`).orderBy(sql`submission.id ${direction}`).execute();
  return pageOf(rows, limit, (row) => [row.key, row.id], (row) => shown(row, caller, lang));
}

/** Conditions over `submission` joined with `department`. */
export function conditionsOf({ year, department, state, verdict, q, region, reviewer, current, overdue, rule }: SubmissionFilter, today: string): RawBuilder<SqlBool>[] {
  return [
    ...(current === undefined ? [] : [sql<SqlBool>`submission.current = ${current}`]),
    ...(year === undefined ? [] : [sql<SqlBool>`submission.year = ${year}`]),
    ...(department === undefined ? [] : [sql<SqlBool>`submission.department_id = ${department}`]),
    ...(state === undefined ? [] : [sql<SqlBool>`submission.state = ANY (${`{${state}}`}::text[])`]),
    ...(verdict === undefined ? [] : [sql<SqlBool>`submission.verdict = ANY (${`{${verdict}}`}::text[])`]),
    ...(q === undefined || q.trim() === "" ? [] : [sql<SqlBool>`(strpos(lower(department.name), lower(${q.trim()})) > 0 OR strpos(lower(COALESCE(department.code, '')), lower(${q.trim()})) > 0)`]),
    ...(region === undefined ? [] : [sql<SqlBool>`department.region = ${region}`]),
    ...(reviewer === undefined ? [] : [sql<SqlBool>`submission.reviewer_id = ${reviewer}`]),
    ...(overdue === undefined ? [] : [sql<SqlBool>`(submission.state IN ('draft', 'returned') AND COALESCE(submission.return_due, ${DUE}) < ${today}::date) = ${overdue}`]),
    ...(rule === undefined ? [] : [sql<SqlBool>`EXISTS (SELECT FROM finding f WHERE f.submission_id = submission.id AND f.rule = ${rule} AND f.outcome IN ('fail', 'cannot-tell', 'error'))`]),
  ];
}

/** The hand-ins before this one, the newest first. */
export async function earlierOf(db: Db, caller: Caller, row: RowOf): Promise<{ id: string; ordinal: number; state: State; submittedAt: string | null }[]> {
  const rows = await db.selectFrom("submission").select(["submission.id", "submission.ordinal", "submission.state", "submission.submitted_at"]).where("submission.department_id", "=", row.department_id).where("submission.year", "=", row.year)
    .where("submission.ordinal", "<", row.ordinal).where(visible(caller)).orderBy("submission.ordinal", "desc").execute();
  return rows.map(({ id, ordinal, state, submitted_at }) => ({ id, ordinal, state, submittedAt: submitted_at?.toISOString() ?? null }));
}

export async function filesOf(db: Db, id: string): Promise<{ ordinal: number; name: string; media: string; sha256: string; size: number }[]> {
  return await db.selectFrom("submission_file").select(["ordinal", "name", "media", "sha256", sql<number>`octet_length(bytes)`.as("size")]).where("submission_id", "=", id).orderBy("ordinal").execute();
}
