// The tree of a web page → tables of cells and paragraphs in reading order, each with its place.
import type { DefaultTreeAdapterTypes } from "parse5";
import type { FormBlock, FormCell } from "../forms/document.ts";
import { newLines, type Lines } from "./lines.ts";
import { attributeOf, elementsOf, isElement, slotsOf, type HtmlElement } from "./tables.ts";

export interface PageLimits { cells: number; depth: number }

export interface Page {
  blocks: FormBlock[];
  /** Tables that the page hides. */
  hiddenTables: number;
  /** Rows of shown tables that the page hides. */
  hiddenRows: number;
  cut: "cells" | "depth" | null;
}

interface Walk extends Page { file: string; limits: PageLimits; lines: Lines; tables: number; paragraphs: number; cells: number }

type ParentNode = DefaultTreeAdapterTypes.ParentNode;

/** Blocks of a page. Tables that only lay out the page are not tables: what stands in them is read in order. */
export function readPage(file: string, root: ParentNode, limits: PageLimits): Page {
  const walk: Walk = { file, limits, blocks: [], hiddenTables: 0, hiddenRows: 0, cut: null, lines: newLines(), tables: 0, paragraphs: 0, cells: 0 };
  readFlow(root, walk, 0, false);
  endParagraphs(walk);
  return { blocks: walk.blocks, hiddenTables: walk.hiddenTables, hiddenRows: walk.hiddenRows, cut: walk.cut };
}

function readFlow(parent: ParentNode, walk: Walk, depth: number, exact: boolean): void {
  if (depth > walk.limits.depth) walk.cut ??= "depth";
  if (walk.cut !== null) return;
  for (const node of parent.childNodes) {
    if (node.nodeName === "#text" && "value" in node) addText(walk.lines, node.value, exact);
    else if (isElement(node)) readElement(node, walk, depth, exact);
  }
}

function readElement(element: HtmlElement, walk: Walk, depth: number, exact: boolean): void {
  if (neverShown.has(element.tagName)) return;
  if (isHidden(element)) {
    if (hasTable(element, walk.limits.depth)) walk.hiddenTables += 1;
    return;
  }
  if (element.tagName === "table") {
    readTable(element, walk, depth);
    return;
  }
  const entered = enteredText(element);
  if (entered !== null) walk.lines.add(entered);
  if (blocks.has(element.tagName)) endParagraphs(walk);
  if (entered === null) readFlow(element, walk, depth + 1, exact || element.tagName === "pre");
  if (blocks.has(element.tagName)) endParagraphs(walk);
}

function addText(lines: Lines, text: string, exact: boolean): void {
  if (exact) lines.addExactly(text);
  else lines.add(text);
}

function endParagraphs(walk: Walk): void {
  for (const text of walk.lines.take()) {
    walk.paragraphs += 1;
    walk.blocks.push({ kind: "paragraph", text, place: { file: walk.file, row: walk.paragraphs } });
  }
}

function readTable(table: HtmlElement, walk: Walk, depth: number): void {
  endParagraphs(walk);
  const slots = slotsOf(table, isHidden);
  const caption = elementsOf(table).find((element) => element.tagName === "caption");
  if (caption !== undefined) readFlow(caption, walk, depth + 1, false);
  endParagraphs(walk);
  if (isLayout(slots.map((slot) => slot.element), walk.limits.depth)) {
    for (const slot of slots) {
      if (!slot.hidden) readFlow(slot.element, walk, depth + 1, false);
      endParagraphs(walk);
    }
    return;
  }
  walk.tables += 1;
  const sheet = `表${walk.tables}`;
  const inside: HtmlElement[] = [];
  const cells: FormCell[] = [];
  const shown = new Set(slots.filter((slot) => !slot.hidden).map((slot) => slot.row));
  walk.hiddenRows += new Set(slots.filter((slot) => !shown.has(slot.row)).map((slot) => slot.row)).size;
  for (const slot of slots) {
    // A row that the page hides is the pattern of rows that its script would add.
    if (!shown.has(slot.row) && slot.rowSpan === 1) continue;
    walk.cells += 1;
    if (walk.cells > walk.limits.cells) walk.cut ??= "cells";
    if (walk.cut !== null) break;
    const { row, column, rowSpan, columnSpan, hidden } = slot;
    const text = cellText(slot.element, walk, inside, depth);
    const place = { file: walk.file, sheet, row: row + 1, column: String(column + 1) };
    cells.push({ row, column, rowSpan, columnSpan, text, place, ...(hidden ? { hidden } : {}) });
  }
  walk.blocks.push({ kind: "table", cells });
  for (const nested of inside) readTable(nested, walk, depth + 1);
}

/** The cell's lines; a table of its own in it is put off to `inside`, one row or one column is part of the text. */
function cellText(cell: HtmlElement, walk: Walk, inside: HtmlElement[], depth: number): string {
  const lines = newLines();
  addCellLines(cell, lines, walk, inside, depth, false);
  return lines.take().join("\n");
}

function addCellLines(parent: HtmlElement, lines: Lines, walk: Walk, inside: HtmlElement[], depth: number, exact: boolean): void {
  if (depth > walk.limits.depth) {
    walk.cut ??= "depth";
    return;
  }
  for (const node of parent.childNodes) {
    if (node.nodeName === "#text" && "value" in node) addText(lines, node.value, exact);
    if (!isElement(node) || neverShown.has(node.tagName) || isHidden(node)) continue;
    if (node.tagName === "table" && isTableOfItsOwn(node)) {
      inside.push(node);
      continue;
    }
    const entered = enteredText(node);
    if (entered !== null) lines.add(entered);
    const block = blocks.has(node.tagName) || cellTags.has(node.tagName);
    if (block) lines.breakLine();
    if (entered === null) addCellLines(node, lines, walk, inside, depth + 1, exact || node.tagName === "pre");
    if (block) lines.breakLine();
  }
}

const neverShown = new Set(["script", "style", "head", "noscript", "template", "svg", "math", "iframe", "frameset", "object", "embed", "audio", "video", "canvas", "button", "datalist", "comment"]);
const cellTags = new Set(["td", "th"]);
const blocks = new Set([
  "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "div", "dl", "dt", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
  "header", "hr", "html", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul",
]);

/** What a field of a saved page shows: its value, the chosen option, a ticked or empty box; null where it is no field. */
function enteredText(element: HtmlElement): string | null {
  if (element.tagName === "textarea") return null;
  if (element.tagName === "select") {
    const options = elementsOf(element).flatMap((part) => (part.tagName === "optgroup" ? elementsOf(part) : [part])).filter((part) => part.tagName === "option");
    const chosen = options.find((option) => attributeOf(option, "selected") !== undefined) ?? options[0];
    return chosen?.childNodes.map((node) => ("value" in node ? node.value : "")).join("") ?? "";
  }
  if (element.tagName !== "input") return null;
  const type = (attributeOf(element, "type") ?? "text").toLowerCase();
  if (type === "checkbox" || type === "radio") return attributeOf(element, "checked") === undefined ? "□" : "☑";
  return ["hidden", "button", "submit", "reset", "image", "file", "password"].includes(type) ? "" : attributeOf(element, "value") ?? "";
}

function isHidden(element: HtmlElement): boolean {
  if (attributeOf(element, "hidden") !== undefined) return true;
  // What Word and Excel make of comments when they save a web page.
  if (/\bmsocom(?:anchor|txt|hide)\b/iu.test(attributeOf(element, "class") ?? "")) return true;
  return /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)/iu.test(attributeOf(element, "style") ?? "");
}

/** A table lays out the page where the tables inside it hold more cells than it does itself. */
function isLayout(cells: HtmlElement[], depth: number): boolean {
  let own = 0;
  let inner = 0;
  for (const cell of cells) {
    const nested = tablesIn(cell, depth).filter(isTableOfItsOwn);
    if (nested.length === 0) own += hasText(cell, depth) ? 1 : 0;
    for (const table of nested) inner += slotsOf(table, isHidden).length;
  }
  return inner > own;
}

function isTableOfItsOwn(table: HtmlElement): boolean {
  const slots = slotsOf(table, isHidden);
  return slots.some((slot) => slot.row > 0) && slots.some((slot) => slot.column > 0);
}

function hasTable(element: HtmlElement, depth: number): boolean {
  return element.tagName === "table" || tablesIn(element, depth).length > 0;
}

/** The nearest tables below an element, not those inside them. */
function tablesIn(element: HtmlElement, depth: number): HtmlElement[] {
  if (depth <= 0) return [];
  return elementsOf(element).flatMap((part) => (part.tagName === "table" ? [part] : tablesIn(part, depth - 1)));
}

function hasText(element: HtmlElement, depth: number): boolean {
  return depth > 0 && element.childNodes.some((node) => ("value" in node ? node.value.trim() !== "" : isElement(node) && hasText(node, depth - 1)));
}
