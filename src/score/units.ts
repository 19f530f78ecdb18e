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
  return { units: unitsOf(target, actual, rateName, sameUnit), target: target.value, actual: actual.value };
}

function unitsOf(target: Measure, actual: Measure, rateName: boolean, sameUnit: (a: Unit, b: Unit) => boolean): Aligned["units"] {
  if (target.unit !== null && actual.unit !== null) {
    const same = target.unit === actual.unit || sameUnit(target.unit, actual.unit) || isZero(target.value) || isZero(actual.value);
    return same ? "agree" : isShort(target.unit, actual.unit) ? "open" : "differ";
  }
  if (target.unit === null && actual.unit === null) return "agree";
  const bare = target.unit === null ? target : actual;
  const unit = target.unit ?? actual.unit;
  if (unit === null || isZero(target.value) || isZero(actual.value)) return "agree";
  if (unit.kind === "percent") return rateName && bare.value.greaterThan(ONE) ? "agree" : "differ";
  return unit.scale.equals(ONE) ? "agree" : "open";
}

/** Whether one unit is the other without what it is divided by. */
function isShort(a: Unit, b: Unit): boolean {
  return a.name.startsWith(`${b.name}/`) || b.name.startsWith(`${a.name}/`);
}
