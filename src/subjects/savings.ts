// An indicator row that states a cost saving rate, and the amounts it follows from -> the facts that cost rules ask for.
import { compare, HUNDRED, isNegative, isZero, ONE } from "../decimal.ts";
import { derived, known, missing } from "../fact.ts";
import type { Fact, IndicatorRow, TableRows } from "../model.ts";
import type { SubjectContext } from "./context.ts";
import { longestEnding, withoutWords } from "../word-list.ts";
import { cleanText } from "./names.ts";

/** The project's own saving rate; that of a purchase or a tender (政府采购资金节约率) has another base. */
function isSaving(context: SubjectContext, table: TableRows, row: IndicatorRow): boolean {
  const word = longestEnding(row.name, context.words("savings"));
  if (word === undefined) return false;
  const object = row.name.slice(0, row.name.length - word.length);
  if (object === "" || cleanText(table.name).includes(object)) return true;
  return withoutWords(object, context.words("savingObjects")) === "";
}

export const SAVING_NAMES = ["adjustedBudget", "executed", "initialBudget", "savingRate", "trueSavingRate", "executionRate", "executionScore", "executionWeight"] as const;

/** What the table says of the saving, by the names of the facts. */
export type Saving = Readonly<Record<(typeof SAVING_NAMES)[number], () => Fact>>;

/** The facts of a row that is a saving rate; null for any other. */
export function savingOf(context: SubjectContext, table: TableRows, row: IndicatorRow): Saving | null {
  if (!isSaving(context, table, row)) return null;
  const fund = table.totalFund ?? (table.funds.length === 1 ? table.funds[0] : undefined);
  // As with execution: the initial budget counts only where the form has no adjusted one.
  const adjustedBudget = (fund?.fund.adjustedBudget === undefined ? fund?.initialBudget : fund.adjustedBudget) ?? missing();
  const executed = fund?.executed ?? missing();
  return {
    adjustedBudget: () => adjustedBudget,
    executed: () => executed,
    initialBudget: () => fund?.initialBudget ?? missing(),
    savingRate: () => printedRate(row),
    trueSavingRate: () => derived({ adjustedBudget, executed }, ([budget, spent]) => (budget === undefined || spent === undefined || isZero(budget) ? null : budget.minus(spent).dividedBy(budget).times(HUNDRED))),
    executionRate: () => table.execution.trueRate,
    executionScore: () => table.execution.score,
    executionWeight: () => table.execution.weight,
  };
}

/** The actual as a rate in %: an amount saved, a comparison or words are none. Below 1 and without a sign it is a fraction. */
function printedRate({ actual, pointer }: IndicatorRow): Fact {
  const at = [`${pointer}/actual`];
  if (actual.kind !== "quantity" || actual.comparison !== null || (actual.unit !== null && actual.unit.kind !== "percent")) return missing(at, false);
  const fraction = actual.unit === null && !isZero(actual.value) && compare(actual.value, ONE) < 0 && !isNegative(actual.value);
  return fraction
    ? known(actual.value.times(HUNDRED), at, { text: actual.text, decimals: Math.max(0, actual.decimals - 2) })
    : known(actual.value, at, { text: actual.text, decimals: actual.decimals });
}
