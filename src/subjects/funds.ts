// Fund rows -> subjects `fund` (one a row), `fundColumn` (sources against the total) and `natureTotal` (by nature against the total).
import { absolute, HUNDRED, isZero, ONE, round, times, total as sumOf, type Decimal } from "../decimal.ts";
import { derived, known, missing, numberOf } from "../fact.ts";
import type { Due, Fact, Fund, FundRow, Subject, TableRows } from "../model.ts";
import { inBand } from "../score/due.ts";
import { scoringSettings } from "../score/settings.ts";
import { explanationsOf, subject, tableIdentity, textFact, type SubjectContext } from "./context.ts";
import { addUp, type Sum } from "./sums.ts";

type Column = "initialBudget" | "adjustedBudget" | "executed";
const COLUMNS: readonly Column[] = ["initialBudget", "adjustedBudget", "executed"];

export function fundSubjects(context: SubjectContext): Subject[] {
  return context.rows.tables.flatMap((table, index) => [
    ...table.funds.map((row) => fundSubject(context, table, row, context.dues[index] ?? [])),
    ...COLUMNS.flatMap((column) => columnSubject(table, column)),
    ...natureSubjects(context, table),
  ]);
}

function fundSubject(context: SubjectContext, table: TableRows, row: FundRow, dues: readonly Due[]): Subject {
  const { fund, pointer } = row;
  const isTotal = row === table.totalFund;
  const budget = row.adjustedBudget.state === "missing" && fund.adjustedBudget === undefined ? row.initialBudget : row.adjustedBudget;
  const execution = isTotal ? table.execution : row;
  const trueRate = lazily(() => ratePercent(row.executed, budget));
  const effectiveRate = (): Fact => (trueRate().state === "known" || execution.rate.state === "missing" || isZero(numberOf(budget) ?? ONE) ? trueRate() : execution.rate);
  const dueScore = lazily(() => dueExecution(execution.weight, effectiveRate()));
  const adjustment = lazily(() => derived({ adjustedBudget: row.adjustedBudget, initialBudget: row.initialBudget }, ([adjusted, initial]) => change(adjusted, initial)));
  return subject({
    each: "fund",
    table: table.name,
    label: fund.source,
    identity: [...tableIdentity(table), "fund", fund.source, ...(table.funds.filter((other) => other.fund.source === fund.source).length > 1 ? [fund.label ?? ""] : [])],
    pointer,
    explanations: () => explanationsOf(context, { cell: fund.explanation, pointer: `${pointer}/explanation` }, isTotal ? table : null, [fund.source, ...(fund.label === undefined ? [] : [fund.label])]),
    facts: {
      kind: known(table.table.kind),
      isTotal: known(isTotal),
      source: known(fund.source),
      label: textFact(fund.label, `${pointer}/label`),
      initialBudget: row.initialBudget,
      adjustedBudget: row.adjustedBudget,
      budget,
      executed: row.executed,
      rate: row.rate,
      weight: execution.weight,
      score: execution.score,
      trueRate,
      totalRate: () => (table.execution.trueRate.state === "known" ? table.execution.trueRate : trueRate()),
      effectiveRate,
      initialRate: () => ratePercent(row.executed, row.initialBudget),
      dueScore,
      tableScore: isTotal ? table.totalScore : missing(),
      tableDue: () => (isTotal ? totalDue(table, dues, dueScore(), scoringSettings(context.parameters).places) : missing()),
      adjustment,
      adjustmentSize: () => {
        const percent = numberOf(adjustment());
        return percent === null ? adjustment() : known(absolute(percent), adjustment().at);
      },
    },
  });
}

/** Made when first asked for, and once. */
function lazily(make: () => Fact): () => Fact {
  let made: Fact | undefined;
  return () => (made ??= make());
}

/** Executed ÷ budget in %; missing for a budget of 0, which has no percentage. */
export function ratePercent(executed: Fact, budget: Fact): Fact {
  return derived({ executed, adjustedBudget: budget }, ([spent, whole]) => (spent === undefined || whole === undefined || isZero(whole) ? null : times(spent, HUNDRED).dividedBy(whole)));
}

/** Weight × rate, never above the weight. */
function dueExecution(weight: Fact, rate: Fact): Fact {
  return derived({ weight, rate }, ([points, percent]) => {
    if (points === undefined || percent === undefined) return null;
    return percent.greaterThan(HUNDRED) ? points : times(points, percent).dividedBy(HUNDRED);
  });
}

/** The total once every row carries what it is due, judged rows what they claim; missing where one of them cannot be told. */
function totalDue(table: TableRows, dues: readonly Due[], execution: Fact, places: number): Fact {
  const counted = table.indicators.map((row, index) => ({ row, due: dues[index] })).filter(({ due }) => due?.method !== "not-scored");
  const points = counted.map(({ row, due }) => {
    const claimed = numberOf(row.score);
    if (due?.judged !== true) return due?.due ?? null;
    return claimed !== null && inBand(claimed, due) === true ? claimed : null;
  });
  const own = numberOf(execution);
  const settled = points.flatMap((point) => point ?? []);
  return own === null || settled.length < points.length ? missing() : known(sumOf([round(own, places), ...settled]));
}

function change(after: Decimal | undefined, before: Decimal | undefined): Decimal | null {
  return after === undefined || before === undefined || isZero(before) ? null : times(after.minus(before), HUNDRED).dividedBy(before);
}

/** Rows that are parts of another source row rather than of the total, where that row is there too. */
const NESTED: Partial<Record<Fund["source"], Fund["source"]>> = { generalBudget: "fiscal", governmentFund: "fiscal", central: "fiscal", local: "fiscal" };

function columnSubject(table: TableRows, column: Column): Subject[] {
  const total = table.printedTotal;
  if (total === null) return [];
  const parts = table.funds.filter((row) => row !== table.totalFund);
  if (parts.length === 0) return [];
  const tops = parts.filter((row) => !parts.some((other) => other.fund.source === NESTED[row.fund.source]));
  const sums = [tops, parts].map((rows) => addUp(total[column], rows.map((row) => row[column])));
  const sum = sums.find((candidate) => candidate.agrees === true) ?? sums[0];
  return sum === undefined ? [] : [sumSubject({ each: "fundColumn", table, label: "total", identity: ["sources", column], pointer: total.pointer, sum, facts: { column: known(column) } })];
}

function natureSubjects(context: SubjectContext, table: TableRows): Subject[] {
  const { byNature } = table.table;
  const total = table.totalFund;
  if (byNature === undefined || total === null) return [];
  const amount = (side: "income" | "expenditure", cell: string): Fact => context.rows.natureAmount(table, side, cell);
  const income = addUp(total.adjustedBudget, ["generalBudget", "governmentFund", "specialAccount", "other"].map((cell) => amount("income", cell)));
  const expenditure = addUp(total.executed, ["basic", "project"].map((cell) => amount("expenditure", cell)));
  return [
    ...(byNature.income === undefined ? [] : [sumSubject({ each: "natureTotal", table, label: "income", identity: ["nature", "income"], pointer: `${table.pointer}/byNature/income`, sum: income, facts: { column: known("adjustedBudget") } })]),
    ...(byNature.expenditure === undefined ? [] : [sumSubject({ each: "natureTotal", table, label: "expenditure", identity: ["nature", "expenditure"], pointer: `${table.pointer}/byNature/expenditure`, sum: expenditure, facts: { column: known("executed") } })]),
  ];
}

function sumSubject(parts: { each: string; table: TableRows; label: string; identity: string[]; pointer: string; sum: Sum; facts: Subject["facts"] }): Subject {
  const { each, table, label, identity, pointer, sum, facts } = parts;
  return subject({ each, table: table.name, label, identity: [...tableIdentity(table), ...identity], pointer, facts: { partial: known(table.partial), ...facts, ...sum.facts } });
}

