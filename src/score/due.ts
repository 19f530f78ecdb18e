// One indicator row as read -> the score it is due, or the bounds of it.
import { absolute, compare, decimal, dividedBy, HUNDRED, isNegative, minimum, minus, ONE, round, times, ZERO, type Decimal } from "../decimal.ts";
import { numberOf } from "../fact.ts";
import type { Due, IndicatorRow, Quantity, Reading, ScoreMethod, Unit } from "../model.ts";
import { attainmentOf, type AttainmentWords } from "./attainment.ts";
import { directionOf, type DirectionWords } from "./direction.ts";
import type { ScoringSettings } from "./settings.ts";
import { endsWithAny } from "../word-list.ts";
import { alignUnits } from "./units.ts";

export interface ScoringWords { direction: DirectionWords; attainment: AttainmentWords }

/** What the score stage needs to know of readings: given by the spine, so that stages do not import each other. */
export interface ReadingTools {
  sameUnit: (a: Unit, b: Unit) => boolean;
  /** First and last day that a date reading covers, ISO; null for none. */
  days: (reading: Extract<Reading, { kind: "date" }>) => { first: string; last: string } | null;
}

interface Context { row: IndicatorRow; weight: Decimal | null; settings: ScoringSettings; words: ScoringWords; tools: ReadingTools }

/** The score that a row should have been given (`design/rules.md` §2, after 财预〔2020〕10号). */
export function dueOf(row: IndicatorRow, settings: ScoringSettings, words: ScoringWords, tools: ReadingTools): Due {
  const context: Context = { row, weight: numberOf(row.weight), settings, words, tools };
  const { target, actual } = row;
  if (!row.live) return open(context, "not-scored", {});
  if (target.kind === "blank" || actual.kind === "blank") return open(context, "missing", {});
  if (target.kind === "unreadable") return open(context, "unreadable", {});
  if (target.kind === "several") return open(context, "several", {});
  if (actual.kind === "quantity" && actual.comparison !== null) return open(context, "not-a-value", {});
  if (target.kind === "words") return qualitative(context);
  if (target.kind === "date") return dated(context, target);
  if (actual.kind === "several") return open(context, "several", {});
  if (actual.kind === "words") return open(context, "words-for-number", {});
  if (actual.kind !== "quantity") return open(context, "unreadable", {});
  return target.kind === "range" ? ranged(context, target, actual) : measured(context, target, actual);
}

function measured(context: Context, target: Quantity, actual: Quantity): Due {
  const { row, words, settings } = context;
  const percent = target.unit?.kind === "percent" || actual.unit?.kind === "percent";
  const direction = directionOf(
    { name: row.name, level1: row.indicator.level1 ?? "", level2: row.indicator.level2 ?? "", comparison: target.comparison, percent },
    words.direction,
  );
  const aligned = alignUnits(target, actual, isRate(context), context.tools.sameUnit);
  if (aligned.units !== "agree") return open(context, "unit", { direction, units: aligned.units });
  const facts = { direction, units: aligned.units, numbers: { target: aligned.target, actual: aligned.actual } };
  const order = compare(aligned.actual, aligned.target);
  if (direction === "unknown" && order < 0) return open(context, "unknown-direction", facts);
  if (direction === "less") return lessIsBetter(context, aligned.target, aligned.actual, facts, target.comparison === "<" && settings.strictGreater);
  const strict = target.comparison === ">" && settings.strictGreater;
  if (strict ? order > 0 : order >= 0) return settled(context, "met", ONE, true, facts);
  if (isNegative(aligned.target)) return open(context, "negative-target", facts, false);
  return settled(context, "prorated", share(aligned.actual, aligned.target), false, facts);
}

type Known = Partial<Pick<Due, "direction" | "units" | "numbers" | "attainment" | "met">>;

function lessIsBetter(context: Context, target: Decimal, actual: Decimal, facts: Known, strict: boolean): Due {
  const order = compare(actual, target);
  if (strict ? order < 0 : order <= 0) return settled(context, "met", ONE, true, facts);
  if (isNegative(target)) return open(context, "negative-target", facts, false);
  if (context.settings.reverseMethod === "ratio") {
    return settled(context, "reverse-ratio", share(target, actual), false, facts);
  }
  const excess = dividedBy(minus(actual, target), absolute(target));
  return settled(context, "reverse-linear", excess === null ? ZERO : minus(ONE, excess), false, facts);
}

function ranged(context: Context, range: Extract<Reading, { kind: "range" }>, actual: Quantity): Due {
  const { units } = alignUnits({ value: range.high, unit: range.unit }, actual, isRate(context), context.tools.sameUnit);
  if (units !== "agree") return open(context, "unit", { units });
  const facts: Known = { units, numbers: { target: range.low, actual: actual.value } };
  if (compare(actual.value, range.low) < 0) return settled(context, "range", share(actual.value, range.low), false, facts);
  const above = { ...facts, numbers: { target: range.high, actual: actual.value } };
  if (compare(actual.value, range.high) > 0) return settled(context, "range", share(range.high, actual.value), false, above);
  return settled(context, "met", ONE, true, facts);
}

const isRate = ({ row, words }: Context): boolean => endsWithAny(row.name, words.direction.rates);

function dated(context: Context, target: Extract<Reading, { kind: "date" }>): Due {
  const { actual } = context.row;
  if (actual.kind === "words") return qualitative(context);
  if (actual.kind !== "date") return open(context, "unreadable", {});
  const deadline = context.tools.days(target);
  const done = context.tools.days(actual);
  if (deadline === null || done === null) return open(context, "unreadable", {});
  if (done.last <= deadline.last) return settled(context, "date-met", ONE, true, {});
  if (done.first <= deadline.last) return open(context, "unreadable", {});
  const { lateDeduction } = context.settings;
  if (lateDeduction === null) return open(context, "date-late", {}, false);
  return settled(context, "late-deduction", minus(ONE, lateDeduction.dividedBy(HUNDRED)), false, {});
}

function qualitative(context: Context): Due {
  const { row, weight, settings, words } = context;
  const { target, actual } = row;
  if (actual.kind === "quantity" || actual.kind === "range") return open(context, "number-for-words", {});
  const attainment = attainmentOf(target.text, actual.text, words.attainment);
  const band = settings.bands.find((entry) => entry.attainment === attainment);
  if (attainment === null || band === undefined) return open(context, "unknown-wording", {});
  const bound = (percent: Decimal): Decimal | null => (weight === null ? null : round(times(weight, percent.dividedBy(HUNDRED)), settings.places));
  const judged = { exact: null, due: null, low: bound(band.low), high: bound(band.high), judged: true, highIncluded: band.highIncluded };
  return dueFrom("qualitative", judged, { met: attainment === "met", attainment });
}

/** A share of the weight that the figures settle: nothing at the least, the whole weight at the most. */
function settled(context: Context, method: ScoreMethod, part: Decimal, met: boolean, facts: Known): Due {
  const { weight, settings } = context;
  if (weight === null) return open(context, "no-weight", facts, met);
  const exact = part === ONE ? weight : times(weight, isNegative(part) ? ZERO : minimum(part, ONE));
  const due = round(exact, settings.places);
  return dueFrom(method, { exact, due, low: due, high: due, judged: false, highIncluded: true }, facts, met);
}

/** A row whose points stay open between nothing and its weight. */
function open({ weight }: Context, method: ScoreMethod, facts: Known, met?: boolean): Due {
  return dueFrom(method, { exact: null, due: null, low: weight === null ? null : ZERO, high: weight, judged: false, highIncluded: true }, facts, met);
}

type Points = Pick<Due, "exact" | "due" | "low" | "high" | "judged" | "highIncluded">;

function dueFrom(method: ScoreMethod, { exact, due, low, high, judged, highIncluded }: Points, facts: Known, met = facts.met ?? null): Due {
  return {
    method, exact, due, low, high, judged, highIncluded, met,
    direction: facts.direction ?? null, numbers: facts.numbers ?? null, attainment: facts.attainment ?? null, units: facts.units ?? null,
  };
}

const share = (part: Decimal, whole: Decimal): Decimal => dividedBy(part, whole) ?? decimal(0);

/** Whether a claimed score lies in the band of a judged row; null where there is no band. */
export function inBand(claimed: Decimal, { judged, low, high, highIncluded }: Due): boolean | null {
  if (!judged || low === null || high === null) return null;
  const top = compare(claimed, high);
  return compare(claimed, low) >= 0 && (highIncluded ? top <= 0 : top < 0);
}
