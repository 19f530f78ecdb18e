// Lines -> the table as Markdown: readable in a terminal, and what README shows.
import type { Line } from "./row.ts";

const HEAD = ["", "measure", "figure", "done when", "aim", "reached", ""];

export function tableOf(lines: readonly (Line & { row: string })[]): string {
  const cells = lines.map((line) => [line.row, line.measure, shown(line.figure, line.unit), bound(line, line.doneWhen), bound(line, line.aim), reached(line), line.note]);
  const rule = HEAD.map((_, column) => ([2, 3, 4].includes(column) ? "--:" : "---"));
  return [HEAD, rule, ...cells].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** How far a line got: `aim`, `done`, `no`, or nothing where no bound was set. */
export function reached({ figure, better, doneWhen, aim }: Line): string {
  if (figure === null || better === undefined || (doneWhen ?? aim) === undefined) return "";
  const holds = (limit: number | undefined): boolean => limit !== undefined && (better === "less" ? figure <= limit : figure >= limit);
  return holds(aim) ? "aim" : holds(doneWhen) ? "done" : "no";
}

function bound({ better, unit }: Line, limit: number | undefined): string {
  return limit === undefined ? "" : `${better === "less" ? "≤" : "≥"} ${shown(limit, unit)}`;
}

function shown(figure: number | null, unit: Line["unit"]): string {
  if (figure === null) return "–";
  const digits = Number.isInteger(figure) || Math.abs(figure) >= 100 ? 0 : Math.abs(figure) >= 10 ? 1 : 2;
  return `${figure.toFixed(digits)}${unit === "" ? "" : ` ${unit}`}`;
}
