// Values and what is not known of them -> facts, in their four states.
import { isDecimal, type Decimal } from "./decimal.ts";
import type { Fact, Subject, Value } from "./model.ts";

/** A fact whose value is there. `at`: pointers of the cells it was read from. */
export function known(value: Value, at: readonly string[] = NOWHERE, print?: { text: string; decimals?: number }): Fact {
  return print === undefined ? printed(value, at, undefined, undefined) : printed(value, at, print.text, print.decimals);
}

/** The same, as a cell printed it. All known facts are built alike, with or without a print: what is read most is read quickest so. */
export function printed(value: Value, at: readonly string[], text: string | undefined, decimals: number | undefined): Fact {
  return { state: "known", value, at, text, decimals } as Fact;
}

const NOWHERE: readonly string[] = [];

/** Nothing there: the form lacks the cell, or (`blank`) the cell is empty or holds a nothing-there mark. Never zero. */
export const missing = (at: readonly string[] = NOWHERE, blank = at.length > 0): Fact => ({ state: "missing", blank, at });
const NOTHING = missing();
/** Yes or no, of no cell in particular. */
export const isTrue = (value: boolean): Fact => (value ? TRUE : FALSE);
const [TRUE, FALSE] = [known(true), known(false)];

export const unreadable = (text: string, at: readonly string[]): Fact => ({ state: "unreadable", text, at });
export const underivable = (lacks: readonly string[], at: readonly string[] = NOWHERE): Fact => ({ state: "underivable", lacks, at });

/** The fact of that name; `missing` where the subject has none. */
export const factOf = (subject: Subject, name: string): Fact => ownFact(subject, name) ?? NOTHING;

/** The fact of that name, computed where it has to be; undefined where the subject has none. */
export function ownFact({ facts, view }: Subject, name: string): Fact | undefined {
  if (!Object.hasOwn(facts, name)) return undefined;
  const held = facts[name];
  return typeof held === "function" ? held(view as never) : held;
}

/** The number of a known fact, else null. */
export function numberOf(fact: Fact): Decimal | null {
  return fact.state === "known" && isDecimal(fact.value) ? fact.value : null;
}

/** The text of a known fact, else null. */
export function textOf(fact: Fact): string | null {
  return fact.state === "known" && typeof fact.value === "string" ? fact.value : null;
}

/** A fact made of others: known where all are, else missing where nothing worse than missing stands in the way, else underivable. */
export function derived(operands: Record<string, Fact>, make: (values: Decimal[]) => Value | null): Fact {
  const facts = Object.values(operands);
  const at = placesOf(facts);
  const values: Decimal[] = [];
  for (const fact of facts) {
    const value = numberOf(fact);
    if (value === null) return openOf(operands, at);
    values.push(value);
  }
  const value = make(values);
  return value === null ? missing(at, false) : known(value, at);
}

function openOf(operands: Record<string, Fact>, at: readonly string[]): Fact {
  const lacks = Object.entries(operands).filter(([, fact]) => numberOf(fact) === null);
  return lacks.every(([, fact]) => fact.state === "missing") ? missing(at, lacks.some(([, fact]) => fact.state === "missing" && fact.blank)) : underivable(lacks.map(([name]) => name), at);
}

/** The cells of all of them, each once. */
export function placesOf(facts: readonly Fact[]): readonly string[] {
  const [first] = facts;
  if (facts.length === 1 && first !== undefined) return first.at;
  const at: string[] = [];
  for (const fact of facts) for (const pointer of fact.at) if (!at.includes(pointer)) at.push(pointer);
  return at;
}

/** The cells of all of them, one after the other. */
export function cellsOf(facts: readonly Fact[]): string[] {
  const at: string[] = [];
  for (const fact of facts) for (const pointer of fact.at) at.push(pointer);
  return at;
}

/** The numbers among them. */
export function numbersOf(facts: readonly Fact[]): Decimal[] {
  const numbers: Decimal[] = [];
  for (const fact of facts) if (fact.state === "known" && isDecimal(fact.value)) numbers.push(fact.value);
  return numbers;
}
