// The <tr> rows of an HTML table → cells at grid positions, as a browser lays them out.
import type { DefaultTreeAdapterTypes } from "parse5";

export type HtmlElement = DefaultTreeAdapterTypes.Element;
type HtmlNode = DefaultTreeAdapterTypes.Node;

export interface Slot { element: HtmlElement; row: number; column: number; rowSpan: number; columnSpan: number; hidden: boolean }

/** A browser's own bound on spans; beyond it a table is no form. */
const mostColumns = 1000;

/** Cells of `table` by row, then column; spans end where their row group does. Cells of tables inside are not among them. */
export function slotsOf(table: HtmlElement, isHidden: (element: HtmlElement) => boolean): Slot[] {
  const slots: Slot[] = [];
  let first = 0;
  for (const group of rowGroups(table)) {
    /** The row from which on each column is free again. */
    const freeFrom: number[] = [];
    for (const [index, tr] of group.entries()) {
      const row = first + index;
      let column = 0;
      for (const cell of elementsOf(tr)) {
        if (cell.tagName !== "td" && cell.tagName !== "th") continue;
        while ((freeFrom[column] ?? 0) > row) column += 1;
        if (column >= mostColumns) break;
        const columnSpan = Math.min(span(cell, "colspan") || 1, mostColumns - column);
        const left = group.length - index;
        const rowSpan = Math.min(span(cell, "rowspan") || left, left);
        for (let at = column; at < column + columnSpan; at += 1) freeFrom[at] = row + rowSpan;
        slots.push({ element: cell, row, column, rowSpan, columnSpan, hidden: isHidden(tr) || isHidden(cell) });
        column += columnSpan;
      }
    }
    first += group.length;
  }
  return slots;
}

/** 0 where it says 0 (down to the end), 1 where it says nothing a browser understands. */
function span(cell: HtmlElement, name: string): number {
  const value = /^\s*(\d{1,5})/u.exec(attributeOf(cell, name) ?? "")?.[1];
  return value === undefined ? 1 : Number(value);
}

function rowGroups(table: HtmlElement): HtmlElement[][] {
  const groups: HtmlElement[][] = [];
  const feet: HtmlElement[][] = [];
  for (const part of elementsOf(table)) {
    if (part.tagName !== "thead" && part.tagName !== "tbody" && part.tagName !== "tfoot") continue;
    const rows = [...elementsOf(part)].filter((element) => element.tagName === "tr");
    (part.tagName === "tfoot" ? feet : groups).push(rows);
  }
  return [...groups, ...feet];
}

/** Child elements in order. */
export function elementsOf(parent: HtmlElement): HtmlElement[] {
  return parent.childNodes.filter(isElement);
}

export function isElement(node: HtmlNode): node is HtmlElement {
  return "tagName" in node;
}

export function attributeOf(element: HtmlElement, name: string): string | undefined {
  return element.attrs.find((attribute) => attribute.name === name)?.value;
}
