// A formula's text -> its tree, or the column where it stops making sense.
import { parseDecimal, type Decimal } from "../decimal.ts";
import { functions } from "./functions.ts";

export type Formula =
  | { kind: "number"; number: Decimal }
  | { kind: "name"; name: string }
  | { kind: "negated"; inner: Formula }
  | { kind: "operation"; sign: "+" | "-" | "*" | "/"; left: Formula; right: Formula }
  | { kind: "call"; function: string; inputs: Formula[] };

/** What is wrong with a formula, at which column (from 1). `code` and `values` make a sentence of the locales' `ruleset` section. */
export interface FormulaMistake {
  code: "formula-length" | "formula-depth" | "formula-character" | "formula-end" | "formula-unexpected" | "formula-function" | "formula-inputs" | "formula-number";
  column: number;
  values: Record<string, string>;
}

/** The longest formula that is read. */
export const MOST_CHARACTERS = 400;
/** How deep brackets, signs and calls may nest. */
export const MOST_DEPTH = 32;

/** The formula as a tree, or what is wrong with it. Names are those of facts (`adjustedBudget`) and parameters (`execution.lowRate`). */
export function parseFormula(text: string): { formula: Formula } | { mistake: FormulaMistake } {
  if (text.length > MOST_CHARACTERS) return { mistake: { code: "formula-length", column: MOST_CHARACTERS + 1, values: { most: String(MOST_CHARACTERS) } } };
  const tokens = tokensOf(text);
  return "mistake" in tokens ? tokens : parseTokens(tokens.tokens);
}

interface Token { kind: "number" | "name" | "sign" | "end"; text: string; column: number }

const TOKEN = /\s*(?:(?<number>\d+(?:\.\d+)?)|(?<name>[A-Za-z_]\w*(?:\.\w+)*)|(?<sign>[-+*/(),]))/y;

function tokensOf(text: string): { tokens: Token[] } | { mistake: FormulaMistake } {
  const tokens: Token[] = [];
  let start = 0;
  while (text.slice(start).trim() !== "") {
    TOKEN.lastIndex = start;
    const found = TOKEN.exec(text);
    if (found === null) return { mistake: strangeCharacter(text, start) };
    const { number, name, sign } = found.groups as { number?: string; name?: string; sign?: string };
    const word = number ?? name ?? sign ?? "";
    start += found[0].length;
    tokens.push({ kind: number !== undefined ? "number" : name !== undefined ? "name" : "sign", text: word, column: start - word.length + 1 });
  }
  tokens.push({ kind: "end", text: "", column: text.length + 1 });
  return { tokens };
}

/** The tree of the tokens: sums of products of signed parts. */
function parseTokens(tokens: readonly Token[]): { formula: Formula } | { mistake: FormulaMistake } {
  const cursor: Cursor = { tokens, position: 0, depth: 0 };
  try {
    const formula = parseSum(cursor);
    if (current(cursor).kind !== "end") throw unexpected(current(cursor));
    return { formula };
  } catch (problem) {
    if (problem instanceof Stop) return { mistake: problem.mistake };
    throw problem;
  }
}

interface Cursor { tokens: readonly Token[]; position: number; depth: number }

/** Leaves the descent at the first mistake. */
class Stop extends Error {
  readonly mistake: FormulaMistake;
  constructor(code: FormulaMistake["code"], column: number, values: Record<string, string> = {}) {
    super(code);
    this.mistake = { code, column, values };
  }
}

function parseSum(cursor: Cursor): Formula {
  let left = parseProduct(cursor);
  for (let sign = takeSign(cursor, "+", "-"); sign !== null; sign = takeSign(cursor, "+", "-")) {
    left = { kind: "operation", sign, left, right: parseProduct(cursor) };
  }
  return left;
}

function parseProduct(cursor: Cursor): Formula {
  let left = parsePart(cursor);
  for (let sign = takeSign(cursor, "*", "/"); sign !== null; sign = takeSign(cursor, "*", "/")) {
    left = { kind: "operation", sign, left, right: parsePart(cursor) };
  }
  return left;
}

function parsePart(cursor: Cursor): Formula {
  if (cursor.depth >= MOST_DEPTH) throw new Stop("formula-depth", current(cursor).column, { most: String(MOST_DEPTH) });
  cursor.depth += 1;
  const part = parseNested(cursor);
  cursor.depth -= 1;
  return part;
}

function parseNested(cursor: Cursor): Formula {
  if (takeSign(cursor, "-") !== null) return { kind: "negated", inner: parsePart(cursor) };
  if (takeSign(cursor, "(") !== null) return closed(cursor, parseSum(cursor));
  const token = current(cursor);
  cursor.position += 1;
  if (token.kind === "number") return { kind: "number", number: numberOf(token) };
  if (token.kind !== "name") throw unexpected(token);
  return takeSign(cursor, "(") === null ? { kind: "name", name: token.text } : parseCall(cursor, token);
}

function parseCall(cursor: Cursor, token: Token): Formula {
  const called = Object.hasOwn(functions, token.text) ? functions[token.text] : undefined;
  if (called === undefined) throw new Stop("formula-function", token.column, { name: token.text, known: Object.keys(functions).join(" ") });
  const inputs = [parseSum(cursor)];
  while (takeSign(cursor, ",") !== null) inputs.push(parseSum(cursor));
  const { least, most } = called;
  if (inputs.length < least || inputs.length > most) throw new Stop("formula-inputs", token.column, { name: token.text, count: String(inputs.length), least: String(least), most: String(most) });
  return closed(cursor, { kind: "call", function: token.text, inputs });
}

function closed(cursor: Cursor, formula: Formula): Formula {
  if (takeSign(cursor, ")") === null) throw unexpected(current(cursor));
  return formula;
}

function takeSign<const Sign extends string>(cursor: Cursor, ...signs: Sign[]): Sign | null {
  const token = current(cursor);
  const sign = token.kind === "sign" ? signs.find((candidate) => candidate === token.text) : undefined;
  if (sign === undefined) return null;
  cursor.position += 1;
  return sign;
}

const END: Token = { kind: "end", text: "", column: 1 };

function current(cursor: Cursor): Token {
  return cursor.tokens[cursor.position] ?? END;
}

function numberOf(token: Token): Decimal {
  const number = parseDecimal(token.text);
  if (number === null) throw new Stop("formula-number", token.column, { text: token.text });
  return number;
}

function unexpected(token: Token): Stop {
  return token.kind === "end" ? new Stop("formula-end", token.column) : new Stop("formula-unexpected", token.column, { text: token.text });
}

function strangeCharacter(text: string, from: number): FormulaMistake {
  const column = from + text.slice(from).search(/\S/);
  return { code: "formula-character", column: column + 1, values: { text: String.fromCodePoint(text.codePointAt(column) ?? 0) } };
}
