// The words of 附件2 and 附件3 → the sheet of one self-evaluation table: funds, goals, indicators, total; filled in where a table is given.
import type { Indicator, Submission, Table } from "../../model.ts";
import { addressOf, put, rangeOf, type Sheet } from "./sheet.ts";
import { templateWords, type Labelled, type Levels, type TableWords } from "./words.ts";

const LAST = 8;
const POINTS = { low: 0, high: 100 } as const;

/** The sheet of one table. `name` is the sheet's; `filled` null gives the empty form. */
export function tableSheet(kind: Table["kind"], name: string, filled: { table: Table; submission: Submission } | null): Sheet {
  const words = templateWords()[kind];
  const table = filled?.table ?? null;
  const sheet: Sheet = { name, widths: [12, 12, 16, 26, 16, 16, 10, 10, 26], cells: [], entries: [] };
  put(sheet, "title", 0, 0, words.title, { columnSpan: LAST + 1 });
  const funds = heading(sheet, 1, kind, filled);
  const nature = fundRows(sheet, funds, words, table);
  const goals = kind === "department" ? natureRows(sheet, nature, table) : nature;
  put(sheet, "label", funds, 0, words.funds, { rowSpan: goals - funds });
  const indicators = goalRows(sheet, goals, table);
  const rows = rowsOf(words.levels, table);
  indicatorRows(sheet, indicators, rows);
  if (table === null || table.total !== undefined) totalRow(sheet, indicators + 1 + rows.length, indicators, funds, words.sources, table);
  return sheet;
}

function heading(sheet: Sheet, row: number, kind: Table["kind"], filled: { table: Table; submission: Submission } | null): number {
  const words = templateWords();
  if (kind === "department") {
    put(sheet, "label", row, 0, words.department.name, { columnSpan: 2 });
    put(sheet, "input", row, 2, filled?.submission.department?.name ?? "", { columnSpan: LAST - 1, hint: "hint.department" });
    return row + 1;
  }
  put(sheet, "label", row, 0, words.project.name);
  put(sheet, "input", row, 1, filled?.table.name ?? "", { columnSpan: LAST, hint: "hint.project" });
  put(sheet, "label", row + 1, 0, words.project.supervisor);
  put(sheet, "input", row + 1, 1, filled?.table.supervisor ?? "", { columnSpan: 3 });
  put(sheet, "label", row + 1, 4, words.project.implementer);
  put(sheet, "input", row + 1, 5, filled?.table.implementer ?? "", { columnSpan: 4 });
  return row + 2;
}

function fundRows(sheet: Sheet, row: number, words: TableWords, table: Table | null): number {
  const { common } = templateWords();
  put(sheet, "label", row, 1, common.fundSource, { columnSpan: 2 });
  for (const [index, [, label]] of common.fundColumns.entries()) put(sheet, "label", row, 3 + index, label);
  for (const [index, [source, label]] of words.sources.entries()) {
    const at = row + 1 + index;
    const fund = table?.funds?.find((one) => one.source === source);
    put(sheet, "label", at, 1, label, { columnSpan: 2 });
    for (const [offset, [field]] of common.fundColumns.entries()) {
      const text = fund?.[field as "rate"] ?? "";
      const empty = table === null ? fundCell(field, source, words.sources, row, at) : null;
      put(sheet, empty?.formula === undefined ? "input" : "computed", at, 3 + offset, empty?.text ?? text, { ...(field === "rate" ? { percent: true } : {}), ...(empty?.options ?? {}), ...(empty?.formula === undefined ? {} : { formula: empty.formula }) });
    }
  }
  sheet.entries.push({ range: rangeOf(row + 1, 3, row + words.sources.length, 5), low: 0, high: 1_000_000_000_000, strict: true, hint: "hint.amount" });
  return row + 1 + words.sources.length;
}

interface EmptyCell { text: string; formula?: string; options: { hint?: string } }

/** Weight, rate and score stand on the total's row; its amounts are the sums of the sources' where there are any. */
function fundCell(field: string, source: string, sources: readonly Labelled[], head: number, at: number): EmptyCell {
  const amounts: Readonly<Record<string, number>> = { initialBudget: 3, adjustedBudget: 4, executed: 5 };
  const column = amounts[field];
  if (column !== undefined) {
    const parts = sources.flatMap(([other], index) => (other === "total" ? [] : [addressOf(head + 1 + index, column)]));
    if (source !== "total" || parts.length === 0) return { text: "", options: { hint: `hint.fund.${field}` } };
    return { text: "", formula: `IF(COUNT(${parts.join(",")})=0,"",SUM(${parts.join(",")}))`, options: { hint: "hint.sum" } };
  }
  if (source !== "total") return { text: "", options: {} };
  if (field === "weight") return { text: templateWords().common.executionWeight, options: { hint: "hint.fund.weight" } };
  const [budget, executed, weight, rate] = [4, 5, 6, 7].map((each) => addressOf(at, each));
  if (field === "rate") return { text: "", formula: `IF(N(${String(budget)})>0,IF(${String(executed)}="","",ROUND(${String(executed)}/${String(budget)},4)),"")`, options: { hint: "hint.fund.rate" } };
  return { text: "", formula: `IF(${String(rate)}="","",ROUND(${String(weight)}*MIN(1,${String(executed)}/${String(budget)}),2))`, options: { hint: "hint.fund.score" } };
}

function natureRows(sheet: Sheet, row: number, table: Table | null): number {
  const { income, expenditure } = templateWords().department.nature;
  put(sheet, "label", row, 1, income[0], { columnSpan: 4 });
  put(sheet, "label", row, 5, expenditure[0], { columnSpan: 4 });
  for (const [index, [field, label]] of income[1].entries()) {
    put(sheet, "label", row + 1 + index, 1, label, { columnSpan: 2 });
    put(sheet, "input", row + 1 + index, 3, table?.byNature?.income?.[field as "other"] ?? "", { columnSpan: 2, hint: "hint.nature" });
  }
  const height = income[1].length / expenditure[1].length;
  for (const [index, [field, label]] of expenditure[1].entries()) {
    put(sheet, "label", row + 1 + index * height, 5, label, { rowSpan: height });
    put(sheet, "input", row + 1 + index * height, 6, table?.byNature?.expenditure?.[field as "basic"] ?? "", { rowSpan: height, columnSpan: 3, hint: "hint.nature" });
  }
  return row + 1 + income[1].length;
}

function goalRows(sheet: Sheet, row: number, table: Table | null): number {
  const { common } = templateWords();
  put(sheet, "label", row, 0, common.goals, { rowSpan: 2 });
  put(sheet, "label", row, 1, common.expected, { columnSpan: 4 });
  put(sheet, "label", row, 5, common.achieved, { columnSpan: 4 });
  put(sheet, "input", row + 1, 1, table?.goals?.[0]?.expected ?? "", { columnSpan: 4, hint: "hint.expected" });
  put(sheet, "input", row + 1, 5, table?.goals?.[0]?.achieved ?? "", { columnSpan: 4, hint: "hint.achieved" });
  return row + 2;
}

/** The rows of a table, or the empty rows of the official levels. */
function rowsOf(levels: Levels, table: Table | null): readonly Indicator[] {
  if (table !== null) return table.indicators ?? [];
  return levels.flatMap(([level1, below]) => below.flatMap(([level2, rows]) => Array.from({ length: rows }, () => ({ level1, level2 }))));
}

function indicatorRows(sheet: Sheet, row: number, rows: readonly Indicator[]): void {
  const { common } = templateWords();
  put(sheet, "label", row, 0, common.indicators, { rowSpan: rows.length + 1 });
  for (const [index, [, label]] of common.indicatorColumns.entries()) put(sheet, "label", row, 1 + index, label);
  const first = row + 1;
  for (const [at, count] of runs(rows, (one) => one.level1)) put(sheet, "label", first + at, 1, rows[at]?.level1 ?? "", { rowSpan: count });
  for (const [at, count] of runs(rows, (one) => `${one.level1 ?? ""}/${one.level2 ?? ""}`)) put(sheet, "label", first + at, 2, rows[at]?.level2 ?? "", { rowSpan: count });
  for (const [at, indicator] of rows.entries()) {
    for (const [index, [field]] of common.indicatorColumns.slice(2).entries()) put(sheet, "input", first + at, 3 + index, indicator[field as "name"] ?? "", at === 0 ? { hint: `hint.indicator.${field}` } : {});
  }
  const last = first + rows.length - 1;
  sheet.entries.push({ range: rangeOf(first, 6, last, 7), ...POINTS, strict: true, hint: "hint.points" });
  sheet.entries.push({ range: rangeOf(first, 5, last, 5), list: common.qualitative, strict: false, hint: "hint.indicator.actual" });
}

/** Where runs of rows alike begin, and how long they are. */
function runs(rows: readonly Indicator[], key: (row: Indicator) => string | undefined): [at: number, count: number][] {
  const found: [number, number][] = [];
  for (const [index, row] of rows.entries()) {
    const last = found.at(-1);
    const before = rows[index - 1];
    if (last !== undefined && before !== undefined && key(before) === key(row)) last[1] += 1;
    else found.push([index, 1]);
  }
  return found;
}

function totalRow(sheet: Sheet, row: number, head: number, funds: number, sources: readonly Labelled[], table: Table | null): void {
  const { common } = templateWords();
  put(sheet, "label", row, 0, common.total, { columnSpan: 6 });
  const execution = funds + 1 + sources.findIndex(([source]) => source === "total");
  for (const [column, field] of [[6, "weight"], [7, "score"]] as const) {
    const own = 3 + common.fundColumns.findIndex(([name]) => name === field);
    const cells = `${rangeOf(head + 1, column, row - 1, column)},${addressOf(execution, own)}`;
    put(sheet, table === null ? "computed" : "input", row, column, table?.total?.[field] ?? "", {
      hint: `hint.total.${field}`, ...(table === null ? { formula: `IF(COUNT(${rangeOf(head + 1, column, row - 1, column)})=0,"",SUM(${cells}))` } : {}),
    });
  }
  put(sheet, "input", row, LAST, "");
}
