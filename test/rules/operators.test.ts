// What each operator answers, by cases worked out by hand.
import { describe, expect, it } from "vitest";
import { decimal } from "../../src/decimal.ts";
import type { Fact, LeafValue, Value } from "../../src/model.ts";
import { literalValue, operatorNamed, operators } from "../../src/rules/operators.ts";

const known = (value: Value, decimals?: number): Fact => ({ state: "known", value, at: [], ...(decimals === undefined ? {} : { decimals }) });
const test = (fact: Fact, operator: string, value: Value | LeafValue = true): boolean => operatorNamed(operator)!.test(fact, value);

describe("printedAs", () => {
  it.each<[string, number, string, boolean]>([
    ["86", 0, "85.75", true],
    ["85", 0, "85.75", false],
    ["82.00", 2, "82.54", false],
    ["82", 0, "82.54", false],
    ["83", 0, "82.54", true],
    ["82.5", 1, "82.54", true],
    ["82.54", 2, "82.535801607", true],
    ["82.53", 2, "82.535801607", false],
    ["82.536", 3, "82.535801607", true],
    ["82.540", 3, "82.535801607", false],
    ["8.25", 2, "8.245", true],
    ["8.24", 2, "8.245", false],
    ["100.00", 2, "100", true],
    ["82.53580160670628", 14, "82.535801606706252183", true],
  ])("%s (with %d decimals) for %s: %s", (printed, decimals, truth, right) => {
    expect(test(known(decimal(printed), decimals), "printedAs", decimal(truth))).toBe(right);
  });
});

describe("comparisons", () => {
  it.each<[Value, string, Value | LeafValue, boolean]>([
    [decimal(9), "lessThan", 10, true],
    [decimal(10), "lessThan", 10, false],
    [decimal(10), "lessThanInclusive", "10.0", true],
    [decimal("0.3"), "greaterThan", 0.1, true],
    [decimal(10), "greaterThanInclusive", decimal(10), true],
    [decimal("8.20"), "equal", 8.2, true],
    [decimal("8.20"), "equal", "8.2", true],
    [decimal("8.20"), "equal", "良", false],
    ["8.20", "equal", "8.2", false],
    ["良", "notEqual", "优", true],
    [true, "equal", true, true],
    [true, "equal", "true", false],
    [[decimal(1)], "equal", [1], true],
    ["良", "in", ["优", "良"], true],
    [decimal("20.0"), "in", [10, 20], true],
    ["良", "notIn", ["优", "良"], false],
    ["办理法律援助案件数", "contains", "援助", true],
    [["甲", "乙"], "contains", "乙", true],
    [["甲", "乙"], "doesNotContain", "丙", true],
    ["三公经费控制率", "containsAny", ["调整率", "控制率"], true],
    ["三公经费控制率", "containsAny", [], false],
  ])("%j %s %j: %s", (fact, operator, value, expected) => {
    expect(test(known(fact), operator, value)).toBe(expected);
  });
});

describe("states", () => {
  const states: Record<string, Fact> = {
    known: known("x"), blank: { state: "missing", blank: true, at: [] }, absent: { state: "missing", blank: false, at: [] },
    unreadable: { state: "unreadable", text: "x", at: [] }, underivable: { state: "underivable", lacks: [], at: [] },
  };
  it.each([
    ["given", ["known", "unreadable"]], ["missing", ["blank", "absent"]], ["blank", ["blank"]], ["absent", ["absent"]], ["readable", ["known"]], ["unreadable", ["unreadable"]],
  ])("%s holds for %j only", (operator, expected) => {
    expect(Object.keys(states).filter((state) => test(states[state]!, operator))).toEqual(expected);
    expect(operators[operator]).toMatchObject({ onState: true, operand: "none" });
  });
});

describe("literals", () => {
  it("are the decimals that they are written as", () => {
    expect(literalValue(0.1)).toEqual(decimal("0.1"));
    expect(literalValue([1, "优"])).toEqual(["1", "优"]);
    expect(() => literalValue(1e30)).toThrow(RangeError);
  });
  it("name no operator of JavaScript's own", () => {
    expect(operatorNamed("toString")).toBeUndefined();
    expect(operatorNamed("__proto__")).toBeUndefined();
  });
});
