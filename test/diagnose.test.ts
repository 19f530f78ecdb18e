// Wrong numbers -> how they came about. Figures worked out by hand; where they prove nothing, nothing is said.
import { describe, expect, it } from "vitest";
import { decimal } from "../src/decimal.ts";
import { diagnose, diagnoses } from "../src/diagnose.ts";
import { known, missing } from "../src/fact.ts";
import { hasWord, LANGUAGES, loadLocale } from "../src/locale.ts";
import type { Fact } from "../src/model.ts";
import { loadRuleSet } from "../src/rules/load.ts";

const national = await loadRuleSet("national");

/** A number, a ratio or the parts of a sum, by the name of the fact. */
type Facts = Readonly<Record<string, string | readonly string[]>>;

/** `printed` as it stands in the cell, without its unit. */
function told(names: readonly string[], printed: string, right: string, facts: Facts = {}): string | null {
  return diagnose(names, { printed: decimal(printed), decimals: decimalsOf(printed), true: ratio(right), get: (name) => factFrom(facts[name]) });
}

/** Whether one diagnosis alone explains the number. */
const fits = (name: string, printed: string, right: string, facts: Facts = {}): boolean => told([name], printed, right, facts) === name;

/** What the rule says, which tries its diagnoses in its own order. */
function byRule(rule: string, printed: string, right: string, facts: Facts = {}): string | null {
  const names = national.rules.find(({ id }) => id === rule)?.source.diagnose;
  if (names === undefined) throw new RangeError(`${rule} names no diagnosis`);
  return told(names, printed, right, facts);
}

function factFrom(value: string | readonly string[] | undefined): Fact {
  if (value === undefined) return missing();
  if (typeof value === "string") return known(ratio(value), [], { text: value, decimals: decimalsOf(value) });
  return known(value.map((part) => decimal(part)));
}

const decimalsOf = (text: string): number => text.split(".")[1]?.length ?? 0;

/** `47.26/57.26` in percent, or the number itself. */
function ratio(text: string): ReturnType<typeof decimal> {
  const [part = "", whole] = text.split("/");
  return whole === undefined ? decimal(part) : decimal(part).times(decimal(100)).dividedBy(decimal(whole));
}

// 47.26 ÷ 57.26 = 82.5358…%
const RATE = "47.26/57.26";

describe("truncated", () => {
  it.each([
    ["82.00", RATE], // 82.53…
    ["82.53", RATE],
    ["82.50", "47.29/57.26"], // 82.588…: cut to one decimal
    ["82", "82.57"],
    ["12", "12.5"],
    ["13.28", "13.287"],
    ["11.66", "35/300"], // 11.666…
  ])("%s for %s", (printed, right) => {
    expect(fits("truncated", printed, right)).toBe(true);
  });

  it.each([
    ["83.00", RATE, "rounded up"],
    ["82.54", RATE, "right"],
    ["82.50", RATE, "82.53… rounded to one decimal is the same"],
    ["82.00", "82.30", "rounded to a whole number is the same"],
    ["82.52", RATE, "one short of it"],
    ["80.00", RATE, "tens are not decimals"],
    ["0.00", "0.83", "nothing is left"],
    ["9", "9.8", "one digit shows nothing"],
    ["82", "82.3", "right as it is printed"],
  ])("not %s for %s: %s", (printed, right) => {
    expect(fits("truncated", printed, right)).toBe(false);
  });
});

describe("rounded-to-integer", () => {
  it.each([["83.00", RATE], ["82.00", "82.30"], ["94.0", "93.64"]])("%s for %s", (printed, right) => {
    expect(fits("rounded-to-integer", printed, right)).toBe(true);
  });

  it.each([
    ["82.00", RATE, "cut off"],
    ["84.00", RATE, "one more"],
    ["83", RATE, "right as it is printed"],
    ["82.50", RATE, "not whole"],
  ])("not %s for %s: %s", (printed, right) => {
    expect(fits("rounded-to-integer", printed, right)).toBe(false);
  });
});

describe("rounded-to-one-decimal", () => {
  it.each([["82.50", RATE], ["8.30", "8.254"], ["4.80", "4.84"]])("%s for %s", (printed, right) => {
    expect(fits("rounded-to-one-decimal", printed, right)).toBe(true);
  });

  it.each([
    ["82.5", RATE, "right as it is printed"],
    ["8.20", "8.254", "cut off"],
    ["82.60", RATE, "0.1 more"],
  ])("not %s for %s: %s", (printed, right) => {
    expect(fits("rounded-to-one-decimal", printed, right)).toBe(false);
  });
});

describe("initial-budget-base", () => {
  const money = { executed: "47.26", adjustedBudget: "57.26", initialBudget: "75.26", weight: "10" };

  it("finds a rate on the initial budget, rounded or cut off", () => {
    // 47.26 ÷ 75.26 = 62.7956…%
    expect(["62.80", "62.79", "62.00", "63.00", "62.8"].map((printed) => fits("initial-budget-base", printed, RATE, money))).toEqual([true, true, true, false, true]);
  });

  it("finds a score on the initial budget", () => {
    // 10 × 47.26 ÷ 75.26 = 6.2795…
    expect(fits("initial-budget-base", "6.28", "8.2536", money)).toBe(true);
    expect(fits("initial-budget-base", "6.27", "8.2536", money)).toBe(true);
  });

  it("finds a saving rate on the initial budget, of either budget", () => {
    // true: 10 ÷ 57.26 = 17.46%; 10 ÷ 75.26 = 13.287…%; (75.26 − 47.26) ÷ 75.26 = 37.2043…%
    const saving = (printed: string): boolean => fits("initial-budget-base", printed, "10/57.26", money);
    expect([saving("13.29"), saving("13.28"), saving("37.20"), saving("13.30")]).toEqual([true, true, true, false]);
  });

  it("does not take the score for the rate or the rate for the saving", () => {
    expect(fits("initial-budget-base", "6.28", RATE, money)).toBe(false);
    expect(fits("initial-budget-base", "13.28", RATE, money)).toBe(false);
    expect(fits("initial-budget-base", "62.80", "10/57.26", money)).toBe(false);
  });

  it("is silent one digit beside it", () => {
    // 62.70 is cut to one decimal
    expect(["62.81", "62.78", "62.69", "62.70"].map((printed) => fits("initial-budget-base", printed, RATE, money))).toEqual([false, false, false, true]);
  });

  it.each([
    ["no initial budget", { executed: "47.26", adjustedBudget: "57.26" }],
    ["an initial budget of 0", { executed: "47.26", adjustedBudget: "57.26", initialBudget: "0" }],
    ["no adjusted budget", { executed: "47.26", initialBudget: "75.26" }],
    ["no executed amount", { adjustedBudget: "57.26", initialBudget: "75.26" }],
    ["one budget for both", { executed: "47.26", adjustedBudget: "75.26", initialBudget: "75.26" }],
  ])("is silent with %s", (_, facts: Facts) => {
    expect(fits("initial-budget-base", "62.80", RATE, facts)).toBe(false);
  });
});

describe("percent-as-fraction", () => {
  it.each([["0.83", RATE], ["0.825", RATE], ["1", "100"], ["0.8", "80"], ["1.00", "99.88"]])("%s for %s", (printed, right) => {
    expect(fits("percent-as-fraction", printed, right)).toBe(true);
  });

  it.each([
    ["0.82", RATE, "0.825… is 0.83"],
    ["1", "98.25", "one digit, rounded"],
    ["0.01", "0.8254", "one digit, rounded"],
    ["0.00", "0.12", "nothing is left"],
    ["8.25", RATE, "a tenth"],
  ])("not %s for %s: %s", (printed, right) => {
    expect(fits("percent-as-fraction", printed, right)).toBe(false);
  });
});

describe("unit-10000", () => {
  it.each([["472600", "47.26"], ["47.26", "472600"], ["0.0047", "47.26"], ["47.26", "472613.5"], ["3", "30000"]])("%s for %s", (printed, right) => {
    expect(fits("unit-10000", printed, right)).toBe(true);
  });

  it.each([
    ["47260", "47.26", "a thousand"],
    ["4726000", "47.26", "100,000"],
    ["47.27", "472600", "0.01 more"],
    ["3", "32000", "one digit, rounded"],
    ["0", "47.26", "nothing"],
    ["0.00", "47.26", "nothing"],
  ])("not %s for %s: %s", (printed, right) => {
    expect(fits("unit-10000", printed, right)).toBe(false);
  });
});

describe("digits-swapped", () => {
  it.each([
    ["98.52", "98.25"],
    ["82.45", RATE],
    ["85.24", "82.54"], // across the point
    ["28.54", "82.54"],
    ["22.68", "22.86"],
    ["-1.96", "-1.69"],
    ["21", "12"],
    ["8.9", "9.8"],
  ])("%s for %s", (printed, right) => {
    expect(fits("digits-swapped", printed, right)).toBe(true);
  });

  it.each([
    ["52.84", "82.54", "not neighbours"],
    ["28.45", "82.54", "two pairs"],
    ["98.53", "98.25", "other digits"],
    ["98.2", "98.25", "fewer digits"],
    ["0.50", "5.00", "the point has moved"],
    ["10", "1", "the point has moved"],
    ["1.69", "-1.69", "the sign"],
    ["5", "4", "one digit"],
  ])("not %s for %s: %s", (printed, right) => {
    expect(fits("digits-swapped", printed, right)).toBe(false);
  });
});

describe("point-shifted", () => {
  it.each([["8.25", RATE], ["825.36", RATE], ["82.5", "8.25"], ["0.8", "8"], ["825", "8.25"], ["0.50", "5.00"]])("%s for %s", (printed, right) => {
    expect(fits("point-shifted", printed, right)).toBe(true);
  });

  it.each([
    ["10", "98.25", "two digits, rounded: as likely the score in the rate's cell"],
    ["8", RATE, "one digit, rounded"],
    ["8.26", RATE, "other digits"],
    ["8254", "8.254", "three places"],
    ["0.00", "0.12", "nothing is left"],
  ])("not %s for %s: %s", (printed, right) => {
    expect(fits("point-shifted", printed, right)).toBe(false);
  });
});

describe("double-deduction", () => {
  // 10 − 2 × (10 − 9.8) = 9.6; 20 − 2 × (20 − 16.67) = 13.34; 28/300 is 9.333…: 10 − 2 × 0.666… = 8.67
  it.each([["9.6", "9.80", "10"], ["13.34", "16.67", "20"], ["8.67", "28/300", "10"], ["6", "8", "10"], ["-2", "4", "10"]])("%s where %s of %s is due", (printed, right, weight) => {
    expect(fits("double-deduction", printed, right, { weight })).toBe(true);
  });

  it.each([
    ["9.7", "9.80", "10", "other points"],
    ["13", "16.67", "20", "two digits, rounded"],
    ["3", "6.7", "10", "one digit, rounded"],
    ["0", "5", "10", "nothing left may have many causes"],
  ])("not %s where %s of %s is due: %s", (printed, right, weight) => {
    expect(fits("double-deduction", printed, right, { weight })).toBe(false);
  });

  it("is silent without a weight", () => {
    expect(fits("double-deduction", "9.6", "9.80")).toBe(false);
  });
});

describe("weighted-twice", () => {
  // 18 × 20 ÷ 100 = 3.6; 6.67 × 8 ÷ 100 = 0.5336
  it.each([["3.6", "18", "20"], ["0.53", "6.67", "8"], ["4", "20", "20"]])("%s where %s of %s is due", (printed, right, weight) => {
    expect(fits("weighted-twice", printed, right, { weight })).toBe(true);
  });

  it.each([["3.7", "18", "20"], ["4", "19", "20"], ["0", "0.5", "0.1"]])("not %s where %s of %s is due", (printed, right, weight) => {
    expect(fits("weighted-twice", printed, right, { weight })).toBe(false);
  });

  it("is silent without a weight", () => {
    expect(fits("weighted-twice", "3.6", "18")).toBe(false);
  });
});

describe("from-printed-rate", () => {
  const rate = { weight: "10", rate: "82.00", trueRate: RATE };

  it("finds a score that follows from a wrong rate", () => {
    expect(fits("from-printed-rate", "8.20", "8.2536", rate)).toBe(true);
    expect(fits("from-printed-rate", "8.2", "8.2536", rate)).toBe(true);
    // 10 × 0.83% = 0.083
    expect(fits("from-printed-rate", "0.08", "8.2536", { ...rate, rate: "0.83" })).toBe(true);
  });

  it.each([
    ["another score", "8.30", rate],
    ["a rate that is right", "8.25", { ...rate, rate: "82.54" }],
    ["a rate that is right for the decimals it prints", "8.30", { ...rate, rate: "83" }],
    ["no rate", "8.20", { weight: "10", trueRate: RATE }],
    ["no weight", "8.20", { rate: "82.00", trueRate: RATE }],
  ])("is silent with %s", (_, printed, facts: Facts) => {
    expect(fits("from-printed-rate", printed, "8.2536", facts)).toBe(false);
  });
});

describe("full-marks", () => {
  it.each([["10", "9.5"], ["10.00", "6.25"], ["10", "9.84"]])("%s of 10 where %s is due", (printed, right) => {
    expect(fits("full-marks", printed, right, { weight: "10" })).toBe(true);
  });

  it("finds 5 of 5 where 4.84 is due, though 5 is its rounding", () => {
    expect(told(["double-deduction", "full-marks", "truncated"], "5", "4.84", { weight: "5" })).toBe("full-marks");
  });

  it("is silent below the weight, and without one", () => {
    expect(fits("full-marks", "9.9", "9.5", { weight: "10" })).toBe(false);
    expect(fits("full-marks", "10", "9.5")).toBe(false);
  });
});

describe("parts of a sum", () => {
  const parts = ["17.37", "0", "5.49", "12.5"]; // 35.36

  it("finds the part that was left out or added twice", () => {
    expect(["17.99", "29.87", "22.86"].map((printed) => fits("part-omitted", printed, "35.36", { parts }))).toEqual([true, true, true]);
    expect(["52.73", "40.85", "47.86"].map((printed) => fits("part-twice", printed, "35.36", { parts }))).toEqual([true, true, true]);
  });

  it("is silent where the difference is no part, or nearly one", () => {
    expect(["17.98", "18.00", "12.50", "52.73"].map((printed) => fits("part-omitted", printed, "35.36", { parts }))).toEqual([false, false, false, false]);
    expect(["52.74", "17.99"].map((printed) => fits("part-twice", printed, "35.36", { parts }))).toEqual([false, false]);
  });

  it("does not call a total that was left at 0 an omitted part", () => {
    expect(fits("part-omitted", "0", "12.5", { parts: ["12.5", "0"] })).toBe(false);
  });

  it("is silent without parts", () => {
    expect([fits("part-omitted", "17.99", "35.36"), fits("part-twice", "52.73", "35.36")]).toEqual([false, false]);
  });
});

describe("inverted", () => {
  // 57.26 ÷ 47.26 = 121.159…%; 108 ÷ 88 = 122.7272…%
  it.each([["121.16", RATE], ["121", RATE], ["122.73", "88/108"]])("%s for %s", (printed, right) => {
    expect(fits("inverted", printed, right)).toBe(true);
  });

  it.each([["121.15", RATE], ["122", RATE], ["100.00", "0"]])("not %s for %s", (printed, right) => {
    expect(fits("inverted", printed, right)).toBe(false);
  });
});

describe("complement", () => {
  it.each([["17.46", RATE], ["17.5", RATE], ["20", "80"]])("%s for %s", (printed, right) => {
    expect(fits("complement", printed, right)).toBe(true);
  });

  it.each([
    ["17.47", RATE, "0.01 more"],
    ["17", RATE, "two digits, rounded"],
    ["50.00", "50.00", "right"],
    ["0.00", "100", "nothing"],
  ])("not %s for %s: %s", (printed, right) => {
    expect(fits("complement", printed, right)).toBe(false);
  });
});

describe("a number that is right as printed", () => {
  it("is given no cause", () => {
    const money = { executed: "47.26", adjustedBudget: "57.26", initialBudget: "57.262", weight: "10", rate: "82.54", trueRate: RATE, parts: ["0.001"] };
    const all = Object.keys(diagnoses);
    expect(["82.54", "82.5", "83"].map((printed) => told(all, printed, RATE, money))).toEqual([null, null, null]);
  });

  it("nor is one that nothing explains", () => {
    expect(told(Object.keys(diagnoses), "77.31", RATE, { executed: "47.26", adjustedBudget: "57.26", initialBudget: "75.26", weight: "10", rate: "82.54", trueRate: RATE })).toBeNull();
  });
});

describe("where two causes fit, the rule's order decides", () => {
  it("first named, first told", () => {
    expect(told(["point-shifted", "percent-as-fraction"], "0.83", RATE)).toBe("point-shifted");
    expect(told(["percent-as-fraction", "point-shifted"], "0.83", RATE)).toBe("percent-as-fraction");
    expect(told(["complement", "no-such-diagnosis", "inverted"], "121.16", RATE)).toBe("inverted");
    expect(told([], "82.00", RATE)).toBeNull();
  });

  it.each([
    // 47.26 ÷ 57.634 = 82.0002…%
    ["execution/rate", "82.00", RATE, { executed: "47.26", adjustedBudget: "57.26", initialBudget: "57.634" }, "truncated", "initial-budget-base"],
    ["execution/rate", "83.00", "82.96", {}, "rounded-to-integer", "rounded-to-one-decimal"],
    ["execution/rate", "0.83", RATE, {}, "percent-as-fraction", "point-shifted"],
    // 10.1 ÷ 57.26 = 17.638…%, 10.1 ÷ 59.41 = 17.0005…%
    ["cost/saving-rate", "17.00", "10.1/57.26", { executed: "47.16", adjustedBudget: "57.26", initialBudget: "59.41" }, "truncated", "initial-budget-base"],
    ["execution/score", "10.00", "8.2536", { weight: "10", rate: "100.00", trueRate: RATE }, "from-printed-rate", "full-marks"],
    ["execution/score", "8.20", "8.2536", { weight: "10", rate: "82.00", trueRate: RATE }, "from-printed-rate", "truncated"],
    // 10 × 47.26 ÷ 75.26 = 6.28, and the printed rate is that one
    ["execution/score", "6.28", "8.2536", { weight: "10", rate: "62.80", trueRate: RATE, executed: "47.26", adjustedBudget: "57.26", initialBudget: "75.26" }, "from-printed-rate", "initial-budget-base"],
    ["execution/score", "10.00", "9.8", { weight: "10" }, "full-marks", "rounded-to-integer"],
    ["score/proration", "10.00", "9.8", { weight: "10" }, "full-marks", "rounded-to-integer"],
    ["score/proration", "0.96", "9.6", { weight: "10" }, "weighted-twice", "point-shifted"],
    ["sangong/parts-total", "22.68", "22.86", { parts: ["17.37", "0.18", "5.31"] }, "part-omitted", "digits-swapped"],
    ["narrative/composition", "22.86", "22.68", { parts: ["17.37", "0.18", "5.13"] }, "part-twice", "digits-swapped"],
  ] as const)("%s, %s for %s", (rule, printed, right, facts: Facts, first, other) => {
    expect(fits(other, printed, right, facts)).toBe(true);
    expect(byRule(rule, printed, right, facts)).toBe(first);
  });
});

it("no rule names a diagnosis that does not exist or has no sentence", () => {
  const locales = LANGUAGES.map(loadLocale);
  const named = [...new Set(national.rules.flatMap(({ source }) => source.diagnose ?? []))].sort();
  expect(named.filter((name) => !Object.hasOwn(diagnoses, name))).toEqual([]);
  expect(named.filter((name) => !locales.every((locale) => hasWord(locale, "diagnoses", name)))).toEqual([]);
});
