// Styles of a workbook → the same with a marked copy of each style that a faulty cell has.
import type { Severity } from "../../model.ts";
import { below, children, created, rootOf, setRoot, type Element, type Package } from "./parts.ts";

const COLOURS: Readonly<Record<Severity, string>> = { "must-fix": "FFFFC7CE", explain: "FFFFEB9C", note: "FFDDEBF7" };

/** Gives the index of a style like the given one, its fill in the severity's colour. */
export type MarkStyle = (style: number, severity: Severity) => number;

/** `finish` writes the styles back. Where the workbook has none, cells are left as they are. */
export function markStyles(pack: Package, part: string | null): { mark: MarkStyle; finish: () => void } {
  const root = part === null ? null : rootOf(pack, part);
  const fills = root === null ? undefined : children(root, "fills")[0];
  const formats = root === null ? undefined : children(root, "cellXfs")[0];
  if (part === null || root === null || fills === undefined || formats === undefined) return { mark: (style) => style, finish: () => undefined };
  const fillOf = new Map<Severity, number>();
  const made = new Map<string, number>();
  const mark: MarkStyle = (style, severity) => {
    const key = `${style} ${severity}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const all = children(formats, "xf");
    const before = all[style] ?? all[0];
    if (before === undefined) return style;
    const copy = before.cloneNode(true) as Element;
    const fill = fillOf.get(severity) ?? addFill(fills, severity);
    fillOf.set(severity, fill);
    copy.setAttribute("fillId", String(fill));
    copy.setAttribute("applyFill", "1");
    formats.appendChild(copy);
    formats.setAttribute("count", String(all.length + 1));
    made.set(key, all.length);
    return all.length;
  };
  return { mark, finish: () => { setRoot(pack, part, root); } };
}

function addFill(fills: Element, severity: Severity): number {
  const index = children(fills, "fill").length;
  const fill = created(fills, "fill");
  const pattern = created(fills, "patternFill", { patternType: "solid" });
  pattern.appendChild(created(fills, "fgColor", { rgb: COLOURS[severity] }));
  pattern.appendChild(created(fills, "bgColor", { indexed: "64" }));
  fill.appendChild(pattern);
  fills.appendChild(fill);
  fills.setAttribute("count", String(below(fills, "fill").length));
  return index;
}
