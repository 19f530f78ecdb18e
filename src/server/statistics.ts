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
  const rows = await db.selectFrom("submission").innerJoin("department", "department.id", "submission.department_id")
    .select(["submission.state", "submission.verdict", "submission.claimed_score", "submission.recomputed_score", "submission.must_fix", "submission.explain", "submission.note", "submission.cannot_tell", "submission.waived", "department.region"])
    .where("submission.year", "=", year).where("submission.current", "=", true).where(visible(caller)).execute();
  const departments = await db.selectFrom("department").select(["department.region", sql<number>`count(*)`.as("count")]).where("department.active", "=", true).where(seesDepartment(caller, year)).groupBy("department.region").execute();
  const handedIn = rows.filter(({ state }) => state !== "draft");
  const counted = (list: readonly (string | null)[], keys: readonly string[]): Record<string, number> => Object.fromEntries(keys.map((key) => [key, list.filter((each) => each === key).length]));
  const sum = (of: (row: (typeof rows)[number]) => number): number => rows.reduce((total, row) => total + of(row), 0);
  const regions = [...new Set([...departments.map(({ region }) => region), ...rows.map(({ region }) => region)])];
  return {
    year, years: await yearsOf(db, caller),
    departments: departments.reduce((total, { count }) => total + count, 0), handedIn: handedIn.length, overdue: await overdueCount(db, caller, year, today),
    verdicts: counted(rows.map(({ verdict }) => verdict), VERDICTS), states: counted(rows.map(({ state }) => state), STATES),
    scores: { claimed: spread(rows.map((row) => row.claimed_score)), recomputed: spread(rows.map((row) => row.recomputed_score)) },
    counts: { mustFix: sum((row) => row.must_fix), explain: sum((row) => row.explain), note: sum((row) => row.note), cannotTell: sum((row) => row.cannot_tell), waived: sum((row) => row.waived) },
    rules: await rulesOf(db, caller, year, lang),
    regions: regions.map((region) => ({
      region, departments: departments.find((each) => each.region === region)?.count ?? 0, handedIn: handedIn.filter((row) => row.region === region).length,
      verdicts: counted(rows.filter((row) => row.region === region).map(({ verdict }) => verdict), VERDICTS),
    })).sort((a, b) => (a.region ?? "") < (b.region ?? "") ? -1 : 1),
  };
}

function spread(scores: readonly (string | null)[]): Band[] {
  const { bands } = bandsOf(scores.map((score) => (score === null ? null : decimal(score))), summarySettings().scoreBands);
  return bands.map(({ from, to, count }) => ({ from, to, count }));
}

async function yearsOf(db: Db, caller: Caller): Promise<string[]> {
  const rows = await db.selectFrom("submission").select("submission.year").distinct().where(visible(caller)).orderBy("submission.year", "desc").execute();
  return rows.map(({ year }) => year);
}

/** Departments that one sees in that year whose day is over and that have handed in nothing that stands: nothing at all, a draft, or what was returned. */
async function overdueCount(db: Db, caller: Caller, year: string, today: string): Promise<number> {
  const row = await db.selectFrom("department").select(sql<number>`count(*)`.as("count")).where("department.active", "=", true).where(seesDepartment(caller, year))
    .where(sql<boolean>`COALESCE(
      (SELECT COALESCE(s.return_due, '0001-01-01'::date) FROM submission s WHERE s.department_id = department.id AND s.year = ${year} AND s.current AND s.state = 'returned' AND s.return_due IS NOT NULL),
      (SELECT d.due FROM deadline d WHERE d.year = ${year} AND (d.department_id = department.id OR d.department_id IS NULL) ORDER BY d.department_id NULLS LAST LIMIT 1)) < ${today}::date
      AND NOT EXISTS (SELECT FROM submission s WHERE s.department_id = department.id AND s.year = ${year} AND s.current AND s.state NOT IN ('draft', 'returned'))`).executeTakeFirst();
  return row?.count ?? 0;
}

async function rulesOf(db: Db, caller: Caller, year: string, lang: Language): Promise<Statistics["rules"]> {
  const locale = loadLocale(lang);
  const own = () => db.selectFrom("finding").innerJoin("submission", "submission.id", "finding.submission_id").where("submission.year", "=", year).where("submission.current", "=", true).where(visible(caller));
  const totals = await own().select(["finding.rule", "finding.category", sql<boolean>`bool_or(finding.severity = 'must-fix')`.as("mustFix"), sql<boolean>`bool_or(finding.severity = 'explain')`.as("explain"), sql<number>`count(*)`.as("findings"), sql<number>`count(*) FILTER (WHERE finding.outcome IN ('fail', 'cannot-tell', 'error'))`.as("open")])
    .groupBy(["finding.rule", "finding.category"]).execute();
  // Each department has one current submission.
  const spread = await db.selectFrom(own().select(["finding.submission_id", "finding.rule"]).distinct().as("each")).select(["each.rule", sql<number>`count(*)`.as("departments")]).groupBy("each.rule").execute();
  const departments = new Map(spread.map((row) => [row.rule, row.departments]));
  return totals.map(({ rule, category, mustFix, explain, findings, open }) => ({ rule, title: titleOf(rule, locale), category, severity: mustFix ? "must-fix" : explain ? "explain" : "note", departments: departments.get(rule) ?? 0, findings, open }))
    .sort((x, y) => y.departments - x.departments || y.findings - x.findings || (x.rule < y.rule ? -1 : 1));
}

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
