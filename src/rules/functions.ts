// The functions that a formula may call: one entry a function.
import { absolute, decimal, maximum, minimum, round, total, truncate, type Decimal } from "../decimal.ts";

export interface FormulaFunction {
  /** How many inputs it takes. */
  least: number;
  most: number;
  /** Whether a list may be an input, standing for its entries: of numbers, or of anything (then `of` gets texts too). */
  lists?: "numbers" | "any";
  /** The result; null where there is none. */
  of: (inputs: readonly Decimal[]) => Decimal | null;
}

export const functions: Readonly<Record<string, FormulaFunction>> = {
  min: { least: 1, most: 20, lists: "numbers", of: (inputs) => chosen(inputs, minimum) },
  max: { least: 1, most: 20, lists: "numbers", of: (inputs) => chosen(inputs, maximum) },
  sum: { least: 1, most: 20, lists: "numbers", of: total },
  count: { least: 1, most: 1, lists: "any", of: (inputs) => decimal(inputs.length) },
  abs: { least: 1, most: 1, of: ([a]) => (a === undefined ? null : absolute(a)) },
  round: { least: 2, most: 2, of: ([a, places]) => toPlaces(a, places, round) },
  trunc: { least: 2, most: 2, of: ([a, places]) => toPlaces(a, places, truncate) },
};

/** Decimals beyond these are never printed. */
const MOST_PLACES = 20;

function toPlaces(a: Decimal | undefined, places: Decimal | undefined, cut: (a: Decimal, places: number) => Decimal): Decimal | null {
  const count = Number(places);
  return a === undefined || !Number.isInteger(count) || count < 0 || count > MOST_PLACES ? null : cut(a, count);
}

function chosen(inputs: readonly Decimal[], choose: (a: Decimal, b: Decimal) => Decimal): Decimal | null {
  const [first, ...rest] = inputs;
  return first === undefined ? null : rest.reduce(choose, first);
}
