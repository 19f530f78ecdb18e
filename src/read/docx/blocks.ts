// The body of a Word document → tables of cells and paragraphs in reading order, each with its place.
import type { FormBlock, FormCell } from "../forms/document.ts";
import { gridOf, type GridCell, type GridRow } from "./grid.ts";
import { attribute, child, type Element } from "./tree.ts";
import { nothingGathered, paragraphText, type Gathered } from "./words.ts";

export interface BodyLimits { cells: number; depth: number }

export interface Body {
  blocks: FormBlock[];
  gathered: Gathered;
  deletedRows: number;
  /** More cells or deeper nesting than the limits: reading stopped there. */
  cut: "cells" | "depth" | null;
}

/** State of one walk through a document. */
interface Walk extends Body { file: string; limits: BodyLimits; comments: Map<string, string>; tables: number; paragraphs: number; cells: number }

/** Blocks of `body`; `comments` are the comments' texts by id. Tables count from 1 (`表1`), rows and columns too. */
export function readBody(file: string, body: Element, comments: Map<string, string>, limits: BodyLimits): Body {
  const walk: Walk = { file, limits, comments, blocks: [], gathered: nothingGathered(), deletedRows: 0, cut: null, tables: 0, paragraphs: 0, cells: 0 };
  readContainer(body, walk, 0);
  return walk;
}

function readContainer(parent: Element, walk: Walk, depth: number): void {
  if (depth > walk.limits.depth) {
    walk.cut = "depth";
    return;
  }
  for (const element of parent.children) {
    if (walk.cut !== null) return;
    if (element.name === "p") readParagraph(element, walk, depth);
    else if (element.name === "tbl") readTable(element, walk, depth);
    else readContainer(shownBranch(element, walk), walk, depth + 1);
  }
}

/** Of a deleted stretch nothing is shown; of alternatives, one. */
function shownBranch(element: Element, walk: Walk): Element {
  if (element.name === "AlternateContent") return child(element, "Choice") ?? child(element, "Fallback") ?? element;
  if (element.name !== "del" && element.name !== "moveFrom") return element;
  walk.gathered.deleted += 1;
  return nothing;
}

const nothing: Element = { name: "", attribute: () => undefined, children: [], text: "" };

function readParagraph(paragraph: Element, walk: Walk, depth: number): void {
  const boxes = walk.gathered.boxes.length;
  const text = trimLines(paragraphText(paragraph, walk.gathered));
  if (text !== "") {
    walk.paragraphs += 1;
    walk.blocks.push({ kind: "paragraph", text, place: { file: walk.file, row: walk.paragraphs } });
  }
  for (const box of walk.gathered.boxes.splice(boxes)) readContainer(box, walk, depth + 1);
}

function readTable(table: Element, walk: Walk, depth: number): void {
  walk.tables += 1;
  const sheet = `表${walk.tables}`;
  const later: Element[] = [];
  const rows = [...rowsOf(table, walk)].map((row) => gridRow(row, walk));
  const cells: FormCell[] = [];
  for (const cell of gridOf(rows)) {
    walk.cells += 1;
    if (walk.cells > walk.limits.cells) {
      walk.cut = "cells";
      break;
    }
    const read = readCell(cell.source, walk, later, depth);
    const place = { file: walk.file, sheet, row: cell.row + 1, column: String(cell.column + 1) };
    cells.push({ row: cell.row, column: cell.column, rowSpan: cell.rowSpan, columnSpan: cell.columnSpan, text: read.text, place, ...(read.comment === "" ? {} : { comment: read.comment }) });
  }
  walk.blocks.push({ kind: "table", cells });
  for (const nested of later) {
    if (nested.name === "tbl" && depth < walk.limits.depth) readTable(nested, walk, depth + 1);
    else readContainer(nested, walk, depth + 1);
  }
}

function* rowsOf(parent: Element, walk: Walk): Generator<Element> {
  for (const element of parent.children) {
    if (element.name === "tr") {
      if (child(child(element, "trPr"), "del") !== null) walk.deletedRows += 1;
      else yield element;
    } else if (wrappers.has(element.name)) yield* rowsOf(element, walk);
  }
}

const wrappers = new Set(["sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"]);

function gridRow(row: Element, walk: Walk): GridRow<Element> {
  return { before: count(child(child(row, "trPr"), "gridBefore")) ?? 0, cells: [...cellsOf(row)].map((cell) => gridCell(cell, walk)) };
}

function* cellsOf(parent: Element): Generator<Element> {
  for (const element of parent.children) {
    if (element.name === "tc") yield element;
    else if (wrappers.has(element.name)) yield* cellsOf(element);
  }
}

function gridCell(cell: Element, walk: Walk): GridCell<Element> {
  const properties = child(cell, "tcPr");
  const width = child(properties, "tcW");
  return {
    source: cell,
    span: Math.min(count(child(properties, "gridSpan")) ?? 1, walk.limits.cells),
    down: merge(child(properties, "vMerge")),
    across: merge(child(properties, "hMerge")),
    width: attribute(width, "type") === "dxa" ? count(width, "w") : null,
  };
}

function merge(element: Element | null): GridCell<Element>["down"] {
  if (element === null) return "none";
  return attribute(element) === "restart" ? "start" : "continue";
}

function count(element: Element | null, name = "val"): number | null {
  const text = attribute(element, name);
  return text !== null && /^\d{1,6}$/u.test(text) ? Number(text) : null;
}

/** A cell's own text; tables of their own in it are put off to `later`, one-row or one-column tables are part of the text. */
function readCell(cell: Element, walk: Walk, later: Element[], depth: number): { text: string; comment: string } {
  const gathered = nothingGathered();
  const lines: string[] = [];
  readLines(cell, lines, gathered, later, walk, depth);
  later.push(...gathered.boxes);
  walk.gathered.deleted += gathered.deleted;
  walk.gathered.inserted += gathered.inserted;
  walk.gathered.hiddenText += gathered.hiddenText;
  walk.gathered.objects += gathered.objects;
  const comment = [...new Set(gathered.comments)].map((id) => walk.comments.get(id) ?? "").filter((text) => text !== "").join("\n");
  return { text: trimLines(lines.join("\n")), comment };
}

function readLines(parent: Element, lines: string[], gathered: Gathered, later: Element[], walk: Walk, depth: number): void {
  if (depth > walk.limits.depth) {
    walk.cut = "depth";
    return;
  }
  for (const element of parent.children) {
    if (element.name === "p") lines.push(paragraphText(element, gathered));
    else if (element.name === "tbl" && isTableOfItsOwn(element, walk)) later.push(element);
    else if (element.name !== "tcPr" && element.name !== "del" && element.name !== "moveFrom") readLines(element, lines, gathered, later, walk, depth + 1);
  }
}

function isTableOfItsOwn(table: Element, walk: Walk): boolean {
  const rows = [...rowsOf(table, walk)];
  return rows.length > 1 && rows.some((row) => [...cellsOf(row)].length > 1);
}

function trimLines(text: string): string {
  return text.replace(/\u00a0/gu, " ").replace(/^\s+|\s+$/gu, "");
}
