// A formula's text -> a function of the facts, on exact decimals (`weight * executed / adjustedBudget`).
import { dividedBy, isDecimal, minus, negated, plus, times, type Decimal } from "../decimal.ts";
import { known, placesOf } from "../fact.ts";
import type { Fact, Value } from "../model.ts";
import type { Get } from "./compile.ts";
import { functions, type FormulaFunction } from "./functions.ts";
import { parseFormula, type Formula } from "./syntax.ts";

/** A formula as a function: `names` are the facts and parameters that it reads. */
export interface CompiledFormula { text: string; names: readonly string[]; derive: (get: Get) => Fact }

/**
 * The formula as a function of the facts. A missing operand makes the result missing, one that cannot be read makes it
 * underivable, and both say where; a division by 0 has no result. Throws a RangeError for a formula that cannot be parsed.
 */
export function compileFormula(text: string): CompiledFormula {
  const parsed = parseFormula(text);
  if ("mistake" in parsed) throw new RangeError(`formula "${text}", column ${parsed.mistake.column}: ${parsed.mistake.code}`);
  const names = namesIn(parsed.formula);
  const compute = compile(parsed.formula, names);
  return { text, names, derive: (get) => derived(names, names.map(get), compute) };
}

/** The facts and parameters that a formula names, each once, in order. */
export function namesIn(formula: Formula): string[] {
  return [...new Set(everyName(formula))];
}

function everyName(formula: Formula): string[] {
  switch (formula.kind) {
    case "number": return [];
    case "name": return [formula.name];
    case "negated": return everyName(formula.inner);
    case "operation": return [...everyName(formula.left), ...everyName(formula.right)];
    case "call": return formula.inputs.flatMap(everyName);
  }
}

/** A number; or none: the division has no result (`null`), or the operand of that name is no number. */
type Result = Decimal | null | { unfit: string };
type Compute = (values: readonly Value[]) => Result;

function derived(names: readonly string[], facts: readonly Fact[], compute: Compute): Fact {
  const at = placesOf(facts);
  const values: Value[] = [];
  for (const fact of facts) {
    if (fact.state !== "known") return open(names, facts, at);
    values.push(fact.value);
  }
  const result = compute(values);
  if (result === null) return { state: "missing", blank: false, at };
  return isDecimal(result) ? known(result, at) : { state: "underivable", lacks: [result.unfit], at };
}

function open(names: readonly string[], facts: readonly Fact[], at: readonly string[]): Fact {
  const lacking = facts.filter((fact) => fact.state !== "known");
  if (lacking.every((fact) => fact.state === "missing")) return { state: "missing", blank: lacking.some((fact) => fact.blank), at };
  const lacks = facts.flatMap((fact, index) => lacksOf(fact, names[index] ?? ""));
  return { state: "underivable", lacks: [...new Set(lacks)], at };
}

/** What a person has to mend: the cells behind an underivable fact rather than the fact itself. */
function lacksOf(fact: Fact, name: string): readonly string[] {
  if (fact.state === "known") return [];
  return fact.state === "underivable" && fact.lacks.length > 0 ? fact.lacks : [name];
}

function compile(formula: Formula, names: readonly string[]): Compute {
  switch (formula.kind) {
    case "number": return () => formula.number;
    case "name": return operand(formula.name, names);
    case "negated": return negation(compile(formula.inner, names));
    case "operation": return operation(formula.sign, compile(formula.left, names), compile(formula.right, names));
    case "call": return call(formula.function, formula.inputs, names);
  }
}

function operand(name: string, names: readonly string[]): Compute {
  const index = names.indexOf(name);
  return (values) => {
    const value = values[index];
    return isDecimal(value) ? value : { unfit: name };
  };
}

function negation(inner: Compute): Compute {
  return (values) => {
    const number = inner(values);
    return isDecimal(number) ? negated(number) : number;
  };
}

function operation(sign: "+" | "-" | "*" | "/", left: Compute, right: Compute): Compute {
  const combine = { "+": plus, "-": minus, "*": times, "/": dividedBy }[sign];
  return (values) => {
    const [a, b] = [left(values), right(values)];
    if (!isDecimal(a)) return isUnfit(b) ? b : a;
    return isDecimal(b) ? combine(a, b) : b;
  };
}

function call(name: string, inputs: readonly Formula[], names: readonly string[]): Compute {
  const called = functions[name];
  if (called === undefined) throw new RangeError(`no such function: ${name}`);
  const entries = inputs.map((input) => entriesOf(input, names, called.lists));
  return (values) => {
    const all = entries.flatMap((entry) => entry(values));
    return all.find(isUnfit) ?? (all.includes(null) ? null : called.of(all as Decimal[]));
  };
}

/** One input of a function as the numbers that it stands for: itself, or the entries of a list. */
function entriesOf(input: Formula, names: readonly string[], lists: FormulaFunction["lists"]): (values: readonly Value[]) => Result[] {
  const compute = compile(input, names);
  if (input.kind !== "name" || lists === undefined) return (values) => [compute(values)];
  const index = names.indexOf(input.name);
  return (values) => {
    const value = values[index];
    if (!Array.isArray(value)) return [compute(values)];
    const fit = lists === "any" || value.every(isDecimal);
    return fit ? (value as Decimal[]) : [{ unfit: input.name }];
  };
}

function isUnfit(result: Result): result is { unfit: string } {
  return typeof result === "object" && result !== null && "unfit" in result;
}
