// One row of a form -> the figures that the rules compare, each computed from printed cells with exact decimals.
import { Decimal } from "decimal.js";
import { cellOf, numberIn, printsAs } from "./cells.ts";
import type { Entry, Kind } from "./records.ts";

export type Figure = Decimal | boolean | string | undefined;
type Figures = Readonly<Record<string, (entry: Entry) => Figure>>;

const cell = (name: string) => ({ cells }: Entry): Decimal | undefined => numberIn(cells[name]);
const [weight, score, target, actual, executed, initial, adjusted, rate] = ["weight", "score", "target", "actual", "executed", "initialBudget", "adjustedBudget", "rate"].map(cell) as unknown as Reader[];
type Reader = (entry: Entry) => Decimal | undefined;

/** What `with` makes of numbers that are all there. */
function made<T extends Figure>(entry: Entry, of: readonly (Reader | undefined)[], make: (...numbers: Decimal[]) => T): T | undefined {
  const numbers = of.flatMap((read) => read?.(entry) ?? []);
  return numbers.length === of.length ? make(...numbers) : undefined;
}

const met = (entry: Entry): boolean | undefined => made(entry, [target, actual], (aim, reached) => reached.gte(aim));
/** Weight × actual ÷ target, never above the weight (财预〔2020〕10号). */
const due: Reader = (entry) => made(entry, [weight, target, actual], (points, aim, reached) => (reached.gte(aim) || aim.isZero() ? points : points.times(reached).div(aim)));
const trueRate: Reader = (entry) => made(entry, [executed, adjusted], (spent, budget) => (budget.isZero() ? new Decimal(0) : spent.times(100).div(budget)));
const dueExecution: Reader = (entry) => made(entry, [weight, trueRate], (points, percent) => Decimal.min(percent, 100).times(points).div(100));
const rounded = (value: Decimal | undefined): Decimal | undefined => value?.toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
const sum = (texts: readonly string[]): Decimal | undefined => {
  const numbers = texts.flatMap((text) => numberIn(text) ?? []);
  return numbers.length === texts.length && numbers.length > 0 ? Decimal.sum(...numbers) : undefined;
};
const trueControl: Reader = (entry) => made(entry, [cell("actual"), cell("established")], (people, posts) => people.times(100).div(posts));

export const FIGURES: Readonly<Record<Kind, Figures>> = {
  indicator: {
    weight: weight!, score: score!, target: target!, met, dueRounded: (entry) => rounded(due(entry)),
    sign: ({ cells }) => cellOf(cells["target"])?.sign,
    isRate: ({ cells }) => (cells["name"] ?? "").endsWith("率"),
    asDue: (entry) => printsAs(cellOf(entry.cells["score"]), due(entry)),
    achievement: (entry) => made(entry, [target, actual], (aim, reached) => (aim.isZero() ? undefined : rounded(reached.times(100).div(aim)))),
  },
  fund: {
    weight: weight!, score: score!, rate: rate!, executed: executed!, budget: adjusted!, trueRate,
    dueRounded: (entry) => rounded(dueExecution(entry)),
    rateAsTrue: (entry) => printsAs(cellOf(entry.cells["rate"]), trueRate(entry)),
    scoreAsDue: (entry) => printsAs(cellOf(entry.cells["score"]), dueExecution(entry)),
    adjustment: (entry) => made(entry, [adjusted, initial], (after, before) => (before.isZero() ? undefined : after.minus(before).abs().times(100).div(before))),
  },
  table: {
    score: score!,
    sumOfScores: ({ scores }) => sum(scores),
    sumOfWeights: ({ weights }) => sum(weights),
  },
  basicLine: { item: ({ cells }) => cells["item"], budget: cell("budget"), actual: cell("actual") },
  staff: {
    established: cell("established"), actual: cell("actual"), rate: cell("controlRate"),
    rateAsTrue: (entry) => printsAs(cellOf(entry.cells["controlRate"]), trueControl(entry)),
  },
};
