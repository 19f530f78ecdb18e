// What a reader must know of reports → the last sheet: how to read the others, by what was checked, which files, what reading them had to infer.
import { word } from "../../locale.ts";
import type { InputFile, Report } from "../../model.ts";
import { fileText, placeText } from "../place.ts";
import { ruleSetText } from "../rule-set-text.ts";
import { gridOf, textCell, type Grid, type GridCell } from "./grid.ts";
import { lead, leadHead, leadWidths, type Book } from "./subject.ts";

const GUIDE = ["overview", "scores", "findings", "rules", "numbers", "print", "judged"] as const;

export function noteSheet(book: Book): Grid {
  const { locale, names } = book;
  const label = (key: string, values?: Record<string, string | number>): string => word(locale, "workbook", key, values);
  const grid = gridOf(names.notes, [...leadWidths(book), 22, 96, 40], [...leadHead(book), label("notes.what"), label("notes.text"), label("notes.place")]);
  const blank = leadWidths(book).map(() => textCell(""));
  for (const key of GUIDE) grid.rows.push([...blank, textCell(label("notes.guide")), textCell(label(`guide.${key}`, names)), textCell("")]);
  for (const { report } of book.entries) for (const cells of reportRows(report, book)) grid.rows.push([...lead(book, report), ...cells]);
  grid.filtered = grid.rows.length - 1;
  return grid;
}

function reportRows(report: Report, { locale }: Book): GridCell[][] {
  const label = (key: string, values?: Record<string, string | number>): string => word(locale, "workbook", key, values);
  const row = (what: string, text: string, place = ""): GridCell[] => [textCell(label(what)), textCell(text), textCell(place)];
  const { tool, ruleSet, input } = report;
  const file = ({ name, format, encoding, bytes, sha256 }: InputFile): string => label("notes.fileText", { name: fileText(name, locale), kind: [format, encoding].filter((text) => text !== "").join(word(locale, "interface", "list.comma")), bytes, sha256 });
  return [
    row("notes.tool", `${tool.name} ${tool.version}`), row("notes.ruleSet", ruleSetText(report, locale)), row("notes.digest", ruleSet.digest),
    ...(report.tables.length === 0 ? [row("notes.tables", label("notes.noTables"))] : []),
    ...input.files.map((each) => row("notes.file", file(each))), ...(input.prior ?? []).map((each) => row("notes.prior", file(each))),
    ...(input.review === undefined ? [] : [row("notes.review", label("notes.reviewText", { file: input.review.file, sha256: input.review.sha256, asOf: input.review.asOf ?? "—" }))]),
    ...input.remarks.map((remark) => [textCell(label(`notes.${remark.kind}`), remark.kind === "problem" ? { fill: "must-fix" } : {}), textCell(remark.message), textCell(remark.at === null ? "" : placeText(remark.at, locale))]),
  ];
}
