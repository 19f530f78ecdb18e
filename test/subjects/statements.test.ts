// Sentences of the report: sums, shares, changes and claims, each worked out by hand.
import { describe, expect, it } from "vitest";
import { findingsOn, lineOf } from "./findings.ts";

describe("parts that a sentence lists", () => {
  const composed = (total: string, ...amounts: string[]): Promise<string[]> => said([{ kind: "composition", label: "项目支出", total, parts: amounts.map((amount, i) => ({ label: `第${i + 1}项`, amount })) }]);

  it.each([
    ["2449.60", "2081.56", "368.04"],
    ["100.01", "50.00", "50.00"],
    ["667.1", "600.35", "66.78"],
    ["300", "100", "200"],
    ["667.13万元", "6003500元", "66.78万元"],
  ])("%s is %s and %s", async (total, ...amounts) => {
    expect(await composed(total, ...amounts)).toEqual([]);
  });

  it.each([
    ["100.02", ["50.00", "50.00"], "100.02万元 100万元 0.02万元"],
    ["301", ["100", "200"], "301万元 300万元 1万元"],
    ["667.13", ["270.6", "3.61", "45.07", "68.91", "38.76", "55.25", "15.74", "144.99"], "667.13万元 642.93万元 24.2万元"],
  ])("%s is not %j", async (total, amounts, numbers) => {
    expect(await composed(total, ...amounts)).toEqual([`narrative/composition 项目支出: ${numbers}`]);
  });

  it("cannot be told where a part cannot be read, and is no matter where the total is not said", async () => {
    expect((await composed("300", "100", "两百左右")).map((line) => line.split(" ")[0])).toEqual(["cannot-tell"]);
    expect(await composed("", "100", "200")).toEqual([]);
  });
});

describe("a share that a sentence states", () => {
  const shared = (share: string, amount = "3071.50", total = "3116.73"): Promise<string[]> => said([{ kind: "composition", label: "收入合计", total, parts: [{ label: "财政拨款收入", amount, share }] }], /share$/);

  // 3071.50 ÷ 3116.73 = 98.5488…%
  it.each(["98.55%", "98.5%", "99%", "98.549%", "98.55"])("is right as %s", async (share) => {
    expect(await shared(share)).toEqual([]);
  });

  it.each([["98.54%", "98.54% 98.55% -0.01%"], ["98.6%", "98.6% 98.55% 0.05%"], ["98%", "98% 98.55% -0.55%"]])("is wrong as %s", async (share, numbers) => {
    expect(await shared(share)).toEqual([`narrative/share 财政拨款收入: ${numbers}`]);
  });

  it("of a total of 0 is no matter", async () => {
    expect(await shared("100%", "0", "0")).toEqual([]);
  });

  it("does not blame the share where the amount cannot be read", async () => {
    const [finding] = await findingsOn({ statements: [{ kind: "composition", label: "收入合计", total: "100", parts: [{ label: "财政拨款收入", amount: "九十几", share: "95%" }] }] }, /share$/);
    expect(finding?.message).toContain("该项金额或合计有读不出的");
  });
});

describe("a change that a sentence states", () => {
  const changed = (current: string, previous: string, change: string, direction: string): Promise<string[]> => said([{ kind: "comparison", item: "sanGong", current, previous, change, direction }]);

  it.each([
    ["22.86", "43.96", "21.1", "减少"],
    ["22.86", "43.96", "-21.10", "减少"],
    ["43.96", "22.86", "21.1", "增长"],
    ["5.49", "5.49", "0", "持平"],
    ["5.49", "5.49", "", "持平"],
    ["5.49", "7.18", "", "下降"],
    ["5.49", "7.18", "1.69", ""],
    ["5.49", "7.18", "1.70", "减少"],
  ])("%s after %s is %s %s", async (...cells) => {
    expect(await changed(...cells)).toEqual([]);
  });

  it.each<[string, string, string, string, string]>([
    ["5.49", "7.18", "1.69", "增加", "1.69万元 -1.69万元"],
    ["5.49", "7.18", "1.96", "减少", "-1.96万元 -1.69万元"],
    ["5.49", "7.18", "0", "持平", "0万元 -1.69万元"],
    ["5.49", "5.49", "0", "减少", "0万元 0万元"],
  ])("%s after %s is not %s %s", async (current, previous, change, direction, numbers) => {
    const [line, ...more] = await changed(current, previous, change, direction);
    expect(more).toEqual([]);
    expect(line).toContain(`narrative/comparison sanGong: ${numbers}`);
  });

  it("is told without a word for its direction", async () => {
    const [finding] = await findingsOn({ statements: [{ kind: "comparison", item: "sanGong", current: "5.49", previous: "7.18", change: "1.96" }] }, /comparison$/);
    expect(finding?.message).toContain("相差 1.69万元（减少），正文写的增减额是 1.96万元");
  });

  it("cannot be told where the word is none of rise, fall or no change", async () => {
    expect((await changed("5.49", "7.18", "1.69", "有所变化")).map((line) => line.split(" ")[0])).toEqual(["cannot-tell"]);
  });
});

describe("a claim that a sentence makes", () => {
  const LINES = [{ item: "sanGong", budget: "71", actual: "22.86" }, { item: "operatingFunds", budget: "252.73", actual: "368.04" }, { item: "procurement", budget: "248", actual: "248.05" }, { item: "basicExpenditure", budget: "1925.41", actual: "2449.6" }];
  const spent = (name: string, budget: string, executed: string, kind = "project"): object => ({ kind, name, funds: [{ source: "total", initialBudget: budget, adjustedBudget: budget, executed }, { source: "fiscal", initialBudget: budget, adjustedBudget: budget, executed }] });
  const claimed = async (claims: string, scope?: string): Promise<string | null | undefined> => {
    const parts = { tables: [spent("普法宣传", "100", "90"), spent("法律援助", "60", "60.5")], basicData: { lines: LINES }, statements: [{ kind: "claim", text: "全年没有超支", claims, ...(scope === undefined ? {} : { scope }) }] };
    const [finding, ...more] = await findingsOn(parts, /claim$/);
    expect(more).toEqual([]);
    return finding?.observed;
  };

  it.each<[string, string | undefined, string | undefined]>([
    ["no-overspending", undefined, "公用经费、政府采购金额、法律援助"],
    ["no-overspending", "all", "公用经费、政府采购金额、法律援助"],
    ["within-budget", "sanGong", undefined],
    ["within-budget", "basic", "公用经费"],
    ["no-overspending", "project", "法律援助"],
    ["no-carryover", "project", "普法宣传"],
    ["no-carryover", "basic", undefined],
    ["no-carryover", "sanGong", undefined],
  ])("%s (%s) is contradicted by %s", async (claims, scope, by) => {
    expect(await claimed(claims, scope)).toBe(by);
  });

  it("shows what was spent beside the budget, and points at both", async () => {
    const [finding] = await findingsOn({ basicData: { lines: LINES.slice(0, 2) }, statements: [{ kind: "claim", text: "没有超范围开支", claims: "no-overspending" }] }, /claim$/);
    expect(finding?.message).toContain("368.04 / 252.73");
    expect(finding?.at.map(({ pointer }) => pointer)).toEqual(["/statements/0/text", "/basicData/lines/1/actual", "/basicData/lines/1/budget"]);
  });

  it("is not contradicted by what cannot be read", async () => {
    expect(await said([{ kind: "claim", text: "没有超支", claims: "no-overspending" }], /claim$/, { basicData: { lines: [{ item: "operatingFunds", budget: "二百多", actual: "368.04" }] } })).toEqual([]);
  });
});

async function said(statements: object[], rules = /^narrative\//, more: object = {}): Promise<string[]> {
  return (await findingsOn({ statements, ...more }, rules)).map(lineOf);
}
