// A condition -> a plain function of the facts, quick enough to screen every subject with.
import { known } from "../fact.ts";
import { compare, isDecimal, type Decimal } from "../decimal.ts";
import type { Condition, Fact, Leaf, Value } from "../model.ts";
import { once } from "../memo.ts";
import { literalValue, operatorNamed, type Operator } from "./operators.ts";

/** The fact of that name of the subject at hand; a name that nobody offers is a missing fact. */
export type Get = (name: string) => Fact;

/** `missing`: cells that are not there leave it open; `unknown`: cells that cannot be read do. */
export type Truth = true | false | "missing" | "unknown";

/** The condition as a function (strong Kleene logic). Throws a RangeError for an operator that does not exist; the loader refuses those first. */
export const compileCondition = (condition: Condition): ((get: Get) => Truth) => compileOn(condition, byName);

const byName: Access<Get> = (name) => (get) => get(name);

/** How a fact is found by its name in whatever holds the facts. */
export type Access<Source> = (name: string) => (source: Source) => Fact;

/** The same, on facts that are held in another way. */
export function compileOn<Source>(condition: Condition, access: Access<Source>): (source: Source) => Truth {
  if (isEmpty(condition)) throw new RangeError("an empty list of conditions says nothing");
  if ("all" in condition) return compileAll(condition.all.map((part) => compileOn(part, access)));
  if ("any" in condition) return compileAny(condition.any.map((part) => compileOn(part, access)));
  if ("not" in condition) {
    const inner = compileOn(condition.not, access);
    return (source) => opposite(inner(source));
  }
  return compileLeaf(condition, access);
}

/** Every fact that the condition names, as subject or as value, in order of appearance. */
export function factNames(condition: Condition): string[] {
  return [...new Set(leavesOf(condition).flatMap(leafNames))];
}

/** The facts that keep the condition from being true or false; none where it is one of the two. */
export function lackingFacts(condition: Condition, get: Get): string[] {
  return [...new Set(lacking(condition, get))];
}

export const opposite = (truth: Truth): Truth => (typeof truth === "boolean" ? !truth : truth);

/** All of them: one false settles it. */
export function allOf(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return openest(truths) ?? true;
}

/** Any of them: one true settles it. */
export function anyOf(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true;
  return openest(truths) ?? false;
}

/** Whether a leaf can be answered: true, or why not. */
export function leafReadiness(leaf: Leaf): (get: Get) => true | "missing" | "unknown" {
  const operator = operatorOf(leaf);
  if (operator.onState) return () => true;
  const valueOf = leafValue(leaf, byName);
  return (get) => readiness(operator, get(leaf.fact), valueOf(get));
}

export function leavesOf(condition: Condition): Leaf[] {
  if ("all" in condition) return condition.all.flatMap(leavesOf);
  if ("any" in condition) return condition.any.flatMap(leavesOf);
  return "not" in condition ? leavesOf(condition.not) : [condition];
}

/** json-rules-engine holds an empty `any` for true; the schema refuses it, and so do we. */
function isEmpty(condition: Condition): boolean {
  return ("all" in condition && condition.all.length === 0) || ("any" in condition && condition.any.length === 0);
}

function compileAll<Source>(parts: readonly ((source: Source) => Truth)[]): (source: Source) => Truth {
  return (source) => {
    let truth: Truth = true;
    for (let index = 0; index < parts.length; index++) {
      const found = (parts[index] as (source: Source) => Truth)(source);
      if (found === false) return false;
      if (found === "unknown" || (found === "missing" && truth === true)) truth = found;
    }
    return truth;
  };
}

function compileAny<Source>(parts: readonly ((source: Source) => Truth)[]): (source: Source) => Truth {
  return (source) => {
    let truth: Truth = false;
    for (let index = 0; index < parts.length; index++) {
      const found = (parts[index] as (source: Source) => Truth)(source);
      if (found === true) return true;
      if (found === "unknown" || (found === "missing" && truth === false)) truth = found;
    }
    return truth;
  };
}

function compileLeaf<Source>(leaf: Leaf, access: Access<Source>): (source: Source) => Truth {
  const operator = operatorOf(leaf);
  const factOf = access(leaf.fact);
  if (operator.onState) return (source) => operator.test(factOf(source), true);
  const { value = true } = leaf;
  if (typeof value === "object" && "fact" in value) return compileReference(operator, factOf, access(value.fact));
  const literal = literalValue(value);
  const asked = factOfLiteral(literal);
  const slow = (fact: Fact): Truth => answered(operator, fact, asked);
  const order = operator.order;
  if (order !== undefined && isDecimal(literal)) return (source) => { const fact = factOf(source); return fact.state === "known" && isDecimal(fact.value) ? order(compare(fact.value, literal)) : slow(fact); };
  if (leaf.operator === "equal" && typeof literal !== "object") return (source) => { const fact = factOf(source); return fact.state === "known" && typeof fact.value !== "object" ? fact.value === literal : slow(fact); };
  return (source) => slow(factOf(source));
}

/** Two numbers are compared at once; anything else is looked at closely. */
function compileReference<Source>(operator: Operator, factOf: (source: Source) => Fact, valueOf: (source: Source) => Fact): (source: Source) => Truth {
  const { order } = operator;
  if (order === undefined) return (source) => answered(operator, factOf(source), valueOf(source));
  return (source) => {
    const [fact, value] = [factOf(source), valueOf(source)];
    const numbers = fact.state === "known" && value.state === "known" && isDecimal(fact.value) && isDecimal(value.value);
    return numbers ? order(compare(fact.value as Decimal, value.value as Decimal)) : answered(operator, fact, value);
  };
}

function answered(operator: Operator, fact: Fact, value: Fact): Truth {
  const ready = readiness(operator, fact, value);
  if (ready !== true) return ready;
  return operator.test(fact, value.state === "known" ? value.value : true);
}

const factOfLiteral = (value: Value): Fact => known(value);

function readiness(operator: Operator, fact: Fact, value: Fact): true | "missing" | "unknown" {
  if (isOpen(fact) || isOpen(value)) return "unknown";
  if (fact.state !== "known" || value.state !== "known") return "missing";
  return operator.fits === undefined || operator.fits(fact.value, value.value) ? true : "unknown";
}

const isOpen = (fact: Fact): boolean => fact.state === "unreadable" || fact.state === "underivable";

/** What stands on the right, as a fact: a literal once and for all, a reference looked up each time. */
function leafValue<Source>(leaf: Leaf, access: Access<Source>): (source: Source) => Fact {
  const value = leaf.value ?? true;
  if (typeof value === "object" && "fact" in value) return access(value.fact);
  const literal = factOfLiteral(literalValue(value));
  return () => literal;
}

function operatorOf(leaf: Leaf): Operator {
  const operator = operatorNamed(leaf.operator);
  if (operator === undefined) throw new RangeError(`no such operator: ${leaf.operator}`);
  return operator;
}

function openest(truths: readonly Truth[]): "missing" | "unknown" | null {
  if (truths.includes("unknown")) return "unknown";
  return truths.includes("missing") ? "missing" : null;
}

/** A part of a condition as a function, made when first asked for. */
const partOf = once(compileCondition);

function lacking(condition: Condition, get: Get): string[] {
  if (typeof partOf(condition)(get) === "boolean") return [];
  if ("all" in condition) return condition.all.flatMap((part) => lacking(part, get));
  if ("any" in condition) return condition.any.flatMap((part) => lacking(part, get));
  if ("not" in condition) return lacking(condition.not, get);
  const open = leafNames(condition).filter((name) => get(name).state !== "known");
  return open.length > 0 ? open : [condition.fact];
}

function leafNames(leaf: Leaf): string[] {
  const { fact, value } = leaf;
  return typeof value === "object" && "fact" in value ? [fact, value.fact] : [fact];
}
