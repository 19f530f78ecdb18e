// Rows below a head of goals → what was expected and what was achieved.
import type { Goal } from "../../model.ts";
import { joined } from "./label.ts";
import { put } from "./form.ts";
import type { Form, Reading } from "./form.ts";
import { valueIn, visible } from "./grid.ts";
import type { Grid } from "./grid.ts";
import type { Header } from "./header.ts";
import { roleOf } from "./words.ts";

/** Reads one row; false where no cell stands under exactly one of the two columns. */
export function readGoalRow(reading: Reading, form: Form, grid: Grid, row: number, head: Header): boolean {
  const expected = head.columns.find((column) => column.role === "expected");
  const achieved = head.columns.find((column) => column.role === "achieved");
  if (expected === undefined || achieved === undefined) return false;
  const wide = visible(grid, row).some((cell) => cell.column <= expected.to && cell.column >= expected.from && cell.column + cell.columnSpan - 1 >= achieved.from);
  if (wide) return false;
  const planned = valueIn(grid, row, expected.from, Math.max(expected.to, expected.from));
  const reached = valueIn(grid, row, achieved.from, Math.max(achieved.to, achieved.from));
  if (planned.text === "" && reached.text === "") return false;
  if (roleOf(reading.words.indicators, planned.text)?.exact === true && roleOf(reading.words.indicators, reached.text)?.exact === true) return false;
  const goal: Goal = {};
  put(reading, goal, "expected", joined(planned.text).text, planned.place);
  put(reading, goal, "achieved", joined(reached.text).text, reached.place);
  form.table.goals = [...(form.table.goals ?? []), goal];
  return true;
}
