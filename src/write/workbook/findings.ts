// Findings of reports → the sheet that lists them all, each linked to its scored row, and to its cell where that stands in the workbook.
import { word } from "../../locale.ts";
import type { Finding } from "../../model.ts";
import { cellsOf } from "../annotate/marks.ts";
import { basisText, explanationText } from "../finding-text.ts";
import { placesText } from "../place.ts";
import { partOf } from "../select.ts";
import { addressOf } from "../template/sheet.ts";
import { figureCell, gridOf, numberCell, rowLink, textCell, type Grid, type GridCell } from "./grid.ts";
import { FILL_OF, lead, leadHead, leadWidths, type Book, type Entry } from "./subject.ts";

const COLUMNS = ["severity", "outcome", "table", "subject", "to", "title", "observed", "expected", "difference", "message", "remedy", "points", "places", "diagnosis", "basis", "explanation", "rule", "id"] as const;
const WIDTHS = [9, 9, 16, 20, 9, 18, 11, 11, 11, 40, 36, 9, 20, 24, 24, 30, 24, 20];
/** Up to the places: what is for looking up is not printed. */
const PRINTED = 13;

/** Where each finding stands, by its anchor. */
export function findingCells(book: Book): Map<string, string> {
  let row = 0;
  return new Map(book.entries.flatMap(({ findings, links }) => findings.map((finding): [string, string] => [links.finding(finding), addressOf((row += 1), leadWidths(book).length + 4)])));
}

/** `rows`: the cells of scored rows by their anchors; `file`: the workbook whose copy this is, or null. */
export function findingSheet(book: Book, rows: ReadonlyMap<string, string>, file: string | null): Grid {
  const heads = COLUMNS.map((column) => word(book.locale, "workbook", `findings.${column}`));
  const grid = gridOf(book.names.findings, [...leadWidths(book), ...WIDTHS], [...leadHead(book), ...heads]);
  for (const entry of book.entries) for (const finding of entry.findings) grid.rows.push([...lead(book, entry.report), ...cells(book, entry, finding, rows, file)]);
  grid.filtered = grid.rows.length - 1;
  grid.printed = leadWidths(book).length + PRINTED;
  return grid;
}

function cells({ locale, names }: Book, { report, links }: Entry, finding: Finding, rows: ReadonlyMap<string, string>, file: string | null): GridCell[] {
  const row = rows.get(links.rowOf(finding) ?? "");
  const [cell] = file === null ? [] : cellsOf(finding, file);
  const places = textCell(placesText(finding.at, locale));
  return [
    textCell(word(locale, "interface", `part.${finding.severity}`), { fill: FILL_OF[partOf(finding)], align: "center" }),
    textCell(word(locale, "interface", `outcome.${finding.outcome}`), { align: "center" }),
    textCell(finding.table ?? report.submission.department ?? ""),
    textCell(finding.subjectName), row === undefined ? textCell("") : rowLink(names.scores, row), textCell(finding.title), figureCell(finding.observed), figureCell(finding.expected), figureCell(finding.difference),
    textCell(finding.message), textCell(finding.remedy), finding.points === undefined ? textCell("") : numberCell(finding.points),
    cell === undefined ? places : { ...places, to: cell },
    textCell(finding.diagnosisText ?? ""), textCell(basisText(finding.basis, locale)), textCell(explanationText(finding, locale)), textCell(finding.rule), textCell(finding.id),
  ];
}
