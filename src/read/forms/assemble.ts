// The forms of a document → one submission per department and year.
import type { BasicData, MoneyUnit, Submission, Table } from "../../model.ts";
import type { Fragment, Places } from "../format.ts";
import { say, titleOf } from "./form.ts";
import type { Form, Reading, Shown } from "./form.ts";

/** `ahead` holds what the document said outside any form. Forms without content are covers and make no table. */
export function assemble(reading: Reading, all: readonly Form[], ahead: Form, places: Places): Fragment[] {
  const forms = all.filter(hasContent);
  if (forms.length === 0 && reading.statements.length === 0) return [];
  const known = { year: firstOf(all, ahead, "year"), department: firstOf(all, ahead, "department"), code: firstOf(all, ahead, "departmentCode") };
  const groups = new Map<string, Form[]>();
  for (const form of forms) {
    const key = JSON.stringify([(form.department ?? known.department)?.text ?? "", (form.year ?? known.year)?.text ?? ""]);
    groups.set(key, [...(groups.get(key) ?? []), form]);
  }
  if (groups.size === 0) groups.set("", []);
  return [...groups.values()].map((group, index) => fragmentOf(reading, group, known, index === 0 ? reading.statements : [], places));
}

function hasContent({ table, basic }: Form): boolean {
  return table.funds.length > 0 || table.indicators.length > 0 || basic.staff !== undefined || (basic.lines ?? []).length > 0 || table.total !== undefined;
}

type Known = Record<"year" | "department" | "code", Shown | null>;

function firstOf(forms: readonly Form[], ahead: Form, key: "year" | "department" | "departmentCode"): Shown | null {
  return forms.map((form) => form[key]).find((shown) => shown !== null) ?? ahead[key];
}

function fragmentOf(reading: Reading, forms: readonly Form[], known: Known, statements: Reading["statements"], places: Places): Fragment {
  const submission: Submission = { format: "ziping/submission@1", tables: [] };
  const own = new Map<string, Shown>();
  const year = forms.map((form) => form.year).find((shown) => shown !== null) ?? known.year;
  if (year !== null) [submission.year] = [year.text, own.set("year", year)];
  const department = departmentOf(reading, forms, known);
  if (department !== null) submission.department = { name: department.text };
  const code = forms.map((form) => form.departmentCode).find((shown) => shown !== null) ?? known.code;
  if (code !== null) submission.department = { ...submission.department, code: code.text };
  nameUnits(reading, forms, submission, own);
  submission.tables = forms.filter(({ kind }) => kind !== "basic").map((form) => tableOf(reading, form));
  const basic = forms.filter(({ kind }) => kind === "basic");
  if (basic.length > 0) submission.basicData = basicOf(basic.map((form) => form.basic));
  if (statements.length > 0) submission.statements = statements;
  registerAll(reading, submission, places);
  places.set(submission, (key) => (key === null ? null : (own.get(key)?.place ?? null)));
  if (submission.department !== undefined) places.set(submission.department, (key) => (key === "code" ? (code?.place ?? null) : (department?.place ?? null)));
  return { submission, remarks: [], ...(year === null || department === null ? { loose: true } : {}) };
}

/** Forms that name no department of their own are their common 主管部门's; that is an inference. */
function departmentOf(reading: Reading, forms: readonly Form[], known: Known): Shown | null {
  const named = forms.map((form) => form.department).find((shown) => shown !== null) ?? known.department;
  if (named !== null) return named;
  const supervisors = [...new Set(forms.map((form) => form.table.supervisor ?? "").filter((name) => name !== ""))];
  const [only] = supervisors;
  const form = forms.find(({ table }) => table.supervisor === only);
  const place = form === undefined ? undefined : reading.stood.get(form.table)?.get("supervisor");
  if (only === undefined || supervisors.length > 1 || place === undefined) return null;
  say(reading, "inferred", "department-from-supervisor", { department: only }, place);
  return { text: only, place };
}

function nameUnits(reading: Reading, forms: readonly Form[], submission: Submission, own: Map<string, Shown>): void {
  const given = forms.flatMap((form) => form.moneyUnit ?? []);
  const [first] = given;
  if (first === undefined) {
    if (forms.length > 0) say(reading, "inferred", "money-unit-assumed", { unit: "万元" }, null);
    return;
  }
  submission.moneyUnit = first.unit;
  own.set("moneyUnit", first);
  say(reading, "inferred", "money-unit-from-heading", { unit: first.unit }, first.place);
  for (const form of forms) {
    const unit: MoneyUnit = form.moneyUnit?.unit ?? first.unit;
    if (unit === first.unit) continue;
    if (form.kind === "basic") form.basic.moneyUnit = unit;
    else form.table.moneyUnit = unit;
    say(reading, "inferred", "money-unit-from-heading", { unit }, form.moneyUnit?.place ?? null);
  }
}

/** Parts that the form does not have are absent, not empty. */
function tableOf(reading: Reading, form: Form): Table {
  const { table } = form;
  table.kind = form.kind === "department" ? "department" : "project";
  const name = form.kind === "department" ? form.department : null;
  if (table.name === undefined && name !== null) {
    table.name = name.text;
    reading.stood.set(table, new Map([...(reading.stood.get(table) ?? []), ["name", name.place]]));
  }
  if (table.name === undefined && form.title !== null) say(reading, "note", "table-without-name", { title: titleOf(form) }, null);
  const kept: Table = table;
  if (table.funds.length === 0) delete kept.funds;
  if (table.indicators.length === 0) delete kept.indicators;
  return kept;
}

function basicOf(parts: readonly BasicData[]): BasicData {
  const [first = {}, ...rest] = parts;
  for (const part of rest) {
    for (const key of ["staff", "austerityMeasures", "moneyUnit"] as const) if (first[key] === undefined && part[key] !== undefined) Object.assign(first, { [key]: part[key] });
    if (part.lines !== undefined) first.lines = [...(first.lines ?? []), ...part.lines];
    if (part.buildings !== undefined) first.buildings = [...(first.buildings ?? []), ...part.buildings];
  }
  return first;
}

/** Every object whose values stood somewhere is registered; the row itself stands where its first value does. */
function registerAll(reading: Reading, value: unknown, places: Places): void {
  if (typeof value !== "object" || value === null) return;
  for (const inner of Object.values(value)) registerAll(reading, inner, places);
  const stood = reading.stood.get(value);
  if (stood === undefined) return;
  const first = [...stood.values()][0] ?? null;
  places.set(value, (key) => (key === null ? first : (stood.get(key) ?? null)));
}
