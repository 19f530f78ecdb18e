// Bytes of a text file -> text, and the encoding it was in: BOM, then NUL bytes, then UTF-8, then GB18030, each without loss or not at all.
import { isUtf8, transcode } from "node:buffer";

/** `nulLine`: the first line with NUL characters, which are left out of the text; null where there are none. */
export type Decoded = { ok: true; text: string; encoding: string; nulLine: number | null } | { ok: false; why: "unknown-label" | "not-text"; encoding: string };

/**
 * The whole text. `label` is the caller's word on the encoding and is taken at it; text that does not decode in full is refused, not
 * patched with `�`. `encoding` says what was used: `utf-8`, `utf-8-bom`, `utf-16le`, `utf-16be`, `gb18030` or the label.
 */
export function decode(bytes: Uint8Array, label?: string): Decoded {
  if (label !== undefined) return decodeAs(bytes, label);
  for (const encoding of candidates(bytes)) {
    const text = attempt(bytes, encoding, false);
    if (text !== null) return withoutNul(text, encoding === "utf-8" && hasUtf8Bom(bytes) ? "utf-8-bom" : encoding);
  }
  return { ok: false, why: "not-text", encoding: "" };
}

/** The text of the first bytes, enough to recognise a format by; null where they are not text. */
export function peek(bytes: Uint8Array, length = 4096): string | null {
  const head = bytes.subarray(0, length);
  for (const encoding of candidates(head)) {
    const text = attempt(head, encoding, true);
    if (text !== null) return text.replaceAll("\0", "");
  }
  return null;
}

function decodeAs(bytes: Uint8Array, label: string): Decoded {
  try {
    new TextDecoder(label);
  } catch {
    return { ok: false, why: "unknown-label", encoding: label };
  }
  const text = attempt(bytes, label, false);
  return text === null ? { ok: false, why: "not-text", encoding: label } : withoutNul(text, label.toLowerCase());
}

/** Encodings to try, likeliest first. The BOM decides alone; UTF-16 without one shows in NUL bytes on one side of every pair. */
function candidates(bytes: Uint8Array): string[] {
  if (hasUtf8Bom(bytes)) return ["utf-8"];
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return ["utf-16le"];
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return ["utf-16be"];
  const sides = nulSides(bytes);
  const wide = sides.odd >= 4 * sides.even ? "utf-16le" : sides.even >= 4 * sides.odd ? "utf-16be" : null;
  if (wide === null || sides.odd + sides.even === 0) return ["utf-8", "gb18030"];
  const plain = (sides.odd + sides.even) * 4 >= bytes.length;
  return plain ? [wide, "utf-8", "gb18030"] : ["utf-8", wide, "gb18030"];
}

function nulSides(bytes: Uint8Array): { even: number; odd: number } {
  const sides = { even: 0, odd: 0 };
  for (let index = bytes.indexOf(0); index !== -1; index = bytes.indexOf(0, index + 1)) sides[index % 2 === 0 ? "even" : "odd"]++;
  return sides;
}

function attempt(bytes: Uint8Array, encoding: string, cut: boolean): string | null {
  if (encoding === "utf-8" && !cut) return isUtf8(bytes) ? utf8(bytes) : null;
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: cut });
  } catch {
    return null;
  }
}

/** Text that is UTF-8, without its BOM: for Chinese a third of what TextDecoder takes before Node 22. */
function utf8(bytes: Uint8Array): string {
  const text = transcode(bytes, "utf8", "utf16le").toString("utf16le");
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function withoutNul(text: string, encoding: string): Decoded {
  const first = text.indexOf("\0");
  if (first === -1) return { ok: true, text, encoding, nulLine: null };
  return { ok: true, text: text.replaceAll("\0", ""), encoding, nulLine: text.slice(0, first).split(/\r\n|\n|\r/).length };
}

const hasUtf8Bom = (bytes: Uint8Array): boolean => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
