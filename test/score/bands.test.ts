// Qualitative rows: the band of what was attained, and which scores lie in it.
import { describe, expect, it } from "vitest";
import { decimal } from "../../src/decimal.ts";
import type { ParameterValue } from "../../src/model.ts";
import { attainmentOf } from "../../src/score/attainment.ts";
import { inBand } from "../../src/score/due.ts";
import { due, scoringWords } from "./rows.ts";

const words = scoringWords.attainment;
const row = (actual: string, weight: string, changed: Readonly<Record<string, ParameterValue>> = {}): ReturnType<typeof due> => due({ target: "有效保障", actual, weight }, changed);

describe("bands", () => {
  it.each([
    ["达成年度指标", "met", "8", "10"],
    ["部分达成年度指标并具有一定效果", "partly", "6", "8"],
    ["未达成年度指标", "unmet", "0", "6"],
  ])("%s is %s: %s to %s of 10", (actual, attainment, low, high) => {
    const { judged, due: points, ...band } = row(actual, "10");
    expect([judged, points, band.attainment, band.low?.toFixed(), band.high?.toFixed()]).toEqual([true, null, attainment, low, high]);
  });

  it("are shares of the weight, rounded to the places of a score", () => {
    // 80% and 100% of 7.33: 5.864 and 7.33
    const { low, high } = row("达成", "7.33");
    expect([low?.toFixed(), high?.toFixed()]).toEqual(["5.86", "7.33"]);
  });

  it.each([
    ["达成", "8", true], ["达成", "7.99", false], ["达成", "10", true], ["达成", "10.01", false],
    ["部分达成", "6", true], ["部分达成", "5.99", false], ["部分达成", "7.99", true], ["部分达成", "8", false],
    ["未达成", "0", true], ["未达成", "5.99", true], ["未达成", "6", false], ["未达成", "-0.01", false],
  ])("%s scored %s of 10: inside is %s", (actual, score, inside) => {
    expect(inBand(decimal(score), row(actual, "10"))).toBe(inside);
  });

  it("follow the set's parameters", () => {
    const bands = [{ attainment: "met", low: "80", high: "100" }, { attainment: "partly", low: "50", high: "80", highIncluded: "true" }, { attainment: "unmet", low: "0", high: "50", highIncluded: "false" }];
    const partly = row("部分达成", "10", { "score.bands": bands });
    expect([inBand(decimal("5"), partly), inBand(decimal("8"), partly), inBand(decimal("8.01"), partly)]).toEqual([true, true, false]);
  });

  it("are none for figures, and none without a weight", () => {
    expect(inBand(decimal("9"), due({ target: "≥5次", actual: "4次" }))).toBeNull();
    expect(inBand(decimal("9"), row("达成", ""))).toBeNull();
  });
});

describe("the attainment that a wording states", () => {
  it.each([
    ["有效保障", "有效保障", "met"],
    ["长治久安", "长治久安", "met"],
    ["有效保障", "有效保障了机关运转。", "met"],
    ["不发生事故", "未发生安全事故", "met"],
    ["明显提高", "部分达成", "partly"],
    ["明显提高", "有所提高", "partly"],
    ["有所提高", "群众守法意识有所提高", "met"],
    ["弥补经费不足", "有效弥补经费不足", "met"],
    ["减少污染", "持续减少污染排放", "met"],
    ["减少污染", "未减少污染", null],
    ["明显提高", "效果不明显", "unmet"],
    ["明显提高", "未完成", "unmet"],
    ["明显提高", "难以提高", null],
    ["明显提高", "有待提高", null],
    ["明显提高", "情况复杂", null],
    ["明显提高", "完成，但保障不足", null],
    ["明显提高", "，。", null],
  ])("target %s, actual %s: %s", (target, actual, attainment) => {
    expect(attainmentOf(target, actual, words)).toBe(attainment);
  });

  it("does not turn on full or half width, spaces or punctuation", () => {
    expect(attainmentOf("达到Ａ级 水平", "达到A级水平。", { ...words, met: [] })).toBe("met");
  });
});
