// `ziping compare`, `verify`, `rules impact`, --review and --prior, as a person runs them.
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Comparison } from "../../src/compare.ts";
import type { Impact } from "../../src/impact.ts";
import type { Finding, Report, Submission } from "../../src/model.ts";
import { checkShape } from "../../src/schema.ts";
import { ziping } from "./world.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const at = (name: string, file = "submission.json"): string => join(ROOT, "fixtures", name, file);
const HENGYANG = at("hengyang-2023");
const RULES = ["-r", "national"];

const folder = (): string => mkdtempSync(join(tmpdir(), "ziping-compare-"));

function changed(change: (submission: Submission) => void, from = HENGYANG): string {
  const submission = JSON.parse(readFileSync(from, "utf8")) as Submission;
  change(submission);
  const file = join(folder(), "submission.json");
  writeFileSync(file, JSON.stringify(submission, null, 1));
  return file;
}

async function reportFile(args: readonly string[]): Promise<string> {
  const file = join(folder(), "report.json");
  await ziping(["check", ...args, ...RULES, "-f", `json=${file}`, "--fail-on", "never"]);
  return file;
}

/** 法律援助: rate, score and total corrected, the overachievement explained, and another table's total broken. */
const corrected = (): string => changed(({ tables }) => {
  const legal = tables.find((table) => table.name === "法律援助")!;
  Object.assign(legal.funds!.find((fund) => fund.source === "total")!, { rate: "82.54%", score: "8.25" });
  Object.assign(legal.total!, { score: "98.25" });
  Object.assign(legal.indicators![0]!, { explanation: "律师辩护全覆盖试点扩大，案件量大幅增加，下年度按新口径提高指标值" });
  Object.assign(tables.find((table) => table.name === "医调专项经费")!.total!, { score: "99.00" });
});

describe("compare", () => {
  test("says what was fixed, what is new and what was explained, of submissions and of reports alike", async () => {
    const now = corrected();
    for (const old of [HENGYANG, await reportFile([HENGYANG])]) {
      const ran = await ziping(["compare", old, now, ...RULES, "-f", "json"]);
      expect(ran).toMatchObject({ status: 0, err: "" });
      const comparison = JSON.parse(ran.out) as Comparison;
      expect(comparison.fixed.map((finding) => finding.rule).sort()).toEqual(["execution/rate", "execution/score"]);
      expect(comparison.appeared.map((finding) => `${finding.rule} ${finding.table ?? ""}`)).toEqual(["score/table-total 医调专项经费"]);
      expect(comparison.settled.map((finding) => finding.rule)).toContain("deviation/overachievement");
      expect(comparison.tables.find((table) => table.name === "法律援助")).toMatchObject({ claimedChange: "+0.05", recomputedChange: "0.00" });
    }
  });

  test("in the terminal tells the new one by one and counts what is as it was", async () => {
    const { out } = await ziping(["compare", HENGYANG, corrected(), ...RULES]);
    expect(out).toMatch(/已改正 2 {3}新出现 1 {3}仍未改正 \d+/);
    expect(out).toMatch(/法律援助 +98\.20 → 98\.25 +\+0\.05/);
    expect(out.split("\n").length).toBeLessThan(120);
  });

  test("of something that could not be read whole ends in 2, and says so", async () => {
    const ran = await ziping(["compare", join(ROOT, "fixtures", "malformed", "truncated.json"), join(ROOT, "fixtures", "malformed", "comment.json"), ...RULES]);
    expect(ran.status).toBe(2);
    expect(ran.err).toContain("truncated.json");
    expect(ran.err).toContain("comment.json");
  });

  test("of a department that the other side lacks, or of nothing readable, ends in 2", async () => {
    expect((await ziping(["compare", HENGYANG, "nobody-wrote-this.json"])).status).toBe(2);
    const two = join(folder(), "two.json");
    writeFileSync(two, `[${readFileSync(HENGYANG, "utf8")},${readFileSync(at("right-in-every-figure"), "utf8")}]`);
    const ran = await ziping(["compare", HENGYANG, two, ...RULES, "-f", "json"]);
    expect(ran.status).toBe(2);
    expect(ran.err).toContain("没有比较");
    expect((JSON.parse(ran.out) as Comparison).fixed).toEqual([]);
  });
});

describe("verify", () => {
  test("says that a report is true of its input, whatever its language", async () => {
    for (const lang of ["zh", "en"]) expect(await ziping(["verify", await reportFile([HENGYANG, "--lang", lang]), HENGYANG])).toMatchObject({ status: 0, err: "" });
  });

  test("says where a report is not true: another number, another input", async () => {
    const file = await reportFile([HENGYANG]);
    const forged = join(folder(), "forged.json");
    writeFileSync(forged, readFileSync(file, "utf8").replace('"98.25"', '"98.30"'));
    const ran = await ziping(["verify", forged, HENGYANG]);
    expect(ran.status).toBe(1);
    expect(ran.out).toContain("第一处不同：「法律援助」的复核得分，报告写「98.30」，应为「98.25」（/tables/2/recomputed/score）。");
    const other = await ziping(["verify", file, corrected()]);
    expect(other.status).toBe(1);
    expect(other.out).toMatch(/sha256/);
  });

  describe("names what was tampered with", () => {
    const tampered = async (change: (report: Report) => void): Promise<string> => {
      const report = JSON.parse(readFileSync(await reportFile([HENGYANG]), "utf8")) as Report;
      change(report);
      const file = join(folder(), "tampered.json");
      writeFileSync(file, JSON.stringify(report));
      const ran = await ziping(["verify", file, HENGYANG]);
      expect(ran).toMatchObject({ status: 1, err: "" });
      return ran.out;
    };
    const zeros = "0".repeat(64);
    const rateOf = (report: Report): Finding => report.findings.find((finding) => finding.rule === "execution/rate" && finding.table === "法律援助")!;

    test.each<[string, (report: Report) => void, string]>([
      ["a score", (report) => { report.tables[2]!.claimed.score = "98.25"; }, "「法律援助」的自评得分，报告写「98.25」，应为「98.20」"],
      ["a row's points", (report) => { report.tables[2]!.ledger.find((row) => row.subject === "execution")!.recomputed = "8.20"; }, "「法律援助 · 预算执行」的复核得分，报告写「8.20」，应为「8.25」"],
      ["a verdict", (report) => { report.verdict = "accept"; }, "结论，报告写「accept」，应为「return」"],
      ["a count", (report) => { report.counts.mustFix = 0; }, "必须更正的问题数，报告写「0」"],
      ["a finding left out", (report) => { report.findings = report.findings.filter((finding) => finding !== rateOf(report)); }, "报告漏了一条问题，法律援助 · 年度资金总额 · 预算执行率计算有误：填报 82.00%"],
      ["the last finding left out", (report) => { report.findings.pop(); }, "报告漏了一条问题，"],
      ["a finding made up", (report) => { report.findings.splice(3, 0, { ...report.findings[3]!, id: "execution/rate#000000000000", title: "编造的问题" }); }, "报告多了一条问题，"],
      ["an outcome", (report) => { rateOf(report).outcome = "waived"; }, "「法律援助 · 年度资金总额 · 预算执行率计算有误」的状态，报告写「waived」，应为「fail」"],
      ["a message", (report) => { rateOf(report).message = rateOf(report).message.replace("47.26", "47.62"); }, "「法律援助 · 年度资金总额 · 预算执行率计算有误」的情况，报告写「…"],
      ["the program's digest", (report) => { report.tool.digest = zeros; }, "报告不是由这一份程序生成的：ziping"],
      ["the rule set's digest", (report) => { report.ruleSet.digest = zeros; }, "规则集的内容与报告所用的不同：national"],
      ["the parameters' digest", (report) => { report.ruleSet.parameters = zeros; }, "2023 年度的参数与报告所用的不同：摘要 000000000000"],
      ["the input's digest", (report) => { report.input.digest = zeros; }, "材料与报告所依据的不同：摘要 000000000000"],
      ["a file's digest", (report) => { report.input.files[0]!.sha256 = zeros; }, "submission.json 不是报告所依据的那个文件"],
      ["a digest taken away", (report) => { delete report.tool.digest; }, "摘要 （没有）"],
    ])("%s", async (_, change, sentence) => { expect(await tampered(change)).toContain(sentence); });

    test("a file that was not given, and one that the report knows nothing of", async () => {
      const other = await tampered((report) => { report.input.files[0]!.name = "另一份.json"; });
      expect(other).toContain(`没有给出报告所依据的 另一份.json（sha256 `);
      expect(other).toContain("submission.json 不是报告所依据的文件（sha256 ");
    });

    test("and goes on to what else is untrue, or says that nothing else is", async () => {
      expect(await tampered((report) => { report.tool.digest = zeros; })).toContain("除此以外，报告的内容与重新核对的结果一致。");
      const both = await tampered((report) => { report.tool.digest = zeros; report.verdict = "accept"; });
      expect(both).toContain("报告不是由这一份程序生成的");
      expect(both).toContain("结论，报告写「accept」");
    });
  });

  test("needs the review and last year's submission that the report was made with", async () => {
    const args = [at("waived-and-expired"), "--review", at("waived-and-expired", "review.json")];
    const file = await reportFile(args);
    expect(await ziping(["verify", file, ...args])).toMatchObject({ status: 0 });
    expect(await ziping(["verify", file, args[0]!])).toMatchObject({ status: 2, out: "" });
  });

  test("ends in 2 where the input cannot be read or the file is no report", async () => {
    const file = await reportFile([HENGYANG]);
    expect(await ziping(["verify", file, "nobody-wrote-this.json"])).toMatchObject({ status: 2, out: "" });
    expect(await ziping(["verify", HENGYANG, HENGYANG])).toMatchObject({ status: 2, out: "" });
    expect(await ziping(["verify", file, at("right-in-every-figure"), at("waived-and-expired")])).toMatchObject({ status: 2, out: "" });
  });
});

describe("--review", () => {
  const review = (data: object): string => {
    const file = join(folder(), "review.json");
    writeFileSync(file, JSON.stringify({ format: "ziping/review@1", ...data }));
    return file;
  };

  test("explanations carry author and date; waivers hold until they expire, as of --date", async () => {
    const file = review({
      explanations: [{ about: "execution/adjustment", table: "法律援助", text: "省级转移支付年中收回，已调减预算，下年度据实编制", author: "财务科", date: "2024-03-20" }],
      waivers: [{ scope: { rule: "score/total-missing" }, requester: "甲", approver: "乙", reason: "表样没有总分行", expires: "2024-06-30" }],
    });
    const outcomes = async (...more: string[]): Promise<Record<string, string>> => {
      const { out } = await ziping(["check", HENGYANG, ...RULES, "--review", file, ...more, "-f", "json"]);
      const { findings } = JSON.parse(out) as Report;
      return Object.fromEntries(findings.filter((finding) => finding.rule === "score/total-missing" || (finding.rule === "execution/adjustment" && finding.table === "法律援助")).map((finding) => [finding.rule, finding.outcome]));
    };
    expect(await outcomes()).toEqual({ "score/total-missing": "waived", "execution/adjustment": "explained" });
    expect(await outcomes("--date", "2024-06-30")).toMatchObject({ "score/total-missing": "waived" });
    expect(await outcomes("--date", "2024-07-01")).toMatchObject({ "score/total-missing": "fail" });
  });

  test("entries that did nothing are told, those that expired as such", async () => {
    const file = review({
      explanations: [{ about: "没有的指标", text: "因项目推迟，未完成", author: "财务科", date: "2024-03-20" }],
      waivers: [{ scope: { rule: "score/total-missing" }, requester: "甲", approver: "乙", reason: "表样没有总分行", expires: "2023-06-30" }],
    });
    const { err } = await ziping(["check", HENGYANG, ...RULES, "--review", file, "-f", "json"]);
    expect(err).toContain("「没有的指标」的说明没有对上任何一条问题");
    expect(err).toContain("有效期至 2023-06-30，到 2024-03-20 已过期");
  });

  test("a mistake in it is told with its line, and nothing is checked", async () => {
    const file = join(folder(), "review.json");
    writeFileSync(file, '{\n "format": "ziping/review@1",\n "waivers": [{ "scope": { "rule": "a/b" }, "requester": "甲", "reason": "丙" }]\n}');
    const ran = await ziping(["check", HENGYANG, ...RULES, "--review", file]);
    expect(ran).toMatchObject({ status: 2, out: "" });
    expect(ran.err).toMatch(/review\.json.*3.*approver/s);
  });
});

test("--prior: last year's column is held against last year's submission; one that cannot be read is refused", async () => {
  const prior = changed((submission) => { submission.year = "2022"; });
  const report = JSON.parse((await ziping(["check", HENGYANG, ...RULES, "--prior", prior, "-f", "json"])).out) as Report;
  const alone = JSON.parse((await ziping(["check", HENGYANG, ...RULES, "-f", "json"])).out) as Report;
  expect(report.counts.mustFix).toBeGreaterThan(alone.counts.mustFix);
  expect(await ziping(["check", HENGYANG, ...RULES, "--prior", join(ROOT, "fixtures", "malformed", "truncated.json")])).toMatchObject({ status: 2, out: "" });
});

describe("rules impact", () => {
  /** A set of one's own: the national one with one parameter moved. */
  const mine = (to: string): string => {
    const set = join(folder(), "mine");
    mkdirSync(set);
    writeFileSync(join(set, "ruleset.json"), JSON.stringify({ id: "mine", version: "1.0.0", title: { zh: "本地规则", en: "local rules" }, extends: "national" }));
    writeFileSync(join(set, "parameters.json"), JSON.stringify({ "deviation.overachievement": { values: [{ from: "2020-01-01", value: to, basis: [{ document: "本地办法" }] }] } }));
    return set;
  };
  const impactIn = async (...args: string[]): Promise<{ status: number; impact: Impact }> => {
    const { status, out } = await ziping(["rules", "impact", ...args, "-f", "json"]);
    return { status, impact: JSON.parse(out) as Impact };
  };

  test("counts by rule what flips and says which parameter moved; submissions for which nothing changes are only counted", async () => {
    const { status, impact } = await impactIn("national", mine("120"), HENGYANG, at("right-in-every-figure"));
    expect(status).toBe(1);
    expect(checkShape(JSON.parse(readFileSync(join(ROOT, "rules", "schema", "impact.schema.json"), "utf8")) as object, impact)).toEqual([]);
    expect(impact).toMatchObject({ format: "ziping/impact@1", submissions: 2, changed: 1, verdicts: [], scores: [], rules: [], old: { name: "national", id: "national" }, new: { id: "mine" } });
    expect(impact.parameters).toEqual(["2023", "2024"].map((year) => ({ id: "deviation.overachievement", year, old: "130", new: "120" })));
    expect(impact.byRule.map(({ rule, regraded, submissions }) => [rule, regraded, submissions])).toEqual([["deviation/overachievement", 1, 1]]);
    expect(impact.changes.flatMap(({ regraded }) => regraded.map(({ subject, was, severity }) => [subject, was.severity, severity]))).toEqual([["开展法治宣传活动", "note", "explain"]]);
    expect(impact.changes[0]).toMatchObject({ remaining: [], carried: [], tables: [] });
  });

  test("is the other way round where the sets are", async () => {
    const set = mine("120");
    const [there, back] = [(await impactIn("national", set, HENGYANG)).impact, (await impactIn(set, "national", HENGYANG)).impact];
    expect(back.changes[0]!.regraded.map(({ id, severity, was }) => [id, severity, was.severity])).toEqual(there.changes[0]!.regraded.map(({ id, severity, was }) => [id, was.severity, severity]));
  });

  test("is read at a glance, in the terminal as in Markdown, and says so where nothing changes", async () => {
    const set = mine("120");
    const { out, err } = await ziping(["rules", "impact", "national", set, HENGYANG]);
    expect(err).toBe("");
    expect(out).toContain("核对 1 份自评，结果有变化的 1 份，其中结论有变化的 0 份");
    for (const part of ["deviation.overachievement", "130", "120", "超额完成较多", "提示 → 需要说明：", "轻重有变"]) expect(out).toContain(part);
    const markdown = (await ziping(["rules", "impact", "national", set, HENGYANG, "-f", "markdown", "--lang", "en"])).out;
    for (const part of ["# Impact of a change of rules", "| deviation.overachievement | 2023 | 130 | 120 |", "1 submissions checked; 1 change"]) expect(markdown).toContain(part);
    const none = await ziping(["rules", "impact", "national", "national", HENGYANG]);
    expect(none.status).toBe(0);
    expect(none.out).toContain("没有任何一条问题、任何一个得分因此改变。");
  });

  test("of many submissions tells a few findings of each rule and how many more, unless all are asked for", async () => {
    const there = folder();
    for (let i = 0; i < 8; i++) {
      const submission = JSON.parse(readFileSync(HENGYANG, "utf8")) as Submission;
      submission.department!.name = `第${i}局`;
      writeFileSync(join(there, `${i}.json`), JSON.stringify(submission));
    }
    const set = mine("120");
    const few = await ziping(["rules", "impact", "national", set, there]);
    expect(few.out).toContain("另有 3 条，加 --verbose 全部列出。");
    const all = await ziping(["rules", "impact", "national", set, there, "--verbose"]);
    for (let i = 0; i < 8; i++) expect(all.out).toContain(`第${i}局`);
    expect(all.out).not.toContain("另有");
  });

  test("ends in 2 where a set cannot be used", async () => {
    expect(await ziping(["rules", "impact", "national", "./nowhere", HENGYANG])).toMatchObject({ status: 2, out: "" });
  });
});
