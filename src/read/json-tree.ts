// JSON text -> a tree of its values as written, each with its line, and the mistakes in its grammar. Owns jsonc-parser.
import { createRequire } from "node:module";
import type { JSONVisitor, ParseErrorCode } from "jsonc-parser";

export type JsonNode = JsonObject | JsonArray | JsonScalar;
export interface JsonObject { type: "object"; line: number; members: Map<string, JsonNode>; repeated: Repeated[]; cut: boolean }
export interface JsonArray { type: "array"; line: number; items: JsonNode[]; cut: boolean }
/** `text` is a string's value, and otherwise what stands in the file: a numeral keeps all its digits. */
export interface JsonScalar { type: "string" | "number" | "boolean" | "null"; line: number; text: string }
/** A key that stands twice in one object; the object holds the first value. */
export interface Repeated { key: string; first: JsonNode; second: JsonNode }

/** `depth` and `end`: nothing after it was read. */
export interface JsonMistake { kind: "comment" | "comma" | "depth" | "end" | "syntax" | "after"; line: number }
export interface JsonTree { root: JsonNode | null; mistakes: JsonMistake[] }

/** Deeper than any submission; what a submitter keeps in `source` may be deep, but not this deep. */
export const MOST_LEVELS = 100;

/**
 * Reads as much as there is; the first mistake of each kind is told. Objects and arrays that a mistake lies in are `cut`: what they
 * hold was read rightly, but may not be all. `firstLine`: the line of the file that the text begins on.
 */
export function parseJson(text: string, firstLine = 1): JsonTree {
  const growing: Growing = { text, end: text.trimEnd().length, firstLine, root: null, open: [], broken: false, comma: false, mistakes: [] };
  try {
    jsonc().visit(text, visitor(growing), { disallowComments: true, allowTrailingComma: false });
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    mistaken(growing, "depth", error.line);
  }
  return { root: growing.root, mistakes: growing.mistakes };
}

/** What is known while the text is being read. `broken`: the token at hand was not closed. `comma`: the last token was one. */
interface Growing {
  text: string; end: number; firstLine: number; root: JsonNode | null;
  open: { node: JsonObject | JsonArray; key: string | null }[];
  broken: boolean; comma: boolean; mistakes: JsonMistake[];
}

/** Mistakes inside a token that leave its value in doubt. */
const UNUSABLE: ReadonlySet<string> = new Set(["UnexpectedEndOfString", "UnexpectedEndOfNumber", "InvalidNumberFormat", "InvalidUnicode", "InvalidEscapeCharacter"]);

class TooDeep extends Error {
  readonly line: number;
  constructor(line: number) {
    super();
    this.line = line;
  }
}

function visitor(growing: Growing): JSONVisitor {
  const begin = (node: JsonObject | JsonArray): void => {
    growing.comma = false;
    add(growing, node);
    growing.open.push({ node, key: null });
    if (growing.open.length > MOST_LEVELS) throw new TooDeep(node.line - growing.firstLine);
  };
  const end = (offset: number): void => {
    growing.comma = false;
    const closed = growing.open.pop();
    if (closed === undefined) return;
    const mark = closed.node.type === "object" ? "}" : "]";
    if (growing.text.charAt(offset) !== mark) for (const { node } of [closed, ...growing.open]) node.cut = true;
  };
  return {
    onObjectBegin: (_offset, _length, line) => { begin({ type: "object", line: growing.firstLine + line, members: new Map(), repeated: [], cut: false }); },
    onArrayBegin: (_offset, _length, line) => { begin({ type: "array", line: growing.firstLine + line, items: [], cut: false }); },
    onObjectEnd: end,
    onArrayEnd: end,
    onObjectProperty: (key) => {
      const inner = growing.open.at(-1);
      if (inner !== undefined) inner.key = growing.broken ? null : key;
      growing.broken = growing.comma = false;
    },
    onLiteralValue: (value: unknown, offset, length, line) => {
      const whole = !growing.broken && (offset + length < growing.end || growing.open.length === 0 || typeof value === "string");
      growing.broken = growing.comma = false;
      if (whole) add(growing, scalar(value, growing.text.slice(offset, offset + length), growing.firstLine + line));
    },
    onSeparator: (character) => { 
      growing.comma = character === ",";
      growing.broken = false;
     },
    onError: (code, offset, length, line) => { judge(growing, code, offset, length, line); },
  };
}

function scalar(value: unknown, raw: string, line: number): JsonScalar {
  if (typeof value === "string") return { type: "string", line, text: value };
  if (value === null) return { type: "null", line, text: raw };
  return { type: typeof value === "boolean" ? "boolean" : "number", line, text: raw };
}

function add(growing: Growing, node: JsonNode): void {
  const inner = growing.open.at(-1);
  if (inner === undefined) {
    growing.root ??= node;
    return;
  }
  if (inner.node.type === "array") {
    inner.node.items.push(node);
    return;
  }
  const { key } = inner;
  if (key === null) return;
  inner.key = null;
  const first = inner.node.members.get(key);
  if (first === undefined) inner.node.members.set(key, node);
  else inner.node.repeated.push({ key, first, second: node });
}

function judge(growing: Growing, code: ParseErrorCode, offset: number, length: number, line: number): void {
  const name = jsonc().printParseErrorCode(code);
  if (name === "InvalidCommentToken") {
    mistaken(growing, "comment", line);
    return;
  }
  if (name === "EndOfFileExpected") {
    mistaken(growing, "after", line);
    return;
  }
  const trailing = growing.comma && (name === "PropertyNameExpected" || name === "ValueExpected") && /[}\]]/.test(growing.text.charAt(offset));
  if (trailing) {
    mistaken(growing, "comma", line);
    return;
  }
  growing.broken ||= UNUSABLE.has(name);
  for (const { node } of growing.open) node.cut = true;
  const atEnd = offset + length >= growing.end && !/[}\]]$/.test(growing.text.slice(offset, growing.end));
  const inside = growing.open.length > 0 || name.startsWith("Close");
  mistaken(growing, atEnd && inside ? "end" : "syntax", line);
}

function mistaken(growing: Growing, kind: JsonMistake["kind"], line: number): void {
  if (kind === "depth") for (const { node } of growing.open) node.cut = true;
  const grammar = (other: JsonMistake["kind"]): boolean => other !== "comment" && other !== "comma";
  // One mistake in the grammar makes more behind it; only the first is the submitter's.
  if (!growing.mistakes.some((mistake) => mistake.kind === kind || (grammar(kind) && grammar(mistake.kind)))) growing.mistakes.push({ kind, line: growing.firstLine + line });
}

/** Loaded for the first text that has to be read around its mistakes. */
const jsonc = (): typeof import("jsonc-parser") => createRequire(import.meta.url)("jsonc-parser") as typeof import("jsonc-parser");
