// Numbers in goals beside the indicators that they name: what is compared, and what only looks alike.
import { describe, expect, it } from "vitest";
import { findingsOn } from "./findings.ts";

const CASES = { name: "办理法律援助案件数", target: "≥550件", actual: "820件" };
const EVENTS = { name: "开展法治宣传活动", target: "15", actual: "18场" };
const PASSED = { name: "案卷质量合格率", target: "≥95%", actual: "98%" };
const TRAINED = { name: "基层干部培训人数（人）", target: "200", actual: "210" };
const AREA = { name: "高标准农田建设面积", target: "1.2万亩", actual: "1.25万亩" };

describe("what the goal expects", () => {
  it.each([
    ["办理法律援助案件500件", "500 550"],
    ["1.办理法律援助案件500件；2.提高群众满意度", "500 550"],
    ["①提高群众满意度②全年办理法律援助案件500件", "500 550"],
    ["目标1：办理法律援助案件不少于500件", "500 550"],
    ["2023年办理法律援助案件500件", "500 550"],
    ["计划办理500件法律援助案件", "500 550"],
    ["办理法律援助案件1,550件", "1550 550"],
    ["办理法律援助案件５００件，做到应援尽援", "500 550"],
    ["开展法治宣传活动12场", "12 15"],
    ["案卷质量合格率达到90%以上", "90 95"],
    ["基层干部培训人数250人", "250 200"],
    ["高标准农田建设面积1万亩", "10000 12000"],
  ])("finds %s: %s", async (expected, numbers) => {
    expect(await said({ expected })).toEqual([numbers]);
  });

  it.each([
    "办理法律援助案件550件",
    "办理法律援助案件550件以上",
    "案卷质量合格率95%",
    "高标准农田建设面积12000亩",
    "其中农民工法律援助案件320件",
    "为农民工办理法律援助案件320件",
    "法律援助案件投诉3件以内",
    "法律援助案件回访120件",
    "办理法律援助案件较上年增加50件",
    "2022年办理法律援助案件480件",
    "2022—2024年办理法律援助案件1500件",
    "办理法律援助案件近500件",
    "办理法律援助案件500余件",
    "办理法律援助案件500件左右",
    "办理法律援助案件500万元",
    "办理法律援助案件12月底前完成",
    "案卷质量合格率提高5%",
    "案卷质量合格率提高5个百分点",
    "开展法治宣传活动覆盖3000人次",
    "培训人数300人",
    "办理法律援助案件和公证案件900件",
  ])("leaves %s alone", async (expected) => {
    expect(await said({ expected })).toEqual([]);
  });
});

describe("what the goal says was achieved", () => {
  it.each([
    ["全年共办理法律援助案件802件", "802 820"],
    ["办理法律援助案件900件以上", "900 820"],
    ["案卷质量合格率100%", "100 98"],
  ])("finds %s: %s", async (achieved, numbers) => {
    expect(await said({ achieved })).toEqual([numbers]);
  });

  it.each(["办理法律援助案件820件", "办理法律援助案件超过800件", "办理法律援助案件800件以上", "完成办理法律援助案件550件的目标任务", "受理法律援助案件820件（其中民事案件300件）"])("leaves %s alone", async (achieved) => {
    expect(await said({ achieved })).toEqual([]);
  });
});

it("points at the goal and at the cell that disagrees", async () => {
  const [finding] = await found({ achieved: "全年共办理法律援助案件802件" });
  expect(finding?.at.map(({ pointer }) => pointer)).toEqual(["/tables/0/goals/0/achieved", "/tables/0/indicators/0/actual"]);
});

it("compares with the indicators of its own table only", async () => {
  const tables = [table([EVENTS], { expected: "办理法律援助案件500件" }), table([CASES], {}, "乙项目")];
  expect(await findingsOn({ tables }, /goal-indicator/)).toEqual([]);
});

it("compares with nothing where two indicators could be meant", async () => {
  const tables = [table([{ name: "办理法律援助案件数", target: "550件" }, { name: "完成法律援助案件数", target: "500件" }], { expected: "法律援助案件480件" })];
  expect(await findingsOn({ tables }, /goal-indicator/)).toEqual([]);
});

function table(indicators: object[], goal: object, name = "示例项目"): object {
  return { kind: "project", name, indicators: indicators.map((row) => ({ level1: "产出指标", level2: "数量指标", weight: "10", score: "10", ...row })), goals: [{ expected: "", achieved: "", ...goal }] };
}

async function found(goal: object): ReturnType<typeof findingsOn> {
  return findingsOn({ tables: [table([CASES, EVENTS, PASSED, TRAINED, AREA], goal)] }, /goal-indicator/);
}

async function said(goal: object): Promise<string[]> {
  return (await found(goal)).map(({ observed, expected }) => `${observed ?? ""} ${expected ?? ""}`);
}
