// Points of quantitative rows, each worked out by hand from weight, target and actual.
import { describe, expect, it } from "vitest";
import { due, told } from "./rows.ts";

describe("more is better", () => {
  it.each([
    ["≥100件", "100件", "met 10"],
    ["≥100件", "230件", "met 10"],
    ["100件", "99件", "prorated 9.9"],
    ["=100件", "97件", "prorated 9.7"],
    ["≥3次", "1次", "prorated 3.33"],
    ["≥3次", "2次", "prorated 6.67"],
    ["≥8件", "0件", "prorated 0"],
    ["≥800件", "1件", "prorated 0.01"],
    ["≥1.2万亩", "11999亩", "prorated 10"],
    ["≥1.2万亩", "9000亩", "prorated 7.5"],
    [">5次", "5次", "met 10"],
    ["≥0件", "0件", "met 10"],
    ["≥5%", "-1%", "prorated 0"],
  ])("target %s, actual %s: %s", (target, actual, expected) => {
    expect(told({ target, actual })).toBe(expected);
  });

  it("rounds half up, once, at the end", () => {
    // 5 × 1 ÷ 16 = 0.3125; 3 × 67 ÷ 80 = 2.5125; 1 × 1 ÷ 8 = 0.125
    expect([told({ weight: "5", target: "16", actual: "1" }), told({ weight: "3", target: "80", actual: "67" }), told({ weight: "1", target: "8", actual: "1" })])
      .toEqual(["prorated 0.31", "prorated 2.51", "prorated 0.13"]);
  });

  it("keeps the points unrounded beside the rounded ones", () => {
    expect(due({ weight: "1", target: "8", actual: "1" }).exact?.toFixed()).toBe("0.125");
  });

  it("never gives more than the weight or less than nothing", () => {
    expect(told({ weight: "7.5", target: "≥2", actual: "900" })).toBe("met 7.5");
    expect(told({ weight: "7.5", target: "≥2", actual: "-900" })).toBe("prorated 0");
  });

  it("misses > by exactly the target only where the set reads it strictly", () => {
    expect(due({ target: ">5次", actual: "5次" }).met).toBe(true);
    expect(due({ target: ">5次", actual: "5次" }, { "score.strictGreater": true }).met).toBe(false);
    expect(due({ target: "≥5次", actual: "5次" }, { "score.strictGreater": true }).met).toBe(true);
    expect(due({ target: ">5次", actual: "6次" }, { "score.strictGreater": true }).met).toBe(true);
  });

  it("leaves a missed negative target open, and takes a met one", () => {
    expect(told({ name: "增长情况", target: "≥-2%", actual: "-3%" })).toBe("negative-target open");
    expect(told({ name: "增长情况", target: "≥-2%", actual: "-1%" })).toBe("met 10");
  });

  it("carries as many decimals as the set says", () => {
    expect(told({ target: "≥3次", actual: "1次" }, { "score.places": "1" })).toBe("prorated 3.3");
  });
});

describe("less is better", () => {
  it.each([
    ["≤5件", "5件", "met 10", "met 10"],
    ["≤5件", "0件", "met 10", "met 10"],
    ["≤5件", "8件", "reverse-ratio 6.25", "reverse-linear 4"],
    ["<5件", "6件", "reverse-ratio 8.33", "reverse-linear 8"],
    ["≤5件", "10件", "reverse-ratio 5", "reverse-linear 0"],
    ["≤5件", "50件", "reverse-ratio 1", "reverse-linear 0"],
    ["≤0件", "0件", "met 10", "met 10"],
    ["≤0件", "1件", "reverse-ratio 0", "reverse-linear 0"],
    ["≤-2%", "-3%", "met 10", "met 10"],
    ["≤-2%", "-1%", "negative-target open", "negative-target open"],
  ])("target %s, actual %s: by ratio %s, by excess %s", (target, actual, ratio, linear) => {
    expect(told({ target, actual })).toBe(ratio);
    expect(told({ target, actual }, { "score.reverseMethod": "linear" })).toBe(linear);
  });

  it("reads an unsigned cost, and an unsigned harm, as less", () => {
    expect(told({ level1: "成本指标", name: "培训单价", target: "400元/人", actual: "500元/人" })).toBe("reverse-ratio 8");
    expect(told({ name: "有效投诉", target: "4件", actual: "5件" })).toBe("reverse-ratio 8");
    expect(told({ name: "投诉处理率", target: "100%", actual: "80%" })).toBe("prorated 8");
    expect(told({ level1: "成本指标", name: "成本节约率", target: "5%", actual: "4%" })).toBe("prorated 8");
  });

  it("misses < by exactly the target only where the set reads it strictly", () => {
    expect(due({ target: "<5件", actual: "5件" }).met).toBe(true);
    expect(due({ target: "<5件", actual: "5件" }, { "score.strictGreater": true }).met).toBe(false);
  });
});

describe("a direction that nobody wrote down", () => {
  it("stays open where an unsigned rate falls short", () => {
    expect(told({ name: "外流率", target: "15%", actual: "12%" })).toBe("unknown-direction open");
  });

  it("stays open where the name counts what was done about a harm", () => {
    expect(told({ name: "处理投诉件数", target: "10件", actual: "8件" })).toBe("unknown-direction open");
    expect(told({ name: "处理投诉件数", target: "10件", actual: "12件" })).toBe("met 10");
    expect(told({ name: "处理投诉件数", target: "≥10件", actual: "8件" })).toBe("prorated 8");
    expect(told({ name: "群众投诉件数", target: "10件", actual: "12件" })).toBe("reverse-ratio 8.33");
  });

  it("does not matter where the rate reaches its target", () => {
    expect(told({ name: "外流率", target: "15%", actual: "15%" })).toBe("met 10");
  });

  it("is more where the form says = of a rate", () => {
    expect(told({ name: "外流率", target: "=15%", actual: "12%" })).toBe("prorated 8");
  });

  it("is more for an unsigned count", () => {
    expect(told({ name: "印发手册", target: "15册", actual: "12册" })).toBe("prorated 8");
  });
});

describe("ranges", () => {
  it.each([
    ["90%-95%", "90%", "met 10"],
    ["90%-95%", "95%", "met 10"],
    ["90%-95%", "92.5%", "met 10"],
    ["90%-95%", "85.5%", "range 9.5"],
    ["90%-95%", "100%", "range 9.5"],
    ["90%-95%", "0%", "range 0"],
    ["10-20人", "40人", "range 5"],
  ])("target %s, actual %s: %s", (target, actual, expected) => {
    expect(told({ target, actual })).toBe(expected);
  });

  it("does not compare a share without its sign with percentages", () => {
    expect(told({ name: "完成率", target: "90%-95%", actual: "0.92" })).toBe("unit open");
    expect(told({ name: "完成率", target: "90%-95%", actual: "92" })).toBe("met 10");
  });

  it("does not compare other units", () => {
    expect(told({ target: "10-20人", actual: "15场" })).toBe("unit open");
  });
});

describe("dates", () => {
  const DATE = { level2: "时效指标", name: "项目完工时间" };

  it.each([
    ["2023年6月底前", "2023年6月30日", "date-met 10"],
    ["6月底前", "2023年5月", "date-met 10"],
    ["2023年6月30日", "2023年6月30日", "date-met 10"],
    ["2023年12月底前", "2023年12月底前", "date-met 10"],
    ["2023年6月底前", "2023年7月1日", "date-late open"],
    ["2023年11月30日前", "2024年1月", "date-late open"],
  ])("due %s, done %s: %s", (target, actual, expected) => {
    expect(told({ ...DATE, target, actual })).toBe(expected);
  });

  it("knows that a late one was missed, and brackets its points", () => {
    const late = due({ ...DATE, target: "6月底前", actual: "8月20日" });
    expect([late.met, late.low?.toFixed(), late.high?.toFixed()]).toEqual([false, "0", "10"]);
  });

  it("takes the set's deduction off a late one", () => {
    expect(told({ ...DATE, target: "6月底前", actual: "8月20日" }, { "score.lateDeduction": "30" })).toBe("late-deduction 7");
    expect(told({ ...DATE, target: "6月底前", actual: "8月20日" }, { "score.lateDeduction": "100" })).toBe("late-deduction 0");
  });

  it("is told neither met nor late by a month that the deadline falls into", () => {
    expect(told({ ...DATE, target: "2023年6月15日前", actual: "2023年6月" })).toBe("unreadable open");
  });

  it("is judged where it is answered in words", () => {
    expect(told({ ...DATE, target: "6月底前", actual: "达成预期指标" })).toBe("qualitative open");
  });
});

describe("rows whose points cannot be told", () => {
  it.each([
    [{ target: "≥95%", actual: "" }, "missing"],
    [{ target: "", actual: "95%" }, "missing"],
    [{ target: "检查20次、培训5期", actual: "检查20次" }, "several"],
    [{ target: "≥20次", actual: "检查18次、培训5期" }, "several"],
    [{ target: "≥95%", actual: "≥95%" }, "not-a-value"],
    [{ target: "≥95次", actual: "有效完成" }, "words-for-number"],
    [{ target: "有效保障", actual: "95%" }, "number-for-words"],
    [{ target: "有效保障", actual: "情况复杂" }, "unknown-wording"],
    [{ target: "≥20人", actual: "20场" }, "unit"],
  ])("%j: %s", (cells, method) => {
    const row = due(cells);
    expect([row.method, row.due, row.low?.toFixed(), row.high?.toFixed()]).toEqual([method, null, "0", "10"]);
  });

  it("has no points where it has no weight, but still says whether it was met", () => {
    const row = due({ weight: "", target: "≥5次", actual: "5次" });
    expect([row.method, row.due, row.low, row.high, row.met]).toEqual(["no-weight", null, null, null, true]);
  });

  it("is not scored where it has neither weight nor target", () => {
    expect(told({ target: "", actual: "", weight: "" })).toBe("not-scored open");
  });
});
