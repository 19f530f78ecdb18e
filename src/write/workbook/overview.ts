// Reports → the first sheet: verdict and counts, claimed beside recomputed scores, what there is to do.
import { word } from "../../locale.ts";
import type { Report } from "../../model.ts";
import { fixList } from "../fix-list.ts";
import { fixSentences, tableText } from "../fix-text.ts";
import { tasksIn, whereText } from "../overview.ts";
import { ruleSetText } from "../rule-set-text.ts";
import { PARTS } from "../select.ts";
import { addressOf, rangeOf } from "../template/sheet.ts";
import { verdictText } from "../verdict-text.ts";
import { changeCell, countCell, gridOf, headCell, heightOf, linesOf, pointsCell, reference, sameCell, textCell, type Fill, type Grid, type GridCell } from "./grid.ts";
import { betweenText, type Scores } from "./scores.ts";
import { FILL_OF, lead, leadHead, leadWidths, titleOf, type Book } from "./subject.ts";

/** Of the columns behind the leading ones; the last holds sentences. */
const WIDTHS = [26, 28, 10, 10, 10, 14, 9, 9, 64];
const LAST = WIDTHS.length - 1;
const VERDICT_FILL: Readonly<Record<Report["verdict"], Fill>> = { return: "must-fix", undetermined: "cannot-tell", explain: "explain", accept: "good" };

export function overviewSheet(book: Book, scores: Scores): Grid {
  const grid = gridOf(book.names.overview, [...leadWidths(book), ...WIDTHS], null);
  grid.rows.push([{ text: titleOf(book), look: { bold: true, size: 16 } }]);
  grid.heights.set(0, 30);
  if (book.several) addSubmissions(grid, book);
  else addVerdict(grid, book);
  addScores(grid, book, scores);
  addTasks(grid, book);
  return grid;
}

function addVerdict(grid: Grid, { entries: [only], locale }: Book): void {
  if (only === undefined) return;
  const { report } = only;
  grid.rows.push([{ text: verdictText(report, locale), look: { bold: true, size: 12, fill: VERDICT_FILL[report.verdict] } }, ...Array.from({ length: 5 }, (): GridCell => ({ look: { fill: VERDICT_FILL[report.verdict] } }))]);
  grid.heights.set(grid.rows.length - 1, 22);
  grid.rows.push([{ text: ruleSetText(report, locale), look: { grey: true } }], [], PARTS.map((part) => headCell(word(locale, "interface", `part.${part}`))));
  grid.rows.push(countCells(report));
}

/** One row a submission, and their sums. */
function addSubmissions(grid: Grid, book: Book): void {
  const { locale, entries } = book;
  const leading = leadWidths(book).length;
  addHeading(grid, book, "overview.submissions");
  grid.rows.push([...leadHead(book), word(locale, "interface", "summary.verdict"), ...PARTS.map((part) => word(locale, "interface", `part.${part}`))].map(headCell));
  const first = grid.rows.length;
  for (const { report } of entries) {
    grid.rows.push([...lead(book, report), textCell(verdictWord(report, book), { fill: VERDICT_FILL[report.verdict] }), ...countCells(report)]);
  }
  if (entries.length === 0) return;
  const sums = PARTS.map((part, at) => ({ ...countCell(entries.reduce((sum, { report }) => sum + countOf(report, part), 0), { bold: true, fill: "sum" as const, align: "center" as const }), formula: `SUM(${rangeOf(first, leading + 1 + at, grid.rows.length - 1, leading + 1 + at)})` }));
  grid.rows.push([textCell(word(locale, "workbook", "sum"), { bold: true, fill: "sum" }), textCell("", { fill: "sum" }), textCell("", { fill: "sum" }), ...sums]);
}

function verdictWord({ verdict, input }: Report, { locale }: Book): string {
  return word(locale, "interface", `summary.${verdict}`) + (input.remarks.some(({ kind }) => kind === "problem") ? word(locale, "interface", "summary.unread") : "");
}

function countCells(report: Report): GridCell[] {
  return PARTS.map((part) => countCell(countOf(report, part), { bold: true, align: "center", ...(countOf(report, part) === 0 ? {} : { fill: FILL_OF[part] }) }));
}

function countOf({ counts }: Report, part: (typeof PARTS)[number]): number {
  return { "must-fix": counts.mustFix, explain: counts.explain, note: counts.note, "cannot-tell": counts.cannotTell, explained: counts.explained, waived: counts.waived }[part];
}

/** Each table's scores are those of the sheet of scores, so that a number changed there is changed here. */
function addScores(grid: Grid, book: Book, scores: Scores): void {
  const { locale, names } = book;
  if (book.entries.every(({ report }) => report.tables.length === 0)) return;
  addHeading(grid, book, "overview.scores");
  const heads = ["table", "kind", "claimed", "recomputed", "change", "between", "gradeClaimed", "grade", "after"].map((key) => word(locale, "workbook", `overview.${key}`));
  grid.rows.push([...leadHead(book), ...heads].map(headCell));
  const start = leadWidths(book).length;
  for (const [index, { report }] of book.entries.entries()) {
    const after = new Map(fixSentences(report, fixList(report), locale).map(({ table, text }) => [table, text]));
    for (const [at, table] of report.tables.entries()) {
      const row = grid.rows.length;
      const sums = scores.sums[index]?.[at] ?? null;
      const { claimed, recomputed } = table;
      const of = (cell: string): string => reference({ sheet: names.scores, cell });
      const name = textCell(tableText(table, locale));
      grid.rows.push([
        ...lead(book, report), sums === null ? name : { ...name, to: { sheet: names.scores, cell: sums.recomputed } }, textCell(word(locale, "interface", `kind.${table.kind}`)),
        claimed.score === null || sums === null ? pointsCell(claimed.score) : sameCell(of(sums.claimed), claimed.score),
        recomputed.score === null ? textCell(word(locale, "workbook", "open"), { align: "right" }) : sums === null ? pointsCell(recomputed.score) : sameCell(of(sums.recomputed), recomputed.score),
        changeCell({ cell: addressOf(row, start + 2), text: claimed.score }, { cell: addressOf(row, start + 3), text: recomputed.score }),
        textCell(betweenText({ ...recomputed, recomputed: recomputed.score }), { align: "center" }),
        textCell(claimed.grade ?? "—", { align: "center" }), textCell(recomputed.grade ?? "—", { align: "center" }), textCell(after.get(table) ?? ""),
      ]);
    }
  }
}

/** One line a kind of problem. */
function addTasks(grid: Grid, book: Book): void {
  const { locale } = book;
  const start = leadWidths(book).length;
  const tasks = book.entries.flatMap(({ report }) => tasksIn(report.findings).map((task) => ({ report, task })));
  if (tasks.length === 0) return;
  addHeading(grid, book, "overview.problems");
  const merged = (row: number): void => { grid.merges.push({ row, from: start + 3, to: start + LAST }); };
  const wide = (cells: GridCell[], cell: GridCell): GridCell[] => [...cells, cell, ...Array.from({ length: LAST - 3 }, () => ({ look: cell.look }))];
  merged(grid.rows.length);
  grid.rows.push(wide([...leadHead(book), ...["toDo.part", "toDo.title", "toDo.count"].map((key) => word(locale, "interface", key))].map(headCell), headCell(word(locale, "interface", "toDo.where"))));
  for (const { report, task } of tasks) {
    const where = whereText(task.where, locale);
    merged(grid.rows.length);
    grid.heights.set(grid.rows.length, heightOf(Math.max(linesOf(where, WIDTHS.slice(3).reduce((sum, width) => sum + width, 0)), linesOf(task.title, WIDTHS[1] ?? 1))));
    grid.rows.push(wide([...lead(book, report), textCell(word(locale, "interface", `part.${task.part}`), { fill: FILL_OF[task.part] }), textCell(task.title), countCell(task.count, { align: "center" })], textCell(where)));
  }
}

function addHeading(grid: Grid, { locale }: Book, key: string): void {
  grid.rows.push([], [{ text: word(locale, "workbook", key), look: { bold: true, size: 12 } }]);
  grid.heights.set(grid.rows.length - 1, 22);
}
