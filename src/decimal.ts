// Decimal text -> exact numbers -> decimal text. The only arithmetic of the project.
import { Exact, exact, exactFrom } from "./exact.ts";
import { remembered } from "./memo.ts";

export { exactFrom } from "./exact.ts";

/** An exact decimal number. Made by `parseDecimal`, used with the functions below only. */
export type Decimal = Exact;

/** More digits than any budget has; a longer numeral is not read, so that no division loses what decides a rounding. */
export const MOST_DIGITS = 28;

const NUMERAL = /^[+-]?\d+(?:\.\d+)?$/;

/** Reads `-12.50`; null for everything that is not plain decimal digits (`1e3`, `0x10`, `NaN`, `1,000`, over 28 digits). */
export const parseDecimal = remembered((text: string): Decimal | null => {
  if (!NUMERAL.test(text)) return null;
  if (text.replace(/\D/g, "").replace(/^0+/, "").length > MOST_DIGITS) return null;
  return exact(text);
});

/** A decimal that the program itself knows to be one; throws a RangeError where it is not. */
export function decimal(text: string | number): Decimal {
  if (typeof text === "number" && Number.isInteger(text) && Math.abs(text) < 1e15) return exactFrom(text, 0);
  const value = parseDecimal(String(text));
  if (value === null) throw new RangeError(`not a decimal number: ${text}`);
  return value;
}

export const ZERO = decimal(0);
export const ONE = decimal(1);
export const HUNDRED = decimal(100);

export function isDecimal(value: unknown): value is Decimal {
  return value instanceof Exact;
}

export const plus = (a: Decimal, b: Decimal): Decimal => a.plus(b);
export const minus = (a: Decimal, b: Decimal): Decimal => a.minus(b);
export const times = (a: Decimal, b: Decimal): Decimal => a.times(b);
/** The quotient, exact or to 60 digits; null where the divisor is 0. */
export const dividedBy = (a: Decimal, b: Decimal): Decimal | null => (b.isZero() ? null : a.dividedBy(b));
export const negated = (a: Decimal): Decimal => a.negated();
export const absolute = (a: Decimal): Decimal => a.absoluteValue();
export const compare = (a: Decimal, b: Decimal): number => a.comparedTo(b);
export const equals = (a: Decimal, b: Decimal): boolean => a.equals(b);
export const isZero = (a: Decimal): boolean => a.isZero();
export const isNegative = (a: Decimal): boolean => a.isNegative();
export const minimum = (a: Decimal, b: Decimal): Decimal => (a.lessThan(b) ? a : b);
export const maximum = (a: Decimal, b: Decimal): Decimal => (a.lessThan(b) ? b : a);

/** The sum; 0 for none. */
export function total(values: readonly Decimal[]): Decimal {
  return values.reduce(plus, ZERO);
}

/** Half up (away from zero at the half), as the scoring rules round: 8.245 -> 8.25. */
export function round(a: Decimal, places: number): Decimal {
  return a.toPlaces(places, "half-up");
}

/** The decimals after `places` cut off: 82.53 -> 82 at 0 places. */
export function truncate(a: Decimal, places: number): Decimal {
  return a.toPlaces(places, "down");
}

/** How many decimals the number needs: 8.250 -> 2. */
export function decimalsOf(a: Decimal): number {
  return a.decimalPlaces();
}

/** Plain digits without trailing zeros: `8.25`, `-0.5`. */
export const toText = (a: Decimal): string => (a.isZero() ? "0" : a.toFixed());

/** A whole number that equal numbers share, and few others do. */
export const markOf = (a: Decimal): number => a.mark();

/** Plain digits with that many decimals, rounded half up: `8.20`. */
export function toFixedText(a: Decimal, places: number): string {
  const text = a.toFixed(places);
  return text.startsWith("-0") && /^-0(?:\.0+)?$/.test(text) ? text.slice(1) : text;
}
