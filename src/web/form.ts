// A submission -> the form as a person knows it: sheets of rows whose cells know their place in the submission.
import type { Locale } from "../locale.ts";
import type { Submission, Table } from "../model.ts";
import { hasWord, word } from "../word.ts";

/** One cell: `pointer` is the JSON pointer of its value. `label` names it where no heading is seen or heard. */
export interface FormCell { pointer: string; text: string; label: string; kind: "number" | "short" | "long" }

/** `cells` stand under the block's columns; null: this row of the form has no such cell. */
export interface FormRow { pointer: string; head: string; cells: (FormCell | null)[] }

/** Columns without names: a list of fields, each under its own head. */
export interface FormBlock { title: string; columns: string[]; rows: FormRow[] }

export interface FormSheet { pointer: string; title: string; blocks: FormBlock[] }

const NUMBERS = new Set(["initialBudget", "adjustedBudget", "executed", "weight", "rate", "score", "prior", "budget", "established", "controlRate", "approvedArea", "actualArea", "areaControlRate", "budgetInvestment", "actualInvestment", "investmentControlRate", "amount", "share", "total", "current", "previous", "change", "generalBudget", "governmentFund", "specialAccount", "other", "basic", "project"]);
const LONG = new Set(["explanation", "expected", "achieved", "reason", "measures", "text", "austerityMeasures", "evidence"]);
/** What a reader knows a row by, never shown as a cell of its own. */
const CODES = new Set(["source", "item", "kind", "column", "claims", "scope", "direction", "operator"]);

/** In the form's order: what stands above the tables, each table, the basic data, the figures of the prose. */
export function formOf(submission: Submission, locale: Locale): FormSheet[] {
  const { tables, basicData, statements = [] } = submission;
  return [
    headSheet(submission, locale),
    ...tables.map((table, index) => remembered(table, `/tables/${index}`, locale, tableSheet)),
    ...(basicData === undefined ? [] : [remembered(basicData, "/basicData", locale, basicSheet)]),
    ...(statements.length === 0 ? [] : [remembered(statements, "/statements", locale, proseSheet)]),
  ];
}

/** The submission with one cell changed; what it stood in is made where the form had none. All else is the same object as before. */
export function withCell(submission: Submission, pointer: string, text: string): Submission {
  return changed(submission, stepsOf(pointer), text) as Submission;
}

/** What stands at a pointer, as text; null where nothing does. */
export function cellAt(submission: Submission, pointer: string): string | null {
  const value = stepsOf(pointer).reduce<unknown>((held, step) => (typeof held === "object" && held !== null && Object.hasOwn(held, step) ? (held as Record<string, unknown>)[step] : undefined), submission);
  return typeof value === "string" || typeof value === "number" ? String(value) : null;
}

const sheets = new WeakMap<object, { pointer: string; locale: Locale; sheet: FormSheet }>();

/** The same part of a submission gives the same sheet, so that a page draws again only what changed. */
function remembered<T extends object>(part: T, pointer: string, locale: Locale, make: (part: T, pointer: string, locale: Locale) => FormSheet): FormSheet {
  const known = sheets.get(part);
  if (known !== undefined && known.pointer === pointer && known.locale === locale) return known.sheet;
  const sheet = make(part, pointer, locale);
  sheets.set(part, { pointer, locale, sheet });
  return sheet;
}

function headSheet({ year, moneyUnit, department = {} }: Submission, locale: Locale): FormSheet {
  const fields = [fieldRow("", "year", year ?? "", locale), fieldRow("/department", "name", department.name ?? "", locale, nameOf("department", locale)), fieldRow("", "moneyUnit", moneyUnit ?? "", locale)];
  return { pointer: "", title: word(locale, "pages", "form.head"), blocks: [{ title: "", columns: [], rows: fields }] };
}

function tableSheet(table: Table, at: string, locale: Locale): FormSheet {
  const { kind, name, funds = [], goals = [], indicators = [], byNature = {}, total = {}, levelWeights = {} } = table;
  const title = [word(locale, "names", kind === "department" ? "departmentTable" : "projectTable"), name ?? ""].filter((text) => text !== "").join(" · ");
  const own = (["supervisor", "implementer", "code", "reason", "measures", "grade"] as const).flatMap((field) => (table[field] === undefined ? [] : [fieldRow(at, field, table[field], locale)]));
  const natures = (Object.entries(byNature) as [string, Record<string, string>][]).flatMap(([side, amounts]) => Object.entries(amounts).map(([key, text]) => fieldRow(`${at}/byNature/${side}`, key, text, locale, `${nameOf(side === "expenditure" ? "expenditure" : "income", locale)} · ${nameOf(key, locale)}`)));
  const blocks: FormBlock[] = [
    block("", own),
    rowsBlock(`${at}/funds`, funds, ["initialBudget", "adjustedBudget", "executed", "weight", "rate", "score", "explanation"], locale, "form.funds", (fund) => fund.label ?? nameOf(fund.source, locale), ["explanation"]),
    block(word(locale, "pages", "form.nature"), natures),
    rowsBlock(`${at}/goals`, goals, ["expected", "achieved", "explanation"], locale, "form.goals", (_, index) => String(index + 1)),
    rowsBlock(`${at}/indicators`, indicators, ["level1", "level2", "name", "operator", "target", "unit", "actual", "weight", "score", "explanation", "code", "evidence"], locale, "form.indicators", (indicator, index) => indicator.name ?? String(index + 1), ["explanation"]),
    block(word(locale, "forms", "show.levelWeights"), Object.entries(levelWeights).map(([level, text]) => fieldRow(`${at}/levelWeights`, level, text, locale, level))),
    block(word(locale, "forms", "show.total"), (["weight", "score"] as const).map((field) => fieldRow(`${at}/total`, field, total[field] ?? "", locale, `${word(locale, "forms", "show.total")} · ${nameOf(field, locale)}`))),
  ];
  return { pointer: at, title, blocks: blocks.filter(({ rows }) => rows.length > 0) };
}

function basicSheet(basic: NonNullable<Submission["basicData"]>, at: string, locale: Locale): FormSheet {
  const { staff, lines = [], buildings = [], austerityMeasures } = basic;
  const blocks: FormBlock[] = [
    rowsBlock(at, staff === undefined ? [] : [staff], ["established", "actual", "controlRate", "explanation"], locale, "form.staff", () => nameOf("staff", locale), ["explanation"], ["staff"]),
    rowsBlock(`${at}/lines`, lines, ["prior", "budget", "actual", "explanation"], locale, "form.lines", (line) => line.label ?? nameOf(line.item, locale), ["explanation"]),
    rowsBlock(`${at}/buildings`, buildings, ["approvedArea", "actualArea", "areaControlRate", "budgetInvestment", "actualInvestment", "investmentControlRate", "explanation"], locale, "form.buildings", (building, index) => building.name ?? String(index + 1)),
    block("", austerityMeasures === undefined ? [] : [fieldRow(at, "austerityMeasures", austerityMeasures, locale)]),
  ];
  return { pointer: at, title: nameOf("basicData", locale), blocks: blocks.filter(({ rows }) => rows.length > 0) };
}

/** Each figure of the prose under what it is about. */
function proseSheet(statements: NonNullable<Submission["statements"]>, at: string, locale: Locale): FormSheet {
  const rows = statements.flatMap((statement, index): FormRow[] => {
    const pointer = `${at}/${index}`;
    const named = statement.kind === "claim" ? undefined : statement.kind === "explanation" ? statement.about : statement.label;
    const item = "item" in statement ? nameOf(statement.item, locale) : undefined;
    const about = [named, item].find((text) => text !== undefined && text !== "") ?? sayKind(statement.kind, locale);
    const direction = statement.kind === "comparison" ? statement.direction : undefined;
    const fields = Object.entries(statement).filter(([field, value]) => typeof value === "string" && !CODES.has(field) && field !== "label" && field !== "about") as [string, string][];
    const parts = statement.kind === "composition" ? (statement.parts ?? []) : [];
    return [
      ...fields.map(([field, text]) => fieldRow(pointer, field, text, locale, `${about} · ${field === "change" ? (direction ?? nameOf(field, locale)) : fieldName(field, locale)}`)),
      ...parts.flatMap((part, place) => (["amount", "share"] as const).flatMap((field) => (part[field] === undefined ? [] : [fieldRow(`${pointer}/parts/${place}`, field, part[field], locale, `${about} · ${part.label ?? String(place + 1)} · ${fieldName(field, locale)}`)]))),
    ];
  });
  return { pointer: at, title: nameOf("prose", locale), blocks: [block("", rows)] };
}

const block = (title: string, rows: FormRow[]): FormBlock => ({ title, columns: [], rows });

function fieldRow(at: string, field: string, text: string, locale: Locale, head = fieldName(field, locale)): FormRow {
  const pointer = `${at}/${escaped(field)}`;
  return { pointer, head, cells: [{ pointer, text, label: head, kind: kindOf(field) }] };
}

/** Rows of one kind under the columns that any of them has, and those of `always`. `keys`: their steps below the pointer, usually their index. */
function rowsBlock<T extends object>(at: string, rows: readonly T[], fields: readonly string[], locale: Locale, title: "form.funds" | "form.goals" | "form.indicators" | "form.staff" | "form.lines" | "form.buildings", headOf: (row: T, index: number) => string, always: readonly string[] = [], keys: readonly string[] = []): FormBlock {
  const columns = fields.filter((field) => always.includes(field) || rows.some((row) => Object.hasOwn(row, field)));
  const naming = rows.some((row) => Object.hasOwn(row, "name")) && columns.includes("name");
  return {
    title: word(locale, "pages", title),
    columns: [...(naming ? [] : [word(locale, "pages", `${title}.head`)]), ...columns.map((field) => columnName(title, field, locale))],
    rows: rows.map((row, index) => {
      const pointer = `${at}/${keys[index] ?? index}`;
      const head = headOf(row, index);
      const cells = columns.map((field) => {
        const value = (row as Record<string, string | undefined>)[field];
        if (value === undefined && !always.includes(field)) return null;
        return { pointer: `${pointer}/${field}`, text: value ?? "", label: `${head} · ${columnName(title, field, locale)}`, kind: kindOf(field) };
      });
      return { pointer, head: naming ? "" : head, cells };
    }),
  };
}

/** Under indicators the forms say 实际完成值, under the basic data 本年决算数, of staff 实际在职人数. */
function columnName(title: string, field: string, locale: Locale): string {
  if (title === "form.lines" && (field === "prior" || field === "budget" || field === "actual")) return word(locale, "names", `line.${field}`);
  if (title === "form.staff" && field === "actual") return word(locale, "names", "staff.actual");
  if (title === "form.indicators" && (field === "target" || field === "actual")) return word(locale, "names", field);
  if (title === "form.indicators" && field === "name") return word(locale, "pages", "form.indicator");
  return fieldName(field, locale);
}

function fieldName(field: string, locale: Locale): string {
  return hasWord(locale, "forms", `field.${field}`) ? word(locale, "forms", `field.${field}`) : nameOf(field, locale);
}

function nameOf(code: string, locale: Locale): string {
  return hasWord(locale, "names", code) ? word(locale, "names", code) : code;
}

function sayKind(kind: string, locale: Locale): string {
  return word(locale, "pages", kind === "claim" ? "form.claim" : "form.statement");
}

function kindOf(field: string): FormCell["kind"] {
  if (NUMBERS.has(field)) return "number";
  return LONG.has(field) ? "long" : "short";
}

function stepsOf(pointer: string): string[] {
  return pointer.split("/").slice(1).map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

const escaped = (step: string): string => step.replaceAll("~", "~0").replaceAll("/", "~1");

function changed(held: unknown, [step, ...rest]: readonly string[], text: string): unknown {
  if (step === undefined) return text;
  if (Array.isArray(held)) return held.map((one: unknown, index) => (String(index) === step ? changed(one, rest, text) : one));
  const object = typeof held === "object" && held !== null ? held as Record<string, unknown> : {};
  return { ...object, [step]: changed(Object.hasOwn(object, step) ? object[step] : undefined, rest, text) };
}
