// Tables of reports → the sheet of scored rows: claimed beside recomputed, with sums that a spreadsheet works out again.
import { decimal, equals, parseDecimal, total } from "../../decimal.ts";
import { hasWord, word, type Locale } from "../../locale.ts";
import type { Finding, LedgerRow, ReportTable } from "../../model.ts";
import { tableText } from "../fix-text.ts";
import { placeText } from "../place.ts";
import { recomputedText, rowName, rowsOfInterest } from "../select.ts";
import { addressOf, rangeOf } from "../template/sheet.ts";
import { changeCell, gridOf, numberCell, pointsCell, rowLink, sameCell, sumCell, textCell, type Grid, type GridCell, type Look } from "./grid.ts";
import { lead, leadHead, leadWidths, type Book, type Entry } from "./subject.ts";

const COLUMNS = ["table", "level1", "row", "target", "actual", "weight", "claimed", "recomputed", "change", "between", "how", "judged", "findings", "to", "place"] as const;
const WIDTHS = [20, 10, 24, 12, 12, 7, 8, 9, 9, 14, 28, 9, 26, 9, 24];
const SUM_LOOK: Look = { bold: true, fill: "sum" };

/** Where the sums of a table stand; null where it has no rows. */
export interface Sums { claimed: string; recomputed: string }

export interface Scores {
  grid: Grid;
  /** The cell of a row, by its anchor. */
  rows: ReadonlyMap<string, string>;
  /** Table by table, report by report. */
  sums: readonly (readonly (Sums | null)[])[];
}

/** `findingCells`: where each finding stands in its own sheet, by its anchor. */
export function scoreSheet(book: Book, findingCells: ReadonlyMap<string, string>): Scores {
  const { locale, names } = book;
  const heads = COLUMNS.map((column) => word(locale, "workbook", `scores.${column}`));
  const grid = gridOf(names.scores, [...leadWidths(book), ...WIDTHS], [...leadHead(book), ...heads]);
  const rows = new Map<string, string>();
  const sums = book.entries.map((entry) => {
    const about = findingsByRow(entry);
    return entry.report.tables.map((table, index) => addTable({ book, entry, grid, about, findingCells, rows }, table, index));
  });
  grid.printed = grid.widths.length - 1;
  grid.filtered = grid.rows.length - 1;
  return { grid, rows, sums };
}

interface Context { book: Book; entry: Entry; grid: Grid; about: ReadonlyMap<string, Finding[]>; findingCells: ReadonlyMap<string, string>; rows: Map<string, string> }

function addTable(context: Context, table: ReportTable, index: number): Sums | null {
  const { book, entry, grid, rows } = context;
  if (table.ledger.length === 0) return null;
  const first = grid.rows.length;
  const start = leadWidths(book).length;
  const differing = new Set(rowsOfInterest(table));
  for (const [at, row] of table.ledger.entries()) {
    rows.set(entry.links.row(index, at), addressOf(grid.rows.length, start + 2));
    grid.rows.push([...lead(book, entry.report), ...rowCells(context, table, row, entry.links.row(index, at), differing.has(row))]);
  }
  return addSums(context, table, first, start);
}

function rowCells({ book: { locale, names }, entry, grid, about, findingCells }: Context, table: ReportTable, row: LedgerRow, anchor: string, differs: boolean): GridCell[] {
  const start = grid.widths.length - COLUMNS.length;
  const at = grid.rows.length;
  const found = about.get(anchor) ?? [];
  const [first] = found;
  const to = first === undefined ? undefined : findingCells.get(entry.links.finding(first));
  const look: Look = differs ? { fill: "explain" } : {};
  const how = hasWord(locale, "methods", row.method) ? word(locale, "methods", row.method) : row.method;
  return [
    textCell(tableText(table, locale)), textCell(row.level1 ?? ""), textCell(rowName(row, locale)), textCell(row.target ?? ""), textCell(row.actual ?? row.rate ?? ""),
    pointsCell(row.weight), pointsCell(row.claimed), row.recomputed === null ? textCell(word(locale, "workbook", "open"), { align: "right", ...look }) : pointsCell(row.recomputed, look),
    changeCell({ cell: addressOf(at, start + 6), text: row.claimed }, { cell: addressOf(at, start + 7), text: row.recomputed }, look),
    textCell(betweenText(row), { align: "center" }), textCell(how), textCell(row.judged ? word(locale, "workbook", "yes") : "", { align: "center" }),
    textCell(titlesText(found, locale)), to === undefined ? textCell("") : rowLink(names.findings, to),
    textCell(row.at == null ? "" : placeText(row.at, locale)),
  ];
}

/** The sums of the rows, and below them the total that the form prints. */
function addSums({ book, entry, grid }: Context, table: ReportTable, first: number, start: number): Sums {
  const { locale } = book;
  const at = grid.rows.length;
  const range = (column: number): string => rangeOf(first, start + column, at - 1, start + column);
  const recomputed = recomputedSum(table, range(7), locale);
  const names = (key: string): GridCell[] => [...lead(book, entry.report, SUM_LOOK), textCell(tableText(table, locale), SUM_LOOK), textCell("", SUM_LOOK), textCell(word(locale, "workbook", key), SUM_LOOK), textCell("", SUM_LOOK), textCell("", SUM_LOOK)];
  const rest = [textCell(betweenText({ ...table.recomputed, recomputed: table.recomputed.score }), { ...SUM_LOOK, align: "center" }), ...Array.from({ length: 5 }, () => textCell("", SUM_LOOK))];
  const claimed = sumCell(range(6), table.ledger.map((row) => row.claimed), SUM_LOOK);
  const cell = (row: number, column: number): string => addressOf(row, start + column);
  const score = recomputed.number === undefined ? null : recomputed.number;
  grid.rows.push([...names("sum"), sumCell(range(5), table.ledger.map((row) => row.weight), SUM_LOOK), claimed, recomputed, changeCell({ cell: cell(at, 6), text: claimed.number ?? null }, { cell: cell(at, 7), text: score }, SUM_LOOK), ...rest]);
  if (table.claimed.score === null) return { claimed: cell(at, 6), recomputed: cell(at, 7) };
  const again = score === null ? recomputed : sameCell(cell(at, 7), score, SUM_LOOK);
  grid.rows.push([...names("printed"), textCell("", SUM_LOOK), pointsCell(table.claimed.score, SUM_LOOK), again, changeCell({ cell: cell(at + 1, 6), text: table.claimed.score }, { cell: cell(at + 1, 7), text: score }, SUM_LOOK), ...rest]);
  return { claimed: cell(at + 1, 6), recomputed: cell(at, 7) };
}

/** A formula only where all rows are known and come to the table's score. */
function recomputedSum({ ledger, recomputed }: ReportTable, range: string, locale: Locale): GridCell {
  if (recomputed.score === null) return textCell(word(locale, "workbook", "open"), { align: "right", ...SUM_LOOK });
  const rows = ledger.map((row) => row.recomputed);
  const values = rows.flatMap((text) => (text === null ? [] : (parseDecimal(text) ?? [])));
  return values.length === rows.length && equals(total(values), decimal(recomputed.score)) ? sumCell(range, rows, SUM_LOOK) : numberCell(recomputed.score, SUM_LOOK);
}

/** How far a row that is judged or open reaches; nothing where it is certain. */
export function betweenText({ recomputed, low, high }: Pick<LedgerRow, "recomputed" | "low" | "high">): string {
  if (low === null || high === null || (low === high && recomputed !== null)) return "";
  return recomputedText({ score: null, low, high }) ?? "";
}

function findingsByRow({ report, links }: Entry): Map<string, Finding[]> {
  const found = new Map<string, Finding[]>();
  for (const finding of report.findings) {
    const anchor = links.rowOf(finding);
    if (anchor === null) continue;
    const known = found.get(anchor);
    if (known === undefined) found.set(anchor, [finding]);
    else known.push(finding);
  }
  return found;
}

function titlesText(findings: readonly Finding[], locale: Locale): string {
  return [...new Set(findings.map(({ title }) => title))].join(word(locale, "interface", "place.between"));
}
