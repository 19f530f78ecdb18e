// The bytes of an Office file (zip of XML parts) → its parts as text, within limits; and a scanner over one part.
import { unzipSync } from "fflate";

/** What a package may hold at most; a file beyond them is refused before it is inflated. */
export interface PackageLimits { entries: number; partBytes: number; totalBytes: number }

export const PACKAGE_LIMITS: PackageLimits = { entries: 5_000, partBytes: 96 * 1024 * 1024, totalBytes: 256 * 1024 * 1024 };

/** Why a file is not read: `code` is a key of the locales' `forms` section. */
export class UnreadableFile extends Error {
  readonly code: string;
  readonly values: Record<string, string>;
  constructor(code: string, values: Record<string, string> = {}) {
    super(code);
    this.code = code;
    this.values = values;
  }
}

/** `names` is everything in the zip; `text` inflates one part, null where there is none. */
export interface OfficePackage { names: ReadonlySet<string>; text: (name: string) => string | null }

/** Opens a zip. Throws UnreadableFile: `file-damaged` (cut off, not a zip), `file-too-large` (beyond a limit). */
export function openPackage(bytes: Uint8Array, limits: PackageLimits = PACKAGE_LIMITS): OfficePackage {
  const names = new Set<string>();
  let total = 0;
  inflate(bytes, (entry) => {
    names.add(entry.name);
    total += entry.originalSize;
    const tooLarge = names.size > limits.entries || total > limits.totalBytes || entry.originalSize > limits.partBytes;
    if (tooLarge) throw new UnreadableFile("file-too-large", { entries: String(limits.entries), megabytes: String(Math.floor(limits.totalBytes / 1024 / 1024)) });
    return false;
  });
  const text = (name: string): string | null => {
    if (!names.has(name)) return null;
    const part = inflate(bytes, (entry) => entry.name === name)[name];
    return part === undefined ? null : decodeXml(part);
  };
  return { names, text };
}

/** The declared size bounds what is written: fflate inflates into a buffer of exactly that size. */
function inflate(bytes: Uint8Array, filter: (entry: { name: string; originalSize: number }) => boolean): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, { filter });
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    throw new UnreadableFile("file-damaged");
  }
}

function decodeXml(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  return new TextDecoder("utf-8").decode(bytes);
}

/** Called in document order. Names come without their namespace prefix; `attribute` looks one up by its full name. */
export interface XmlEvents {
  open?: (name: string, attribute: (name: string) => string | undefined) => void;
  text?: (text: string) => void;
  close?: (name: string) => void;
}

/**
 * Walks one XML part without building a tree, so that 50,000 empty rows cost little. A document type declaration is refused
 * (`file-has-doctype`): Office writes none, and entities are declared nowhere else. Throws `file-damaged` where the XML breaks off.
 */
export function scanXml(xml: string, events: XmlEvents): void {
  let at = 0;
  while (at < xml.length) {
    const tag = xml.indexOf("<", at);
    if (tag < 0) break;
    if (tag > at) events.text?.(unescapeXml(xml.slice(at, tag)));
    at = xml.charCodeAt(tag + 1) === 0x21 || xml.charCodeAt(tag + 1) === 0x3f ? passSpecial(xml, tag, events) : passTag(xml, tag, events);
  }
}

function passSpecial(xml: string, tag: number, events: XmlEvents): number {
  if (xml.startsWith("<!--", tag)) return endOf(xml, "-->", tag);
  if (xml.startsWith("<?", tag)) return endOf(xml, "?>", tag);
  if (!xml.startsWith("<![CDATA[", tag)) throw new UnreadableFile("file-has-doctype");
  const end = endOf(xml, "]]>", tag);
  events.text?.(xml.slice(tag + 9, end - 3));
  return end;
}

function passTag(xml: string, tag: number, events: XmlEvents): number {
  const end = endOfTag(xml, tag);
  const closing = xml.charCodeAt(tag + 1) === 0x2f;
  const body = xml.slice(tag + (closing ? 2 : 1), end - 1);
  if (closing) {
    events.close?.(localName(body.trimEnd()));
    return end;
  }
  const empty = body.endsWith("/");
  const space = body.search(/[\s/]/u);
  const name = localName(space < 0 ? body : body.slice(0, space));
  events.open?.(name, (wanted) => attributeOf(body, wanted));
  if (empty) events.close?.(name);
  return end;
}

const LONGEST_TAG = 65_536;

/** Just past the `>` that ends the tag; one inside an attribute's quotes does not. */
function endOfTag(xml: string, tag: number): number {
  let end = xml.indexOf(">", tag);
  while (end >= 0 && end - tag < LONGEST_TAG) {
    const body = xml.slice(tag, end);
    if (!body.includes('"') && !body.includes("'")) return end + 1;
    if (!/["']/u.test(body.replace(/"[^"]*"|'[^']*'/gu, ""))) return end + 1;
    end = xml.indexOf(">", end + 1);
  }
  throw new UnreadableFile("file-damaged");
}

function endOf(xml: string, mark: string, from: number): number {
  const end = xml.indexOf(mark, from);
  if (end < 0) throw new UnreadableFile("file-damaged");
  return end + mark.length;
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

const VALUE = /\s*=\s*(?:"([^"]*)"|'([^']*)')/uy;

function attributeOf(body: string, name: string): string | undefined {
  for (let at = body.indexOf(name); at >= 0; at = body.indexOf(name, at + 1)) {
    if (!/\s/u.test(body.charAt(at - 1))) continue;
    VALUE.lastIndex = at + name.length;
    const value = VALUE.exec(body);
    if (value !== null) return unescapeXml(value[1] ?? value[2] ?? "");
  }
  return undefined;
}

const ENTITIES: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/giu, (whole, hex: string | undefined, dec: string | undefined, name: string | undefined) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const code = hex === undefined ? Number(dec) : parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : "";
  });
}
