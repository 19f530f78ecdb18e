// Marks of one sheet → its part of comments and the drawing that shows them; comments that stand there already are kept and added to.
import type { Mark } from "./marks.ts";
import { OFFICE_RELATION, children, created, declare, escaped, freeName, relate, relationsOf, rootOf, setRoot, setText, textOf, type Element, type Package } from "./parts.ts";
import { split } from "./sheet.ts";

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const AUTHOR = "ziping";

/** Gives the drawing's part where the sheet has none yet and must be told of it; null otherwise. */
export function addComments(pack: Package, sheet: string, marks: readonly Mark[]): string | null {
  const relations = relationsOf(pack, sheet);
  const known = relations.find(({ type }) => type.endsWith("/comments"))?.part;
  const part = known ?? emptyComments(pack, sheet);
  const root = rootOf(pack, part);
  const list = root === null ? undefined : children(root, "commentList")[0];
  const authors = root === null ? undefined : children(root, "authors")[0];
  if (root === null || list === undefined || authors === undefined) return null;
  const author = authorIn(authors);
  const fresh = marks.filter((mark) => !addTo(list, mark, author));
  setRoot(pack, part, root);
  const drawing = relations.find(({ type }) => type.endsWith("/vmlDrawing"))?.part;
  const shapes = fresh.map(shapeOf).join("\n");
  if (drawing === undefined) return newDrawing(pack, shapes);
  const before = textOf(pack, drawing) ?? "";
  const end = before.lastIndexOf("</xml>");
  const type = before.includes('id="_x0000_t202"') ? "" : SHAPE_TYPE;
  if (end >= 0) setText(pack, drawing, `${before.slice(0, end)}${type}${shapes}${before.slice(end)}`);
  return null;
}

function emptyComments(pack: Package, sheet: string): string {
  const part = freeName(pack, "xl/comments", ".xml");
  setText(pack, part, `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="${MAIN}"><authors/><commentList/></comments>`);
  declare(pack, "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml", { part });
  relate(pack, sheet, `${OFFICE_RELATION}/comments`, part);
  return part;
}

function authorIn(authors: Element): number {
  const all = children(authors, "author");
  const known = all.findIndex((author) => author.textContent === AUTHOR);
  if (known >= 0) return known;
  const author = created(authors, "author");
  author.textContent = AUTHOR;
  authors.appendChild(author);
  return all.length;
}

/** Adds to the cell's comment and says true; makes one and says false where there was none. */
function addTo(list: Element, mark: Mark, author: number): boolean {
  const known = children(list, "comment").find((comment) => comment.getAttribute("ref") === mark.cell);
  const comment = known ?? created(list, "comment", { ref: mark.cell, authorId: String(author) });
  const text = children(comment, "text")[0] ?? created(list, "text");
  if (text.parentNode === null) comment.appendChild(text);
  const own = children(text, "t");
  // A text without runs becomes the first run: the two kinds do not stand together.
  for (const plain of own) text.appendChild(run(list, plain.textContent ?? ""));
  for (const plain of own) text.removeChild(plain);
  text.appendChild(run(list, known === undefined ? mark.text : `\n\n${mark.text}`));
  if (known === undefined) list.insertBefore(comment, children(list, "comment").find((other) => isBehind(other.getAttribute("ref") ?? "", mark.cell)) ?? null);
  return known !== undefined;
}

function run(like: Element, content: string): Element {
  const element = created(like, "r");
  const text = created(like, "t");
  text.setAttribute("xml:space", "preserve");
  text.textContent = content.replace(/[^\P{Cc}\n\t]/gu, "");
  element.appendChild(text);
  return element;
}

function isBehind(one: string, other: string): boolean {
  const [a, b] = [split(one), split(other)];
  return a[1] === b[1] ? a[0] > b[0] : a[1] > b[1];
}

const SHAPE_TYPE = '<v:shapetype xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>\n';

function newDrawing(pack: Package, shapes: string): string {
  const part = freeName(pack, "xl/drawings/vmlDrawing", ".vml");
  setText(pack, part, `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">\n${SHAPE_TYPE}${shapes}\n</xml>`);
  declare(pack, "application/vnd.openxmlformats-officedocument.vmlDrawing", { extension: "vml" });
  return part;
}

/** A note of the size of its text, right of its cell, shown when the cell is pointed at. */
function shapeOf({ cell, text }: Mark): string {
  const [column, row] = split(cell);
  const lines = text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 22)), 0);
  const anchor = [column, 12, Math.max(0, row - 2), 4, column + 4, 12, Math.max(0, row - 2) + Math.min(40, lines + 2), 4].join(", ");
  return `<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel" id="${escaped(`_x0000_szp_${cell}`)}" type="#_x0000_t202" style="position:absolute;margin-left:80pt;margin-top:2pt;width:240pt;height:${Math.min(400, 16 * (lines + 1))}pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>${anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>${row - 1}</x:Row><x:Column>${column - 1}</x:Column></x:ClientData></v:shape>`;
}
