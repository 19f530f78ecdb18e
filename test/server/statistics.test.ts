// Figures of a year, counted by the store in few passes -> the same as counted one by one.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serviceFor, STORES, type Harness } from "./harness.ts";

const STATES = ["draft", "submitted", "checked", "under-review", "returned", "accepted", "accepted-with-waivers", "closed"] as const;
const VERDICTS = ["return", "undetermined", "explain", "accept"] as const;
const SEVERITIES = ["must-fix", "explain", "note"] as const;
const OUTCOMES = ["fail", "explained", "waived", "cannot-tell", "error"] as const;
const COUNT = 60;

describe.each(STORES)("on %s", (store) => {
  let on: Harness;
  beforeAll(async () => { on = await serviceFor({ store, now: () => new Date("2024-08-01T00:00:00Z") }); }, 240_000);
  afterAll(async () => { await on.close(); });

  it("counts states, verdicts, scores, findings, regions and who is late as one would by hand", async () => {
    const { db } = on.store;
    const made = await db.insertInto("department").values(Array.from({ length: COUNT }, (_, n) => ({ name: `单位${n}`, code: String(1000 + n), region: n % 4 === 0 ? null : `区${n % 4}`, level: null }))).returning(["id", "code", "region"]).execute();
    const departments = made.map((row) => ({ ...row, n: Number(row.code) - 1000 })).sort((a, b) => a.n - b.n);
    // Every seventh has handed in nothing.
    const rows = departments.filter(({ n }) => n % 7 !== 0).map(({ id, region, n }) => {
      const state = STATES[n % 8]!;
      return { region, n, row: {
        department_id: id, year: "2024", ordinal: 1, previous_id: null, state, rule_set: "national", content: null, created_by: on.people.administrator, submitted_at: null, checked_at: null, reviewer_id: null, problem: null,
        verdict: state === "draft" ? null : VERDICTS[n % 4]!, claimed_score: n % 5 === 0 ? null : `${55 + n % 40}.${n % 2}0`, recomputed_score: n % 6 === 0 ? null : "90", claimed_grade: null, recomputed_grade: null,
        must_fix: n % 3, explain: n % 4, note: 1, cannot_tell: n % 2, waived: 0, return_due: state === "returned" ? (n % 16 === 4 ? "2024-07-01" : "2024-09-01") : null, opinion: null,
      } };
    });
    const ids = await db.insertInto("submission").values(rows.map(({ row }) => row)).returning(["id", "department_id"]).execute();
    const findings = rows.flatMap(({ n, row }) => Array.from({ length: n % 5 }, (_, k) => ({
      submission_id: ids.find((one) => one.department_id === row.department_id)!.id, finding_id: `x/rule-${k % 3}#${k}`, ordinal: 1, rule: `x/rule-${k % 3}`, category: "x", severity: k % 3 === 0 ? SEVERITIES[n % 3]! : "note", outcome: OUTCOMES[(n + k) % 5]!,
      points: null, table_name: null, subject: "", message: "",
    })));
    await db.insertInto("finding").values(findings).execute();
    await db.insertInto("deadline").values([{ year: "2024", department_id: null, due: "2024-07-31" }, { year: "2024", department_id: departments[7]!.id, due: "2024-08-31" }, { year: "2024", department_id: departments[8]!.id, due: "2024-08-31" }]).execute();
    const all = (await (await on.as("administrator")).request("GET", "/statistics?year=2024")).json<Record<string, unknown> & { rules: object[]; scores: Record<string, { from: string | null; to: string | null; count: number }[]> }>();

    const count = <T>(list: readonly T[], what: (one: T) => boolean): number => list.filter(what).length;
    const by = (keys: readonly string[], list: readonly (string | null)[]): object => Object.fromEntries(keys.map((key) => [key, count(list, (one) => one === key)]));
    const sum = (of: (row: (typeof rows)[number]["row"]) => number): number => rows.reduce((total, { row }) => total + of(row), 0);
    // With the harness's two, which have handed in nothing.
    expect(all).toMatchObject({
      departments: COUNT + 2, handedIn: count(rows, ({ row }) => row.state !== "draft"), states: by(STATES, rows.map(({ row }) => row.state)), verdicts: by(VERDICTS, rows.map(({ row }) => row.verdict)),
      counts: { mustFix: sum((row) => row.must_fix), explain: sum((row) => row.explain), note: rows.length, cannotTell: sum((row) => row.cannot_tell), waived: 0 },
      // Late: nothing or a draft when everybody's day is over but where the own one is not; what was returned, by its own day.
      overdue: 2 + count(departments, ({ n }) => n % 7 === 0 && n !== 7) + count(rows, ({ row, n }) => (row.state === "draft" && n !== 8) || row.return_due === "2024-07-01"),
    });
    for (const [name, of] of [["claimed", "claimed_score"], ["recomputed", "recomputed_score"]] as const) {
      const scores = rows.flatMap(({ row }) => (row[of] === null ? [] : [Number(row[of])]));
      expect(all.scores[name]).toEqual(all.scores[name]!.map(({ from, to }) => ({ from, to, count: count(scores, (score) => (from === null || score >= Number(from)) && (to === null || score < Number(to))) })));
      expect(all.scores[name]!.reduce((total, band) => total + band.count, 0)).toBe(scores.length);
    }
    const rules = ["x/rule-0", "x/rule-1", "x/rule-2"].map((rule) => {
      const own = findings.filter((one) => one.rule === rule);
      return { rule, title: rule, category: "x", severity: SEVERITIES.find((severity) => own.some((one) => one.severity === severity)), departments: new Set(own.map(({ submission_id }) => submission_id)).size, findings: own.length, open: count(own, ({ outcome }) => ["fail", "cannot-tell", "error"].includes(outcome)) };
    });
    expect(all.rules).toEqual(rules.sort((a, b) => b.departments - a.departments || b.findings - a.findings));
    const regions = all["regions"] as { region: string | null; departments: number; handedIn: number; verdicts: object }[];
    expect(regions.filter(({ region }) => region?.startsWith("区") === true || region === null)).toEqual([null, "区1", "区2", "区3"].map((region) => {
      const here = rows.filter((one) => one.region === region);
      return { region, departments: count(departments, (one) => one.region === region), handedIn: count(here, ({ row }) => row.state !== "draft"), verdicts: by(VERDICTS, here.map(({ row }) => row.verdict)) };
    }));
  });
});
