// A form document (tables of cells, paragraphs) → submissions, by the words in rules/forms.
import type { InputRemark, MoneyUnit, Place } from "../../model.ts";
import type { Fragment, Places } from "../format.ts";
import type { FormCell, FormDocument, FormTable } from "./document.ts";
import { assemble } from "./assemble.ts";
import { readBasicLine, readBuildingRow, readStaffRow } from "./basic.ts";
import { applyField, fieldsInRow, fieldsInText, yearIn } from "./fields.ts";
import type { FieldValue } from "./fields.ts";
import { newForm, say, titleOf } from "./form.ts";
import type { Form, FormKind, Reading } from "./form.ts";
import { moneyUnitIn, noteExecutionPoints, readFundRow, readNatureRow, settleExecution } from "./funds.ts";
import { readGoalRow } from "./goals.ts";
import { gridOf, visible } from "./grid.ts";
import type { Grid } from "./grid.ts";
import { headerAt } from "./header.ts";
import type { Header, PartKind } from "./header.ts";
import { readIndicatorRow, readTotalRow } from "./indicators.ts";
import { isNumeric, squashed, withoutBrackets } from "./label.ts";
import { clipped } from "../remark.ts";
import { readStatements } from "./prose.ts";
import { bareLabel, roleOf } from "./words.ts";
import type { FormWords } from "./words.ts";

/**
 * Reads all forms of a document, whatever their order. A department's forms make one submission. What was inferred, and every
 * table, column and row that was not understood, is remarked; a value whose text cannot be made out stays as it is printed.
 */
export function submissionFromForms(document: FormDocument, words: FormWords, places: Places): { fragments: Fragment[]; remarks: InputRemark[] } {
  const reading: Reading = { file: document.file, words, remarks: [...document.remarks], statements: [], stood: new WeakMap(), said: new Set() };
  const walk: Walk = { reading, form: null, ahead: newForm(), forms: [], other: null };
  for (const block of document.blocks) {
    if (block.kind === "table") walkTable(walk, block);
    else walkParagraph(walk, block.text, block.place);
  }
  closeForm(walk);
  for (const form of walk.forms) settle(reading, form);
  const known = [...walk.forms, walk.ahead];
  readStatements(reading, document.blocks, known.find(({ moneyUnit }) => moneyUnit !== null)?.moneyUnit?.unit, known.find(({ year }) => year !== null)?.year?.text);
  const fragments = assemble(reading, walk.forms, walk.ahead, places);
  if (fragments.length === 0 && !document.remarks.some((remark) => remark.kind === "problem")) say(reading, "problem", "no-form-recognised", { words: firstWords(document) }, { file: document.file });
  return { fragments, remarks: reading.remarks };
}

/** `ahead` gathers what stands before a form begins: its title, year, department, unit of money. */
interface Walk {
  reading: Reading; form: Form | null; ahead: Form; forms: Form[];
  /** Below the title of a form that is no self-evaluation: nothing is read until a title of one, or what follows its table. `passed`: its table has begun. */
  other: { passed: boolean } | null;
}

function walkTable(walk: Walk, table: FormTable): void {
  const grid = gridOf(table);
  const [stray] = grid.strays;
  if (stray !== undefined) say(walk.reading, "note", "stray-cells-aside", { texts: grid.strays.slice(0, 5).map((cell) => squashed(cell.text).slice(0, 12)).join("、"), count: String(grid.strays.length) }, stray.place);
  if (table.name !== undefined) {
    closeForm(walk);
    walk.other = null;
  }
  const before = walk.forms.length + (walk.form === null ? 0 : 1);
  const unusedBefore = walk.form?.unusedRows.length ?? 0;
  let until = -1;
  for (const row of grid.rows) {
    if (row <= until) continue;
    until = row + walkRow(walk, grid, row) - 1;
  }
  if (walk.other !== null) {
    walk.other.passed = true;
    return;
  }
  noteUnread(walk, table);
  const after = walk.forms.length + (walk.form === null ? 0 : 1);
  if (after === before && (walk.form === null || walk.form.unusedRows.length > unusedBefore)) noteUnknownTable(walk, grid);
}

/** Reads what begins in this row and says how many rows it took. */
function walkRow(walk: Walk, grid: Grid, row: number): number {
  if (readTitle(walk, grid, row) || isOther(walk, grid, row) || isNote(walk, grid, row)) return 1;
  const head = headerAt(grid, row, walk.reading.words);
  if (head !== null && !isValueRow(walk, grid, row, head)) return beginPart(walk, grid, head);
  const part = walk.form?.head ?? null;
  const fields = fieldsInRow(walk.reading, grid, row, part !== null && part.kind !== "staff");
  if (fields.length > 0 && !(part?.kind === "funds" && isFundLabel(walk, grid, row)) && !startsWithTotal(walk, grid, row)) {
    applyFields(walk, grid, fields);
    return 1;
  }
  if (walk.form !== null && (part === null ? readTotalRow(walk.reading, walk.form, grid, row, null) : readPartRow(walk.reading, walk.form, grid, row, part))) {
    applyFields(walk, grid, fieldsInRow(walk.reading, grid, row, false).filter(({ field }) => field === "grade"));
    return 1;
  }
  noteUnused(walk, grid, row);
  return 1;
}

function readPartRow(reading: Reading, form: Form, grid: Grid, row: number, head: Header): boolean {
  const read: Record<PartKind, typeof readFundRow> = {
    indicators: readIndicatorRow, funds: readFundRow, goals: readGoalRow, nature: readNatureRow,
    staff: readStaffRow, lines: readBasicLine, buildings: readBuildingRow,
  };
  return read[head.kind](reading, form, grid, row, head) || (head.kind !== "funds" && head.kind !== "lines" && readTotalRow(reading, form, grid, row, form.head));
}

/** A line of one cell whose words are a form's title begins a new form. */
function readTitle(walk: Walk, grid: Grid, row: number): boolean {
  const cell = loneCell(grid, row);
  if (cell === null) return false;
  const year = squashed(cell.text).length <= 14 ? /^[([]?(20\d\d)(?:年度?)?[)\]]?$/u.exec(squashed(cell.text))?.[1] : undefined;
  if (year !== undefined) {
    const target = walk.form === null || walk.form.year !== null ? walk.ahead : walk.form;
    target.year = { text: year, place: cell.place };
    return true;
  }
  return takeTitle(walk, cell.text, cell.place);
}

const LONGEST_TITLE = 50;
const SERIAL = /^(?:附[件表])?\d{0,2}[.、:-]?/u;

function takeTitle(walk: Walk, text: string, place: Place): boolean {
  const key = squashed(text);
  if (key.length > LONGEST_TITLE || /[。；;]/u.test(key)) return false;
  const kind = roleOf(walk.reading.words.titles, withoutBrackets(key).replace(SERIAL, ""))?.role as FormKind | undefined;
  if (kind === undefined) return false;
  closeForm(walk);
  walk.other = null;
  walk.ahead.kind = kind;
  walk.ahead.title = key;
  const year = yearIn(text);
  if (year !== null) walk.ahead.year = { text: year, place };
  const owner = /^(.{3,24}?)(?:20\d\d年)/u.exec(key)?.[1];
  if (owner !== undefined && /(?:[局委厅办院部处会校馆所站队]|中心|政府|公司|机关|集团|管委会|街道)$/u.test(owner) && walk.ahead.department === null) {
    walk.ahead.department = { text: owner, place };
    say(walk.reading, "inferred", "department-from-title", { department: owner }, place);
  }
  return true;
}

/** The one text of a row; a merged cell that was divided repeats it. */
function loneCell(grid: Grid, row: number): FormCell | null {
  const [cell, ...others] = visible(grid, row);
  return cell !== undefined && others.every((other) => other.text === cell.text) ? cell : null;
}

/** Whether the row is, or stands below, the title of a form that is no self-evaluation. */
function isOther(walk: Walk, grid: Grid, row: number): boolean {
  const cell = loneCell(grid, row);
  if (cell !== null) takeOtherTitle(walk, cell.text, cell.place);
  return walk.other !== null;
}

function takeOtherTitle(walk: Walk, text: string, place: Place): boolean {
  const key = squashed(text);
  if (key.length > LONGEST_TITLE || roleOf(walk.reading.words.otherForms, withoutBrackets(key).replace(SERIAL, "")) === null) return false;
  closeForm(walk);
  walk.other = { passed: false };
  say(walk.reading, "note", "other-form-aside", { title: key }, place);
  return true;
}

function isNote(walk: Walk, grid: Grid, row: number): boolean {
  const cell = loneCell(grid, row);
  if (cell !== null && walk.form?.head?.kind === "lines" && roleOf(walk.reading.words.items, bareLabel(cell.text, walk.reading.words)) !== null) return false;
  return cell !== null && walk.reading.words.notes.roles.some(({ like }) => like.some((pattern) => pattern.test(squashed(cell.text))));
}

/** In a part of goals or indicators a row of values may happen to hold words of a head; heads have no numbers. */
function isValueRow(walk: Walk, grid: Grid, row: number, head: Header): boolean {
  if (head.kind === "nature") return false;
  const numbers = visible(grid, row).filter((cell) => isNumeric(cell.text)).length;
  return numbers > 0 && walk.form?.head?.kind !== undefined;
}

function beginPart(walk: Walk, grid: Grid, head: Header): number {
  const form = formForPart(walk, grid, head);
  noteHead(walk, form, head);
  form.head = head;
  if (head.kind === "funds" || head.kind === "lines" || head.kind === "nature") noteUnit(form, grid, head);
  if (head.kind === "funds") noteExecutionPoints(form, grid, head);
  if (head.kind === "lines") noteYear(form, head);
  const below = head.row + head.height;
  if (head.kind === "staff" && grid.anchored(below).length === 0 && grid.at(below, head.columns[0]?.from ?? 0) !== null) readStaffRow(walk.reading, form, grid, below, head);
  if (head.kind === "indicators") [form.level1, form.level2] = [null, null];
  return head.height;
}

/** A part that the form already has begins another form; a repeated head after a page break does not. */
function formForPart(walk: Walk, grid: Grid, head: Header): Form {
  const basicPart = head.kind === "staff" || head.kind === "lines" || head.kind === "buildings";
  const form = walk.form;
  const again = form !== null && ((head.kind === "funds" && form.table.funds.length > 0 && form.table.indicators.length > 0) || (head.kind === "indicators" && form.totalSeen && form.table.indicators.length > 0));
  const other = form !== null && form.started && basicPart !== (form.kind === "basic");
  if (again || other) closeForm(walk);
  const current = openForm(walk, grid);
  current.started = true;
  if (basicPart) current.kind = "basic";
  return current;
}

function openForm(walk: Walk, grid: Grid | null): Form {
  if (walk.form !== null) return walk.form;
  const { kind, title, year, department, departmentCode, moneyUnit, table } = walk.ahead;
  walk.form = { ...newForm(), kind, title: title ?? grid?.name ?? null, year, department, departmentCode, moneyUnit, table: { ...newForm().table, ...table, funds: [], indicators: [] } };
  const moved = walk.reading.stood.get(table);
  if (moved !== undefined) walk.reading.stood.set(walk.form.table, moved);
  walk.ahead = { ...newForm(), department, departmentCode, moneyUnit, year };
  return walk.form;
}

function closeForm(walk: Walk): void {
  if (walk.form === null) return;
  walk.forms.push(walk.form);
  walk.ahead = { ...walk.ahead, kind: null, title: null };
  walk.form = null;
}

function applyFields(walk: Walk, grid: Grid, fields: readonly FieldValue[]): void {
  for (const field of fields) {
    const names = field.field === "projectName" || field.field === "departmentName";
    const current = walk.form;
    if (names && current !== null && (current.table.name !== undefined || current.table.indicators.length > 0) && field.field === "projectName") closeForm(walk);
    const ofForm = field.field === "projectName" || walk.form !== null || (walk.ahead.title !== null && ["supervisor", "implementer", "projectCode"].includes(field.field));
    const form = ofForm ? openForm(walk, grid) : walk.ahead;
    applyField(walk.reading, form, field);
    if (field.field === "departmentName" && (form.kind === "department" || walk.ahead.kind === "department") && form.department !== null) nameDepartmentTable(walk, form);
  }
}

/** The department's own table bears the department's name. */
function nameDepartmentTable(walk: Walk, form: Form): void {
  const shown = form.department;
  if (shown === null || form.table.name !== undefined) return;
  form.table.name = shown.text;
  walk.reading.stood.set(form.table, new Map([...(walk.reading.stood.get(form.table) ?? []), ["name", shown.place]]));
}

/** A unit in the head of the amounts is nearer to them than one on the cover. */
function noteUnit(form: Form, grid: Grid, head: Header): void {
  for (let row = head.row; row < head.row + head.height; row++) {
    for (const cell of [...grid.anchored(row), grid.at(row, 0), grid.at(row, 1)]) {
      const unit = cell === null ? null : moneyUnitIn(cell.text);
      if (unit === null || cell === null) continue;
      if (form.moneyUnit?.unit !== unit) form.moneyUnit = { text: cell.text, place: cell.place, unit: unit as MoneyUnit };
      return;
    }
  }
}

/** `2023年决算数`: the year that the last column is about. */
function noteYear(form: Form, head: Header): void {
  const actual = head.columns.find((column) => column.role === "actual");
  const year = actual === undefined ? null : yearIn(actual.text);
  if (year !== null && actual !== undefined) form.year ??= { text: year, place: actual.place };
}

function noteHead(walk: Walk, form: Form, head: Header): void {
  if (head.kind === "nature") return;
  for (const column of head.columns) {
    if (!column.exact && column.role !== "aside" && head.kind !== "lines") say(walk.reading, "inferred", "column-understood-as", { printed: squashed(column.text), role: usualWord(walk.reading.words, head.kind, column.role) }, column.place);
    if (column.role === "review") say(walk.reading, "note", "review-score-aside", { printed: squashed(column.text) }, column.place);
  }
  for (const { text, place } of head.unknown) say(walk.reading, "note", "column-not-understood", { printed: text, table: titleOf(form) }, place);
}

/** What most forms call the column. */
function usualWord(words: FormWords, part: Exclude<PartKind, "nature">, role: string): string {
  return [...(words[part].roles.find((one) => one.role === role)?.words.keys() ?? [])][0] ?? role;
}

function isFundLabel(walk: Walk, grid: Grid, row: number): boolean {
  const [cell] = visible(grid, row);
  return cell !== undefined && roleOf(walk.reading.words.sources, cell.text)?.exact === true;
}

function startsWithTotal(walk: Walk, grid: Grid, row: number): boolean {
  const [cell] = visible(grid, row);
  return walk.form !== null && cell !== undefined && roleOf(walk.reading.words.totals, cell.text)?.exact === true;
}

function walkParagraph(walk: Walk, text: string, place: Place): void {
  if (takeTitle(walk, text, place)) return;
  if (walk.other?.passed === true) walk.other = null;
  if (takeOtherTitle(walk, text, place)) return;
  const year = squashed(text).length <= 14 ? yearIn(text) : null;
  if (year !== null) walk.ahead.year = { text: year, place };
  for (const field of fieldsInText(walk.reading, text, place, true)) {
    if (["departmentName", "departmentCode", "moneyUnit", "year"].includes(field.field)) applyField(walk.reading, walk.ahead, field);
  }
}

function noteUnused(walk: Walk, grid: Grid, row: number): void {
  const cells = visible(grid, row);
  const [cell] = cells;
  if (cell === undefined || walk.form === null || cells.length < 2) return;
  walk.form.unusedRows.push({ text: squashed(cell.text).slice(0, 20), place: cell.place });
}

/** Rows whose cells cannot be told apart are named; what is left is a part of the form. Goals are words: without them all figures can be checked. */
function noteUnread(walk: Walk, { unread = [] }: FormTable): void {
  const form = walk.form;
  const goals = form?.head?.kind === "goals";
  for (const { text, place } of unread) say(walk.reading, goals ? "note" : "problem", goals ? "goals-unreadable" : "row-unreadable", { table: form === null ? "" : titleOf(form), text: clipped(text), line: String(place.line ?? "") }, place);
  if (form === null || unread.length === 0 || goals) return;
  if (form.kind === "basic") form.basic.partial = true;
  else form.table.partial = true;
}

/** A table of which nothing was understood is named, with the words of its first rows. */
function noteUnknownTable(walk: Walk, grid: Grid): void {
  const rows = grid.rows.filter((row) => visible(grid, row).length > 1);
  const [first] = rows;
  if (first === undefined || rows.length < 2) return;
  const printed = visible(grid, first).slice(0, 8).map((cell) => squashed(cell.text).slice(0, 12)).join("、");
  say(walk.reading, "note", "table-not-understood", { sheet: grid.name ?? "", words: printed }, visible(grid, first)[0]?.place ?? null);
}

function settle(reading: Reading, form: Form): void {
  settleExecution(reading, form);
  if (form.fillers > 0) say(reading, "note", "filler-rows-left-out", { table: titleOf(form), count: String(form.fillers) }, null);
  const [first] = form.unusedRows;
  if (first !== undefined) say(reading, "note", "rows-not-understood", { table: titleOf(form), rows: form.unusedRows.slice(0, 6).map((row) => row.text).join("、"), count: String(form.unusedRows.length) }, first.place);
}

function firstWords(document: FormDocument): string {
  const texts = document.blocks.flatMap((block) => (block.kind === "table" ? block.cells.map((cell) => cell.text) : [block.text]));
  return texts.map((text) => squashed(text).slice(0, 12)).filter((text) => text !== "").slice(0, 8).join("、");
}
