// What the fix list promises is true: a submission mended as it says is checked again and has the scores it named.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Finding, LedgerRow, Report, ReportTable, Submission } from "../../src/model.ts";
import { loadLocale } from "../../src/locale.ts";
import { fixList, gainOf, rank, stake } from "../../src/write/fix-list.ts";
import { write } from "../../src/write/write.ts";
import { reportOn, submissionText } from "../cases/hengyang.ts";

const FIXTURES = new URL("../../fixtures/", import.meta.url);

interface Fixture { name: string; text: string; rules: string; review: URL | null }

const fixtures: Fixture[] = [
  { name: "hengyang-2023", text: submissionText, rules: "hunan", review: null },
  ...readdirSync(FIXTURES).sort().filter((name) => existsSync(new URL(`${name}/expected.json`, FIXTURES))).map((name) => ({
    name,
    text: readFileSync(new URL(`${name}/submission.json`, FIXTURES), "utf8"),
    rules: (JSON.parse(readFileSync(new URL(`${name}/expected.json`, FIXTURES), "utf8")) as { rules: string }).rules,
    review: existsSync(new URL(`${name}/review.json`, FIXTURES)) ? new URL(`${name}/review.json`, FIXTURES) : null,
  })),
];

const checked = (text: string, { rules, review }: Pick<Fixture, "rules" | "review">): Promise<Report> => reportOn([{ name: "submission.json", bytes: Buffer.from(text) }], rules, review);

/** The cell at a JSON pointer set to a text, as a clerk would write it. */
function written(submission: Submission, pointer: string, text: string): void {
  const keys = pointer.split("/").slice(1);
  const last = keys.pop()!;
  const holder = keys.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], submission) as Record<string, unknown>;
  holder[last] = text;
}

/** The rows' scores as recomputed, the rate of execution where that row is among them, and the total. */
function mended(submission: Submission, report: Report, table: ReportTable, rows: readonly LedgerRow[], to: string, score = (row: LedgerRow) => row.recomputed!): void {
  for (const row of rows) {
    const pointer = row.at!.pointer!;
    written(submission, pointer, score(row));
    if (row.rate !== undefined) written(submission, pointer.replace(/score$/, "rate"), row.rate);
  }
  written(submission, `/tables/${report.tables.indexOf(table)}/total/score`, to);
}

const tableOf = (report: Report, name: string): ReportTable => report.tables.find((table) => table.name === name)!;
const aboutScores = (report: Report, table: string): Finding[] => report.findings.filter((finding) => finding.table === table && finding.category === "score" && finding.outcome === "fail" && finding.points !== undefined);

describe.each(fixtures)("$name", (fixture) => {
  const report = checked(fixture.text, fixture);

  it("mended as the list says, every table has the score that the list named", async () => {
    const before = await report;
    const submission = JSON.parse(fixture.text) as Submission;
    const { scores } = fixList(before);
    for (const { table, rows, to } of scores) mended(submission, before, table, rows, to);
    const after = await checked(JSON.stringify(submission), fixture);
    for (const { table, to } of scores) expect(tableOf(after, table.name).claimed.score, table.name).toBe(to);
    expect(fixList(after).scores).toEqual([]);
  });

  it("with the deductions that a person judges taken back too, a table has the score named for that, recomputed as well, and no score of it is asked about", async () => {
    const before = await report;
    const submission = JSON.parse(fixture.text) as Submission;
    const { scores, deductions } = fixList(before);
    for (const { table, rows, to } of scores) mended(submission, before, table, rows, to);
    for (const { table, rows, to } of deductions) mended(submission, before, table, rows, to, (row) => row.high!);
    const after = await checked(JSON.stringify(submission), fixture);
    for (const { table, to } of [...scores.filter((fix) => !deductions.some((each) => each.table === fix.table)), ...deductions]) {
      expect(tableOf(after, table.name).claimed.score, table.name).toBe(to);
      expect(aboutScores(after, table.name)).toEqual([]);
      if (!before.findings.some((finding) => finding.table === table.name && (finding.outcome === "explained" || finding.outcome === "waived"))) expect(tableOf(after, table.name).recomputed.score, table.name).toBe(to);
    }
  });

  it("mended in what must be corrected only, a table has the first of its scores, and nothing in its scores must still be corrected", async () => {
    const before = await report;
    const submission = JSON.parse(fixture.text) as Submission;
    const parts = fixList(before).scores.flatMap(({ table, first }) => (first === undefined ? [] : [{ table, ...first }]));
    for (const { table, rows, to } of parts) mended(submission, before, table, rows, to);
    const after = await checked(JSON.stringify(submission), fixture);
    for (const { table, to } of parts) {
      expect(tableOf(after, table.name).claimed.score, table.name).toBe(to);
      expect(aboutScores(after, table.name).filter((finding) => finding.severity === "must-fix")).toEqual([]);
    }
  });

  it("is in the order of what blocks acceptance, then of the points", async () => {
    const { open } = fixList(await report);
    for (const [i, finding] of open.slice(1).entries()) {
      const before = open[i]!;
      expect(rank(before)).toBeLessThanOrEqual(rank(finding));
      if (rank(before) === rank(finding)) expect(stake(before).greaterThanOrEqualTo(stake(finding))).toBe(true);
    }
  });

  it("leaves out nothing that is open but what another finding's remedy mends", async () => {
    const { findings } = await report;
    const { open } = fixList(await report);
    const left = findings.filter((finding) => !open.includes(finding) && finding.outcome !== "explained" && finding.outcome !== "waived");
    for (const finding of left) {
      const other = open.find((each) => finding.linked?.includes(each.rule) === true && each.table === finding.table && each.subject === finding.subject);
      expect(other?.remedy, finding.id).toContain(finding.expected);
    }
  });
});

describe("the department's self-evaluation of 2023", () => {
  const report = reportOn([{ name: "submission.json", bytes: Buffer.from(submissionText) }]);

  // Worked out by hand from the printed scores: 98.20 − 8.20 + 8.25; 98.90 − 9.30 + 9.40 − 9.6 + 9.8; 97.60 + 0.07, then + 0.4 + 0.2; 98.70 + 0.4; 98.10 + 0.07, then + 0.4.
  it.each([
    ["法律援助", 1, undefined, "98.25"],
    ["普法宣传", 2, undefined, "99.20"],
    ["人民监督员经费", 3, "97.67", "98.27"],
    ["其他司法综合事务专项", 1, undefined, "99.10"],
    ["中央和省级政法转移支付资金", 2, "98.17", "98.57"],
  ])("%s: %i rows, the score becomes %s, then %s", async (name, rows, first, to) => {
    const fix = fixList(await report).scores.find(({ table }) => table.name === name);
    expect([fix?.rows.length, fix?.first?.to, fix?.to]).toEqual([rows, first, to]);
  });

  it("names the deductions that are left to a person: 99.10 + 0.4 + 0.5", async () => {
    expect(fixList(await report).deductions.map(({ table, rows, to }) => [table.name, rows.length, to])).toEqual([["其他司法综合事务专项", 2, "100.00"]]);
  });

  it("says of a finding what it regains", async () => {
    const found = await report;
    const gain = (rule: string, table: string): (string | null)[] => found.findings.filter((finding) => finding.rule === rule && finding.table === table).map((finding) => gainOf(finding, found));
    expect(gain("execution/rate", "法律援助")).toEqual(["0.05"]);
    expect(gain("score/unexplained-deduction", "人民监督员经费")).toEqual(["0.40", "0.20"]);
    expect(gain("score/unexplained-deduction", "其他司法综合事务专项")).toEqual(["0.40", "0.50", "0.40"]);
    expect(gain("execution/low-rate", "法律援助")).toEqual([null]);
  });

  it("begins with what must be corrected, the most points first", async () => {
    const { open } = fixList(await report);
    expect(open.slice(0, 3).map(({ rule, table }) => [rule, table])).toEqual([["score/proration", "普法宣传"], ["execution/rate", "普法宣传"], ["execution/rate", "人民监督员经费"]]);
  });

  it("a score that was set too high loses by its correction", async () => {
    const submission = JSON.parse(submissionText) as Submission;
    submission.tables[2]!.funds![3]!.score = "9.25";
    submission.tables[2]!.total!.score = "99.25";
    const raised = await reportOn([{ name: "submission.json", bytes: Buffer.from(JSON.stringify(submission)) }]);
    const score = raised.findings.find((finding) => finding.rule === "execution/score" && finding.table === "法律援助")!;
    expect(gainOf(score, raised)).toBe("-1.00");
    expect(fixList(raised).scores.find(({ table }) => table.name === "法律援助")).toMatchObject({ from: "99.25", to: "98.25" });
  });
});

describe("a total that the rows do not add up to", () => {
  const made = async (change: (submission: Submission) => void): Promise<Report> => {
    const submission = JSON.parse(submissionText) as Submission;
    change(submission);
    return reportOn([{ name: "submission.json", bytes: Buffer.from(JSON.stringify(submission)) }]);
  };
  const named = (report: Report) => fixList(report).scores.find(({ table }) => table.name === "法律援助");

  it("is put right with the rows: from the wrong total to the sum of the right ones", async () => {
    const report = await made(({ tables }) => { tables[2]!.total!.score = "99.99"; });
    expect(named(report)).toMatchObject({ from: "99.99", to: "98.25" });
  });

  it("is put right where no row is wrong", async () => {
    const report = await made(({ tables }) => { Object.assign(tables[2]!.funds![3]!, { rate: "82.54%", score: "8.25" }); tables[2]!.total!.score = "99.99"; });
    expect(named(report)).toMatchObject({ from: "99.99", to: "98.25", rows: [] });
  });

  it("moves by what its rows move where only part of the table was submitted", async () => {
    const report = await made(({ tables }) => { tables[2]!.partial = true; tables[2]!.indicators!.splice(2, 3); });
    expect(named(report)).toMatchObject({ from: "98.20", to: "98.25" });
  });

  it("is not foretold where a row cannot be told: it lies between two scores", async () => {
    const report = await made(({ tables }) => { tables[2]!.indicators![0]!.actual = "两次多"; });
    expect(named(report)).toBeUndefined();
    expect(fixList(report).between.find(({ table }) => table.name === "法律援助")).toMatchObject({ low: "78.25", high: "98.25" });
  });
});

describe("what a clerk is shown first", () => {
  const report = reportOn([{ name: "submission.json", bytes: Buffer.from(submissionText) }]);
  const written = async (format: string, lang: "zh" | "en" = "zh"): Promise<string> => String(await write(format, [await report], { locale: loadLocale(lang) }));

  it("on the terminal: what blocks acceptance, the most points first, without what mends itself", async () => {
    const lines = (await written("terminal")).split("\n");
    const list = lines.slice(lines.indexOf("要做的事") + 1, lines.indexOf("改好以后的得分"));
    expect(list[0]).toMatch(/^ {2}必须更正 {2}预算执行率计算有误（4 处） +0\.29 分 +法律援助/);
    expect(list.join("\n")).toMatch(/未达到年度指标值，得分计算有 +0\.20 分/);
    expect(list.find((line) => line.startsWith("  需要说明"))).toMatch(/已达到目标却扣分（6 处） +2\.30 分/);
    expect(list.join("\n")).not.toContain("预算执行得分");
  });

  it("on the terminal: each score as it is, once what must be corrected is, and once all is", async () => {
    const text = await written("terminal");
    expect(text).toMatch(/改好以后的得分\n +评价表 +现在 +改好必须更正的 +全部改好\n +法律援助 +98\.20 +98\.25 +98\.25\n/);
    expect(text).toMatch(/人民监督员经费 +97\.60 +97\.67 +98\.27\n/);
    expect(text.replace(/\n */g, "")).toContain("扣了分、没有写明原因，该不该扣由人判断；都按满分填报，总分为100.00。");
  });

  it("in Markdown: the same, as a table and as sentences", async () => {
    const text = await written("markdown");
    expect(text).toContain("| 必须更正 | 预算执行率计算有误 | 4 | 0.29 | 法律援助、普法宣传、人民监督员经费、中央和省级政法转移支付资金 |");
    expect(text).toContain("- 法律援助：预算执行 8.20 改为 8.25。改好这 1 处，总分由 98.20 变为 98.25。");
    expect(text).toContain("- 人民监督员经费：预算执行 8.20 改为 8.27；监督意见采纳率 9.60 改为 10.00、群众满意度 9.80 改为 10.00。前 1 处必须更正，改好后总分由 97.60 变为 97.67；3 处全部改好，总分为 98.27。确需扣分的，写明原因，不用改分。");
    expect(await written("markdown", "en")).toContain("budget execution 8.20 becomes 8.25. Once all of it (1) is corrected, the total changes from 98.20 to 98.25.");
  });

  it("nothing of scores where none changes", async () => {
    const right = await reportOn([{ name: "submission.json", bytes: readFileSync(new URL("right-in-every-figure/submission.json", FIXTURES)) }], "national");
    for (const format of ["terminal", "markdown"]) expect(String(await write(format, [right], { locale: loadLocale("zh") }))).not.toContain("改好以后的得分");
  });
});
