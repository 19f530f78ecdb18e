// The rows of one CSV -> a submission for every year and department they name, in the order of first appearance.
import type { InputRemark, MoneyUnit, Place, Submission, Table } from "../model.ts";
import type { CsvHeader } from "./csv-header.ts";
import { readRow } from "./csv-row.ts";
import type { Fragment, Places } from "./format.ts";
import { note } from "./place.ts";
import { clipped, remark } from "./remark.ts";
import { put, type Settling } from "./settle.ts";
import { meaning, plain } from "./words.ts";

/** `swallowed`: a quote without its pair has made one row of this one and the next. `above`: what the row above it says, where that is not among the rows. */
export interface CsvRow { line: number; lines: number; cells: readonly string[]; swallowed: boolean; above?: Above }
export interface Above { year: string; department: string }
/** `rest`: how many rows of the file could be read, where `rows` are not all of them. */
export interface CsvSheet { file: string; header: CsvHeader; rows: readonly CsvRow[]; strayQuotes: readonly number[]; remarks: InputRemark[]; rest?: number }

/** One row being read: its cells by field, and where it belongs. */
export interface ReadingRow {
  part: Part;
  settling: Settling;
  /** The cell of a field, trimmed; undefined where the file has no such column. */
  cell: (field: string) => string | undefined;
  place: (field: string | null) => Place;
  table: () => Table;
  say: (kind: InputRemark["kind"], code: string, field: string | null, values?: Record<string, string>) => void;
}

/** What one file says of one department and year. `above`: what the row before said, for merged cells. */
export interface Part { key: string; submission: Submission; remarks: InputRemark[]; tables: Map<string, Table>; above: Map<string, string>; said: Set<string> }

export function tableFragments(sheet: CsvSheet, places: Places): { fragments: Fragment[]; remarks: InputRemark[] } {
  const parts = new Map<string, Part>();
  const remarks = [...sheet.remarks];
  const rest = String(sheet.rest ?? sheet.rows.filter((row) => fits(sheet.header, row)).length);
  const above: Above = { year: "", department: "" };
  const misfits: { row: CsvRow; above: string }[] = [];
  for (const row of sheet.rows) {
    if (row.above !== undefined) Object.assign(above, row.above);
    if (fits(sheet.header, row)) readRow(sheet.header, rowOf(sheet, row, parts, above, places), places);
    else misfits.push({ row, above: keyOf(above) });
  }
  // A row that came apart may name a department wrongly: it counts as one of those that whole rows name.
  for (const { row, above: key } of misfits) {
    const named = keyOf({ year: cellOf(sheet, row, "year") ?? "", department: cellOf(sheet, row, "department") ?? "" });
    const part = parts.get(named) ?? parts.get(key) ?? parts.values().next().value;
    (part?.remarks ?? remarks).push(misfit(sheet, row, rest));
    if (part !== undefined) markPartial(sheet, part, cellOf(sheet, row, "table") ?? "");
  }
  for (const line of sheet.strayQuotes) {
    remarks.push(remark("problem", "csv-stray-quote", { file: sheet.file, row: line }, { rest }));
    for (const part of parts.values()) markPartial(sheet, part, "");
  }
  return { fragments: [...parts.values()].map(({ submission, remarks: own }) => ({ submission, remarks: own, loose: true })), remarks };
}

function misfit(sheet: CsvSheet, row: CsvRow, rest: string): InputRemark {
  const values = { cells: String(row.cells.length), columns: String(sheet.header.printed.length), last: String(row.line + row.lines - 1), rest };
  return remark("problem", row.lines > 1 ? "csv-rows-joined" : "csv-row-length", { file: sheet.file, row: row.line }, values);
}

export const keyOf = ({ year, department }: Above): string => `${year}\n${plain(department)}`;

function cellOf(sheet: CsvSheet, row: CsvRow, field: string): string | undefined {
  const index = sheet.header.columns.get(field);
  return index === undefined ? undefined : (row.cells[index] ?? "").trim();
}

/** As many cells as the header has columns; blank cells behind the last column are nothing. */
export function fits(header: CsvHeader, row: Pick<CsvRow, "cells" | "swallowed">): boolean {
  const columns = header.printed.length;
  return !row.swallowed && row.cells.length >= columns && row.cells.slice(columns).every((cell) => cell.trim() === "");
}

function rowOf(sheet: CsvSheet, row: CsvRow, parts: Map<string, Part>, above: Above, places: Places): ReadingRow {
  const { columns, printed } = sheet.header;
  const cell = (field: string): string | undefined => cellOf(sheet, row, field);
  const place = (field: string | null): Place => {
    const column = field === null ? undefined : printed[columns.get(field) ?? -1];
    return { file: sheet.file, row: row.line, ...(column === undefined ? {} : { column }) };
  };
  above.year = cell("year") || above.year;
  above.department = cell("department") || above.department;
  const part = partOf(parts, above, { cell, place }, places);
  const settling = { places, remarks: part.remarks };
  const reading: ReadingRow = {
    part, settling, cell, place,
    table: () => tableOf(sheet.header, reading, places),
    say: (kind, code, field, values = {}) => part.remarks.push(remark(kind, code, place(field), values)),
  };
  for (const [field, owner, key] of OF_SUBMISSION) {
    const value = cell(field);
    if (value !== undefined && value !== "") put(owner(part.submission), key, value, place(field), settling);
  }
  unitOfSubmission(reading);
  return reading;
}

const OF_SUBMISSION: readonly [string, (submission: Submission) => object, string][] = [
  ["departmentCode", (submission) => (submission.department ??= {}), "code"],
  ["region", (submission) => (submission.department ??= {}), "region"],
  ["departmentLevel", (submission) => (submission.department ??= {}), "level"],
  ["ruleSet", (submission) => submission, "ruleSet"],
];

function unitOfSubmission({ cell, part, say }: ReadingRow): void {
  const printed = cell("moneyUnit") ?? "";
  if (printed === "") return;
  const unit = meaning("moneyUnit", printed) as MoneyUnit | null;
  if (unit === null) once(part, "money-unit-unknown", () => { say("problem", "money-unit-unknown", "moneyUnit", { text: clipped(printed) }); });
  else part.submission.moneyUnit = unit;
}

function partOf(parts: Map<string, Part>, { year, department }: Above, row: Pick<ReadingRow, "cell" | "place">, places: Places): Part {
  const key = keyOf({ year, department });
  const known = parts.get(key);
  if (known !== undefined) return known;
  const submission: Submission = { format: "ziping/submission@1", tables: [] };
  const made: Part = { key, submission, remarks: [], tables: new Map(), above: new Map(), said: new Set() };
  if (row.cell("year") !== undefined) {
    submission.year = year;
    note(places, submission, "year", row.place("year"));
  }
  if (row.cell("department") !== undefined) {
    submission.department = { name: department };
    note(places, submission.department, "name", row.place("department"));
  }
  note(places, submission.tables, "", null);
  parts.set(key, made);
  return made;
}

/** The table that the row belongs to; a blank type and name are those of the row above, as in merged cells. */
function tableOf(header: CsvHeader, row: ReadingRow, places: Places): Table {
  const { kind, name } = tableKey(header, row);
  const key = `${kind}\n${kind === "department" ? "" : plain(name)}\n${row.cell("tableCode") ?? ""}`;
  let table = row.part.tables.get(key);
  if (table === undefined) {
    table = { kind, ...(name === "" ? {} : { name }) };
    row.part.tables.set(key, table);
    row.part.submission.tables.push(table);
    const first = row.place(null);
    const named = name === row.cell("table") ? row.place("table") : name === row.cell("department") ? row.place("department") : first;
    places.set(table, (asked) => (asked === null ? first : asked === "name" ? named : asked === "kind" ? row.place("kind") : null));
    if (header.moneyUnit !== null) table.moneyUnit = header.moneyUnit;
  }
  for (const [field, property] of OF_TABLE) {
    const value = row.cell(field);
    if (value !== undefined && value !== "") put(table, property, value, row.place(field), row.settling);
  }
  return table;
}

const OF_TABLE: readonly (readonly [string, string])[] = [["tableCode", "code"], ["supervisor", "supervisor"], ["implementer", "implementer"]];

function tableKey(header: CsvHeader, row: ReadingRow): { kind: Table["kind"]; name: string } {
  const { above } = row.part;
  const department = row.part.submission.department?.name ?? "";
  if (header.table === "nature") return { kind: "department", name: department };
  const [printedKind, printedName] = [row.cell("kind") ?? "", row.cell("table") ?? ""];
  if (printedKind === "" && printedName === "" && above.has("kind")) return { kind: above.get("kind") as Table["kind"], name: above.get("table") ?? "" };
  const known = meaning("kind", printedKind) as Table["kind"] | null;
  const guess = printedName === "" || plain(printedName) === plain(department) ? "department" : "project";
  const kind = known ?? guess;
  if (known === null) once(row.part, `kind ${printedKind}`, () => {
    if (printedKind !== "") row.say("inferred", "csv-kind-unknown", "kind", { text: clipped(printedKind), read: kind });
    else row.say("inferred", "csv-kind-missing", row.cell("kind") === undefined ? null : "kind", { read: kind });
  });
  const name = kind === "department" ? printedName || department : printedName || (above.get("kind") === "project" ? above.get("table") ?? "" : "");
  above.set("kind", kind).set("table", name);
  return { kind, name };
}

/** The table that a row is missing from; all of the file's where it cannot be told which. */
function markPartial(sheet: CsvSheet, { submission, tables }: Part, name: string): void {
  const { table } = sheet.header;
  if (["basic", "staff", "buildings"].includes(table)) (submission.basicData ??= {}).partial = true;
  else if (table === "statements" || tables.size === 0) submission.partial = true;
  else {
    const named = [...tables.values()].filter((one) => plain(one.name ?? "") === plain(name));
    for (const one of named.length > 0 ? named : tables.values()) one.partial = true;
  }
}

/** Says once a file and department what holds of every row. */
export function once(part: Part, what: string, say: () => void): void {
  if (part.said.has(what)) return;
  part.said.add(what);
  say();
}
