// An XML part of a Word document → a plain tree of elements and text.
import { scanXml, UnreadableFile } from "../ooxml.ts";

/** `name` is without prefix; `attribute` wants the full one (`w:val`). */
export interface Element { name: string; attribute: (name: string) => string | undefined; children: Element[]; text: string }

/** @throws UnreadableFile `file-damaged`, `file-has-doctype` (as scanXml does), `nested-too-deep`. */
export function treeOf(xml: string, depth: number): Element {
  const root: Element = { name: "", attribute: () => undefined, children: [], text: "" };
  const open = [root];
  scanXml(xml, {
    open: (name, attribute) => {
      const element: Element = { name, attribute, children: [], text: "" };
      open.at(-1)?.children.push(element);
      open.push(element);
      if (open.length > depth) throw new UnreadableFile("nested-too-deep", { limit: String(depth) });
    },
    text: (text) => {
      const element = open.at(-1);
      if (element !== undefined) element.text += text;
    },
    close: (name) => {
      if (open.pop()?.name !== name || open.length === 0) throw new UnreadableFile("file-damaged");
    },
  });
  const [top] = root.children;
  if (top === undefined || open.length !== 1) throw new UnreadableFile("file-damaged");
  return top;
}

/** First child element of that name. */
export function child(parent: Element | null, name: string): Element | null {
  return parent?.children.find((element) => element.name === name) ?? null;
}

/** First descendant of that name in document order. */
export function descendant(parent: Element, name: string): Element | null {
  for (const element of parent.children) {
    const found = element.name === name ? element : descendant(element, name);
    if (found !== null) return found;
  }
  return null;
}

/** The `w:val` (or other `w:` attribute), null where it is not given. */
export function attribute(element: Element | null, name = "val"): string | null {
  return element?.attribute(`w:${name}`) ?? null;
}

/** Whether an on/off property is on. */
export function isOn(property: Element | null): boolean {
  return property !== null && !["0", "false", "off"].includes(attribute(property) ?? "1");
}
