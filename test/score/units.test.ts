// Whether a target and an actual can be compared as they are.
import { describe, expect, it } from "vitest";
import { decimal } from "../../src/decimal.ts";
import type { Quantity } from "../../src/model.ts";
import { readQuantity } from "../../src/normalize/quantity.ts";
import { sameUnit } from "../../src/normalize/units.ts";
import { alignUnits } from "../../src/score/units.ts";
import { words } from "../normalize/words.ts";

function quantity(cell: string): Quantity {
  const { reading } = readQuantity(cell, words);
  if (reading.kind !== "quantity") throw new RangeError(`${cell}: ${reading.kind}`);
  return reading;
}

const units = (target: string, actual: string, rateName = false): string => alignUnits(quantity(target), quantity(actual), rateName, (a, b) => sameUnit(a, b, words)).units;

describe("units of target and actual", () => {
  it.each([
    ["≥20人", "18人", "agree"],
    ["≥20", "18", "agree"],
    ["≥20人", "18", "agree"],
    ["≥20", "18人", "agree"],
    ["≥1.2万亩", "11000亩", "agree"],
    ["≥20人", "18场", "differ"],
    ["≥20人", "90%", "differ"],
    ["≥20人", "0场", "agree"],
    ["≥0%", "3件", "agree"],
    ["≥1.2万亩", "1.235", "open"],
    ["2.6万元", "2.5", "open"],
    ["500元/人", "500元", "open"],
    ["500元", "500元/人", "open"],
    ["500元/人", "500元/户", "differ"],
    ["2次/年", "2次", "agree"],
  ])("%s and %s: %s", (target, actual, expected) => {
    expect(units(target, actual)).toBe(expected);
  });

  it("takes a bare number beside a percentage for one only under a rate's name and above 1", () => {
    expect([units("≥95%", "98", true), units("≥95%", "98"), units("≥95%", "0.98", true), units("≥95%", "1", true), units("95", "98%", true)])
      .toEqual(["agree", "differ", "differ", "differ", "agree"]);
  });

  it("brings both into base units", () => {
    const { target, actual } = alignUnits(quantity("≥1.2万亩"), quantity("9000亩"), false, (a, b) => sameUnit(a, b, words));
    expect([target, actual]).toEqual([decimal(12_000), decimal(9000)]);
  });
});
