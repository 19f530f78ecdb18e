// Rows below a head of indicators → indicators, level weights, the total, and execution stated among the indicators.
import type { Indicator } from "../../model.ts";
import { asName, isNothing, isNumeric, joined, pointsInBracket, squashed, withoutBrackets } from "./label.ts";
import { say, put, titleOf } from "./form.ts";
import type { Form, Reading, Shown } from "./form.ts";
import { valueIn, visible } from "./grid.ts";
import type { Grid } from "./grid.ts";
import type { Column, Header } from "./header.ts";
import { gradeOf, operatorOf, pointsOf, valueOf } from "./values.ts";
import { roleOf } from "./words.ts";
import { plus, parseDecimal, toText } from "../../decimal.ts";

/** Reads one row; false where it is none of the indicators'. */
export function readIndicatorRow(reading: Reading, form: Form, grid: Grid, row: number, head: Header): boolean {
  if (readTotalRow(reading, form, grid, row, head)) return true;
  const first = visible(grid, row)[0];
  if (first !== undefined && roleOf(reading.words.subtotals, first.text) !== null) return true;
  const columns = columnsOf(head);
  if (bridges(grid, row, columns)) return false;
  const levels = levelsOf(reading, form, grid, row, columns);
  const indicator: Indicator = {};
  if (levels.level1 !== null) put(reading, indicator, "level1", levels.level1.text, levels.level1.place);
  if (levels.level2 !== null) put(reading, indicator, "level2", levels.level2.text, levels.level2.place);
  const name = nameOf(reading, grid, row, columns);
  if (name !== null) put(reading, indicator, "name", name.text, name.place);
  readValues(reading, indicator, grid, row, columns);
  return keep(reading, form, indicator, { ownLevel: levels.own, row, grid, printedName: name?.printed ?? "" });
}

type Columns = ReadonlyMap<string, Column>;

/** The deepest level that the form has is the indicator's name. */
function columnsOf(head: Header): Columns {
  const columns = new Map(head.columns.map((column) => [column.role, column]));
  if (columns.has("name")) return columns;
  const deepest = columns.has("level2") ? "level2" : "level1";
  const column = columns.get(deepest);
  if (column === undefined) return columns;
  columns.delete(deepest);
  return columns.set("name", column);
}

/** A cell over both name and target (or actual) is a heading or a sentence, not an indicator. */
function bridges(grid: Grid, row: number, columns: Columns): boolean {
  const name = columns.get("name");
  const values = ["target", "actual"].flatMap((role) => columns.get(role) ?? []);
  return grid.anchored(row).some((cell) => {
    const covers = (column: Column | undefined): boolean => column !== undefined && cell.column <= column.from && cell.column + cell.columnSpan - 1 >= column.to;
    return covers(name) && values.some(covers);
  });
}

interface Levels { level1: Shown | null; level2: Shown | null; own: boolean }

/** Blank level cells take the one above; a new first level starts without a second. */
function levelsOf(reading: Reading, form: Form, grid: Grid, row: number, columns: Columns): Levels {
  const level1 = columns.get("level1");
  const level2 = columns.get("level2");
  const one = level1 === undefined ? null : levelAt(grid, row, level1);
  const two = level2 === undefined ? null : levelAt(grid, row, level2);
  if (one !== null) {
    const name = levelName(reading, one.text);
    if (form.level1?.text !== name || (one.own && !samePlace(form.level1, one))) {
      form.level1 = { text: name, place: one.place };
      form.level2 = null;
      addLevelWeight(reading, form, name, one);
    }
  }
  if (two !== null && two.text !== one?.text) form.level2 = { text: levelName(reading, two.text), place: two.place };
  return {
    level1: level1 === undefined ? null : form.level1,
    level2: level2 === undefined ? null : form.level2,
    own: (one?.own ?? false) || (two?.own ?? false),
  };
}

function samePlace(a: Shown | null, b: Shown): boolean {
  return a !== null && JSON.stringify(a.place) === JSON.stringify(b.place);
}

function levelAt(grid: Grid, row: number, column: Column): (Shown & { own: boolean }) | null {
  for (let at = column.from; at <= column.to; at++) {
    const cell = grid.at(row, at);
    if (cell !== null && cell.text.trim() !== "" && !isNothing(cell.text)) return { text: cell.text, place: cell.place, own: cell.row === row };
  }
  return null;
}

/** `产⏎出⏎指⏎标⏎（50分）`, `一、产出指标` → `产出指标`. */
function levelName(reading: Reading, text: string): string {
  let name = withoutBrackets(squashed(text)).replace(/\d{1,3}(?:\.\d+)?分$/u, "");
  for (const prefix of reading.words.labelPrefix) name = name.replace(prefix, "");
  return name === "" ? asName(text) : name;
}

/** Points beside a first-level name are what the form declares for it; a second block of the same name adds to it. */
function addLevelWeight(reading: Reading, form: Form, level: string, printed: Shown): void {
  const points = pointsInBracket(printed.text) ?? /(\d{1,3}(?:\.\d+)?)分$/u.exec(squashed(printed.text))?.[1] ?? /[([](\d{1,3}(?:\.\d+)?)[)\]]$/u.exec(squashed(printed.text))?.[1];
  if (points === undefined) return;
  const weights = form.table.levelWeights ?? {};
  const before = parseDecimal(weights[level] ?? "");
  const added = parseDecimal(points);
  const sum = before === null || added === null ? points : toText(plus(before, added));
  put(reading, weights, level, sum, printed.place);
  form.table.levelWeights = weights;
  say(reading, "inferred", "weight-from-bracket", { table: titleOf(form), printed: squashed(printed.text), weight: sum }, printed.place);
}

function nameOf(reading: Reading, grid: Grid, row: number, columns: Columns): (Shown & { printed: string }) | null {
  const column = columns.get("name");
  if (column === undefined) return null;
  const level = columns.get("level2") ?? columns.get("level1");
  const covering = Array.from({ length: column.to - column.from + 1 }, (_, index) => grid.at(row, column.from + index)).find((cell) => (cell?.text ?? "").trim() !== "") ?? null;
  const own = covering !== null && (level === undefined || covering.column > level.to || covering.column >= column.from) ? covering : null;
  const place = own?.place ?? grid.place(row, column.from);
  if (place === null) return null;
  const printed = own === null ? "" : asName(own.text);
  return { text: withoutSerial(reading, printed), place, printed };
}

/** `指标1：新建面积`, `1.新建面积` → `新建面积`. */
function withoutSerial(reading: Reading, name: string): string {
  for (const prefix of reading.words.namePrefix) {
    const rest = name.replace(prefix, "");
    if (rest !== name) return rest.trim();
  }
  return name;
}

function readValues(reading: Reading, indicator: Indicator, grid: Grid, row: number, columns: Columns): void {
  const take = (role: string): { text: string; place: ReturnType<Grid["place"]> } | null => {
    const column = columns.get(role);
    return column === undefined ? null : valueIn(grid, row, column.from, column.to);
  };
  for (const role of ["target", "actual"] as const) {
    const found = take(role);
    if (found !== null) put(reading, indicator, role, valueOf(reading, found.text, found.place), found.place);
  }
  const adjusted = take("adjustedTarget");
  if (adjusted !== null && !isNothing(adjusted.text)) {
    put(reading, indicator, "target", valueOf(reading, adjusted.text, adjusted.place), adjusted.place);
    say(reading, "inferred", "adjusted-target-read", { name: indicator.name ?? "" }, adjusted.place);
  }
  readPoints(reading, indicator, take);
  for (const role of ["unit", "code", "evidence"] as const) {
    const found = take(role);
    if (found !== null) put(reading, indicator, role, valueOf(reading, found.text, found.place), found.place);
  }
  const operator = take("operator");
  if (operator !== null) put(reading, indicator, "operator", operatorOf(reading, operator.text), operator.place);
  readExplanation(reading, indicator, grid, row, columns);
}

function readPoints(reading: Reading, indicator: Indicator, take: (role: string) => { text: string; place: ReturnType<Grid["place"]> } | null): void {
  const weight = take("weight");
  if (weight !== null) put(reading, indicator, "weight", pointsOf(reading, weight.text, weight.place), weight.place);
  const own = take("score");
  const review = take("review");
  const score = own ?? review;
  if (score !== null) put(reading, indicator, "score", pointsOf(reading, score.text, score.place), score.place);
}

/** One reason merged over several rows is the reason of each; a column of measures belongs to the reason. */
function readExplanation(reading: Reading, indicator: Indicator, grid: Grid, row: number, columns: Columns): void {
  const texts = ["explanation", "measures"].flatMap((role) => {
    const column = columns.get(role);
    if (column === undefined) return [];
    const cell = grid.at(row, column.from) ?? valueIn(grid, row, column.from, column.to).cell;
    const beside = cell !== null && cell.column < column.from;
    return [{ text: cell === null || beside ? "" : joined(cell.text).text, place: cell?.place ?? grid.place(row, column.from) }];
  });
  const [first] = texts;
  if (first === undefined) return;
  const given = texts.filter(({ text }) => text !== "");
  put(reading, indicator, "explanation", given.map(({ text }) => text).join("；"), given[0]?.place ?? first.place);
}

interface RowContext { ownLevel: boolean; row: number; grid: Grid; printedName: string }

const VALUES = ["target", "actual", "weight", "score"] as const;

function keep(reading: Reading, form: Form, indicator: Indicator, context: RowContext): boolean {
  const empty = VALUES.every((key) => isNothing(indicator[key] ?? ""));
  const blank = VALUES.every((key) => (indicator[key] ?? "") === "") && (indicator.explanation ?? "") === "";
  if (isExecution(reading, indicator) && form.executionRow === null) {
    form.executionRow = indicator;
    return true;
  }
  if (context.printedName !== "" && empty && (indicator.name === "" || roleOf(reading.words.fillers, context.printedName) !== null)) {
    form.fillers++;
    return true;
  }
  if ((indicator.name ?? "") === "" && blank && !context.ownLevel) return context.grid.anchored(context.row).every((cell) => cell.hidden === true || isNumeric(cell.text));
  form.table.indicators.push(indicator);
  return true;
}

function isExecution(reading: Reading, indicator: Indicator): boolean {
  const names = (text: string | undefined): boolean => text !== undefined && text !== "" && roleOf(reading.words.executionRows, text) !== null;
  return names(indicator.level1) || ((indicator.level1 ?? "") === "" && names(indicator.name));
}

/** The 总分 row: its weight and score by their columns, else its only numbers in order; its grade wherever it stands. */
export function readTotalRow(reading: Reading, form: Form, grid: Grid, row: number, head: Header | null): boolean {
  const cells = visible(grid, row);
  const label = cells[0];
  if (label === undefined || roleOf(reading.words.totals, label.text) === null) return false;
  const rest = cells.slice(1);
  if (rest.length === 0 && isNumeric(label.text)) return false;
  const total = form.table.total ?? {};
  const column = (role: string): Column | undefined => head?.columns.find((one) => one.role === role);
  const numbers = rest.filter((cell) => isNumeric(cell.text));
  for (const role of ["weight", "score"] as const) {
    const at = column(role);
    const cell = at === undefined ? undefined : numbers.find((one) => one.column >= at.from && one.column <= at.to);
    if (cell !== undefined) put(reading, total, role, pointsOf(reading, cell.text, cell.place), cell.place);
  }
  if (total.score === undefined && total.weight === undefined) {
    const [first, second] = numbers;
    const score = second ?? first;
    if (score !== undefined) put(reading, total, "score", pointsOf(reading, score.text, score.place), score.place);
    if (first !== undefined && second !== undefined) put(reading, total, "weight", pointsOf(reading, first.text, first.place), first.place);
  }
  if (total.score === undefined && head !== null && column("score") !== undefined) {
    const at = column("score");
    if (at !== undefined) put(reading, total, "score", "", grid.place(row, at.from));
  }
  form.table.total = total;
  form.totalSeen = true;
  for (const cell of rest) {
    const grade = gradeOf(reading, cell.text);
    if (grade !== null) put(reading, form.table, "grade", grade, cell.place);
  }
  return true;
}
