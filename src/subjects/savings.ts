// An indicator row that states a cost saving rate, and the amounts it follows from -> the facts that cost rules ask for.
import { compare, HUNDRED, isNegative, isZero, ONE } from "../decimal.ts";
import { derived, known, missing } from "../fact.ts";
import type { Fact, IndicatorRow, Subject, TableRows } from "../model.ts";
import type { SubjectContext } from "./context.ts";
import { cleanText } from "./names.ts";

/** The project's own saving rate; that of a purchase or a tender (政府采购资金节约率) has another base. */
export function isSaving(context: SubjectContext, table: TableRows, row: IndicatorRow): boolean {
  const word = context.words("savings").find((ending) => row.name.endsWith(ending));
  if (word === undefined) return false;
  const object = row.name.slice(0, row.name.length - word.length);
  if (object === "" || cleanText(table.name).includes(object)) return true;
  const generic = [...context.words("savingObjects")].sort((a, b) => b.length - a.length);
  return generic.reduce((left, part) => left.replaceAll(part, ""), object) === "";
}

/** What the table says of the saving; nothing where the row is no saving rate. */
export function savingFacts(context: SubjectContext, table: TableRows, row: IndicatorRow): Subject["facts"] {
  if (!isSaving(context, table, row)) return {};
  const fund = table.totalFund ?? (table.funds.length === 1 ? table.funds[0] : undefined);
  // As with execution: the initial budget counts only where the form has no adjusted one.
  const adjusted = fund?.fund.adjustedBudget === undefined ? fund?.initialBudget : fund.adjustedBudget;
  const funds = { adjustedBudget: adjusted ?? missing(), executed: fund?.executed ?? missing(), initialBudget: fund?.initialBudget ?? missing() };
  return {
    ...funds,
    savingRate: printedRate(row),
    trueSavingRate: () => derived({ adjustedBudget: funds.adjustedBudget, executed: funds.executed }, ([budget, spent]) => (budget === undefined || spent === undefined || isZero(budget) ? null : budget.minus(spent).dividedBy(budget).times(HUNDRED))),
    executionRate: table.execution.trueRate,
    executionScore: table.execution.score,
    executionWeight: table.execution.weight,
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
