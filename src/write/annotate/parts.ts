// The bytes of a workbook ↔ its parts, of which some are changed and the others kept as they are. Owns xmldom.
import { DOMParser, XMLSerializer, type Document, type Element } from "@xmldom/xmldom";
import { unzipSync, zipSync } from "fflate";

export type { Document, Element } from "@xmldom/xmldom";

/** A workbook taken apart. `names` in the order in which they stood. */
export interface Package { parts: Map<string, Uint8Array> }

const RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships";
const CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types";
/** Office's own relationship types begin with it. */
export const OFFICE_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/** Takes a workbook apart; it was read before, so its size is within the limits of reading. */
export function openParts(bytes: Uint8Array): Package {
  return { parts: new Map(Object.entries(unzipSync(bytes))) };
}

/** The workbook again; the same parts give the same bytes. */
export function closeParts({ parts }: Package): Uint8Array {
  return zipSync(Object.fromEntries(parts), { mtime: new Date(1980, 0, 1), level: 6 });
}

export function textOf(pack: Package, name: string): string | null {
  const part = pack.parts.get(name);
  return part === undefined ? null : new TextDecoder().decode(part);
}

export function setText(pack: Package, name: string, text: string): void {
  pack.parts.set(name, new TextEncoder().encode(text));
}

/** The root element of a part; null where there is none, or where it declares a document type, which Office never does. */
export function rootOf(pack: Package, name: string): Element | null {
  const text = textOf(pack, name);
  if (text === null || text.includes("<!DOCTYPE")) return null;
  return new DOMParser({ onError: (level, message) => { if (level !== "warning") throw new SyntaxError(message); } }).parseFromString(text.replace(/^\uFEFF/u, ""), "text/xml").documentElement;
}

/** Writes a part back. */
export function setRoot(pack: Package, name: string, root: Element): void {
  const document = root.ownerDocument as Document;
  const text = new XMLSerializer().serializeToString(document);
  setText(pack, name, text.startsWith("<?xml") ? text : `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${text}`);
}

/** An element as text. */
export function xmlOf(element: Element): string {
  return new XMLSerializer().serializeToString(element);
}

/** Elements below that have the local name, in document order. */
export function below(element: Element, name: string): Element[] {
  return [...element.getElementsByTagNameNS("*", name)];
}

/** The element's own children that have the local name. */
export function children(element: Element, name?: string): Element[] {
  return [...element.childNodes].filter((node): node is Element => node.nodeType === 1 && (name === undefined || node.localName === name));
}

/** A new element in the namespace (and with the prefix) of the one given. */
export function created(like: Element, name: string, attributes: Readonly<Record<string, string>> = {}): Element {
  const document = like.ownerDocument as Document;
  const element = document.createElementNS(like.namespaceURI, like.prefix === null || like.prefix === "" ? name : `${like.prefix}:${name}`);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

/** `xl/worksheets/sheet1.xml` → `xl/worksheets/_rels/sheet1.xml.rels`; the package's own for "". */
export function relationsPart(part: string): string {
  return part === "" ? "_rels/.rels" : part.replace(/([^/]+)$/u, "_rels/$1.rels");
}

export interface Relation { id: string; type: string; part: string }

/** What a part points to inside the package. */
export function relationsOf(pack: Package, part: string): Relation[] {
  const root = rootOf(pack, relationsPart(part));
  return (root === null ? [] : children(root, "Relationship")).filter((one) => one.getAttribute("TargetMode") !== "External")
    .map((one) => ({ id: one.getAttribute("Id") ?? "", type: one.getAttribute("Type") ?? "", part: resolved(part, one.getAttribute("Target") ?? "") }));
}

/** Adds a relation and gives its id. */
export function relate(pack: Package, part: string, type: string, target: string): string {
  const name = relationsPart(part);
  if (!pack.parts.has(name)) setText(pack, name, `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="${RELATIONS}"/>`);
  const root = rootOf(pack, name);
  if (root === null) throw new SyntaxError(name);
  const known = new Set(children(root).map((one) => one.getAttribute("Id")));
  let id = 1;
  while (known.has(`rIdZiping${id}`)) id += 1;
  root.appendChild(created(root, "Relationship", { Id: `rIdZiping${id}`, Type: type, Target: `/${target}` }));
  setRoot(pack, name, root);
  return `rIdZiping${id}`;
}

/** Says of what type a part is; `extension` for all parts that end so. */
export function declare(pack: Package, type: string, of: { part: string } | { extension: string }): void {
  const root = rootOf(pack, "[Content_Types].xml");
  if (root?.namespaceURI !== CONTENT_TYPES) throw new SyntaxError("[Content_Types].xml");
  if ("extension" in of) {
    if (children(root, "Default").some((one) => one.getAttribute("Extension")?.toLowerCase() === of.extension)) return;
    root.insertBefore(created(root, "Default", { Extension: of.extension, ContentType: type }), root.firstChild);
  } else root.appendChild(created(root, "Override", { PartName: `/${of.part}`, ContentType: type }));
  setRoot(pack, "[Content_Types].xml", root);
}

/** A name that no part has yet: `freeName(pack, "xl/comments", ".xml")`. */
export function freeName(pack: Package, stem: string, ending: string): string {
  let number = 1;
  while (pack.parts.has(`${stem}${number}${ending}`)) number += 1;
  return `${stem}${number}${ending}`;
}

function resolved(part: string, target: string): string {
  const steps = target.startsWith("/") ? [] : part.split("/").slice(0, -1);
  for (const step of target.replace(/^\//u, "").split("/")) {
    if (step === "..") steps.pop();
    else if (step !== ".") steps.push(step);
  }
  return steps.join("/");
}

/** A text as XML holds it. */
export function escaped(text: string): string {
  return text.replace(/[\p{Cc}\uFFFE\uFFFF]/gu, (control) => (control === "\n" ? "\n" : control === "\t" ? "\t" : "")).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
