// Text of cells between tabs or commas, as a sheet gives it when it is copied or saved as CSV → the table of a form, if that is what it holds.
import type { FormCell, FormTable } from "../forms/document.ts";
import { gridOf } from "../forms/grid.ts";
import { headerAt } from "../forms/header.ts";
import { formWords } from "../forms/words.ts";
import { cellsOf, splitRecords } from "../csv-records.ts";
import { textWords } from "./words.ts";

const FEWEST_CELLS = 4;

/** Null where the text is no such sheet. Rows of data have one head; a form has one for each of its parts. */
export function pastedTable(file: string, text: string): FormTable | null {
  if (!hasMarks(text)) return null;
  for (const delimiter of ["\t", ","]) {
    if (delimiter === "\t" && isAligned(text)) continue;
    const table = tableOf(file, text, delimiter);
    if (table !== null && parts(table) > 1) return table;
  }
  return null;
}

/** Whether a form's columns are held by tabs: spaces lead up to many of the words between them. */
export function isAligned(text: string): boolean {
  const lines = text.split(/[\r\n]+/u, 400).filter((line) => line.includes("\t"));
  return lines.filter((line) => /\t +\S|\S {2,}\S/u.test(line)).length * (hasMarks(text) ? 5 : 2) > lines.length;
}

/** Words of a form in two lines at least: those of a CSV stand in its first. Costs little where there are none. */
function hasMarks(text: string): boolean {
  const { marks } = textWords();
  return text.split(/[\r\n]+/u, 400).filter((line) => /[\t,]/u.test(line) && marks.some((mark) => line.includes(mark))).length > 1;
}

function tableOf(file: string, text: string, delimiter: string): FormTable | null {
  const records = splitRecords(text, delimiter).records.map(({ line, text: record }) => ({ line, cells: cellsOf(record, delimiter) }));
  if (records.filter(({ cells }) => cells.length >= FEWEST_CELLS).length * 2 < records.length) return null;
  const cells = records.flatMap(({ line, cells: texts }, row) => texts.map((shown, column): FormCell => ({ row, column, rowSpan: 1, columnSpan: 1, text: shown.trim(), place: { file, line } })));
  return { kind: "table", cells };
}

function parts(table: FormTable): number {
  const grid = gridOf(table);
  return new Set(grid.rows.flatMap((row) => headerAt(grid, row, formWords())?.kind ?? [])).size;
}
