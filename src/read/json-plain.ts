// JSON text without mistakes or oddities -> plain data by JSON.parse, as json-tree.ts and json-data.ts would give it; places are looked for when asked.
import type { Place } from "../model.ts";
import type { Places } from "./format.ts";
import { MOST_LEVELS, parseJson, type JsonNode } from "./json-tree.ts";
import { existing, segment } from "./place.ts";

/** One document whose values are those of the text: numerals in `data` as written, no key twice. */
export interface PlainDocument { data: unknown; text: string; line: number }

/** The document; null where anything in it needs a closer look: a mistake, a key that stands twice, a numeral that a number would not print like. */
export function plainDocument(text: string, line = 1): PlainDocument | null {
  if (ODD.test(text)) return null;
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return null;
  }
  const keys = asTexts(data, 1, isObject(data) ? "source" : null);
  return keys === null || keys !== keysIn(text) ? null : { data, text, line };
}

/** `__proto__`; and numerals with a zero at the end of their decimals, an exponent, very small or long, or −0. It may stand in a text: then the long way gives the same. */
const ODD = /__proto__|\\u005f|[:,[]\s*-?(?:\d{15,}|\d+\.\d*0(?!\d)|\d+\.\d{12,}|\d[\d.]*[eE]|0\.0{5}|0(?![\d.])(?<=-0))/i;

/** Notes where every value of the document's part at `pointer` stood, once somebody asks for the place of its root. */
export function notePlaces(root: object, pointer: string, { data, text, line }: PlainDocument, file: string, places: Places): void {
  places.set(root, (key) => {
    places.delete(root);
    const tree = hasLines(text) ? parseJson(text, line).root : null;
    noteAll(root, nodeAt(tree, data, root), pointer, { file, line, places });
    return places.get(root)?.(key) ?? null;
  });
}

/** The same for a part that was found to be in order: on one line, a place is no more than the pointer. */
export function notePlainPlaces(root: object, pointer: string, { text, line }: PlainDocument, file: string, places: Places): void {
  const locator = places.get(root);
  if (locator === undefined || hasLines(text)) return;
  places.set(root, Object.assign((key: string | null) => locator(key), { below: (inner: string): Place => ({ file, line, pointer: pointer + existing(root, inner) }) }));
}

/** Whether values may stand on several lines. A line of a stream comes with its line break, after all of them. */
function hasLines(text: string): boolean {
  const end = text.indexOf("\n");
  return end >= 0 && text.trimEnd().length > end;
}

/** Numbers to their numerals, in place; what is in `free`, which is echoed, stays. How many keys there are; null where it is nested too deep. */
function asTexts(node: unknown, depth: number, free: string | null): number | null {
  if (!isObject(node)) return 0;
  if (depth > MOST_LEVELS) return null;
  let keys = 0;
  for (const key of Object.keys(node)) {
    if (!Array.isArray(node)) keys += 1;
    const value = node[key];
    if (typeof value === "number" && free !== EVERYTHING) node[key] = String(value);
    if (typeof value !== "object" || value === null) continue;
    const inner = asTexts(value, depth + 1, free === EVERYTHING || (free !== null && key === free) ? EVERYTHING : null);
    if (inner === null) return null;
    keys += inner;
  }
  return keys;
}

const EVERYTHING = "\0";

/** How many keys the text has, or more where a text in it looks like one. */
function keysIn(text: string): number {
  let keys = 0;
  for (let colon = text.indexOf(":"); colon >= 0; colon = text.indexOf(":", colon + 1)) {
    let before = colon - 1;
    while (before >= 0 && text.charCodeAt(before) <= 0x20) before -= 1;
    if (text.charCodeAt(before) === 0x22) keys += 1;
  }
  return keys;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** The node of the tree that stands where the part stands in the data. */
function nodeAt(tree: JsonNode | null, data: unknown, part: object): JsonNode | null {
  if (tree === null || data === part) return tree;
  return tree.type === "array" && Array.isArray(data) ? (tree.items[data.indexOf(part)] ?? null) : null;
}

interface Noting { file: string; line: number; places: Places }

/** A document on one line has every value there; any other has the lines of its tree. */
function noteAll(owner: object, node: JsonNode | null, pointer: string, noting: Noting): void {
  const { file, line, places } = noting;
  const childOf = (key: string): JsonNode | null => (node?.type === "object" ? (node.members.get(key) ?? null) : node?.type === "array" ? (node.items[Number(key)] ?? null) : null);
  const known = places.get(owner);
  const keys = Object.keys(owner);
  places.set(owner, (key) => {
    if (key === null) return known?.(null) ?? { file, line: node?.line ?? line, pointer };
    return known?.(key) ?? (keys.includes(key) ? { file, line: childOf(key)?.line ?? node?.line ?? line, pointer: pointer + segment(key) } : null);
  });
  for (const key of keys) {
    const value = (owner as Record<string, unknown>)[key];
    if (isObject(value)) noteAll(value, childOf(key), pointer + segment(key), noting);
  }
}
