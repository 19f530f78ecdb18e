import { Decimal as Library } from "decimal.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exact, type Exact } from "../src/exact.ts";

const Wide = Library.clone({ precision: 60, rounding: Library.ROUND_HALF_UP, toExpNeg: -1_000, toExpPos: 1_000 });

/** Numerals of forms and numerals at the edge of what safe integers hold. */
const numeral = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: 0, max: 9_999 }), fc.integer({ min: 0, max: 4 })).map(([whole, part, places]) => (places === 0 ? String(whole) : `${whole}.${String(part).padStart(places, "0").slice(0, places)}`)) },
  { weight: 2, arbitrary: fc.constantFrom("0", "-0", "0.00", "1", "10", "100", "0.1", "3", "7", "10000", "100000000", "0.005", "9007199254740991", "9007199254740993", "123456789012345", "0.000000000000001", "0.0000000000000000001") },
  { weight: 1, arbitrary: fc.tuple(fc.bigInt({ min: -(10n ** 27n), max: 10n ** 27n }), fc.integer({ min: 0, max: 20 })).map(([units, places]) => { const digits = String(units < 0n ? -units : units).padStart(places + 1, "0"); return `${units < 0n ? "-" : ""}${places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`}`; }) },
);

type Step = (a: Exact, b: Exact, x: Library, y: Library) => [Exact, Library] | null;
const steps: Record<string, Step> = {
  plus: (a, b, x, y) => [a.plus(b), x.plus(y)],
  minus: (a, b, x, y) => [a.minus(b), x.minus(y)],
  times: (a, b, x, y) => [a.times(b), x.times(y)],
  dividedBy: (a, b, x, y) => (y.isZero() ? null : [a.dividedBy(b), x.dividedBy(y)]),
  negated: (a, _, x) => [a.negated(), x.negated()],
  absoluteValue: (a, _, x) => [a.absoluteValue(), x.absoluteValue()],
};

/** The number as decimal.js has it, to fewer digits than either computes with: a chain of divisions is exact here and rounded there. */
const shown = (value: Library): string => (value.isZero() ? "0" : value.toSignificantDigits(40).toFixed());

const chain = fc.tuple(numeral, fc.array(fc.tuple(fc.constantFrom(...Object.keys(steps)), numeral), { minLength: 1, maxLength: 5 }));

describe("a number on integers is the number of decimal.js", () => {
  it("after any chain of operations", () => {
    fc.assert(fc.property(chain, ([start, operations]) => {
      let [mine, theirs] = [exact(start), new Wide(start)];
      for (const [name, text] of operations) {
        const next = steps[name]!(mine, exact(text), theirs, new Wide(text));
        if (next === null) continue;
        [mine, theirs] = next;
        expect(shown(new Wide(mine.toFixed()))).toBe(shown(theirs));
      }
    }), { numRuns: 3_000 });
  });

  it("rounded, cut off and printed with any number of decimals", () => {
    fc.assert(fc.property(numeral, numeral, fc.integer({ min: 0, max: 18 }), (a, b, places) => {
      const [mine, theirs] = new Wide(b).isZero() ? [exact(a), new Wide(a)] : [exact(a).dividedBy(exact(b)), new Wide(a).dividedBy(b)];
      const plain = (text: string): string => text.replace(/^-(?=0(?:\.0*)?$)/, "");
      expect(plain(mine.toFixed(places))).toBe(plain(theirs.toFixed(places, Library.ROUND_HALF_UP)));
      expect(plain(mine.toPlaces(places, "half-up").toFixed())).toBe(plain(theirs.toDecimalPlaces(places, Library.ROUND_HALF_UP).toFixed()));
      expect(plain(mine.toPlaces(places, "down").toFixed())).toBe(plain(theirs.toDecimalPlaces(places, Library.ROUND_DOWN).toFixed()));
    }), { numRuns: 3_000 });
  });

  it("in order, sign and decimals", () => {
    fc.assert(fc.property(numeral, numeral, numeral, (a, b, c) => {
      const [left, right] = new Wide(c).isZero() ? [exact(a), new Wide(a)] : [exact(a).dividedBy(exact(c)), new Wide(a).dividedBy(c)];
      const order = right.comparedTo(b);
      expect(left.comparedTo(exact(b))).toBe(order);
      expect([left.equals(exact(b)), left.lessThan(exact(b)), left.lessThanOrEqualTo(exact(b)), left.greaterThan(exact(b)), left.greaterThanOrEqualTo(exact(b))]).toEqual([order === 0, order < 0, order <= 0, order > 0, order >= 0]);
      expect([left.isZero(), left.isNegative(), left.decimalPlaces()]).toEqual([right.isZero(), right.isNegative() && !right.isZero(), right.decimalPlaces()]);
    }), { numRuns: 3_000 });
  });
});

describe("one value has one form", () => {
  it("however it came about", () => {
    expect(exact("8.20")).toEqual(exact("8.2"));
    expect(exact("-0.00")).toEqual(exact("0"));
    expect(exact("1").dividedBy(exact("8"))).toEqual(exact("0.125"));
    expect(exact("10").dividedBy(exact("6"))).toEqual(exact("5").dividedBy(exact("3")));
    expect(exact("1").dividedBy(exact("3")).times(exact("3"))).toEqual(exact("1"));
    expect(exact("9007199254740993").minus(exact("9007199254740000"))).toEqual(exact("993"));
  });

  it("so that what leaves the integers and comes back is as it was", () => {
    fc.assert(fc.property(numeral, numeral, (a, b) => { expect(exact(a).plus(exact(b)).minus(exact(b))).toEqual(exact(a)); }), { numRuns: 2_000 });
  });
});
