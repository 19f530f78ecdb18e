// Rule lines of reports → the sheet that tells how every rule in force ended, with sums.
import { word } from "../../locale.ts";
import type { RuleLine } from "../../model.ts";
import { ruleTitle } from "../rule-title.ts";
import { ruleState } from "../select.ts";
import { rangeOf } from "../template/sheet.ts";
import { countCell, gridOf, textCell, type Fill, type Grid, type GridCell } from "./grid.ts";
import { leadHead, leadWidths, lead, type Book } from "./subject.ts";

const COUNTS = ["pass", "fail", "explained", "waived", "cannotTell", "error", "notApplicable"] as const;
const STATE_FILL: Partial<Record<ReturnType<typeof ruleState>, Fill>> = { found: "explain", error: "must-fix", cannotTell: "cannot-tell", passed: "good" };

export function ruleSheet(book: Book): Grid {
  const { locale, names } = book;
  const label = (key: string): string => word(locale, "workbook", `rules.${key}`);
  const leading = leadWidths(book).length;
  const grid = gridOf(names.rules, [...leadWidths(book), 40, 32, 10, ...COUNTS.map(() => 9), 44], [...leadHead(book), ...["rule", "id", "state", ...COUNTS, "reason"].map(label)]);
  for (const { report } of book.entries) {
    for (const line of report.rules) grid.rows.push([...lead(book, report), textCell(ruleTitle(line.rule, report, locale)), ...lineCells(line, book)]);
  }
  grid.filtered = grid.rows.length - 1;
  const count = grid.filtered;
  if (count > 0) grid.rows.push([...Array.from({ length: leading }, () => sumText("")), sumText(word(locale, "workbook", "sum")), sumText(""), sumText(""), ...COUNTS.map((column, at) => {
    const sum = book.entries.reduce((all, { report }) => report.rules.reduce((some, line) => some + line[column], all), 0);
    return { ...countCell(sum, { bold: true, fill: "sum" }), formula: `SUM(${rangeOf(1, leading + 3 + at, count, leading + 3 + at)})` };
  }), sumText("")]);
  return grid;
}

function lineCells(line: RuleLine, { locale }: Book): GridCell[] {
  const state = ruleState(line);
  const fill = STATE_FILL[state];
  return [textCell(line.rule), textCell(word(locale, "interface", `rules.${state}.one`), { align: "center", ...(fill === undefined ? {} : { fill }) }), ...COUNTS.map((column) => countCell(line[column])), textCell(line.reason ?? "")];
}

function sumText(text: string): GridCell {
  return textCell(text, { bold: true, fill: "sum" });
}
