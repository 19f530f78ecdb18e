// Submissions of a year that somebody sees -> figures: verdicts, states, spread of scores, findings by rule, regions, deadlines.
import { sql } from "kysely";
import { decimal } from "../decimal.ts";
import { loadLocale, type Language } from "../locale.ts";
import { addReport, emptySummary, finish, type Summary } from "../summary.ts";
import { bandsOf } from "../summary/spread.ts";
import { summarySettings } from "../summary/settings.ts";
import type { Report } from "../model.ts";
import { seesDepartment, visible, type Caller } from "./access.ts";
import { titleOf } from "./routes/findings.ts";
import type { Db } from "./store/database.ts";

export interface Band { from: string | null; to: string | null; count: number }

export interface Statistics {
  year: string;
  years: string[];
  departments: number; handedIn: number; overdue: number;
  verdicts: Record<string, number>; states: Record<string, number>;
  scores: { claimed: Band[]; recomputed: Band[] };
  counts: { mustFix: number; explain: number; note: number; cannotTell: number; waived: number };
  rules: { rule: string; title: string; category: string; severity: string; departments: number; findings: number; open: number }[];
  regions: { region: string | null; departments: number; handedIn: number; verdicts: Record<string, number> }[];
}

const VERDICTS = ["return", "undetermined", "explain", "accept"] as const;
const STATES = ["draft", "submitted", "checked", "under-review", "returned", "accepted", "accepted-with-waivers", "closed"] as const;

/** Of the current submissions of the year; drafts are not handed in. */
export async function statisticsOf(db: Db, caller: Caller, year: string, today: string, lang: Language): Promise<Statistics> {
  const { groups, claimed, recomputed } = await tallied(db, caller, year);
  const departments = await db.selectFrom("department").select(["department.region", sql<number>`count(*)`.as("count")]).where("department.active", "=", true).where(seesDepartment(caller, year)).groupBy("department.region").execute();
  const handedIn = groups.filter(({ state }) => state !== "draft");
  const regions = [...new Set([...departments.map(({ region }) => region), ...groups.map(({ region }) => region)])];
  return {
    year, years: await yearsOf(db, caller),
    departments: sum(departments, "count"), handedIn: sum(handedIn, "count"), overdue: await overdueCount(db, caller, year, today),
    verdicts: countsBy(groups, "verdict", VERDICTS), states: countsBy(groups, "state", STATES),
    scores: { claimed: spread(claimed), recomputed: spread(recomputed) },
    counts: { mustFix: sum(groups, "mustFix"), explain: sum(groups, "explain"), note: sum(groups, "note"), cannotTell: sum(groups, "cannotTell"), waived: sum(groups, "waived") },
    rules: await rulesOf(db, caller, year, lang),
    regions: regions.map((region) => {
      const here = groups.filter((group) => group.region === region);
      return { region, departments: departments.find((each) => each.region === region)?.count ?? 0, handedIn: sum(handedIn.filter((group) => group.region === region), "count"), verdicts: countsBy(here, "verdict", VERDICTS) };
    }).sort((a, b) => (a.region ?? "") < (b.region ?? "") ? -1 : 1),
  };
}

interface Group { state: string | null; verdict: string | null; region: string | null; count: number; mustFix: number; explain: number; note: number; cannotTell: number; waived: number }
interface Scored { score: string | null; count: number }

/** Which of the sets a line is of: PostgreSQL's `grouping` of state, claimed and recomputed score. */
const SETS = { groups: 3, claimed: 5, recomputed: 6 } as const;

/** All that is counted of submissions, in one pass and by the store itself: thousands of rows would take longer on their way here. */
async function tallied(db: Db, caller: Caller, year: string): Promise<{ groups: Group[]; claimed: Scored[]; recomputed: Scored[] }> {
  const total = (column: string) => sql<number>`sum(${sql.ref(column)})::int8`;
  const rows = await db.selectFrom("submission").innerJoin("department", "department.id", "submission.department_id")
    .select(["submission.state", "submission.verdict", "department.region", "submission.claimed_score", "submission.recomputed_score", sql<number>`grouping(submission.state, submission.claimed_score, submission.recomputed_score)`.as("set"), sql<number>`count(*)`.as("count")])
    .select([total("submission.must_fix").as("mustFix"), total("submission.explain").as("explain"), total("submission.note").as("note"), total("submission.cannot_tell").as("cannotTell"), total("submission.waived").as("waived")])
    .where("submission.year", "=", year).where("submission.current", "=", true).where(visible(caller))
    .groupBy(sql`GROUPING SETS ((submission.state, submission.verdict, department.region), (submission.claimed_score), (submission.recomputed_score))`).execute();
  const scored = (set: number, of: "claimed_score" | "recomputed_score"): Scored[] => rows.filter((row) => row.set === set).map((row) => ({ score: row[of], count: row.count }));
  return { groups: rows.filter(({ set }) => set === SETS.groups), claimed: scored(SETS.claimed, "claimed_score"), recomputed: scored(SETS.recomputed, "recomputed_score") };
}

const sum = <K extends string>(rows: readonly Readonly<Record<K, number>>[], key: K): number => rows.reduce((total, row) => total + row[key], 0);

const countsBy = (groups: readonly Group[], by: "verdict" | "state", keys: readonly string[]): Record<string, number> => Object.fromEntries(keys.map((key) => [key, sum(groups.filter((group) => group[by] === key), "count")]));

/** Each score that there is finds its band once, however many have it. */
function spread(scores: readonly Scored[]): Band[] {
  const { scoreBands } = summarySettings();
  const bands = bandsOf([], scoreBands).bands.map(({ from, to, count }) => ({ from, to, count }));
  for (const { score, count } of scores) {
    if (score === null) continue;
    const band = bands[bandsOf([decimal(score)], scoreBands).bands.findIndex((each) => each.count === 1)];
    if (band !== undefined) band.count += count;
  }
  return bands;
}

async function yearsOf(db: Db, caller: Caller): Promise<string[]> {
  const rows = await db.selectFrom("submission").select("submission.year").distinct().where(visible(caller)).orderBy("submission.year", "desc").execute();
  return rows.map(({ year }) => year);
}

/** Departments that one sees in that year whose day is over and that have handed in nothing that stands: nothing at all, a draft, or what was returned. */
async function overdueCount(db: Db, caller: Caller, year: string, today: string): Promise<number> {
  const row = await db.selectFrom("department").select(sql<number>`count(*)`.as("count"))
    .leftJoin("submission as standing", (join) => join.onRef("standing.department_id", "=", "department.id").on("standing.year", "=", year).on("standing.current", "=", true))
    .leftJoin("deadline as own", (join) => join.onRef("own.department_id", "=", "department.id").on("own.year", "=", year))
    .leftJoin("deadline as everybodys", (join) => join.on("everybodys.department_id", "is", null).on("everybodys.year", "=", year))
    .where("department.active", "=", true).where(seesDepartment(caller, year))
    .where((eb) => eb.or([eb("standing.id", "is", null), eb("standing.state", "in", ["draft", "returned"])]))
    .where(sql<boolean>`COALESCE(CASE WHEN standing.state = 'returned' THEN standing.return_due END, own.due, everybodys.due) < ${today}::date`).executeTakeFirst();
  return row?.count ?? 0;
}

/** Findings are many, and are gone over once: first by submission and rule, of which each stands for one department. */
async function rulesOf(db: Db, caller: Caller, year: string, lang: Language): Promise<Statistics["rules"]> {
  const locale = loadLocale(lang);
  const each = db.selectFrom("finding").innerJoin("submission", "submission.id", "finding.submission_id").where("submission.year", "=", year).where("submission.current", "=", true).where(visible(caller))
    .select(["finding.rule", "finding.category", sql<number>`min(CASE finding.severity WHEN 'must-fix' THEN 0 WHEN 'explain' THEN 1 ELSE 2 END)`.as("severity"), sql<number>`count(*)`.as("findings"), sql<number>`count(*) FILTER (WHERE finding.outcome IN ('fail', 'cannot-tell', 'error'))`.as("open")])
    .groupBy(["finding.submission_id", "finding.rule", "finding.category"]);
  const totals = await db.selectFrom(each.as("each")).select(["each.rule", "each.category", sql<number>`min(each.severity)`.as("severity"), sql<number>`sum(each.findings)::int8`.as("findings"), sql<number>`sum(each.open)::int8`.as("open"), sql<number>`count(*)`.as("departments")])
    .groupBy(["each.rule", "each.category"]).execute();
  return totals.map(({ rule, category, severity, findings, open, departments }) => ({ rule, title: titleOf(rule, locale), category, severity: SEVERITIES[severity] ?? "note", departments, findings, open }))
    .sort((x, y) => y.departments - x.departments || y.findings - x.findings || (x.rule < y.rule ? -1 : 1));
}

/** The gravest of a rule's findings counts. */
const SEVERITIES = ["must-fix", "explain", "note"] as const;

const AT_ONCE = 50;

/** The bureau's summary of the year's current reports that somebody sees: a part of them at a time, so that neither memory nor the other requests suffer. */
export async function summaryOfYear(db: Db, caller: Caller, year: string, lang: Language): Promise<Summary> {
  let state = emptySummary(loadLocale(lang));
  for (let after = "00000000-0000-0000-0000-000000000000"; ;) {
    const rows = await db.selectFrom("report").innerJoin("submission", "submission.id", "report.submission_id").select(["submission.id", "report.report"])
      .where("submission.year", "=", year).where("submission.current", "=", true).where("submission.id", ">", after).where(visible(caller)).orderBy("submission.id").limit(AT_ONCE).execute();
    for (const { report } of rows) state = addReport(state, JSON.parse(report) as Report);
    const last = rows.at(-1);
    if (last === undefined) return finish(state);
    after = last.id;
    await new Promise((resolve) => { setImmediate(resolve); });
  }
}
