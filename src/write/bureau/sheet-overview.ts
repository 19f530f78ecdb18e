// Totals and distributions of a summary → the workbook's first sheet.
import { decimal, dividedBy, round, toText } from "../../decimal.ts";
import { word, type Locale } from "../../locale.ts";
import type { Band, Summary } from "../../summary.ts";
import { addressOf, rangeOf } from "../template/sheet.ts";
import { countCell, gridOf, headCell, reference, textCell, type Grid, type GridCell } from "../workbook/grid.ts";
import { columnAt } from "./sheet-departments.ts";
import { bandText, COUNTS, labelsOf, onlyYear, signed, VERDICTS, type Label } from "./text.ts";

const WIDTHS = [34, 12, 12, 60];

export function overviewGrid(summary: Summary, locale: Locale): Grid {
  const label = labelsOf(locale);
  const grid = gridOf(label("sheet.overview"), WIDTHS, null);
  const { departments, counts, tables, unread } = summary.totals;
  const year = onlyYear(summary);
  grid.rows.push([{ text: year === null ? label("title", { count: departments }) : label("title.year", { year, count: departments }), look: { bold: true, size: 16 } }]);
  grid.heights.set(0, 30);
  for (const set of summary.ruleSets) grid.rows.push([{ text: label("totals.ruleSet", set), look: { grey: true } }]);
  grid.rows.push([{ text: label("note.speaker"), look: { grey: true } }], [{ text: label("totals.tables", { ...tables, change: signed(tables.change) }), look: {} }], [{ text: `${label("totals.unread")} ${String(unread)}`, look: {} }]);
  addCounts(grid, summary, label, counts);
  addDistributions(grid, summary, label, locale);
  return grid;
}

/** Findings of each kind: the sums of the departments' column, whatever its filter shows. */
function addCounts(grid: Grid, { departments }: Summary, label: Label, counts: Summary["totals"]["counts"]): void {
  addHead(grid, [label("what"), label("rules.broken")]);
  for (const key of [...COUNTS, "error"] as const) {
    const range = `${reference({ sheet: label("sheet.departments"), cell: addressOf(1, columnAt(key)) })}:${addressOf(Math.max(1, departments.length), columnAt(key))}`;
    grid.rows.push([textCell(label(key)), { ...countCell(counts[key]), ...(departments.length === 0 ? {} : { formula: `SUM(${range})` }) }]);
  }
}

function addDistributions(grid: Grid, { distributions: { verdicts, scores, execution, grades } }: Summary, label: Label, locale: Locale): void {
  const bands = (of: { bands: readonly Band[]; unknown: number }, unit: string): [string, number][] => [...of.bands.map((band): [string, number] => [bandText(band, unit, label), band.count]).reverse(), [label("dist.unknown"), of.unknown]];
  addDistribution(grid, label("dist.verdicts"), VERDICTS.map((verdict) => [word(locale, "interface", `summary.${verdict}`), verdicts[verdict]]), label);
  addDistribution(grid, label("dist.scores.claimed"), bands(scores.claimed, ""), label);
  addDistribution(grid, label("dist.scores.recomputed"), bands(scores.recomputed, ""), label);
  addDistribution(grid, label("dist.execution"), bands(execution, "%"), label);
  addDistribution(grid, label("dist.grades"), grades.map(({ claimed, recomputed, departments }) => [`${claimed ?? label("grade.none")} → ${recomputed ?? label("grade.open")}`, departments]), label);
}

function addDistribution(grid: Grid, title: string, counts: readonly (readonly [string, number])[], label: Label): void {
  const all = counts.reduce((sum, [, count]) => sum + count, 0);
  if (all === 0) return;
  addHead(grid, [title, label("dist.count"), label("dist.share")]);
  const first = grid.rows.length;
  const last = first + counts.length - 1;
  const total = addressOf(last + 1, 1);
  for (const [name, count] of counts) {
    const share = dividedBy(decimal(count), decimal(all));
    const shown: GridCell = { number: share === null ? "0" : toText(round(share, 10)), formula: `${addressOf(grid.rows.length, 1)}/${total}`, look: { frame: true, align: "right", format: "0.0%" } };
    grid.rows.push([textCell(name), countCell(count), shown]);
  }
  grid.rows.push([textCell(label("sum"), { bold: true, fill: "sum" }), { ...countCell(all, { bold: true, fill: "sum" }), formula: `SUM(${rangeOf(first, 1, last, 1)})` }, textCell("", { fill: "sum" })]);
}

function addHead(grid: Grid, heads: readonly string[]): void {
  grid.rows.push([], heads.map(headCell));
}
