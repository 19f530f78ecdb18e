// A rule file's JSON text -> its value and where each part of it stands, so that a mistake can be pointed at.

export interface Spot { line: number; column: number }

export interface Source {
  value: unknown;
  /** Where the value at a JSON pointer begins; for a member of an object, where its key does. */
  spots: ReadonlyMap<string, Spot>;
}

export interface SourceMistake { code: "json-syntax" | "json-end" | "json-repeated" | "json-number" | "json-depth"; spot: Spot; values: Record<string, string> }

const MOST_DEPTH = 60;
const WORD = /true|false|null/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// eslint-disable-next-line no-control-regex -- JSON forbids them inside strings
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SPACE = /[ \t\r\n]*/y;
/** A double holds at most these many digits exactly; more must be written as text. */
const MOST_DIGITS = 15;

/** Strict JSON; a repeated key and a number that a double cannot hold are mistakes too. Objects have no prototype surprises: `__proto__` is a key. */
export function parseSource(text: string): Source | { mistake: SourceMistake } {
  const cursor: Cursor = { text: text.replace(/^\uFEFF/, ""), offset: 0, line: 1, lineStart: 0, scanned: 0, spots: new Map() };
  try {
    const value = parseValue(cursor, "", 0);
    if (peek(cursor) !== "") throw stop(cursor, "json-syntax");
    return { value, spots: cursor.spots };
  } catch (problem) {
    if (problem instanceof Stop) return { mistake: problem.mistake };
    throw problem;
  }
}

/** One step of a JSON pointer, escaped. */
export const step = (key: string | number): string => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;

/** `line` begins at `lineStart` and is known up to `scanned`: the text is walked through once. */
interface Cursor { text: string; offset: number; line: number; lineStart: number; scanned: number; spots: Map<string, Spot> }

/** Leaves the descent at the first mistake. */
class Stop extends Error {
  readonly mistake: SourceMistake;
  constructor(mistake: SourceMistake) {
    super(mistake.code);
    this.mistake = mistake;
  }
}

function parseValue(cursor: Cursor, pointer: string, depth: number): unknown {
  if (depth > MOST_DEPTH) throw stop(cursor, "json-depth");
  const next = peek(cursor);
  if (!cursor.spots.has(pointer)) cursor.spots.set(pointer, spotAt(cursor));
  if (next === "{") return parseObject(cursor, pointer, depth);
  if (next === "[") return parseArray(cursor, pointer, depth);
  if (next === '"') return parseString(cursor);
  const word = take(cursor, WORD);
  return word === null ? parseNumber(cursor) : (JSON.parse(word) as boolean | null);
}

function parseObject(cursor: Cursor, pointer: string, depth: number): Record<string, unknown> {
  const members: [string, unknown][] = [];
  const keys = new Set<string>();
  cursor.offset += 1;
  if (taken(cursor, "}")) return {};
  do {
    if (peek(cursor) !== '"') throw stop(cursor, "json-syntax");
    const spot = spotAt(cursor);
    const key = parseString(cursor);
    if (keys.has(key)) throw new Stop({ code: "json-repeated", spot, values: { key } });
    keys.add(key);
    if (!taken(cursor, ":")) throw stop(cursor, "json-syntax");
    cursor.spots.set(pointer + step(key), spot);
    members.push([key, parseValue(cursor, pointer + step(key), depth + 1)]);
  } while (taken(cursor, ","));
  if (!taken(cursor, "}")) throw stop(cursor, "json-syntax");
  return Object.fromEntries(members);
}

function parseArray(cursor: Cursor, pointer: string, depth: number): unknown[] {
  const entries: unknown[] = [];
  cursor.offset += 1;
  if (taken(cursor, "]")) return entries;
  do entries.push(parseValue(cursor, pointer + step(entries.length), depth + 1));
  while (taken(cursor, ","));
  if (!taken(cursor, "]")) throw stop(cursor, "json-syntax");
  return entries;
}

function parseString(cursor: Cursor): string {
  const text = take(cursor, STRING);
  if (text === null) throw stop(cursor, "json-syntax");
  return JSON.parse(text) as string;
}

function parseNumber(cursor: Cursor): number {
  const spot = spotAt(cursor);
  const text = take(cursor, NUMBER);
  if (text === null) throw stop(cursor, "json-syntax");
  if (/[eE]/.test(text) || text.replace(/\D/g, "").length > MOST_DIGITS) throw new Stop({ code: "json-number", spot, values: { text } });
  return Number(text);
}

function peek(cursor: Cursor): string {
  take(cursor, SPACE);
  return cursor.text.charAt(cursor.offset);
}

function taken(cursor: Cursor, sign: string): boolean {
  if (peek(cursor) !== sign) return false;
  cursor.offset += 1;
  return true;
}

function take(cursor: Cursor, pattern: RegExp): string | null {
  pattern.lastIndex = cursor.offset;
  const found = pattern.exec(cursor.text);
  if (found === null) return null;
  cursor.offset = pattern.lastIndex;
  return found[0];
}

function stop(cursor: Cursor, code: SourceMistake["code"]): Stop {
  const text = Array.from(cursor.text.slice(cursor.offset, cursor.offset + 2))[0];
  return new Stop({ code: text === undefined ? "json-end" : code, spot: spotAt(cursor), values: { text: text ?? "" } });
}

function spotAt(cursor: Cursor): Spot {
  for (let end = cursor.text.indexOf("\n", cursor.scanned); end >= 0 && end < cursor.offset; end = cursor.text.indexOf("\n", cursor.scanned)) {
    cursor.line += 1;
    cursor.lineStart = cursor.scanned = end + 1;
  }
  return { line: cursor.line, column: cursor.offset - cursor.lineStart + 1 };
}
