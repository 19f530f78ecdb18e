// A printed total and its parts -> whether they add up, within what rounding of the parts allows.
import { absolute, compare, decimal, decimalsOf, equals, isZero, minus, round, times, total as sumOf, type Decimal } from "../decimal.ts";
import { known, missing, numberOf, underivable } from "../fact.ts";
import type { Fact, Subject } from "../model.ts";

/** `agrees` is null where it cannot be told. The facts are `total`, `sum`, `gap`, `gapSize`, `tolerance`, `parts` and `addsUp`. */
export interface Sum { agrees: boolean | null; facts: Subject["facts"] }

/**
 * Adds the parts that are there. Half a unit of the finest decimal printed is allowed for each nonzero part that has decimals; a total printed
 * with fewer decimals may be the rounded sum (`design/rules.md` §2). Nothing there is no part; nothing at all is no sum.
 */
export function addUp(total: Fact, parts: readonly Fact[]): Sum {
  const at = [...new Set([total, ...parts].flatMap((fact) => fact.at))];
  const open = parts.filter((part) => part.state === "unreadable" || part.state === "underivable");
  if (open.length > 0) return unsettled(underivable(["parts"], at), total);
  const values = parts.flatMap((part) => numberOf(part) ?? []);
  const printed = numberOf(total);
  if (values.length === 0) return unsettled(missing(at, false), total);
  const sum = sumOf(values);
  if (printed === null) return { ...unsettled(total.state === "missing" ? missing(at, total.blank) : underivable(["total"], at), total), facts: { total, sum: known(sum, at), addsUp: total.state === "missing" ? missing(at, total.blank) : underivable(["total"], at) } };
  const tolerance = toleranceOf(parts, total);
  const gap = minus(printed, sum);
  const agrees = compare(absolute(gap), tolerance) <= 0 || isRounded(total, printed, sum);
  const facts = { total, sum: known(sum, at), gap: known(gap, at), gapSize: known(absolute(gap), at), tolerance: known(tolerance, at), parts: known(values, at), addsUp: known(agrees, at) };
  return { agrees, facts };
}

/** The tolerance of a sum: half a unit of the finest printed decimal for each nonzero part with decimals. */
export function toleranceOf(parts: readonly Fact[], total: Fact): Decimal {
  const withDecimals = parts.filter((part) => {
    const value = numberOf(part);
    return value !== null && !isZero(value) && decimalsPrinted(part, value) > 0;
  });
  if (withDecimals.length === 0) return decimal(0);
  const finest = Math.max(...[...withDecimals, total].map((fact) => decimalsPrinted(fact, numberOf(fact))));
  return times(decimal(`0.${"0".repeat(finest)}5`), decimal(withDecimals.length));
}

/** Whether two printed amounts are one: equal, or the coarser is the finer one rounded. */
export function sameAmount(a: Fact, b: Fact): boolean | null {
  const [left, right] = [numberOf(a), numberOf(b)];
  if (left === null || right === null) return null;
  return equals(left, right) || isRounded(a, left, right) || isRounded(b, right, left);
}

function isRounded(fact: Fact, printed: Decimal, exact: Decimal): boolean {
  return equals(round(exact, decimalsPrinted(fact, printed)), printed);
}

function decimalsPrinted(fact: Fact, value: Decimal | null): number {
  if (fact.state === "known" && fact.decimals !== undefined) return fact.decimals;
  return value === null ? 0 : decimalsOf(value);
}

function unsettled(state: Fact, total: Fact): Sum {
  return { agrees: null, facts: { total, sum: state, addsUp: state } };
}
