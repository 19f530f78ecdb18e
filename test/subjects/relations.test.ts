// Rows that must be alike: which names are one, what is compared, and whose marks are uneven.
import { describe, expect, it } from "vitest";
import { coreName, nameWords } from "../../src/subjects/names.ts";
import { loadRuleSet } from "../../src/rules/load.ts";
import { findingsOn, lineOf } from "./findings.ts";

const national = await loadRuleSet("national");
const words = nameWords((list) => {
  const held = national.words[list];
  return Array.isArray(held) ? (held as string[]) : [];
});

describe("the name of an indicator", () => {
  it.each([
    ["办理法律援助案件数", "法律援助案件"],
    ["开展法治宣传活动", "开展法治宣传次数"],
    ["社区矫正督查 次数", "社区矫正督查"],
    ["普法考试合格率", "普法考试合格率"],
    ["ＡＢＣ系统运维次数", "ABC系统运维"],
  ])("%s is %s", (a, b) => {
    expect(coreName(a, words)).not.toBeNull();
    expect(coreName(a, words)).toBe(coreName(b, words));
  });

  it.each([["办理法律援助案件数", "办理公证案件数"], ["普法宣传活动次数", "禁毒宣传活动次数"], ["法律援助受援人满意度", "社区矫正对象满意度"]])("%s is not %s", (a, b) => {
    expect(coreName(a, words)).not.toBe(coreName(b, words));
  });

  it.each([
    "成本节约率", "群众满意度", "业务工作完成率", "服务对象满意度", "资金拨付及时率", "工作开展及时率", "验收合格率", "工程质量合格率", "项目总成本", "预算控制数",
    "培训人数", "受益群众人数", "购置设备数量", "会议次数", "资金使用合规性", "政策知晓率", "安全事故发生数", "保障机关正常运转", "完成及时性", "经济效益", "",
  ])("%s says too little to be compared", (name) => {
    expect(coreName(name, words)).toBeNull();
  });
});

describe("one indicator in two tables", () => {
  const shared = (a: object, b: object): Promise<string[]> => said([table("department", "示例局", [a]), table("project", "援助项目", [b])], /shared-indicator/);
  const CASES = { name: "办理法律援助案件数", target: "550件", actual: "820件" };

  it.each<[string, object]>([
    ["another target", { ...CASES, target: "230件" }],
    ["another actual", { ...CASES, actual: "800件" }],
    ["another actual beside a target in another count", { ...CASES, target: "550起", actual: "800起" }],
  ])("is found with %s", async (_, other) => {
    expect(await shared(CASES, other)).toHaveLength(1);
  });

  it.each<[string, object]>([
    ["the same figures", CASES],
    ["a comparison sign more", { ...CASES, target: "≥550件" }],
    ["units left out", { ...CASES, target: "550", actual: "820" }],
    ["an actual that is blank", { ...CASES, actual: "" }],
    ["a rate of the same name", { ...CASES, name: "法律援助案件率", target: "≥90%", actual: "95%" }],
  ])("is right with %s", async (_, other) => {
    expect(await shared(CASES, other)).toEqual([]);
  });

  it("is not compared in words, which are put in many ways", async () => {
    expect(await shared({ name: "法治意识提升", target: "有效提升", actual: "有效提升" }, { name: "法治意识提升", target: "明显提升", actual: "明显提升" })).toEqual([]);
  });

  it("is compared by months where a day is not given", async () => {
    expect(await shared({ name: "法治讲座举行日", target: "12月底前", actual: "2023年11月" }, { name: "法治讲座举行日", target: "12月31日前", actual: "2023年11月20日" })).toEqual([]);
    expect(await shared({ name: "法治讲座举行日", target: "12月底前", actual: "2023年11月" }, { name: "法治讲座举行日", target: "12月31日前", actual: "2023年10月20日" })).toHaveLength(1);
  });

  it("is compared in base units", async () => {
    expect(await shared({ name: "农田建设面积", target: "1.2万亩", actual: "12000亩" }, { name: "农田建设面积", target: "12000亩", actual: "1.2万亩" })).toEqual([]);
  });

  it("is no matter within one table", async () => {
    expect(await said([table("project", "援助项目", [CASES, { ...CASES, target: "230件" }])], /shared-indicator/)).toEqual([]);
  });

  it("points at every cell that disagrees", async () => {
    const [finding] = await findingsOn({ tables: [table("department", "示例局", [CASES]), table("project", "援助项目", [{ ...CASES, target: "230件", actual: "800件" }])] }, /shared-indicator/);
    expect(finding?.at.map(({ pointer }) => pointer)).toEqual(["/tables/0/indicators/0/target", "/tables/0/indicators/0/actual", "/tables/1/indicators/0/target", "/tables/1/indicators/0/actual"]);
    expect(finding?.message).toContain("示例局 550件 → 820件、援助项目 230件 → 800件");
  });

  it("is settled by a reason in either row", async () => {
    const found = await shared(CASES, { ...CASES, target: "230件", explanation: "本项目只统计中央补助资金办理的案件" });
    expect(found.map((line) => line.split(":")[0])).toEqual(["explained consistency/shared-indicator 办理法律援助案件数"]);
  });
});

describe("the marks of rows that are alike", () => {
  const marks = (...rows: object[]): Promise<string[]> => said([table("project", "援助项目", rows)], /uneven-marking/);
  const row = (name: string, weight: string, score: string, more: object = {}): object => ({ name, target: "≥90%", actual: "96%", weight, score, ...more });

  it("are uneven where the shares differ", async () => {
    // 9.6 of 10 is 96%, 5 of 5 is 100%
    expect(await marks(row("采纳率", "10", "9.6"), row("知晓率", "5", "5"))).toEqual(["score/uneven-marking ≥90% → 96%: 96.00% 100.00% -4.00%"]);
  });

  it.each<[string, object[]]>([
    ["the share is one", [row("采纳率", "10", "9.6"), row("知晓率", "5", "4.8")]],
    ["a share that cannot be printed is rounded", [row("采纳率", "10", "9.67"), row("知晓率", "3", "2.9")]],
    ["the targets differ", [row("采纳率", "10", "9.6"), row("知晓率", "5", "5", { target: "≥95%" })]],
    ["a target is missed, where what is due is known", [row("采纳率", "10", "9", { actual: "80%" }), row("知晓率", "5", "5", { actual: "80%" })]],
    ["less is better of one of them", [row("采纳率", "10", "10"), row("投诉率", "5", "4", { target: "≤90%" })]],
  ])("are even where %s", async (_, rows) => {
    expect(await marks(...rows)).toEqual([]);
  });
});

it("finds an indicator that stands twice under one level, and not under two", async () => {
  const twice = [{ name: "培训人数", target: "20", actual: "20" }, { name: "培训 人数", target: "30", actual: "30" }];
  expect(await said([table("project", "援助项目", twice)], /duplicate-indicator/)).toHaveLength(1);
  expect(await said([table("project", "援助项目", [twice[0] ?? {}, { ...twice[1], level2: "质量指标" }])], /duplicate-indicator/)).toEqual([]);
});

function table(kind: string, name: string, rows: object[]): object {
  return { kind, name, indicators: rows.map((row) => ({ level1: "产出指标", level2: "数量指标", weight: "10", score: "10", ...row })) };
}

async function said(tables: object[], rules: RegExp): Promise<string[]> {
  return (await findingsOn({ tables }, rules)).map(lineOf);
}
