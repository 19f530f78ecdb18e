// What a condition may ask of a fact: one entry an operator, on exact decimals.
import { compare, decimal, decimalsOf, equals, isDecimal, parseDecimal, round, type Decimal } from "../decimal.ts";
import type { Fact, LeafValue, Value } from "../model.ts";

export interface Operator {
  /** Whether it holds. Called only where both sides are known and fit, or with any fact where `onState` is set. */
  test: (fact: Fact, value: Value | LeafValue) => boolean;
  /** It looks at the state of the fact alone: the fact need not be known, and `value` may be absent. */
  onState?: true;
  /** It asks for nothing but how two numbers compare (−1, 0, 1), or whether they are the same. */
  order?: (order: number) => boolean;
  /** It looks at how a number is printed too; the others see the value alone. */
  seesPrint?: true;
  /** What may stand as `value`. */
  operand: "number" | "text" | "boolean" | "list" | "any" | "none";
  /** Whether the two can be compared at all; where not, nobody can tell. Absent: always. */
  fits?: (fact: Value, value: Value) => boolean;
}

/** All operators by the name that conditions use. */
export const operators: Readonly<Record<string, Operator>> = {
  equal: compared("any", sameValue),
  notEqual: compared("any", (a, b) => !sameValue(a, b)),
  lessThan: ordered((order) => order < 0),
  lessThanInclusive: ordered((order) => order <= 0),
  greaterThan: ordered((order) => order > 0),
  greaterThanInclusive: ordered((order) => order >= 0),
  in: { ...compared("list", (a, b) => isListed(a, b)), fits: (_, list) => isList(list) },
  notIn: { ...compared("list", (a, b) => !isListed(a, b)), fits: (_, list) => isList(list) },
  contains: { ...compared("any", holds), fits: canHold },
  doesNotContain: { ...compared("any", (a, b) => !holds(a, b)), fits: canHold },
  containsAny: { ...compared("list", holdsAny), fits: (fact, list) => canHold(fact, "") && isList(list) },
  printedAs: { test: printedAs, operand: "number", fits: areNumbers, seesPrint: true },
  given: onState((fact) => fact.state === "known" || fact.state === "unreadable"),
  missing: onState((fact) => fact.state === "missing"),
  blank: onState((fact) => fact.state === "missing" && fact.blank),
  absent: onState((fact) => fact.state === "missing" && !fact.blank),
  readable: onState((fact) => fact.state === "known"),
  unreadable: onState((fact) => fact.state === "unreadable"),
};

/** The operator of that name; undefined where there is none (also for `constructor` and its kind). */
export function operatorNamed(name: string): Operator | undefined {
  return Object.hasOwn(operators, name) ? operators[name] : undefined;
}

/** A literal of a rule file as a value: JSON numbers become the decimals that they are written as. Throws a RangeError for `1e30`. */
export function literalValue(literal: Exclude<LeafValue, { fact: string }>): Value {
  if (typeof literal === "number") return decimal(literal);
  if (!Array.isArray(literal)) return literal;
  if (literal.every((entry) => typeof entry === "number")) return literal.map((entry) => decimal(entry));
  return literal.map(String);
}

function compared(operand: Operator["operand"], holdsFor: (fact: Value, value: Value) => boolean): Operator {
  return { operand, test: (fact, value) => holdsFor(knownValue(fact), operandValue(value)) };
}

function ordered(holdsFor: (order: number) => boolean): Operator {
  return {
    operand: "number",
    order: holdsFor,
    fits: areNumbers,
    test: (fact, value) => holdsFor(compare(numberIn(knownValue(fact)), numberIn(operandValue(value)))),
  };
}

function onState(holdsFor: (fact: Fact) => boolean): Operator {
  return { operand: "none", onState: true, test: holdsFor };
}

/** Digits beyond these come from a computer's division, not from a hand; nobody prints them. */
const MOST_PRINTED_DECIMALS = 8;

/** The printed number is the true one rounded half up to the decimals that are printed (财预〔2020〕10号 scoring: 86 for 85.75, not 82.00 for 82.54). */
function printedAs(fact: Fact, value: Value | LeafValue): boolean {
  const printed = numberIn(knownValue(fact));
  const decimals = (fact.state === "known" ? fact.decimals : undefined) ?? decimalsOf(printed);
  const places = Math.min(decimals, MOST_PRINTED_DECIMALS);
  return equals(round(printed, places), round(numberIn(operandValue(value)), places));
}

function sameValue(a: Value, b: Value): boolean {
  if (isList(a) || isList(b)) return isList(a) && isList(b) && a.length === b.length && a.every((entry, index) => sameValue(entry, b[index] ?? ""));
  if (isDecimal(a) !== isDecimal(b)) return sameNumber(a, b);
  return isDecimal(a) && isDecimal(b) ? equals(a, b) : a === b;
}

/** A number and a text are the same only where the text is that number's numeral. */
function sameNumber(a: Value, b: Value): boolean {
  const [first, second] = [numberOf(a), numberOf(b)];
  return first !== null && second !== null && equals(first, second);
}

function isListed(value: Value, list: Value): boolean {
  return isList(list) && list.some((entry) => sameValue(value, entry));
}

function holds(whole: Value, part: Value): boolean {
  if (isList(whole)) return isListed(part, whole);
  return typeof whole === "string" && typeof part === "string" && whole.includes(part);
}

function holdsAny(whole: Value, parts: Value): boolean {
  return isList(parts) && parts.some((part) => holds(whole, part));
}

function canHold(fact: Value, value: Value): boolean {
  return isList(fact) || (typeof fact === "string" && typeof value === "string");
}

function areNumbers(fact: Value, value: Value): boolean {
  return isDecimal(fact) && numberOf(value) !== null;
}

function isList(value: Value): value is readonly Decimal[] | readonly string[] {
  return Array.isArray(value);
}

function numberOf(value: Value): Decimal | null {
  if (isDecimal(value)) return value;
  return typeof value === "string" ? parseDecimal(value) : null;
}

function numberIn(value: Value): Decimal {
  const number = numberOf(value);
  if (number === null) throw new TypeError("a number was expected");
  return number;
}

function knownValue(fact: Fact): Value {
  if (fact.state !== "known") throw new TypeError(`a known fact was expected, not a ${fact.state} one`);
  return fact.value;
}

/** Texts or decimals, as they are; a list with JSON numbers in it is a literal. */
const isPlainList = (value: readonly unknown[]): value is readonly string[] | readonly Decimal[] => !value.some((entry) => typeof entry === "number");

function operandValue(value: Value | LeafValue): Value {
  if (isDecimal(value) || typeof value !== "object") return typeof value === "number" ? literalValue(value) : value;
  if ("fact" in value) throw new TypeError("a reference must be looked up first");
  return isPlainList(value) ? value : literalValue(value);
}
