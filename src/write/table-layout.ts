// Rows of cells -> lines of aligned columns.
import { padEnd, padStart, wrap } from "./text-layout.ts";
import type { Measure } from "./text-layout.ts";

export type Align = "left" | "right";

/** Lines of a table, two spaces between columns; columns marked `grow` (the widest texts) wrap where the table is wider than `width`. */
export function layoutTable(rows: readonly (readonly string[])[], columns: readonly { align: Align; grow?: boolean }[], width: number, measure: Measure): string[] {
  const widths = fit(rows, columns, width, measure);
  return rows.flatMap((row) => {
    const cells = columns.map((_, i) => wrap(row[i] ?? "", widths[i] ?? 0, measure));
    const height = Math.max(...cells.map((lines) => lines.length));
    return Array.from({ length: height }, (_, line) => columns.map((column, i) => place(cells[i]?.[line] ?? "", widths[i] ?? 0, column.align, measure)).join("  ").trimEnd());
  });
}

function place(text: string, width: number, align: Align, measure: Measure): string {
  return align === "left" ? padEnd(text, width, measure) : padStart(text, width, measure);
}

/** The natural width of each column, those that may grow cut down evenly until the table fits; never below eight columns. */
function fit(rows: readonly (readonly string[])[], columns: readonly { grow?: boolean }[], width: number, measure: Measure): number[] {
  const widths = columns.map((_, i) => Math.max(2, ...rows.map((row) => measure(row[i] ?? ""))));
  const sum = (): number => widths.reduce((a, b) => a + b, 2 * (widths.length - 1));
  while (sum() > width) {
    const widest = columns.reduce((best, column, i) => (column.grow === true && (widths[i] ?? 0) > (widths[best] ?? 0) ? i : best), columns.findIndex((column) => column.grow === true));
    const most = widths[widest];
    if (most === undefined || most <= 8) break;
    widths[widest] = most - 1;
  }
  return widths;
}
