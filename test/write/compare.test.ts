// Two reports: what was fixed, what is new, and the points in between.
import { expect, test } from "vitest";
import { compareReports, pairReports } from "../../src/compare.ts";
import { loadLocale } from "../../src/locale.ts";
import type { Finding, Report } from "../../src/model.ts";
import { differingFiles, firstDifference } from "../../src/verify.ts";
import { comparisonWriters } from "../../src/write/compare.ts";
import { findings, hengyangLike } from "./samples.ts";

const [rate, over] = findings as [Finding, Finding];
const report = (parts: Partial<Report>): Report => ({ ...hengyangLike, ...parts });
const explained: Finding = { ...over, outcome: "explained", explanation: { text: "上级追加任务，年中调整指标值", where: "说明.json" } };

test("findings are the same by id: fixed, new, still there, explained since, explained before and now", () => {
  const settledBefore = findings.find((finding) => finding.outcome === "explained")!;
  const old = report({ findings: [rate, over, { ...rate, id: "stays" }, settledBefore] });
  const now = report({ findings: [explained, { ...rate, id: "stays", message: "another wording" }, { ...rate, id: "fresh" }, settledBefore] });
  const comparison = compareReports(old, now);
  const ids = (found: readonly Finding[]): string[] => found.map((finding) => finding.id);
  expect(ids(comparison.fixed)).toEqual(["a1"]);
  expect(ids(comparison.appeared)).toEqual(["fresh"]);
  expect(ids(comparison.remaining)).toEqual(["stays"]);
  expect(ids(comparison.settled)).toEqual(["a2"]);
  expect(ids(comparison.carried)).toEqual(["e1"]);
});

test("an explanation that was withdrawn is told apart, with what was said", () => {
  const comparison = compareReports(report({ findings: [explained] }), report({ findings: [over] }));
  expect(comparison.lapsed).toEqual([{ ...over, before: { outcome: "explained", explanation: explained.explanation } }]);
  expect(comparison.appeared).toEqual([]);
  for (const format of ["terminal", "markdown"]) {
    const text = comparisonWriters.find((writer) => writer.format === format)!.write([comparison], { locale: loadLocale("zh") });
    expect(text).toContain("上次已说明，这次没有 1");
    expect(text).toContain("上次的说明：「上级追加任务，年中调整指标值」");
  }
});

test("a finding that is graver or less grave than before is told apart, with what it was", () => {
  const vague = findings.find((finding) => finding.severity === "note")!;
  const comparison = compareReports(report({ findings: [vague, rate] }), report({ findings: [{ ...vague, severity: "explain" }, { ...rate, outcome: "cannot-tell" }] }));
  expect(comparison.regraded.map(({ id, was }) => [id, was])).toEqual([[vague.id, { severity: "note", outcome: "fail" }], [rate.id, { severity: "must-fix", outcome: "fail" }]]);
  expect(comparison.remaining).toEqual([]);
  const text = comparisonWriters.find((writer) => writer.format === "terminal")!.write([comparison], { locale: loadLocale("zh") });
  expect(text).toContain("原为：提示");
});

test("reports made by different rules are said to be", () => {
  const other = report({ ruleSet: { ...hengyangLike.ruleSet, id: "mine", digest: "11ee" } });
  const text = comparisonWriters.find((writer) => writer.format === "terminal")!.write([compareReports(hengyangLike, other)], { locale: loadLocale("zh") });
  expect(text).toContain("规则集不同（hunan 1.0.0，mine 1.0.0）");
});

test("scores are compared table by table, exactly, and an open one has no change", () => {
  const [legal, other] = hengyangLike.tables;
  const now = report({ tables: [{ ...legal!, claimed: { score: "98.25", grade: "优" }, recomputed: { ...legal!.recomputed, score: "97.1" } }, { ...legal!, name: "新增" }] });
  const { tables } = compareReports(hengyangLike, now);
  expect(tables.map((table) => [table.name, table.claimedChange, table.recomputedChange, table.old === null, table.new === null])).toEqual([
    ["法律援助", "+0.05", "-1.15", false, false],
    ["新增", null, null, true, false],
    [other!.name, null, null, false, true],
  ]);
});

test("reports of one department are paired, the year's first; one a side are a pair whatever their names", () => {
  const of = (department: string, year: string): Report => report({ submission: { department, year, moneyUnit: "万元" } });
  expect(pairReports([of("甲", "2022")], [of("乙", "2023")]).pairs).toHaveLength(1);
  const { pairs, alone } = pairReports([of("甲", "2022"), of("甲", "2023"), of("丙", "2023")], [of("甲", "2023"), of("乙", "2023")]);
  expect(pairs.map(([old, now]) => [old.submission.year, now.submission.department])).toEqual([["2023", "甲"]]);
  expect(alone.map((each) => each.submission.department)).toEqual(["甲", "丙", "乙"]);
});

test.each(comparisonWriters.map((writer) => writer.format))("%s tells each part of a comparison in both languages", (format) => {
  const comparison = compareReports(report({ findings: [rate] }), report({ findings: [over] }));
  for (const lang of ["zh", "en"] as const) {
    const text = comparisonWriters.find((writer) => writer.format === format)!.write([comparison], { locale: loadLocale(lang) });
    for (const part of ["法律援助", rate.rule, over.rule]) expect(text).toContain(part);
    expect(text).not.toMatch(/\{[a-z]+\}|compare\.[a-z]/);
  }
});

test("a comparison without differences says so", () => {
  const nothing = compareReports(report({ findings: [] }), report({ findings: [] }));
  expect(comparisonWriters[0]!.write([nothing], { locale: loadLocale("zh") })).toContain("两次核对没有差别。");
});

test("a report is true when it says what the check says, whatever the order of its keys", () => {
  const { format, ...rest } = hengyangLike;
  expect(firstDifference({ ...rest, format }, hengyangLike)).toBeNull();
});

test("the first difference is named by pointer, with what was and what is", () => {
  const forged = structuredClone(hengyangLike);
  forged.tables[0]!.recomputed.score = "99.00";
  forged.findings.pop();
  expect(firstDifference(forged, hengyangLike)).toEqual({ pointer: "/tables/0/recomputed/score", was: '"99.00"', is: '"98.25"' });
  expect(firstDifference({ ...hengyangLike, findings: [] }, hengyangLike)).toMatchObject({ pointer: "/findings/0", was: null });
});

test("files are compared by their bytes' sha256: changed, missing and unnamed ones are told", () => {
  expect(differingFiles(hengyangLike, [{ name: "自评表.xlsx", sha256: "ab" }])).toEqual([]);
  expect(differingFiles(hengyangLike, [{ name: "自评表.xlsx", sha256: "cd" }, { name: "b.csv", sha256: "ef" }])).toEqual([
    { name: "自评表.xlsx", was: "ab", is: "cd" },
    { name: "b.csv", was: null, is: "ef" },
  ]);
});
