// Numbers of many departments → how many lie in each band, where the quartiles are, and which lie outside.
import { absolute, compare, decimal, maximum, minus, plus, times, toText, ZERO, type Decimal } from "../decimal.ts";
import type { SummarySettings } from "./settings.ts";

/** From the lower end on, below the upper; null: open. */
export interface Band { from: string | null; to: string | null; count: number }

/** How many numbers lie in each band; a number on a limit is in the upper one. `unknown`: those that are not known. */
export function bandsOf(numbers: readonly (Decimal | null)[], limits: readonly Decimal[]): { bands: Band[]; unknown: number } {
  const known = numbers.filter((number) => number !== null);
  const ends = [null, ...limits, null];
  const bands = ends.slice(1).map((to, at): Band => {
    const from = ends[at] ?? null;
    const inside = known.filter((number) => (from === null || compare(number, from) >= 0) && (to === null || compare(number, to) < 0));
    return { from: from === null ? null : toText(from), to: to === null ? null : toText(to), count: inside.length };
  });
  return { bands, unknown: numbers.length - known.length };
}

export interface Quartiles { lower: Decimal; median: Decimal; upper: Decimal }

/** Quartiles as spreadsheets take them (QUARTILE.INC): between two numbers in proportion, exactly; null of none. */
export function quartilesOf(numbers: readonly Decimal[]): Quartiles | null {
  const sorted = [...numbers].sort(compare);
  const at = (quarters: number): Decimal | null => {
    const steps = (sorted.length - 1) * quarters;
    const [below, above] = [sorted[Math.floor(steps / 4)], sorted[Math.ceil(steps / 4)]];
    if (below === undefined || above === undefined) return null;
    return plus(below, times(minus(above, below), times(decimal(steps % 4), QUARTER)));
  };
  const [lower, median, upper] = [at(1), at(2), at(3)];
  return lower === null || median === null || upper === null ? null : { lower, median, upper };
}

const QUARTER = decimal("0.25");

export type Side = "low" | "high";

/** The numbers that were compared, and who lies outside. `low` and `high` are the fences: quartile ∓ reach × interquartile range. */
export interface Spread<T> {
  known: number;
  quartiles: Quartiles | null;
  low: Decimal | null;
  high: Decimal | null;
  outside: { entry: T; value: Decimal; side: Side }[];
}

/** Entries whose number lies outside the fences on a side that is asked for, the farthest first; none of fewer than `least` numbers. */
export function spreadOf<T>(entries: readonly { entry: T; value: Decimal }[], sides: readonly Side[], { reach, least }: Pick<SummarySettings, "reach" | "least">): Spread<T> {
  const quartiles = entries.length < least ? null : quartilesOf(entries.map(({ value }) => value));
  if (quartiles === null) return { known: entries.length, quartiles: null, low: null, high: null, outside: [] };
  const arm = times(minus(quartiles.upper, quartiles.lower), reach);
  const [low, high] = [minus(quartiles.lower, arm), plus(quartiles.upper, arm)];
  const sideOf = (value: Decimal): Side | null => (compare(value, low) < 0 ? "low" : compare(value, high) > 0 ? "high" : null);
  const far = (value: Decimal): Decimal => maximum(maximum(minus(low, value), minus(value, high)), ZERO);
  const outside = entries.flatMap(({ entry, value }) => {
    const side = sideOf(value);
    return side !== null && sides.includes(side) ? [{ entry, value, side }] : [];
  });
  return { known: entries.length, quartiles, low, high, outside: outside.sort((a, b) => compare(far(b.value), far(a.value)) || compare(absolute(b.value), absolute(a.value))) };
}
