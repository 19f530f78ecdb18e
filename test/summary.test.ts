// A bureau's summary: what its totals say is what the single reports say, in whatever order they come.
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimal, toText } from "../src/decimal.ts";
import { LANGUAGES, loadLocale } from "../src/locale.ts";
import type { Finding, Report } from "../src/model.ts";
import { checkShape } from "../src/schema.ts";
import { quartilesOf, bandsOf, spreadOf } from "../src/summary/spread.ts";
import { addReport, emptySummary, finish, summaryOf } from "../src/summary.ts";
import { bureauReports } from "./cases/bureau.ts";
import { hengyangLike } from "./write/samples.ts";

const zh = loadLocale("zh");
const schemaOf = (name: string): object => JSON.parse(readFileSync(new URL(`../rules/schema/${name}.schema.json`, import.meta.url), "utf8")) as object;
const reports = await bureauReports(300);
const summary = summaryOf(reports, [], zh);

/** Hundredths of a score, as whole numbers: the fixtures' scores have two decimals at most. */
const hundredths = (text: string): number => {
  const [, sign, whole, part = ""] = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(text)!;
  return (sign === "-" ? -1 : 1) * (Number(whole) * 100 + Number(part.padEnd(2, "0")));
};
const inAll = (count: (report: Report) => number): number => reports.reduce((sum, report) => sum + count(report), 0);
const findingsWith = (test: (finding: Finding) => boolean): number => inAll(({ findings }) => findings.filter(test).length);

describe("300 submissions", () => {
  it("are a varied lot, or the sums below show nothing", () => {
    expect(reports).toHaveLength(300);
    expect(new Set(reports.map(({ verdict }) => verdict)).size).toBeGreaterThan(1);
    expect(inAll(({ counts }) => counts.mustFix)).toBeGreaterThan(300);
    expect(new Set(reports.flatMap(({ tables }) => tables.map(({ recomputed }) => recomputed.score))).size).toBeGreaterThan(10);
  });

  it("have one row each", () => {
    expect(summary.totals.departments).toBe(300);
    expect(new Set(summary.departments.map(({ department }) => department)).size).toBe(300);
    for (const report of reports) {
      const row = summary.departments.find(({ department }) => department === report.submission.department)!;
      expect(row).toMatchObject({ year: report.submission.year, verdict: report.verdict, counts: report.counts });
    }
  });

  it("give counts that are the sums of the reports'", () => {
    const { counts, open } = summary.totals;
    expect(counts).toEqual({
      mustFix: findingsWith(({ severity, outcome }) => severity === "must-fix" && outcome === "fail"), explain: findingsWith(({ severity, outcome }) => severity === "explain" && outcome === "fail"),
      note: findingsWith(({ severity, outcome }) => severity === "note" && outcome === "fail"), explained: findingsWith(({ outcome }) => outcome === "explained"), waived: findingsWith(({ outcome }) => outcome === "waived"),
      cannotTell: findingsWith(({ outcome }) => outcome === "cannot-tell"), error: findingsWith(({ outcome }) => outcome === "error"),
    });
    expect(open).toBe(findingsWith(({ outcome }) => outcome !== "explained" && outcome !== "waived"));
  });

  it("give scores that are the sums of the tables'", () => {
    const both = reports.flatMap(({ tables }) => tables.filter(({ claimed, recomputed }) => claimed.score !== null && recomputed.score !== null));
    const sum = (score: (table: (typeof both)[number]) => string): number => both.reduce((all, table) => all + hundredths(score(table)), 0);
    const { tables } = summary.totals;
    expect(tables.compared).toBe(both.length);
    expect(tables.count).toBe(inAll((report) => report.tables.length));
    expect(tables.open).toBe(tables.count - both.length);
    expect(hundredths(tables.claimed)).toBe(sum(({ claimed }) => claimed.score!));
    expect(hundredths(tables.recomputed)).toBe(sum(({ recomputed }) => recomputed.score!));
    expect(hundredths(tables.change)).toBe(hundredths(tables.recomputed) - hundredths(tables.claimed));
  });

  it("give every rule its findings and departments", () => {
    const ids = [...new Set(reports.flatMap(({ findings }) => findings.map(({ rule }) => rule)))].sort();
    expect(summary.rules.map(({ rule }) => rule).sort()).toEqual(ids);
    for (const tally of summary.rules) {
      const of = (outcome: string): number => findingsWith((finding) => finding.rule === tally.rule && finding.outcome === outcome);
      expect([tally.rule, tally.mustFix + tally.explain + tally.note, tally.explained, tally.waived, tally.cannotTell, tally.error]).toEqual([tally.rule, of("fail"), of("explained"), of("waived"), of("cannot-tell"), of("error")]);
      expect(tally.departments).toBe(reports.filter(({ findings }) => findings.some(({ rule, outcome }) => rule === tally.rule && ["fail", "explained", "waived"].includes(outcome))).length);
    }
  });

  it("stand in every distribution once", () => {
    const { verdicts, grades, scores, execution } = summary.distributions;
    const all = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
    expect(all(Object.values(verdicts))).toBe(300);
    for (const verdict of ["return", "undetermined", "explain", "accept"] as const) expect(verdicts[verdict]).toBe(reports.filter((report) => report.verdict === verdict).length);
    expect(all(grades.map(({ departments }) => departments))).toBe(300);
    for (const { bands, unknown } of [scores.claimed, scores.recomputed, execution]) expect(all([...bands.map(({ count }) => count), unknown])).toBe(300);
  });

  it("bring their findings between departments along", () => {
    expect(summary.portfolio).toHaveLength(findingsWith(({ rule }) => rule.startsWith("portfolio/")));
    expect(summary.portfolio.length).toBeGreaterThan(0);
  });

  it("have the shape that the schema promises", () => {
    expect(checkShape(schemaOf("summary"), summary)).toEqual([]);
  });

  it("come to the same in any order", () => {
    fc.assert(fc.property(fc.shuffledSubarray(reports, { minLength: reports.length, maxLength: reports.length }), (shuffled) => {
      expect(summaryOf(shuffled, [], zh)).toEqual(summary);
    }), { numRuns: 5 });
  });

  it("name their outliers by the rule that is told", () => {
    for (const { measure, low, high, outside, departments } of summary.outliers) {
      const value = (row: (typeof summary.departments)[number]): string | undefined => ({ change: row.farthest?.change, execution: row.execution?.rate.replace("%", ""), open: String(row.open) })[measure];
      const out = summary.departments.filter((row) => {
        const number = value(row);
        return number !== undefined && ((measure !== "open" && Number(number) < Number(low)) || Number(number) > Number(high));
      });
      expect([measure, outside]).toEqual([measure, out.length]);
      expect(departments.length).toBe(Math.min(outside, summary.outlierRule.most));
      for (const one of departments) expect(out.some((row) => row.department === one.department)).toBe(true);
    }
  });
});

describe("a department's row", () => {
  const table = hengyangLike.tables[0]!;
  const rated = (name: string, kind: "department" | "project", score: string | null, rate: string): Report["tables"][number] => ({ ...table, name, kind, claimed: { score: "90", grade: "优" }, recomputed: { score, low: "80", high: "95", grade: null }, ledger: [{ ...table.ledger[0]!, rate }] });
  const rowFor = (tables: Report["tables"]) => summaryOf([{ ...hengyangLike, tables }], [], zh).departments[0]!;

  it("speaks of the department's own table, however low its projects are", () => {
    const row = rowFor([rated("修路", "project", "60", "10.00%"), rated("某局", "department", "91.50", "95.20%")]);
    expect(row.score).toMatchObject({ of: "department", table: "某局", claimed: "90", recomputed: "91.50", change: "1.50" });
    expect(row.execution).toEqual({ of: "department", table: "某局", rate: "95.20%" });
    expect(row.farthest).toEqual({ table: "修路", change: "-30.00" });
  });

  it("speaks of the lowest project where there is no such table, an open score counting as its lower end", () => {
    const row = rowFor([rated("甲", "project", "85", "70.00%"), rated("乙", "project", null, "100.00%"), rated("丙", "project", "90", "9.50%")]);
    expect(row.score).toMatchObject({ of: "project", table: "乙", recomputed: null, low: "80", change: null });
    expect(row.execution).toEqual({ of: "project", table: "丙", rate: "9.50%" });
    expect(row.tables).toEqual({ count: 3, compared: 2, open: 1, claimed: "180.00", recomputed: "175.00", change: "-5.00" });
  });

  it("is there without tables too, and nothing in it is 0 that is not known", () => {
    expect(rowFor([])).toMatchObject({ score: null, execution: null, farthest: null, tables: { count: 0, compared: 0 } });
  });

  it("says how much could not be read, and the sentence is listed", () => {
    const [row] = summaryOf([hengyangLike], [], zh).departments;
    expect(row?.unread).toBe(1);
    expect(summaryOf([hengyangLike], [{ department: null, year: null, file: "坏.pdf", at: null, message: "打不开" }], zh).unread.map(({ file, department }) => [file, department])).toEqual([["坏.pdf", null], ["项目自评.csv", "衡阳市司法局"]]);
  });
});

describe("the fold", () => {
  it("leaves the state it was given as it was", () => {
    const before = addReport(emptySummary(zh), reports[0]!);
    const seen = JSON.stringify(finish(before));
    addReport(before, reports[1]!);
    expect(JSON.stringify(finish(before))).toBe(seen);
  });

  it("keeps of a report nothing that its row does not show", () => {
    const state = addReport(emptySummary(zh), { ...hengyangLike, findings: hengyangLike.findings.map((finding) => ({ ...finding, message: "不留".repeat(100) })) });
    expect(JSON.stringify([state.rows, [...state.rules], state.portfolio])).not.toContain("不留");
  });

  it("is empty of nothing, in the same shape", () => {
    const nothing = summaryOf([], [], zh);
    expect(nothing.totals).toMatchObject({ departments: 0, open: 0, tables: { count: 0, claimed: "0.00" } });
    expect(checkShape(schemaOf("summary"), nothing)).toEqual([]);
  });

  it.each(LANGUAGES)("titles rules in the language asked for (%s), not in that of the reports", (lang) => {
    const title = summaryOf(reports, [], loadLocale(lang)).rules.find(({ rule }) => rule === "execution/rate")?.title;
    expect(title).toBe(loadLocale(lang).sections.get("rules/execution")?.["rate.title"]);
  });
});

describe("quartiles and bands", () => {
  const numbers = (...texts: string[]) => texts.map((text) => decimal(text));

  it("are taken as spreadsheets take them", () => {
    // QUARTILE.INC of 1 2 4 8: 1.75, 3, 5; of 5 alone: 5.
    const { lower, median, upper } = quartilesOf(numbers("8", "1", "4", "2"))!;
    expect([lower, median, upper].map(toText)).toEqual(["1.75", "3", "5"]);
    expect(toText(quartilesOf(numbers("5"))!.lower)).toBe("5");
    expect(quartilesOf([])).toBeNull();
  });

  it("put a number on a limit into the upper band", () => {
    const { bands, unknown } = bandsOf([...numbers("59.99", "60", "79.99", "80", "100"), null], numbers("60", "80"));
    expect(bands.map(({ from, to, count }) => [from, to, count])).toEqual([[null, "60", 1], ["60", "80", 2], ["80", null, 2]]);
    expect(unknown).toBe(1);
  });

  it("tell no outliers of fewer numbers than the settings ask for", () => {
    const entries = numbers("1", "1", "1", "1", "1", "1", "1", "50").map((value, entry) => ({ entry, value }));
    const settings = { reach: decimal("1.5"), least: 8 };
    expect(spreadOf(entries, ["low", "high"], settings).outside.map(({ entry, side }) => [entry, side])).toEqual([[7, "high"]]);
    expect(spreadOf(entries.slice(1), ["low", "high"], settings)).toMatchObject({ quartiles: null, outside: [] });
    expect(spreadOf(entries, ["low"], settings).outside).toEqual([]);
  });

  it("take their limits from rules/summary.json, which has the shape that its schema asks for", () => {
    expect(checkShape(schemaOf("summary-settings"), JSON.parse(readFileSync(new URL("../rules/summary.json", import.meta.url), "utf8")))).toEqual([]);
  });
});
