// Integers of a numeral -> an exact number: as a fraction of safe integers while it fits, by decimal.js beyond. Owns decimal.js.
import { Decimal as Library } from "decimal.js";

// A constructor of our own: no global configuration is read or changed.
const Wide = Library.clone({ precision: 60, rounding: Library.ROUND_HALF_UP, toExpNeg: -1_000, toExpPos: 1_000 });

/** So many decimals a fraction over a power of ten may have. */
const MOST_PLACES = 15;
const POWERS: readonly number[] = Array.from({ length: MOST_PLACES + 1 }, (_, places) => 10 ** places);
const power = (places: number): number => POWERS[places] ?? Number.POSITIVE_INFINITY;
const isSafe = (value: number): boolean => value <= Number.MAX_SAFE_INTEGER && value >= -Number.MAX_SAFE_INTEGER;

/**
 * An exact number, never changed once made. `top / bottom` in lowest terms, both safe integers; where `places` is not negative, `bottom` is 10 to
 * that power and `top` has no zero at its end that is a decimal. A number that is none of these is in `wide`, to 60 digits, and has a `bottom` of 0.
 * One value has one form, so that equal numbers are deeply equal.
 */
export class Exact {
  readonly top: number;
  readonly bottom: number;
  readonly places: number;
  readonly wide: Library | null;

  constructor(top: number, bottom: number, places: number, wide: Library | null) {
    this.top = top;
    this.bottom = bottom;
    this.places = places;
    this.wide = wide;
  }

  plus(other: Exact): Exact {
    return added(this, other, 1);
  }

  minus(other: Exact): Exact {
    return added(this, other, -1);
  }

  times(other: Exact): Exact {
    if (this.wide === null && other.wide === null) {
      if (this.top === 0 || other.top === 0) return NOTHING;
      const top = this.top * other.top;
      const places = this.places + other.places;
      if (this.places >= 0 && other.places >= 0 && places <= MOST_PLACES && isSafe(top)) return fixed(top, places);
      const made = fraction(top, this.bottom * other.bottom);
      if (made !== null) return made;
    }
    return widened(wideOf(this).times(wideOf(other)));
  }

  /** The quotient; of 0 as divisor there is none: ask before. */
  dividedBy(other: Exact): Exact {
    if (this.wide === null && other.wide === null && other.top !== 0) {
      const made = this.places >= 0 && other.places >= 0 ? quotient(this, other) : fraction(this.top * other.bottom, this.bottom * other.top);
      if (made !== null) return made;
    }
    return widened(wideOf(this).dividedBy(wideOf(other)));
  }

  comparedTo(other: Exact): number {
    if (this.wide !== null || other.wide !== null) return wideOf(this).comparedTo(wideOf(other));
    if (this.bottom === other.bottom) return sign(this.top - other.top);
    const [left, right] = [this.top * other.bottom, other.top * this.bottom];
    if (isSafe(left) && isSafe(right)) return sign(left - right);
    const [a, b] = [BigInt(this.top) * BigInt(other.bottom), BigInt(other.top) * BigInt(this.bottom)];
    return a < b ? -1 : a > b ? 1 : 0;
  }

  equals(other: Exact): boolean {
    return this.comparedTo(other) === 0;
  }

  lessThan(other: Exact): boolean {
    return this.comparedTo(other) < 0;
  }

  lessThanOrEqualTo(other: Exact): boolean {
    return this.comparedTo(other) <= 0;
  }

  greaterThan(other: Exact): boolean {
    return this.comparedTo(other) > 0;
  }

  greaterThanOrEqualTo(other: Exact): boolean {
    return this.comparedTo(other) >= 0;
  }

  isZero(): boolean {
    return this.wide === null ? this.top === 0 : this.wide.isZero();
  }

  isNegative(): boolean {
    return this.wide === null ? this.top < 0 : this.wide.isNegative() && !this.wide.isZero();
  }

  negated(): Exact {
    if (this.wide !== null) return new Exact(0, 0, -1, this.wide.negated());
    return this.top === 0 ? this : new Exact(-this.top, this.bottom, this.places, null);
  }

  absoluteValue(): Exact {
    return this.isNegative() ? this.negated() : this;
  }

  /** With that many decimals: rounded half away from zero, or cut off. */
  toPlaces(places: number, cut: "half-up" | "down"): Exact {
    if (this.wide === null && this.places >= 0 && this.places <= places) return this;
    const units = this.units(places, cut);
    if (units !== null) return fixed(units, places);
    return widened(wideOf(this).toDecimalPlaces(places, cut === "down" ? Library.ROUND_DOWN : Library.ROUND_HALF_UP));
  }

  /** How many decimals the number needs. */
  decimalPlaces(): number {
    return this.wide === null && this.places >= 0 ? this.places : wideOf(this).decimalPlaces();
  }

  /** Plain digits: as many decimals as it needs, or that many, rounded half away from zero. */
  toFixed(places?: number): string {
    if (places === undefined) return this.wide === null && this.places >= 0 ? digits(this.top, this.places) : wideOf(this).toFixed();
    const units = this.wide === null && this.places >= 0 && this.places <= places ? aligned(this.top, places - this.places) : this.units(places, "half-up");
    return units !== null && places <= MOST_PLACES ? digits(units, places) : wideOf(this).toFixed(places, Library.ROUND_HALF_UP);
  }

  /** Equal numbers have one mark; all fractions and wide numbers share one. */
  mark(): number {
    return this.wide === null && this.places >= 0 ? this.top * 16 + this.places : -1;
  }

  toString(): string {
    return this.toFixed();
  }

  /** The number in units of 10 to the power of −places, as a whole number; null where that is too large. */
  private units(places: number, cut: "half-up" | "down"): number | null {
    if (this.wide !== null) return null;
    const top = this.top * power(places);
    if (!isSafe(top)) return null;
    const rest = top % this.bottom;
    const whole = (top - rest) / this.bottom;
    const up = cut === "half-up" && Math.abs(rest) * 2 >= this.bottom;
    return up ? whole + (top < 0 ? -1 : 1) : whole;
  }
}

const NOTHING = new Exact(0, 1, 0, null);

/** A number by its numeral, which is plain digits (`-12.50`). */
export function exact(numeral: string): Exact {
  const point = numeral.indexOf(".");
  const places = point < 0 ? 0 : numeral.length - point - 1;
  if (numeral.length <= MOST_PLACES) return fixed(Number(point < 0 ? numeral : numeral.slice(0, point) + numeral.slice(point + 1)), places);
  return widened(new Wide(numeral));
}

/** So many units of 10 to the power of −places, both whole numbers of up to 15 digits: 825 and 2 for 8.25. */
export const exactFrom = (units: number, places: number): Exact => fixed(units, places);

/** The number in decimal.js, to 60 digits. */
function wideOf(value: Exact): Library {
  if (value.wide !== null) return value.wide;
  return value.places >= 0 ? new Wide(digits(value.top, value.places)) : new Wide(value.top).dividedBy(value.bottom);
}

function widened(wide: Library): Exact {
  const places = wide.decimalPlaces();
  if (places <= MOST_PLACES && wide.precision(true) <= MOST_PLACES) return fixed(Number(wide.toFixed(places).replace(".", "")), places);
  return new Exact(0, 0, -1, wide);
}

/** Over a power of ten; zeros at the end that are decimals go. */
function fixed(top: number, places: number): Exact {
  if (top === 0) return NOTHING;
  let [units, left] = [top, places];
  while (left > 0 && units % 10 === 0) {
    units /= 10;
    left -= 1;
  }
  return left <= MOST_PLACES ? new Exact(units, power(left), left, null) : new Exact(0, 0, -1, new Wide(`${units}e-${left}`));
}

/** In lowest terms, over a power of ten where that can be; null where a part is no safe integer. */
function fraction(top: number, bottom: number): Exact | null {
  if (!isSafe(top) || !isSafe(bottom)) return null;
  if (top === 0) return NOTHING;
  const common = divisor(Math.abs(top), Math.abs(bottom)) * (bottom < 0 ? -1 : 1);
  const [over, under] = [top / common, bottom / common];
  let [rest, twos, fives] = [under, 0, 0];
  for (; rest % 2 === 0; rest /= 2) twos += 1;
  for (; rest % 5 === 0; rest /= 5) fives += 1;
  if (rest !== 1) return new Exact(over, under, -1, null);
  const places = Math.max(twos, fives);
  const units = places > MOST_PLACES ? Number.POSITIVE_INFINITY : over * (power(places) / under);
  return isSafe(units) ? fixed(units, places) : null;
}

/** Of two decimals: the powers of ten that they share fall out before, so that the numbers stay small. */
function quotient(a: Exact, b: Exact): Exact | null {
  const more = b.places - a.places;
  return more >= 0 ? fraction(a.top * power(more), b.top) : fraction(a.top, b.top * power(-more));
}

function divisor(a: number, b: number): number {
  let [left, right] = [a, b];
  while (right !== 0) [left, right] = [right, left % right];
  return left;
}

function added(a: Exact, b: Exact, way: 1 | -1): Exact {
  if (a.wide === null && b.wide === null && a.places >= 0 && b.places >= 0) {
    const places = Math.max(a.places, b.places);
    const [left, right] = [a.top * power(places - a.places), b.top * power(places - b.places)];
    const top = left + way * right;
    if (isSafe(left) && isSafe(right) && isSafe(top)) return fixed(top, places);
  }
  if (a.wide === null && b.wide === null) {
    const [left, right] = [a.top * b.bottom, b.top * a.bottom];
    const made = isSafe(left) && isSafe(right) ? fraction(left + way * right, a.bottom * b.bottom) : null;
    if (made !== null) return made;
  }
  return widened(way === 1 ? wideOf(a).plus(wideOf(b)) : wideOf(a).minus(wideOf(b)));
}

function aligned(top: number, more: number): number | null {
  const units = top * power(more);
  return isSafe(units) ? units : null;
}

/** -1250 with 2 decimals: `-12.50`. */
function digits(units: number, places: number): string {
  if (places === 0) return String(units);
  const all = String(Math.abs(units)).padStart(places + 1, "0");
  const whole = all.length - places;
  return `${units < 0 ? "-" : ""}${all.slice(0, whole)}.${all.slice(whole)}`;
}

const sign = (difference: number): number => (difference < 0 ? -1 : difference > 0 ? 1 : 0);
