// Explanations as forms hold them: which are reasons and which say nothing; what settles a finding and what does not.
import { beforeAll, describe, expect, it } from "vitest";
import { check, type CheckOptions } from "../src/check.ts";
import { isAdequate, remainder, type AdequacySettings } from "../src/explain.ts";
import type { Finding } from "../src/model.ts";
import { readInputs } from "../src/read/read.ts";
import type { Review, Waiver } from "../src/review.ts";
import { loadRuleSet } from "../src/rules/load.ts";
import type { RuleSet } from "../src/rules/set.ts";

let national: RuleSet;
let settings: AdequacySettings;
beforeAll(async () => {
  national = await loadRuleSet("national");
  const words = (list: string): string[] => Object.values(national.words[list] ?? []).flat();
  settings = { minimumLength: 6, emptyWords: words("emptyWords"), fillerWords: words("fillerWords"), negations: words("negations") };
});

const OWN = ["办理法律援助案件数", "法律援助案件", "≥230件", "200件"];

describe("an explanation that names a reason is adequate", () => {
  it.each([
    "因疫情取消两场现场活动，改为线上", "特困人员实行动态管理", "上级资金12月下达，结转下年",
    "受疫情影响未完成", "因疫情未完成", "因天气原因未完成任务", "由于资金未到位", "项目资金未及时拨付", "因无场地取消",
    "因年度任务调整", "工作人员调整", "项目提前完工", "实际需求增加", "工作量大幅增加", "目标值设置偏低", "年初指标值设定偏低",
    "偏差原因：招标流标两次；改进措施：提前启动招标", "本年度机构改革，职能划转市场监管局", "设备进口周期长，尚未到货",
    "受理案件数减少，群众申请不足", "工程尾款按合同于次年支付", "厉行节约，压减会议三场", "ＣＯＶＩＤ疫情防控，培训改期", "个别学员中途退出\n未参加结业考试",
  ])("%s", (text) => {
    expect(remainder(text, OWN, settings).length).toBeGreaterThanOrEqual(6);
  });
});

describe("an explanation that says nothing is not", () => {
  it.each([
    "无", "/", "—", "-", "", "　", "无。", "无偏差", "没有偏差", "不存在偏差", "暂无", "不适用", "同上", "见附件", "详见报告", "详见自评报告", "是",
    "已完成", "已完成任务", "已完成。", "正常开展工作", "按计划完成", "按计划完成各项工作任务", "各项工作已按计划全部完成", "本年度工作已圆满完成", "已按要求完成",
    "年度目标已完成", "超额完成年度目标任务", "未完成年度目标任务", "尚未完成，正在推进", "完成情况良好", "今后加强管理", "下一步继续加强工作",
    "偏差原因：无；改进措施：无", "未完成原因：无", "无偏差，已按时完成", "项目已按期完成", "实际完成200件，未达到230件",
    "办理法律援助案件数", "已完成法律援助案件办理", "办理法律援助案件数已完成", "「办理法律援助案件数」：200件", "年度指标值230件，实际完成200件",
  ])("%s", (text) => {
    expect(isAdequate(text, OWN, settings)).toBe(false);
  });

  it("six characters are enough and five are not", () => {
    expect([remainder("突发山洪道路断", [], settings), remainder("突发山洪，断", [], settings)].map((left) => left.length)).toEqual([7, 5]);
    expect(isAdequate("突发山洪阻路", [], settings)).toBe(true);
    expect(isAdequate("突发山洪断", [], settings)).toBe(false);
    expect(isAdequate("突发山洪阻路", [], { ...settings, minimumLength: 7 })).toBe(false);
  });

  it("reads a very long text without delay", () => {
    expect(isAdequate("已完成。".repeat(200_000), OWN, settings)).toBe(false);
  });
});

interface Row { name: string; target: string; actual: string; explanation?: string }
const short: Row = { name: "举办招聘会", target: "≥5场", actual: "3场" };

describe("which explanation speaks of a row", () => {
  it("is its own, and keeps its text in the report", async () => {
    const [finding] = await shortfalls({ rows: [{ ...short, explanation: "因疫情取消两场现场活动，改为线上" }] });
    expect(finding).toMatchObject({ outcome: "explained", explanation: { text: "因疫情取消两场现场活动，改为线上" } });
  });

  it("stays in the report when it is not adequate, and does not settle", async () => {
    const findings = await reported({ rows: [{ ...short, explanation: "已完成任务" }] });
    expect(of(findings, "deviation/shortfall")).toMatchObject([{ outcome: "fail", explanation: { text: "已完成任务" } }]);
    expect(of(findings, "deviation/empty-words")).toMatchObject([{ outcome: "fail", observed: "已完成任务" }]);
  });

  it.each(["", "/", "无", "——", " 无 "])("is the whole table's where the row's own cell holds %j", async (explanation) => {
    const findings = await reported({ rows: [{ ...short, explanation }], reason: "因疫情取消两场现场活动", measures: "下年度改为线上举办" });
    expect(of(findings, "deviation/shortfall")).toMatchObject([{ outcome: "explained" }]);
    expect(of(findings, "deviation/empty-words")).toEqual([]);
    expect(of(findings, "deviation/no-measure")).toEqual([]);
  });

  it("is not the whole table's where the row says something of its own", async () => {
    const findings = await shortfalls({ rows: [{ ...short, explanation: "已完成任务" }], reason: "因疫情取消两场现场活动" });
    expect(findings).toMatchObject([{ outcome: "fail" }]);
  });

  it("may stand in the review file, with author and date", async () => {
    const review = reviewOf({ explanations: [{ about: "举办招聘会", text: "场馆临时被征用，改在次年3月补办", where: "review.json", author: "就业科", date: "2024-03-12" }] });
    const [finding] = await shortfalls({ rows: [short] }, { review });
    expect(finding).toMatchObject({ outcome: "explained", explanation: { text: "场馆临时被征用，改在次年3月补办", where: "review.json", author: "就业科", date: "2024-03-12" } });
  });

  it("may name a rule or a finding there, and then speaks of nothing else", async () => {
    const text = "场馆临时被征用，改在次年3月补办";
    const named = async (about: string): Promise<string[]> => (await reported({ rows: [short, { name: "发放补贴人数", target: "100人", actual: "140人" }] }, { review: reviewOf({ explanations: [{ about, text, where: "review.json" }] }) }))
      .filter((finding) => finding.category === "deviation").map((finding) => `${finding.outcome} ${finding.rule}`).sort();
    expect(await named("deviation/shortfall")).toContain("explained deviation/shortfall");
    expect(await named("deviation/shortfall")).toContain("fail deviation/overachievement");
    const id = (await shortfalls({ rows: [short] }))[0]?.id ?? "";
    expect(await named(id)).toContain("explained deviation/shortfall");
    expect(await named("deviation/shortfall#000000000000")).toContain("fail deviation/shortfall");
  });

  it("may be of a row whose name has a stroke in it", async () => {
    const review = reviewOf({ explanations: [{ about: "党/团活动场次", text: "场馆临时被征用，改在次年3月补办", where: "review.json" }] });
    expect(await shortfalls({ rows: [{ ...short, name: "党/团活动场次" }] }, { review })).toMatchObject([{ outcome: "explained" }]);
  });

  it.each([["another table", { table: "另一项目" }], ["another department", { department: "另一局" }], ["another row", { about: "发放补贴人数" }]])("is not one for %s", async (_, scope) => {
    const review = reviewOf({ explanations: [{ about: "举办招聘会", text: "场馆临时被征用，改在次年3月补办", where: "review.json", ...scope }] });
    expect(await shortfalls({ rows: [short] }, { review })).toMatchObject([{ outcome: "fail" }]);
  });

  it("never settles what must be corrected", async () => {
    const findings = await reported({ rows: [{ ...short, explanation: "因疫情取消两场现场活动，改为线上" }], score: "15" });
    expect(of(findings, "score/proration")).toMatchObject([{ outcome: "fail", severity: "must-fix" }]);
  });
});

describe("a waiver", () => {
  const waiver: Waiver = { scope: { rule: "deviation/shortfall" }, requester: "业务科", approver: "绩效科", reason: "按市里统一口径处理" };
  const waived = async (change: Partial<Waiver>, asOf: string | null = "2024-03-15"): Promise<string | undefined> =>
    (await shortfalls({ rows: [short] }, { review: reviewOf({ waivers: [{ ...waiver, ...change }], asOf }) }))[0]?.outcome;

  it("settles what it names and shows who gave it and why", async () => {
    const [finding] = await shortfalls({ rows: [short] }, { review: reviewOf({ waivers: [waiver] }) });
    expect(finding).toMatchObject({ outcome: "waived", waiver: { requester: "业务科", approver: "绩效科", reason: "按市里统一口径处理" } });
  });

  it.each([
    ["on its last day", { expires: "2024-03-15" }, "waived"],
    ["the day after", { expires: "2024-03-14" }, "fail"],
    ["in another year", { expires: "2023-12-31" }, "fail"],
  ])("holds until it expires: %s", async (_, change, outcome) => {
    expect(await waived(change)).toBe(outcome);
  });

  it.each([
    ["its table and row", { rule: "deviation/shortfall", table: "就业帮扶", subject: "举办招聘会" }, "waived"],
    ["another rule", { rule: "deviation/overachievement" }, "fail"],
    ["another table", { rule: "deviation/shortfall", table: "另一项目" }, "fail"],
    ["another row", { rule: "deviation/shortfall", subject: "发放补贴人数" }, "fail"],
    ["its department", { rule: "deviation/shortfall", department: "示例局" }, "waived"],
    ["another department", { rule: "deviation/shortfall", department: "另一局" }, "fail"],
    ["a table but no rule", { table: "就业帮扶" }, "fail"],
  ])("reaches no further than its scope: %s", async (_, scope, outcome) => {
    expect(await waived({ scope })).toBe(outcome);
  });

  it("may name one finding", async () => {
    const id = (await shortfalls({ rows: [short] }))[0]?.id ?? "";
    expect(await waived({ scope: { finding: id } })).toBe("waived");
    expect(await waived({ scope: { finding: `${id}0` } })).toBe("fail");
  });

  it("closes must-fix findings too", async () => {
    const review = reviewOf({ waivers: [{ ...waiver, scope: { rule: "score/proration" } }] });
    expect(of(await reported({ rows: [short], score: "15" }, { review }), "score/proration")).toMatchObject([{ outcome: "waived" }]);
  });
});

const reviewOf = (parts: Partial<Review>): Review => ({ file: "review.json", sha256: "0".repeat(64), asOf: "2024-03-15", explanations: [], waivers: [], decisions: [], ...parts });

/** One project with those rows, each of weight 20 with the score that is due unless another is given. */
async function reported({ rows, score, ...table }: { rows: Row[]; score?: string; reason?: string; measures?: string }, options: CheckOptions = {}): Promise<Finding[]> {
  const indicators = rows.map((row) => ({ level1: "产出指标", level2: "数量指标", weight: "20", score: score ?? (row.actual === "3场" ? "12" : "20"), ...row }));
  const submission = { format: "ziping/submission@1", year: 2023, department: { name: "示例局" }, tables: [{ kind: "project", name: "就业帮扶", partial: true, indicators, ...table }] };
  const { submissions } = await readInputs([{ name: "submission.json", bytes: new TextEncoder().encode(JSON.stringify(submission)) }]);
  const [read] = submissions;
  if (read === undefined) throw new Error("not read");
  return (await check(read, national, options)).findings;
}

const of = (findings: readonly Finding[], rule: string): Finding[] => findings.filter((finding) => finding.rule === rule);

async function shortfalls(table: Parameters<typeof reported>[0], options: CheckOptions = {}): Promise<Finding[]> {
  return of(await reported(table, options), "deviation/shortfall");
}
