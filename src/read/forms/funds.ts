// Rows below a head of funds → fund rows; rows by nature below those of the department's form.
import type { Fund, FundSource, NatureExpenditure, NatureIncome } from "../../model.ts";
import { isNothing, isNumeric, pointsInBracket, squashed, withoutBrackets } from "./label.ts";
import { put, say, titleOf } from "./form.ts";
import type { Form, Reading } from "./form.ts";
import type { FormCell } from "./document.ts";
import { valueIn, visible } from "./grid.ts";
import type { Grid } from "./grid.ts";
import type { Column, Header } from "./header.ts";
import { pointsOf, valueOf } from "./values.ts";
import { bareLabel, roleOf } from "./words.ts";

const AMOUNTS = ["initialBudget", "adjustedBudget", "executed"] as const;
const POINTS = ["weight", "rate", "score"] as const;

/** Reads one row; false where it is none of the funds'. */
export function readFundRow(reading: Reading, form: Form, grid: Grid, row: number, head: Header): boolean {
  const columns = new Map(head.columns.map((column) => [column.role, column]));
  const amounts = AMOUNTS.flatMap((role) => columns.get(role) ?? []);
  const firstValue = Math.min(...amounts.map((column) => column.from));
  const labels = visible(grid, row).filter((cell) => cell.column + cell.columnSpan - 1 < firstValue && !isNumeric(cell.text));
  const label = labels.at(-1) ?? labelInside(reading, grid, row, amounts);
  const source = label === null ? null : sourceOf(reading, label.text);
  const numbers = amounts.some((column) => isNumeric(amountIn(reading, grid, row, column).text));
  if (label !== null && source === null && !numbers) return false;
  if (label === null && !numbers) return false;
  if (label !== null && readNatureLine(reading, form, label, grid, row, columns)) return true;
  const fund = newFund(reading, form, label, source);
  for (const role of AMOUNTS) {
    const column = columns.get(role);
    if (column === undefined) continue;
    const found = amountIn(reading, grid, row, column);
    put(reading, fund, role, valueOf(reading, found.text, found.place), found.place);
  }
  readFundPoints(reading, form, fund, grid, row, columns);
  const explanation = columns.get("explanation");
  if (explanation !== undefined) {
    const found = valueIn(grid, row, explanation.from, explanation.to);
    if (found.text !== "" || fund.source === "total") put(reading, fund, "explanation", valueOf(reading, found.text, found.place), found.place);
  }
  form.table.funds.push(fund);
  return true;
}

/** In heads that span label and value, the label is the first cell under them. */
function labelInside(reading: Reading, grid: Grid, row: number, columns: readonly Column[]): FormCell | null {
  const under = columns.filter((column) => column.to > column.from).flatMap((column) => {
    const cell = valueIn(grid, row, column.from, column.to).cell;
    return cell === null || isNumeric(cell.text) || sourceOf(reading, cell.text) === null ? [] : [cell];
  });
  return under[0] ?? null;
}

function amountIn(reading: Reading, grid: Grid, row: number, column: Column): { text: string; place: ReturnType<Grid["place"]> } {
  const found = valueIn(grid, row, column.from, column.to);
  const cell = found.cell;
  if (cell === null || isNumeric(cell.text) || sourceOf(reading, cell.text) === null) return found;
  const after = cell.column + cell.columnSpan;
  return after > column.to ? found : valueIn(grid, row, after, column.to);
}

function sourceOf(reading: Reading, text: string): FundSource | null {
  return (roleOf(reading.words.sources, bareLabel(text, reading.words))?.role as FundSource | undefined) ?? null;
}

function newFund(reading: Reading, form: Form, label: FormCell | null, source: FundSource | null): Fund {
  const fund: Fund = { source: source ?? (label === null && form.totalFund === null ? "total" : "other") };
  if (label !== null) put(reading, fund, "label", squashed(label.text), label.place);
  if (label === null) say(reading, "inferred", "fund-row-without-name", { table: titleOf(form) }, null);
  else if (source === null) say(reading, "inferred", "fund-source-unknown", { table: titleOf(form), label: squashed(label.text) }, label.place);
  if (fund.source === "total" && form.totalFund === null) form.totalFund = fund;
  return fund;
}

/** Weight, rate and score merged over all rows are the total's. */
function readFundPoints(reading: Reading, form: Form, fund: Fund, grid: Grid, row: number, columns: ReadonlyMap<string, Column>): void {
  const isTotal = fund === form.totalFund;
  for (const role of POINTS) {
    const column = columns.get(role);
    if (column === undefined) continue;
    const own = valueIn(grid, row, column.from, column.to);
    const merged = grid.at(row, column.from);
    const overRows = merged !== null && merged.rowSpan > 1 && merged.text.trim() !== "";
    const found = isTotal && overRows ? { text: merged.text, place: merged.place } : own;
    if (!isTotal && overRows) continue;
    put(reading, fund, role, role === "rate" ? valueOf(reading, found.text, found.place) : pointsOf(reading, found.text, found.place), found.place);
  }
}

/** Points printed beside 预算执行 (`预算执行情况（20分）`, `得分（20分*执行率）`), for forms without a column of weights. */
export function noteExecutionPoints(form: Form, grid: Grid, head: Header): void {
  const corner = grid.at(head.row, Math.max(0, Math.min(...head.columns.map((column) => column.from)) - 1)) ?? grid.at(head.row, 0);
  const score = head.columns.find((column) => column.role === "score");
  for (const shown of [...grid.anchored(head.row).filter((cell) => cell.column === 0), corner, grid.at(head.row, 0), grid.at(head.row, 1), score]) {
    const points = shown === null || shown === undefined ? null : pointsInBracket(shown.text);
    if (points === null || shown === null || shown === undefined) continue;
    form.executionPoints = { text: points, place: shown.place };
    return;
  }
}

/** `基本支出` and `项目支出` as rows of the funds' columns: the executed amount by nature. */
function readNatureLine(reading: Reading, form: Form, label: FormCell, grid: Grid, row: number, columns: ReadonlyMap<string, Column>): boolean {
  const match = roleOf(reading.words.expenditure, bareLabel(label.text, reading.words));
  const executed = columns.get("executed");
  if (match === null || match.role === "total" || executed === undefined) return false;
  const found = amountIn(reading, grid, row, executed);
  const nature = form.table.byNature ?? {};
  const expenditure = nature.expenditure ?? {};
  put(reading, expenditure, match.role as keyof NatureExpenditure, valueOf(reading, found.text, found.place), found.place);
  form.table.byNature = { ...nature, expenditure };
  return true;
}

/** A row of labels and amounts below 按收入性质分 and 按支出性质分; false where it has none of their labels. */
export function readNatureRow(reading: Reading, form: Form, grid: Grid, row: number, head: Header): boolean {
  const expenditureFrom = head.columns.find((column) => column.role === "expenditure")?.from ?? Infinity;
  const incomeFrom = head.columns.find((column) => column.role === "income")?.from ?? Infinity;
  const cells = visible(grid, row);
  let any = false;
  cells.forEach((cell, index) => {
    const spending = incomeFrom < expenditureFrom ? cell.column >= expenditureFrom : cell.column < incomeFrom;
    const match = roleOf(spending ? reading.words.expenditure : reading.words.income, bareLabel(cell.text, reading.words));
    if (match === null || isNumeric(cell.text)) return;
    const after = cell.column + cell.columnSpan;
    const next = cells[index + 1];
    const value = next !== undefined && (isNumeric(next.text) || isNothing(next.text)) ? next : null;
    const shown = value === null ? { text: "", place: grid.place(row, after) } : { text: value.text, place: value.place };
    const nature = form.table.byNature ?? {};
    const text = valueOf(reading, shown.text, shown.place);
    if (spending) {
      const expenditure = nature.expenditure ?? {};
      put(reading, expenditure, match.role as keyof NatureExpenditure, text, shown.place);
      form.table.byNature = { ...nature, expenditure };
    } else {
      const income = nature.income ?? {};
      put(reading, income, match.role as keyof NatureIncome, text, shown.place);
      form.table.byNature = { ...nature, income };
    }
    any = true;
  });
  return any;
}

/** After all rows: weight and score of execution from where the form prints them. */
export function settleExecution(reading: Reading, form: Form): void {
  const row = form.executionRow;
  let total = form.totalFund;
  if (row !== null) {
    total ??= newTotal(form);
    const has = !isNothing(total.weight ?? "") || !isNothing(total.score ?? "");
    if (has) form.table.indicators.push(row);
    else takeFrom(reading, row, total);
  }
  if (total !== null && isNothing(total.weight ?? "") && form.executionPoints !== null) {
    put(reading, total, "weight", form.executionPoints.text, form.executionPoints.place);
    say(reading, "inferred", "execution-weight-from-bracket", { table: titleOf(form), weight: form.executionPoints.text }, form.executionPoints.place);
  }
}

function newTotal(form: Form): Fund {
  const fund: Fund = { source: "total" };
  form.totalFund = fund;
  form.table.funds.unshift(fund);
  return fund;
}

function takeFrom(reading: Reading, row: { weight?: string; score?: string; actual?: string; explanation?: string }, total: Fund): void {
  const places = reading.stood.get(row);
  for (const key of ["weight", "score"] as const) {
    const value = row[key];
    if (value !== undefined) put(reading, total, key, value, places?.get(key) ?? null);
  }
  if (total.rate === undefined && row.actual !== undefined && /%/u.test(squashed(row.actual))) put(reading, total, "rate", row.actual, places?.get("actual") ?? null);
  if (total.explanation === undefined && row.explanation !== undefined) put(reading, total, "explanation", row.explanation, places?.get("explanation") ?? null);
}

/** 元, 万元 … in a heading (`项目资金（万元）`, `金额单位：元`); null where there is none. */
export function moneyUnitIn(text: string): string | null {
  const key = squashed(text);
  return /[([](?:单位:?|金额单位:?)?(亿元|万元|千元|元)[)\]]/u.exec(key)?.[1] ?? /(?:^|[^度量指标])单位[:：]?(?:人民币)?(亿元|万元|千元|元)(?!\/)/u.exec(key)?.[1] ?? /^(亿元|万元|千元|元)$/u.exec(withoutBrackets(key))?.[1] ?? null;
}
