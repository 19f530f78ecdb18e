// Formulas: what they derive, what they leave open, and where they stop making sense.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimal, isDecimal, toText } from "../../src/decimal.ts";
import type { Fact, Value } from "../../src/model.ts";
import { compileFormula } from "../../src/rules/formula.ts";
import { parseFormula } from "../../src/rules/syntax.ts";

const known = (value: Value, at: string[] = []): Fact => ({ state: "known", value, at });
const facts: Record<string, Fact> = {
  weight: known(decimal(10), ["/w"]),
  executed: known(decimal("47.26"), ["/e"]),
  adjustedBudget: known(decimal("57.26"), ["/b"]),
  zero: known(decimal(0), ["/z"]),
  "execution.lowRate": known(decimal(90)),
  parts: known([decimal("1.1"), decimal("2.2"), decimal("3.3")], ["/p/0", "/p/1"]),
  none: known([]),
  words: known(["甲", "乙"]),
  name: known("法律援助", ["/n"]),
  flag: known(true),
  blank: { state: "missing", blank: true, at: ["/blank"] },
  absent: { state: "missing", blank: false, at: [] },
  blurred: { state: "unreadable", text: "约十", at: ["/blurred"] },
  derived: { state: "underivable", lacks: ["blurred"], at: ["/blurred"] },
};
const derive = (text: string): Fact => compileFormula(text).derive((name) => facts[name] ?? { state: "missing", blank: false, at: [] });
const valueOf = (text: string): string => {
  const fact = derive(text);
  return fact.state === "known" && isDecimal(fact.value) ? toText(fact.value) : fact.state;
};

describe("a formula", () => {
  it.each([
    ["1 + 2 * 3", "7"],
    ["(1 + 2) * 3", "9"],
    ["7 - 2 - 1", "4"],
    ["8 / 4 / 2", "1"],
    ["-2 * -3 - -1", "7"],
    ["--5", "5"],
    ["0.1 + 0.2", "0.3"],
    ["round(weight * executed / adjustedBudget, 2)", "8.25"],
    ["trunc(100 * executed / adjustedBudget, 0)", "82"],
    ["round(0.125, 2)", "0.13"],
    ["round(-0.125, 2)", "-0.13"],
    ["min(weight, 3, executed)", "3"],
    ["max(parts)", "3.3"],
    ["max(parts, 4)", "4"],
    ["sum(parts) + sum(none)", "6.6"],
    ["sum(weight, parts)", "16.6"],
    ["count(words)", "2"],
    ["count(none)", "0"],
    ["abs(3 - weight)", "7"],
    ["execution.lowRate / 100", "0.9"],
    ["  weight\t*2 ", "20"],
    ["1 / zero", "missing"],
    ["weight / (weight - 10)", "missing"],
    ["min(none)", "missing"],
    ["round(1, 0.5)", "missing"],
    ["blank + absent", "missing"],
    ["blank + blurred", "underivable"],
    ["name + 1", "underivable"],
    ["flag", "underivable"],
    ["parts", "underivable"],
    ["sum(words)", "underivable"],
    ["1 / zero + name", "underivable"],
  ])("%s is %s", (text, expected) => {
    expect(valueOf(text)).toBe(expected);
  });

  it("says where all its operands stood, known or not", () => {
    expect(derive("weight * executed + weight").at).toEqual(["/w", "/e"]);
    expect(derive("weight * blank")).toEqual({ state: "missing", blank: true, at: ["/w", "/blank"] });
    expect(derive("absent * blank")).toEqual({ state: "missing", blank: true, at: ["/blank"] });
  });

  it("says which cells it lacks, also through other derived facts", () => {
    expect(derive("derived + blank")).toEqual({ state: "underivable", lacks: ["blurred", "blank"], at: ["/blurred", "/blank"] });
    expect(derive("name * 2")).toEqual({ state: "underivable", lacks: ["name"], at: ["/n"] });
  });

  it("keeps every digit of a sum", () => {
    const cents = fc.integer({ min: -1e9, max: 1e9 });
    fc.assert(fc.property(cents, cents, (a, b) => {
      const text = (n: number): string => `${n < 0 ? "-" : ""}${Math.floor(Math.abs(n) / 100)}.${String(Math.abs(n) % 100).padStart(2, "0")}`;
      expect(valueOf(`100 * (${text(a)} + ${text(b)})`)).toBe(String(a + b));
    }));
  });
});

describe("a formula that makes no sense", () => {
  it.each([
    ["1 +", "formula-end", 4],
    ["(1 + 2", "formula-end", 7],
    ["1 2", "formula-unexpected", 3],
    ["weight ** 2", "formula-unexpected", 9],
    ["1 ÷ 2", "formula-character", 3],
    ["a > b", "formula-character", 3],
    ["weight[0]", "formula-character", 7],
    ["1e3", "formula-unexpected", 2],
    [".5", "formula-character", 1],
    ["constructor(1)", "formula-function", 1],
    ["2 * sqrt(4)", "formula-function", 5],
    ["round(1)", "formula-inputs", 1],
    ["abs(1, 2)", "formula-inputs", 1],
    ["", "formula-end", 1],
    [`1 + ${"9".repeat(40)}`, "formula-number", 5],
    ["(".repeat(200), "formula-depth", 33],
    ["-".repeat(399) + "1", "formula-depth", 33],
    ["1+".repeat(250), "formula-length", 401],
  ])("%s: %s at column %d", (text, code, column) => {
    const parsed = parseFormula(text);
    expect("mistake" in parsed && [parsed.mistake.code, parsed.mistake.column]).toEqual([code, column]);
    expect(() => compileFormula(text)).toThrow(RangeError);
  });

  it("never throws anything but its own mistake, whatever the text", () => {
    fc.assert(fc.property(fc.oneof(fc.string({ maxLength: 60 }), fc.array(fc.constantFrom("1", "a", "+", "-", "*", "/", "(", ")", ",", "sum", " ", "."), { maxLength: 30 }).map((parts) => parts.join(""))), (text) => {
      const parsed = parseFormula(text);
      expect("mistake" in parsed || "formula" in parsed).toBe(true);
    }));
  });
});
