// Target and actual as read -> two numbers in one unit, or that their units do not fit.
import { isZero, ONE, type Decimal } from "../decimal.ts";
import type { Quantity, Unit } from "../model.ts";

type Measure = Pick<Quantity, "value" | "unit">;

export interface Aligned { units: "agree" | "differ" | "open"; target: Decimal; actual: Decimal }

/**
 * Brings two quantities into one unit. Zero needs none. A bare number beside a percentage is a percentage where the name is a rate's and the
 * number is above 1; a bare number beside a plain unit is taken in that unit; beside a scaled one (1.2万亩 and 1.235) it stays open, and so does
 * a unit that may be another's beginning (500元/人 and 500元).
 */
export function alignUnits(target: Measure, actual: Measure, rateName: boolean, sameUnit: (a: Unit, b: Unit) => boolean): Aligned {
  const numbers = { target: target.value, actual: actual.value };
  if (target.unit !== null && actual.unit !== null) {
    const same = sameUnit(target.unit, actual.unit) || isZero(target.value) || isZero(actual.value);
    return { ...numbers, units: same ? "agree" : isShort(target.unit, actual.unit) ? "open" : "differ" };
  }
  if (target.unit === null && actual.unit === null) return { ...numbers, units: "agree" };
  const [bare, unit] = target.unit === null ? [target, actual.unit] : [actual, target.unit];
  if (unit === null || isZero(target.value) || isZero(actual.value)) return { ...numbers, units: "agree" };
  if (unit.kind === "percent") return { ...numbers, units: rateName && bare.value.greaterThan(ONE) ? "agree" : "differ" };
  return { ...numbers, units: unit.scale.equals(ONE) ? "agree" : "open" };
}

/** Whether one unit is the other without what it is divided by. */
function isShort(a: Unit, b: Unit): boolean {
  return a.name.startsWith(`${b.name}/`) || b.name.startsWith(`${a.name}/`);
}
