// A submission -> its rows with every cell read into numbers, quantities, dates or words.
import { decimal, dividedBy, HUNDRED, isNegative, isZero, ONE, times, total, toText, type Decimal } from "../decimal.ts";
import { derived, known, missing, numberOf, printed, underivable, unreadable } from "../fact.ts";
import type { BasicLine, Cell, Fact, Fund, FundRow, Indicator, IndicatorRow, LineRow, MoneyUnit, Reading, ReadSubmission, ScaleSuspect, SubmissionRows, Table, TableRows } from "../model.ts";
import { readMoney, readPoints, readRate, type ReadNumber } from "./amounts.ts";
import { goalClauses } from "./goals.ts";
import { cleanName } from "./names.ts";
import { readQuantity, type QuantityHint, type ReadingNote } from "./quantity.ts";
import type { QuantityWords } from "./words.ts";

export interface NormalizeOptions {
  words: QuantityWords;
  /** From and up to how many times apart two amounts of a row are taken for 元 and 万元. */
  scaleApart: { from: Decimal; to: Decimal } | null;
}

type Amounts = "initialBudget" | "adjustedBudget" | "executed";
type Reader = (cell: Cell | undefined, pointer: string) => Fact;

/** Reads every cell once. What was not the plain reading is in `inferred`; nothing is guessed. */
export function rowsOf({ submission }: Pick<ReadSubmission, "submission">, options: NormalizeOptions): SubmissionRows {
  const moneyUnit = submission.moneyUnit ?? "万元";
  const inferred: SubmissionRows["inferred"][number][] = [];
  const suspects: ScaleSuspect[] = [];
  const readers = readersOf(options.words, (notes, pointer) => {
    for (const note of notes) inferred.push({ ...note, pointer });
  });
  const tables = submission.tables.map((table, index) => tableRows(table, `/tables/${index}`, submission, readers, options, suspects));
  const lines = (submission.basicData?.lines ?? []).map((line, index) => lineRow(line, `/basicData/lines/${index}`, (cell, pointer) => readers.money(cell, pointer, submission.basicData?.moneyUnit ?? moneyUnit), options, suspects));
  return {
    submission,
    year: yearOf(submission.year),
    partial: submission.partial === true,
    moneyUnit, tables, lines, suspects,
    goals: goalClauses(submission),
    inferred,
    amount: readers.again.money(moneyUnit),
    rate: readers.again.rate,
    count: readers.again.count,
    natureAmount: (table, side, cell) => {
      const holder = (side === "income" ? table.table.byNature?.income : table.table.byNature?.expenditure) as Record<string, Cell | undefined> | undefined;
      return readers.again.money(table.moneyUnit)(holder?.[cell], `${table.pointer}/byNature/${side}/${cell}`);
    },
    levelWeight: (table, level) => readers.again.points(table.table.levelWeights?.[level], `${table.pointer}/levelWeights/${level.replaceAll("~", "~0").replaceAll("/", "~1")}`),
  };
}

/** The year of `2023`, `2023年`, `（2023年度）`; null where none stands. */
export function yearOf(cell: Cell | undefined): string | null {
  return cell === undefined ? null : (/(?<!\d)((?:19|20)\d{2})(?!\d)/.exec(cell.normalize("NFKC"))?.[1] ?? null);
}

/** Readers of cells; those under `again` are for cells that more than one asks for. */
interface Readers {
  money: (cell: Cell | undefined, pointer: string, unit: MoneyUnit) => Fact;
  points: Reader;
  rate: Reader;
  again: { money: (unit: MoneyUnit) => Reader; points: Reader; rate: Reader; count: Reader };
  quantity: (cell: Cell | undefined, pointer: string, hint: QuantityHint) => Reading;
}

function readersOf(words: QuantityWords, note: (notes: readonly ReadingNote[], pointer: string) => void): Readers {
  const seen = new Map<string, Fact>();
  // A cell that several ask for is read, and remarked, once.
  const once = (read: Reader): Reader => (cell, pointer) => {
    if (cell === undefined) return ABSENT;
    const held = seen.get(pointer);
    if (held !== undefined) return held;
    const fact = read(cell, pointer);
    seen.set(pointer, fact);
    return fact;
  };
  const number = (read: ReadNumber, cell: Cell, pointer: string): Fact => {
    if (read.notes.length > 0) note(read.notes, pointer);
    if (read.state === "blank") return missing([pointer], true);
    return read.state === "unreadable" ? unreadable(cell, [pointer]) : printed(read.value, [pointer], cell, read.decimals);
  };
  const money = (cell: Cell | undefined, pointer: string, unit: MoneyUnit): Fact => (cell === undefined ? ABSENT : number(readMoney(cell, unit, words), cell, pointer));
  const points: Reader = (cell, pointer) => (cell === undefined ? ABSENT : number(readPoints(cell, words), cell, pointer));
  const rate: Reader = (cell, pointer) => (cell === undefined ? ABSENT : rateFact(cell, pointer, words, note));
  const count: Reader = (cell, pointer) => (cell === undefined ? ABSENT : countFact(cell, pointer, words, note));
  return {
    money, points, rate,
    again: { money: (unit) => once((cell, pointer) => money(cell, pointer, unit)), points: once(points), rate: once(rate), count: once(count) },
    quantity: (cell, pointer, hint) => {
      const read = readQuantity(cell ?? "", words, hint);
      if (read.notes.length > 0) note(read.notes, pointer);
      return read.reading;
    },
  };
}

const ABSENT = missing();

/** A rate in %. Without a percent sign, up to 1 it is a fraction (0.8254), above 1 a percentage whose sign the column carries; both are remarked. */
function rateFact(cell: Cell, pointer: string, words: QuantityWords, note: (notes: readonly ReadingNote[], pointer: string) => void): Fact {
  const read = readRate(cell, words);
  note(read.notes, pointer);
  if (read.state === "blank") return missing([pointer], true);
  if (read.state === "unreadable") return unreadable(cell, [pointer]);
  if (read.percent || isZero(read.value)) return printed(read.value, [pointer], cell, read.decimals);
  const fraction = !read.value.greaterThan(ONE);
  const value = fraction ? times(read.value, HUNDRED) : read.value;
  note([{ code: fraction ? "rate-fraction" : "rate-without-sign", values: { text: cell, read: `${toText(value)}%` } }], pointer);
  return printed(value, [pointer], cell, Math.max(0, fraction ? read.decimals - 2 : read.decimals));
}

/** A count or an area: the number with whatever unit it carries. */
function countFact(cell: Cell, pointer: string, words: QuantityWords, note: (notes: readonly ReadingNote[], pointer: string) => void): Fact {
  const { reading, notes } = readQuantity(cell, words);
  note(notes, pointer);
  if (reading.kind === "blank") return missing([pointer], true);
  return reading.kind === "quantity" && reading.comparison === null ? printed(reading.value, [pointer], cell, reading.decimals) : unreadable(cell, [pointer]);
}

function tableRows(table: Table, pointer: string, submission: SubmissionRows["submission"], readers: Readers, options: NormalizeOptions, suspects: ScaleSuspect[]): TableRows {
  const moneyUnit = table.moneyUnit ?? submission.moneyUnit ?? "万元";
  const read = (table.funds ?? []).map((fund, index) => fundRow(fund, `${pointer}/funds/${index}`, readers, moneyUnit));
  const printed = withoutSuspects(read, options, suspects);
  const printedTotal = printed.find((row) => row.fund.source === "total") ?? (printed.length === 1 ? (printed[0] ?? null) : null);
  const totalFund = printedTotal === null ? null : withoutHollow(printedTotal, printed);
  const funds = printed.map((row) => (row === printedTotal && totalFund !== null ? totalFund : row));
  return {
    table, pointer,
    name: table.name ?? (table.kind === "department" ? (submission.department?.name ?? "") : ""),
    partial: submission.partial === true || table.partial === true,
    moneyUnit,
    indicators: (table.indicators ?? []).map((indicator, index) => indicatorRow(indicator, `${pointer}/indicators/${index}`, readers)),
    funds, totalFund, printedTotal,
    execution: executionOf(funds, totalFund, pointer),
    totalWeight: readers.points(table.total?.weight, `${pointer}/total/weight`),
    totalScore: readers.points(table.total?.score, `${pointer}/total/score`),
  };
}

/** A total printed as 0 over sources that are not is a wrong total and nothing more: what would follow from it cannot be told. */
function withoutHollow(total: FundRow, funds: readonly FundRow[]): FundRow {
  const amount = (column: Amounts): Fact => {
    const printed = numberOf(total[column]);
    const hollow = printed !== null && isZero(printed) && funds.some((row) => row !== total && !isZero(numberOf(row[column]) ?? printed));
    return hollow ? underivable([column], total[column].at) : total[column];
  };
  if (funds.length === 1) return total;
  return { ...total, initialBudget: amount("initialBudget"), adjustedBudget: amount("adjustedBudget"), executed: amount("executed") };
}

function fundRow(fund: Fund, pointer: string, readers: Readers, moneyUnit: MoneyUnit): FundRow {
  const money = (cell: Amounts): Fact => readers.money(fund[cell], `${pointer}/${cell}`, moneyUnit);
  return {
    fund, pointer,
    initialBudget: money("initialBudget"), adjustedBudget: money("adjustedBudget"), executed: money("executed"),
    weight: readers.points(fund.weight, `${pointer}/weight`),
    rate: readers.rate(fund.rate, `${pointer}/rate`),
    score: readers.points(fund.score, `${pointer}/score`),
  };
}

/** Weight, rate and score of execution stand on the total row; forms that print them on another mean the total's. */
function executionOf(funds: readonly FundRow[], totalFund: FundRow | null, pointer: string): TableRows["execution"] {
  const first = (cell: "weight" | "rate" | "score"): Fact => {
    const own = totalFund?.[cell] ?? missing();
    return own.state !== "missing" ? own : (funds.map((row) => row[cell]).find((fact) => fact.state !== "missing") ?? own);
  };
  const row = totalFund ?? (funds.length === 1 ? funds[0] : undefined);
  const budget = row === undefined ? missing() : row.fund.adjustedBudget === undefined ? row.initialBudget : row.adjustedBudget;
  const trueRate = derived({ executed: row?.executed ?? missing(), adjustedBudget: budget }, ([spent, whole]) => (spent === undefined || whole === undefined || isZero(whole) ? null : times(spent, HUNDRED).dividedBy(whole)));
  return { weight: first("weight"), rate: first("rate"), score: first("score"), trueRate, pointer: row?.pointer ?? `${pointer}/funds` };
}

function indicatorRow(indicator: Indicator, pointer: string, readers: Readers): IndicatorRow {
  const { operator, unit } = indicator;
  const target = readers.quantity(indicator.target, `${pointer}/target`, hintOf(operator, unit));
  const actual = readers.quantity(indicator.actual, `${pointer}/actual`, hintOf(undefined, unit));
  const weight = readers.points(indicator.weight, `${pointer}/weight`);
  const score = readers.points(indicator.score, `${pointer}/score`);
  const live = target.kind !== "blank" || isGiven(weight) || isGiven(score) || weight.state === "unreadable";
  return { indicator, pointer, name: cleanName(indicator.name ?? ""), target, actual, weight, score, live };
}

const isGiven = (fact: Fact): boolean => fact.state === "known" && !isZero(numberOf(fact) ?? ONE);

function hintOf(operator: string | undefined, unit: string | undefined): QuantityHint {
  if (operator === undefined) return unit === undefined ? NO_HINT : { unit };
  return unit === undefined ? { operator } : { operator, unit };
}

const NO_HINT: QuantityHint = {};

function lineRow(line: BasicLine, pointer: string, amount: Reader, options: NormalizeOptions, suspects: ScaleSuspect[]): LineRow {
  const cells = { prior: amount(line.prior, `${pointer}/prior`), budget: amount(line.budget, `${pointer}/budget`), actual: amount(line.actual, `${pointer}/actual`) };
  const { prior, budget, actual } = withoutApart(cells, options, suspects);
  return { line, pointer, item: line.item, prior, budget, actual };
}

/** Amounts that are ten thousand times those beside them (元 for 万元) are not used: they are remarked as suspects. Too small an amount may be true. */
function withoutSuspects(rows: readonly FundRow[], options: NormalizeOptions, suspects: ScaleSuspect[]): FundRow[] {
  const totalRow = rows.find((row) => row.fund.source === "total");
  return rows.map((row) => {
    const cells = { initialBudget: row.initialBudget, adjustedBudget: row.adjustedBudget, executed: row.executed };
    const alone = withoutApart(cells, options, suspects);
    const amounts = row === totalRow && rows.length > 1 ? withoutApartTotal(alone, rows.filter((other) => other !== row), options, suspects) : alone;
    return amounts === cells ? row : { ...row, ...amounts };
  });
}

function withoutApart<K extends string>(cells: Record<K, Fact>, options: NormalizeOptions, suspects: ScaleSuspect[]): Record<K, Fact> {
  const { scaleApart } = options;
  if (scaleApart === null) return cells;
  const columns = Object.keys(cells) as K[];
  if (!columns.some((column) => columns.some((other) => other !== column && larger(cells[column], cells[other]) && apart(cells[column], cells[other], scaleApart)))) return cells;
  const result = { ...cells };
  for (const column of columns) {
    const others = columns.filter((other) => other !== column && !isZero(numberOf(cells[other]) ?? decimal(0)));
    const beside = others[0];
    if (beside === undefined || !others.every((other) => apart(cells[column], cells[other], scaleApart))) continue;
    if (!others.every((other) => larger(cells[column], cells[other]))) continue;
    suspects.push(suspectOf(column, cells[column], cells[beside]));
    result[column] = underivable(["moneyUnit"], cells[column].at);
  }
  return result;
}

function withoutApartTotal(cells: Record<Amounts, Fact>, parts: readonly FundRow[], options: NormalizeOptions, suspects: ScaleSuspect[]): Record<Amounts, Fact> {
  const { scaleApart } = options;
  if (scaleApart === null) return cells;
  const result = { ...cells };
  for (const column of Object.keys(cells) as Amounts[]) {
    const values = parts.flatMap((row) => numberOf(row[column]) ?? []);
    const sum = known(total(values), parts.flatMap((row) => row[column].at));
    if (values.length === 0 || !apart(cells[column], sum, scaleApart) || !larger(cells[column], sum)) continue;
    suspects.push(suspectOf(column, cells[column], sum));
    result[column] = underivable(["moneyUnit"], cells[column].at);
  }
  return result;
}

function apart(a: Fact, b: Fact, span: { from: Decimal; to: Decimal }): boolean {
  const [left, right] = [numberOf(a), numberOf(b)];
  if (left === null || right === null || isZero(left) || isZero(right)) return false;
  const [more, less] = left.greaterThan(right) ? [left, right] : [right, left];
  // Of amounts of one sign: whether the quotient lies in the span, without dividing.
  if (isNegative(less)) { const quotient = dividedBy(more, less); return quotient !== null && !quotient.lessThan(span.from) && !quotient.greaterThan(span.to); }
  return !more.lessThan(times(less, span.from)) && !more.greaterThan(times(less, span.to));
}

function larger(a: Fact, b: Fact): boolean {
  const [left, right] = [numberOf(a), numberOf(b)];
  return left !== null && right !== null && left.greaterThan(right);
}

const TEN_THOUSAND = decimal(10_000);

function suspectOf(column: string, fact: Fact, beside: Fact): ScaleSuspect {
  const value = numberOf(fact) ?? decimal(0);
  const text = (other: Fact): string => (other.state === "known" && other.text !== undefined ? other.text : toText(numberOf(other) ?? decimal(0)));
  return {
    pointer: fact.at[0] ?? "", column, text: text(fact), printed: value, value: value.dividedBy(TEN_THOUSAND),
    beside: beside.at[0] ?? "", besideText: text(beside),
  };
}
