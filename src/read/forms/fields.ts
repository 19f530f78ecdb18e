// Labelled cells and lines (`项目名称 | …`, `填报单位：… 金额单位：…`) → what a form says about itself. Names of persons are passed over.
import type { MoneyUnit, Place } from "../../model.ts";
import { asName, folded, isNothing, isNumeric, joined, squashed } from "./label.ts";
import { put } from "./form.ts";
import type { Form, Reading, Shown } from "./form.ts";
import type { FormCell } from "./document.ts";
import { visible } from "./grid.ts";
import type { Grid } from "./grid.ts";
import { moneyUnitIn } from "./funds.ts";
import { gradeOf, pointsOf } from "./values.ts";
import { bareLabel, roleOf } from "./words.ts";
import type { Match } from "./words.ts";

/** One statement of a form about itself: `field` as in the words' `fields`. */
export interface FieldValue { field: string; label: string; value: Shown }

/**
 * The fields that a row of cells states. `strict`: only listed words count, and only where the row begins with one (inside a part,
 * where an indicator may be called anything).
 */
export function fieldsInRow(reading: Reading, grid: Grid, row: number, strict: boolean): FieldValue[] {
  const cells = visible(grid, row);
  const found: FieldValue[] = [];
  let skip: FormCell | null = null;
  for (const [index, cell] of cells.entries()) {
    if (cell === skip || (index > 0 && cell.text === cells[index - 1]?.text)) continue;
    const inline = fieldsInText(reading, cell.text, cell.place, strict);
    const lone = inline.length === 1 && inline[0]?.value.text === "" ? inline[0] : null;
    if (inline.length > 0 && lone === null) {
      found.push(...inline);
      continue;
    }
    const match = lone === null ? fieldOf(reading, cell.text, strict) : { role: lone.field };
    if (match === null) {
      if (strict && index === 0) return [];
      continue;
    }
    const value = valueOfLabel(reading, cells, index);
    const place = value?.place ?? grid.place(row, cell.column + cell.columnSpan) ?? cell.place;
    found.push({ field: match.role, label: squashed(cell.text), value: { text: value?.text ?? "", place } });
    skip = value;
  }
  return found;
}

/**
 * The cell that a label is about: the next one that is no label itself. Blank cells lie between them where a merged one was divided; then
 * it must end the row or stand before another label, or it may be the answer to a question that was not understood.
 */
function valueOfLabel(reading: Reading, cells: readonly FormCell[], index: number): FormCell | null {
  const label = cells[index];
  // A merged label that was divided repeats itself.
  const rest = cells.slice(index + 1).filter((cell, at, all) => cell.text !== label?.text || all.slice(0, at).some((other) => other.text !== label.text));
  const [next, after] = rest;
  if (label === undefined || next === undefined || isLabel(reading, next)) return null;
  const beside = next.column === label.column + label.columnSpan || rest.length < cells.length - index - 1;
  return beside || after === undefined || isLabel(reading, after) ? next : null;
}

function isLabel(reading: Reading, cell: FormCell): boolean {
  return fieldOf(reading, cell.text, true) !== null || fieldsInText(reading, cell.text, cell.place, true).length > 0;
}

function fieldOf(reading: Reading, text: string, strict: boolean): Match | null {
  if (isNumeric(text)) return null;
  const match = roleOf(reading.words.fields, bareLabel(text, reading.words));
  return match !== null && (match.exact || !strict) ? match : null;
}

/** The fields in one line of text: `单位名称：甲局  填报日期：…`. Text without a colon states none. */
export function fieldsInText(reading: Reading, text: string, place: Place, strict: boolean): FieldValue[] {
  if (text.length > 300) return [];
  const line = folded(text).replace(/\n/gu, "  ");
  const pieces = line.split(/\s{2,}|\s(?=[^\s:]{2,12}:)|[;]/u).flatMap((piece) => dividedAtLabels(reading, piece));
  return pieces.flatMap((piece): FieldValue[] => {
    const colon = piece.indexOf(":");
    if (colon < 1) return [];
    const label = piece.slice(0, colon);
    const match = fieldOf(reading, label, strict);
    return match === null ? [] : [{ field: match.role, label: squashed(label), value: { text: piece.slice(colon + 1).trim(), place } }];
  });
}

/** `填报单位:甲局单位编码:407001` runs two fields together: a listed label before a later colon begins a new one. */
function dividedAtLabels(reading: Reading, piece: string): string[] {
  const starts = [0];
  for (let colon = piece.indexOf(":", piece.indexOf(":") + 1); colon > 0; colon = piece.indexOf(":", colon + 1)) {
    const label = Array.from({ length: 11 }, (_, index) => 12 - index).find((length) => colon - length > (starts.at(-1) ?? 0) && fieldOf(reading, piece.slice(colon - length, colon), true) !== null);
    if (label !== undefined) starts.push(colon - label);
  }
  return starts.map((start, index) => piece.slice(start, starts[index + 1]).trim());
}

/** Writes one field into the form; false where the form has no use for it. */
export function applyField(reading: Reading, form: Form, { field, value }: FieldValue): boolean {
  const text = asName(value.text);
  const shown: Shown = { text, place: value.place };
  if (field === "projectName") return applyName(reading, form, shown);
  if (field === "departmentName") return applyDepartment(form, shown);
  if (field === "supervisor" || field === "implementer") return keepFirst(reading, form, field, shown);
  if (field === "projectCode") return keepFirst(reading, form, "code", shown);
  if (field === "departmentCode") form.departmentCode ??= text === "" ? null : shown;
  else if (field === "moneyUnit") return applyUnit(form, value);
  else if (field === "year") form.year ??= yearIn(text) === null ? null : { text: yearIn(text) ?? "", place: value.place };
  else if (field === "totalScore") return applyTotalScore(reading, form, value);
  else if (field === "grade") return applyGrade(reading, form, value);
  else if (field === "reason" || field === "measures") put(reading, form.table, field, joined(value.text).text, value.place);
  else if (field === "austerityMeasures") put(reading, form.basic, "austerityMeasures", joined(value.text).text, value.place);
  return true;
}

/** `51092323T000010263357-高标准农田建设补助`: the code before the name is the project's code. */
function applyName(reading: Reading, form: Form, shown: Shown): boolean {
  const coded = /^[([]?([0-9A-Z]{8,})[)\]]?[-—_:\s]*(?=[^\x20-\x7E])(.+)$/u.exec(shown.text);
  put(reading, form.table, "name", coded?.[2] ?? shown.text, shown.place);
  if (coded?.[1] !== undefined && form.table.code === undefined) put(reading, form.table, "code", coded[1], shown.place);
  return true;
}

function applyDepartment(form: Form, shown: Shown): boolean {
  const text = shown.text.replace(/[（(](?:盖章|公章|签章)[)）]$/u, "");
  const coded = /^[([]?(\d{3,12})[)\]]?[-—_]?(?=[^\x20-\x7E])(.+)$/u.exec(text);
  const name = coded?.[2] ?? text;
  if (isNothing(name)) return true;
  form.department ??= { text: name, place: shown.place };
  if (coded?.[1] !== undefined) form.departmentCode ??= { text: coded[1], place: shown.place };
  return true;
}

function keepFirst(reading: Reading, form: Form, key: "supervisor" | "implementer" | "code", shown: Shown): boolean {
  if (form.table[key] === undefined) put(reading, form.table, key, shown.text, shown.place);
  return true;
}

function applyUnit(form: Form, value: Shown): boolean {
  const unit = moneyUnitIn(value.text);
  if (unit !== null) form.moneyUnit ??= { ...value, unit: unit as MoneyUnit };
  return unit !== null;
}

function applyTotalScore(reading: Reading, form: Form, value: Shown): boolean {
  if (!isNumeric(value.text)) return true;
  const total = form.table.total ?? {};
  if (total.score === undefined) put(reading, total, "score", pointsOf(reading, value.text, value.place), value.place);
  form.table.total = total;
  return true;
}

function applyGrade(reading: Reading, form: Form, value: Shown): boolean {
  const grade = gradeOf(reading, value.text);
  if (grade !== null) put(reading, form.table, "grade", grade, value.place);
  return true;
}

/** The year that a title or a cell of its own names (`（2023年度）`, `2023年`); null where none. */
export function yearIn(text: string): string | null {
  const key = squashed(text);
  return /(20\d\d)年度/u.exec(key)?.[1] ?? /^[([]?(20\d\d)(?:年)?[)\]]?$/u.exec(key)?.[1] ?? /(20\d\d)年/u.exec(key)?.[1] ?? null;
}
