import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  absolute, compare, decimal, decimalsOf, dividedBy, equals, isDecimal, isNegative, isZero, maximum, minimum, minus, MOST_DIGITS,
  negated, parseDecimal, plus, round, times, toFixedText, total, toText, truncate, ZERO,
} from "../src/decimal.ts";

/** A number as an integer and how many of its digits are decimals: the reference that the tests compute with, in BigInt. */
interface Scaled { units: bigint; places: number }

const scaled = fc.record({ units: fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), places: fc.integer({ min: 0, max: 8 }) });

function print({ units, places }: Scaled): string {
  const digits = String(units < 0n ? -units : units).padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  const sign = units < 0n ? "-" : "";
  return places === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-places)}`;
}

/** The same value without trailing zeros. */
function shortest(value: Scaled): string {
  let { units, places } = value;
  while (places > 0 && units % 10n === 0n) [units, places] = [units / 10n, places - 1];
  return print({ units, places });
}

/** numerator ÷ denominator rounded half away from zero to `places`, by integers alone. */
function halfUp(numerator: bigint, denominator: bigint, places: number): Scaled {
  const negative = numerator < 0n !== denominator < 0n;
  const [n, d] = [numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator];
  const units = (n * 10n ** BigInt(places) * 2n + d) / (2n * d);
  return { units: negative ? -units : units, places };
}

const raise = ({ units, places }: Scaled, to: number): bigint => units * 10n ** BigInt(to - places);

describe("reading numerals", () => {
  test.each(["1e3", "0x10", "NaN", "Infinity", "1,000", "", " 1", "1 ", ".5", "5.", "１", "--1", "+", "1.2.3", "0b1", "1_000"])(
    "%j is not a numeral", (text) => { expect(parseDecimal(text)).toBeNull(); });

  test("a numeral of 28 digits is read, one of 29 is not, and leading zeros do not count", () => {
    expect(parseDecimal("9".repeat(MOST_DIGITS))).not.toBeNull();
    expect(parseDecimal("9".repeat(MOST_DIGITS + 1))).toBeNull();
    expect(parseDecimal(`${"0".repeat(100)}7`)).not.toBeNull();
    expect(parseDecimal("1".repeat(400))).toBeNull();
  });

  test("what the program takes for a number and is none throws", () => { expect(() => decimal("1e3")).toThrow(RangeError); });

  test("parsing and printing gives the shortest numeral of the same value", () => {
    fc.assert(fc.property(scaled, (value) => { expect(toText(decimal(print(value)))).toBe(shortest(value) === "-0" ? "0" : shortest(value)); }));
  });

  test("the decimals that a number needs are those of its shortest numeral", () => {
    fc.assert(fc.property(scaled, (value) => { expect(decimalsOf(decimal(print(value)))).toBe((shortest(value).split(".")[1] ?? "").length); }));
  });
});

describe("arithmetic is exact", () => {
  test("0.1 + 0.2 is 0.3", () => { expect(toText(plus(decimal("0.1"), decimal("0.2")))).toBe("0.3"); });

  test("the sum of any amounts is the sum of their integers, in every order", () => {
    fc.assert(fc.property(fc.array(scaled, { maxLength: 40 }), (values) => {
      const sum = shortest({ units: values.reduce((all, value) => all + raise(value, 8), 0n), places: 8 });
      expect(toText(total(values.map((value) => decimal(print(value)))))).toBe(sum);
      expect(toText(total(values.toReversed().map((value) => decimal(print(value)))))).toBe(sum);
    }));
  });

  test("the sum of nothing is 0", () => { expect(toText(total([]))).toBe("0"); });

  test("difference and product are those of the integers", () => {
    fc.assert(fc.property(scaled, scaled, (a, b) => {
      const [x, y] = [decimal(print(a)), decimal(print(b))];
      expect(toText(minus(x, y))).toBe(shortest({ units: raise(a, 8) - raise(b, 8), places: 8 }));
      expect(toText(times(x, y))).toBe(shortest({ units: a.units * b.units, places: a.places + b.places }));
    }));
  });

  test("comparison, sign, smaller and larger are those of the integers", () => {
    fc.assert(fc.property(scaled, scaled, (a, b) => {
      const [x, y] = [decimal(print(a)), decimal(print(b))];
      const difference = raise(a, 8) - raise(b, 8);
      expect(compare(x, y)).toBe(difference > 0n ? 1 : difference < 0n ? -1 : 0);
      expect(equals(x, y)).toBe(difference === 0n);
      expect(minimum(x, y)).toBe(difference < 0n ? x : y);
      expect(equals(maximum(x, y), difference < 0n ? y : x)).toBe(true);
      expect(isNegative(x)).toBe(a.units < 0n);
      expect(isZero(x)).toBe(a.units === 0n);
      expect(isNegative(absolute(x))).toBe(false);
      expect(isZero(plus(x, negated(x)))).toBe(true);
    }));
  });

  test("minus zero is zero", () => {
    expect(isNegative(negated(ZERO))).toBe(false);
    expect(toText(negated(ZERO))).toBe("0");
    expect(toFixedText(decimal("-0.001"), 2)).toBe("0.00");
  });

  test("a text is no decimal", () => {
    expect(isDecimal("1")).toBe(false);
    expect(isDecimal(ZERO)).toBe(true);
  });
});

describe("division", () => {
  test("nothing is divided by 0", () => { expect(dividedBy(decimal(1), ZERO)).toBeNull(); });

  test.each([["47.26", "57.26", "82.54"], ["270.6", "288", "93.96"], ["16.54", "20", "82.70"], ["155.95", "182", "85.69"], ["3116.73", "3405.37", "91.52"]])(
    "%s of %s is %s%%", (part, whole, percent) => {
      expect(toFixedText(times(dividedBy(decimal(part), decimal(whole))!, decimal(100)), 2)).toBe(percent);
    });

  test("a quotient, rounded, is the rational rounded half up", () => {
    fc.assert(fc.property(scaled, scaled.filter(({ units }) => units !== 0n), fc.integer({ min: 0, max: 6 }), (a, b, places) => {
      const quotient = dividedBy(decimal(print(a)), decimal(print(b)))!;
      const due = halfUp(raise(a, 8), raise(b, 8), places);
      expect(toText(round(quotient, places))).toBe(shortest(due));
    }));
  });
});

describe("rounding", () => {
  test.each([["8.245", 2, "8.25"], ["8.2449999", 2, "8.24"], ["-8.245", 2, "-8.25"], ["0.5", 0, "1"], ["1.5", 0, "2"], ["2.5", 0, "3"], ["85.745", 2, "85.75"]] as const)(
    "%s to %i places is %s", (text, places, rounded) => { expect(toText(round(decimal(text), places))).toBe(rounded); });

  test("rounding is half up against integers, and printing keeps the places", () => {
    fc.assert(fc.property(scaled, fc.integer({ min: 0, max: 8 }), (value, places) => {
      const due = halfUp(value.units, 10n ** BigInt(value.places), places);
      expect(toText(round(decimal(print(value)), places))).toBe(shortest(due));
      expect(toFixedText(decimal(print(value)), places)).toBe(print(due));
    }));
  });

  test("truncating cuts the decimals off towards zero", () => {
    fc.assert(fc.property(scaled, fc.integer({ min: 0, max: 8 }), (value, places) => {
      const units = (value.units * 10n ** BigInt(places)) / 10n ** BigInt(value.places);
      expect(toText(truncate(decimal(print(value)), places))).toBe(shortest({ units, places }));
    }));
  });
});
