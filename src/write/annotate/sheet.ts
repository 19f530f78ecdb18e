// The XML of a sheet → the same with cells marked and their comments hung on. Values and formulas stay untouched.
import type { Mark } from "./marks.ts";
import { OFFICE_RELATION, children, created, relate, rootOf, setRoot, type Element, type Package } from "./parts.ts";
import { addComments } from "./comments.ts";
import type { MarkStyle } from "./styles.ts";

/** Marks the cells of one sheet. Cells that the file does not hold are made, blank. */
export function markSheet(pack: Package, part: string, marks: readonly Mark[], style: MarkStyle): void {
  const root = rootOf(pack, part);
  const data = root === null ? undefined : children(root, "sheetData")[0];
  if (root === null || data === undefined) return;
  const rows = new Map(children(data, "row").map((row) => [Number(row.getAttribute("r")), row]));
  for (const mark of marks) {
    const cell = cellAt(data, rows, mark.cell);
    cell.setAttribute("s", String(style(Number(cell.getAttribute("s") ?? 0), mark.severity)));
  }
  const drawing = addComments(pack, part, marks);
  if (drawing !== null) hang(root, relate(pack, part, `${OFFICE_RELATION}/vmlDrawing`, drawing));
  setRoot(pack, part, root);
}

function cellAt(data: Element, rows: Map<number, Element>, address: string): Element {
  const [column, number] = split(address);
  const row = rows.get(number) ?? insertInOrder(data, created(data, "row", { r: String(number) }), (other) => Number(other.getAttribute("r")) > number);
  rows.set(number, row);
  const there = children(row, "c").find((cell) => cell.getAttribute("r") === address);
  if (there !== undefined) return there;
  return insertInOrder(row, created(row, "c", { r: address }), (other) => split(other.getAttribute("r") ?? "")[0] > column);
}

function insertInOrder(parent: Element, element: Element, after: (other: Element) => boolean): Element {
  parent.insertBefore(element, children(parent).find(after) ?? null);
  return element;
}

/** `AB12` → 28, 12. */
export function split(address: string): [column: number, row: number] {
  const letters = /^[A-Z]+/u.exec(address)?.[0] ?? "A";
  return [Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0), Number(address.slice(letters.length))];
}

/** What may stand behind the drawing of comments, in the order that the format demands. */
const BEHIND = new Set(["legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"]);

function hang(root: Element, id: string): void {
  const legacy = created(root, "legacyDrawing");
  legacy.setAttributeNS(OFFICE_RELATION, "r:id", id);
  root.insertBefore(legacy, children(root).find((child) => BEHIND.has(child.localName ?? "")) ?? null);
}
