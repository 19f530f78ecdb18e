// Bytes of a .docx → the few parts of it that hold words, inflated within limits and parsed without entities.
import { DOMParser, type Element } from "@xmldom/xmldom";
import { unzipSync, type UnzipFileInfo } from "fflate";

/** What a .docx may grow to, in bytes, and how many entries its zip may list. */
export interface PackageLimits { entryBytes: number; totalBytes: number; entries: number }

export interface WordPackage {
  /** Root of the main document part. */
  document: Element;
  /** Root of the comments part, where there is one. */
  comments: Element | null;
  macros: boolean;
}

/** Why a file could not be opened: `code` is a key of the locales' `input` section. */
export class Unopenable extends Error {
  readonly code: string;
  readonly values: Record<string, string>;
  constructor(code: string, values: Record<string, string> = {}) {
    super(code);
    this.code = code;
    this.values = values;
  }
}

/**
 * Opens a .docx: only the parts that hold words are inflated, none beyond `limits`; a DOCTYPE is refused, so no entity is ever expanded.
 * @throws Unopenable where it is no .docx, is damaged or is beyond the limits.
 */
export function openPackage(bytes: Uint8Array, limits: PackageLimits): WordPackage {
  const parts = inflate(bytes, limits);
  const rels = parts.get("_rels/.rels");
  const main = (rels === undefined ? null : officeDocument(parseXml(rels))) ?? "word/document.xml";
  const document = parts.get(main);
  if (document === undefined) throw new Unopenable("docx-no-document");
  const comments = parts.get(main.replace(/[^/]*$/u, "comments.xml"));
  return {
    document: parseXml(document),
    comments: comments === undefined ? null : parseXml(comments),
    macros: parts.has(macroMark),
  };
}

const macroMark = "word/vbaProject.bin";
const wanted = /^(?:_rels\/\.rels|word\/(?:document\d*|comments)\.xml)$/u;

function inflate(bytes: Uint8Array, limits: PackageLimits): Map<string, Uint8Array> {
  let entries = 0;
  let total = 0;
  const macros = new Map<string, Uint8Array>();
  const filter = (entry: UnzipFileInfo): boolean => {
    entries += 1;
    if (entries > limits.entries) throw new Unopenable("zip-too-many-entries", { limit: String(limits.entries) });
    if (entry.name === macroMark) macros.set(macroMark, new Uint8Array());
    if (!wanted.test(entry.name)) return false;
    total += entry.originalSize;
    if (entry.originalSize > limits.entryBytes || total > limits.totalBytes) throw new Unopenable("zip-too-large", { limit: megabytes(limits.entryBytes) });
    return true;
  };
  try {
    return new Map([...Object.entries(unzipSync(bytes, { filter })), ...macros]);
  } catch (error) {
    if (error instanceof Unopenable) throw error;
    throw new Unopenable("file-damaged");
  }
}

function megabytes(bytes: number): string {
  return String(Math.floor(bytes / 1048576));
}

function officeDocument(rels: Element): string | null {
  for (const relation of childElements(rels)) {
    if (relation.getAttribute("Type")?.endsWith("/officeDocument") === true) return relation.getAttribute("Target")?.replace(/^\//u, "") ?? null;
  }
  return null;
}

/** Root element of an XML part. @throws Unopenable for a DOCTYPE or malformed XML. */
export function parseXml(bytes: Uint8Array): Element {
  const text = new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8").decode(bytes);
  if (/<!DOCTYPE/iu.test(text)) throw new Unopenable("xml-doctype");
  try {
    const root = new DOMParser({ onError: stopAtError }).parseFromString(text, "text/xml").documentElement;
    if (root !== null) return root;
  } catch {
    throw new Unopenable("file-damaged");
  }
  throw new Unopenable("file-damaged");
}

function stopAtError(level: "warning" | "error" | "fatalError", message: string): void {
  if (level !== "warning") throw new Error(message);
}

/** Child elements in order. */
export function* childElements(parent: Element): Generator<Element> {
  for (let node = parent.firstChild; node !== null; node = node.nextSibling) if (node.nodeType === 1) yield node as Element;
}

/** First child element of that local name. */
export function child(parent: Element, name: string): Element | null {
  for (const element of childElements(parent)) if (element.localName === name) return element;
  return null;
}

/** The `w:val` (or other) attribute, whatever prefix the file gives its namespace. */
export function attribute(element: Element | null, name: string): string | null {
  if (element === null) return null;
  for (const item of element.attributes) if (item.localName === name) return item.value;
  return null;
}
