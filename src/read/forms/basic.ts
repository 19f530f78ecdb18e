// Rows of the basic data table → staff, expenditure lines and buildings.
import type { BasicLine, Building } from "../../model.ts";
import { asName, isNumeric, joined, squashed } from "./label.ts";
import { put } from "./form.ts";
import type { Form, Reading } from "./form.ts";
import { valueIn, visible } from "./grid.ts";
import type { Grid } from "./grid.ts";
import type { Header } from "./header.ts";
import { valueOf } from "./values.ts";
import { bareLabel, roleOf } from "./words.ts";

/** The row of numbers below 编制数, 实际在职人数, 控制率; left blank it is read as blank. */
export function readStaffRow(reading: Reading, form: Form, grid: Grid, row: number, head: Header): boolean {
  if (Object.values(form.basic.staff ?? {}).some((text) => text !== "")) return false;
  const shown = head.columns.map((column) => ({ role: column.role, ...valueIn(grid, row, column.from, column.to) }));
  const left = visible(grid, row).length === 0;
  if (!left && !shown.some(({ text }) => isNumeric(text))) return false;
  const staff: NonNullable<Form["basic"]["staff"]> = {};
  for (const { role, text, place } of shown) put(reading, staff, role as keyof typeof staff, valueOf(reading, text, place), place);
  form.basic.staff = staff;
  return true;
}

const COLUMNS = ["prior", "budget", "actual"] as const;

/** One line of expenditure; its label is the last text left of the amounts. */
export function readBasicLine(reading: Reading, form: Form, grid: Grid, row: number, head: Header): boolean {
  const columns = COLUMNS.flatMap((role) => head.columns.find((column) => column.role === role) ?? []);
  const firstValue = Math.min(...columns.map((column) => column.from));
  const label = visible(grid, row).filter((cell) => cell.column + cell.columnSpan - 1 < firstValue && !isNumeric(cell.text)).at(-1);
  if (label === undefined) return false;
  const name = bareLabel(label.text, reading.words);
  const item = roleOf(reading.words.items, name)?.role;
  const shown = columns.map((column) => ({ role: column.role, ...valueIn(grid, row, column.from, column.to) }));
  if (item === undefined && !shown.some(({ text }) => isNumeric(text))) return false;
  const line: BasicLine = { item: item ?? name };
  put(reading, line, "label", joined(label.text).text, label.place);
  for (const { role, text, place } of shown) put(reading, line, role as (typeof COLUMNS)[number], valueOf(reading, text, place), place);
  const explanation = head.columns.find((column) => column.role === "explanation");
  if (explanation !== undefined) {
    const found = valueIn(grid, row, explanation.from, explanation.to);
    put(reading, line, "explanation", joined(found.text).text, found.place);
  }
  form.basic.lines = [...(form.basic.lines ?? []), line];
  return true;
}

/** One building; rows without a value are none. */
export function readBuildingRow(reading: Reading, form: Form, grid: Grid, row: number, head: Header): boolean {
  const shown = head.columns.map((column) => ({ role: column.role, ...valueIn(grid, row, column.from, column.to) }));
  if (!shown.some(({ text, role }) => role !== "name" && squashed(text) !== "" && /^[\d.,%/—–-]+$/u.test(squashed(text)))) return false;
  const building: Building = {};
  for (const { role, text, place } of shown) put(reading, building, role as keyof Building, role === "name" ? asName(text) : valueOf(reading, text, place), place);
  form.basic.buildings = [...(form.basic.buildings ?? []), building];
  return true;
}
