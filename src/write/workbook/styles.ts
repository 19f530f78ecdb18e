// Looks of cells → styles added to a workbook's, each once.
import { children, created, rootOf, setRoot, xmlOf, type Element, type Package } from "../annotate/parts.ts";
import type { Fill, Look } from "./grid.ts";

const FILLS: Readonly<Record<Fill, string>> = { head: "FFD9E1EC", sum: "FFF2F2F2", "must-fix": "FFFFC7CE", explain: "FFFFEB9C", note: "FFDDEBF7", "cannot-tell": "FFE4DFEC", settled: "FFEDEDED", good: "FFE2F0D9" };
const FRAME = "FFBFBFBF";
/** Formats that a workbook adds have numbers from here on. */
const FIRST_FORMAT = 164;

/** Gives the index of the style that looks so. `quoted`: the text stays text also when somebody edits the cell. */
export type StyleOf = (look: Look, quoted: boolean) => number;

/** `finish` writes the styles back. A workbook without styles keeps none: its cells are plain. */
export function stylesOf(pack: Package, part: string | null): { styleOf: StyleOf; finish: () => void } {
  const root = part === null ? null : rootOf(pack, part);
  const [fonts, fills, borders, formats] = ["fonts", "fills", "borders", "cellXfs"].map((name) => (root === null ? undefined : children(root, name)[0]));
  if (part === null || root === null || fonts === undefined || fills === undefined || borders === undefined || formats === undefined) return { styleOf: () => 0, finish: () => undefined };
  const numbers = numberFormats(root, fonts);
  const indices = new Map<string, number>();
  const once = (list: Element, element: Element): number => {
    const key = `${list.localName ?? ""} ${xmlOf(element)}`;
    const known = indices.get(key);
    if (known !== undefined) return known;
    const index = children(list).length;
    list.appendChild(element);
    list.setAttribute("count", String(index + 1));
    indices.set(key, index);
    return index;
  };
  const made = new Map<string, number>();
  const styleOf: StyleOf = (look, quoted) => {
    const key = JSON.stringify([look, quoted]);
    const known = made.get(key);
    if (known !== undefined) return known;
    const format = created(formats, "xf", {
      numFmtId: String(look.format === undefined ? 0 : numbers(look.format)), fontId: String(once(fonts, fontOf(fonts, look))),
      fillId: String(look.fill === undefined ? 0 : once(fills, fillOf(fills, look.fill))), borderId: String(once(borders, borderOf(borders, look.frame === true))), xfId: "0",
      applyNumberFormat: "1", applyFont: "1", applyFill: "1", applyBorder: "1", applyAlignment: "1", ...(quoted ? { quotePrefix: "1" } : {}),
    });
    format.appendChild(created(formats, "alignment", { ...(look.align === undefined ? {} : { horizontal: look.align, ...(look.align === "right" ? { indent: "1" } : {}) }), vertical: look.wrap === true || look.frame === true ? "top" : "center", ...(look.wrap === true ? { wrapText: "1" } : {}) }));
    const index = once(formats, format);
    made.set(key, index);
    return index;
  };
  return { styleOf, finish: () => { setRoot(pack, part, root); } };
}

function fontOf(like: Element, look: Look): Element {
  const font = created(like, "font");
  if (look.bold === true) font.appendChild(created(like, "b"));
  if (look.link === true) font.appendChild(created(like, "u"));
  font.appendChild(created(like, "sz", { val: String(look.size ?? 10) }));
  font.appendChild(created(like, "color", { rgb: look.link === true ? "FF1F5FA8" : look.grey === true ? "FF595959" : "FF000000" }));
  font.appendChild(created(like, "name", { val: "宋体" }));
  font.appendChild(created(like, "charset", { val: "134" }));
  return font;
}

function fillOf(like: Element, fill: Fill): Element {
  const element = created(like, "fill");
  const pattern = created(like, "patternFill", { patternType: "solid" });
  pattern.appendChild(created(like, "fgColor", { rgb: FILLS[fill] }));
  pattern.appendChild(created(like, "bgColor", { indexed: "64" }));
  element.appendChild(pattern);
  return element;
}

function borderOf(like: Element, framed: boolean): Element {
  const border = created(like, "border");
  for (const side of ["left", "right", "top", "bottom", "diagonal"]) {
    const element = created(like, side, framed && side !== "diagonal" ? { style: "thin" } : {});
    if (framed && side !== "diagonal") element.appendChild(created(like, "color", { rgb: FRAME }));
    border.appendChild(element);
  }
  return border;
}

/** The number of a format's code; new ones are added in front of the fonts, where the format wants them. */
function numberFormats(root: Element, fonts: Element): (code: string) => number {
  const known = new Map<string, number>([["General", 0], ["0", 1], ["0.00", 2], ["0%", 9], ["0.00%", 10]]);
  return (code) => {
    const before = known.get(code);
    if (before !== undefined) return before;
    const list = children(root, "numFmts")[0] ?? created(root, "numFmts");
    if (list.parentNode === null) root.insertBefore(list, fonts);
    const all = children(list, "numFmt");
    const id = 1 + Math.max(FIRST_FORMAT - 1, ...all.map((one) => Number(one.getAttribute("numFmtId") ?? 0)));
    list.appendChild(created(list, "numFmt", { numFmtId: String(id), formatCode: code }));
    list.setAttribute("count", String(all.length + 1));
    known.set(code, id);
    return id;
  };
}
