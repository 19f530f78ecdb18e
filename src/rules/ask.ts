// A condition put to json-rules-engine -> its answer and the evidence. Owns json-rules-engine.
import type { Almanac, Rule, RuleResult } from "json-rules-engine";
import { isDecimal, toText } from "../decimal.ts";
import type { Condition, Fact, Leaf, LeafValue, Value } from "../model.ts";
import { allOf, anyOf, factNames, leafReadiness, leavesOf, opposite, type Get, type Truth } from "./compile.ts";
import { rememberedAs } from "../memo.ts";
import { operators } from "./operators.ts";

/** One comparison as it was made. */
export interface Evidence { fact: string; operator: string; factText: string; valueText: string; result: boolean }

/** `evidence` is put into words when somebody asks: as a getter, each answer would have a hidden class of its own, which holds on to the whole submission. */
export interface Answer { truth: Truth; evidence: () => readonly Evidence[] }

export type Ask = (get: Get) => Promise<Answer>;

/**
 * The condition as a question to json-rules-engine: same answers as `compileCondition`. Each part whose facts are all
 * known is put to it whole; what is left open is combined here. Rejects where an operator throws.
 */
export function asker(condition: Condition): Ask {
  const ready = readiness(condition);
  const split = splitter(condition);
  let whole: Ask | undefined;
  return (get) => {
    if (!ready(get)) return split(get);
    whole ??= engineAsker(condition);
    return whole(get);
  };
}

function readiness(condition: Condition): (get: Get) => boolean {
  const leaves = leavesOf(condition).map(leafReadiness);
  return (get) => leaves.every((leaf) => leaf(get) === true);
}

/** For conditions with open facts: the parts one by one. */
function splitter(condition: Condition): Ask {
  if ("all" in condition) return combined(condition.all.map(asker), allOf);
  if ("any" in condition) return combined(condition.any.map(asker), anyOf);
  if ("not" in condition) return combined([asker(condition.not)], ([truth]) => opposite(truth ?? "unknown"));
  const ready = leafReadiness(condition);
  return (get) => Promise.resolve({ truth: ready(get), evidence: NONE });
}

export const NONE = (): readonly Evidence[] => [];

function combined(parts: readonly Ask[], combine: (truths: readonly Truth[]) => Truth): Ask {
  return async (get) => {
    const answers = await Promise.all(parts.map((part) => part(get)));
    return { truth: combine(answers.map(({ truth }) => truth)), evidence: () => answers.flatMap(({ evidence }) => evidence()) };
  };
}

/** One rule of the engine for one condition. What it answered once for such facts is not asked again. */
function engineAsker(condition: Condition): Ask {
  const leaves = leavesOf(condition);
  const names = factNames(condition);
  const keys = names.map((name) => keyFor(name, leaves));
  const built = ruleFor(condition);
  const answered = rememberedAs<Promise<Told>>();
  return async (get) => {
    const facts = new Map(names.map((name) => [name, get(name)]));
    const told = await answered(names.map((name, index) => keys[index]?.(get(name)) ?? "").join("\n"), async () => run(await built, (name) => facts.get(name)));
    return { truth: told.truth, evidence: () => evidenceFrom(leaves, told.results, get) };
  };
}

/** What the engine said of a condition, and of each comparison in it, in order: `1` or `0`, `-` where it was not made. */
interface Told { truth: boolean; results: string }

/** All of a fact that the operators which look at it can see. */
function keyFor(name: string, leaves: readonly Leaf[]): (fact: Fact) => string {
  const asked = leaves.filter(({ fact, value }) => fact === name || (typeof value === "object" && "fact" in value && value.fact === name)).map(({ operator }) => operators[operator]);
  if (asked.every((operator) => operator?.onState === true)) return stateKey;
  return asked.some((operator) => operator?.seesPrint === true) ? (fact) => `${fact.state === "known" ? (fact.decimals ?? "") : ""} ${valueKey(fact)}` : valueKey;
}

const stateKey = (fact: Fact): string => (fact.state === "missing" && fact.blank ? "blank" : fact.state);

function valueKey(fact: Fact): string {
  if (fact.state !== "known") return stateKey(fact);
  const { value } = fact;
  if (isDecimal(value)) return toText(value);
  return JSON.stringify(typeof value === "object" ? value.map((entry) => (isDecimal(entry) ? { number: toText(entry) } : entry)) : value);
}

interface Built { rule: Rule & { evaluate: (almanac: Almanac) => Promise<RuleResult> }; almanac: (factOf: (name: string) => Fact | undefined) => Almanac }

/** A rule of an engine that knows our operators. It is evaluated by itself: the engine's run would add nothing but events that nobody hears. */
async function ruleFor(condition: Condition): Promise<Built> {
  const { Engine, Rule: EngineRule, Almanac: EngineAlmanac } = await import("json-rules-engine");
  const engine = new Engine([], { pathResolver: propertyOf });
  for (const [name, operator] of Object.entries(operators)) {
    engine.addOperator(name, (fact: Fact, value: LeafValue | Fact) => operator.test(fact, isFact(value) ? knownValue(value) : value));
  }
  const rule = new EngineRule({ conditions: { all: [withValues(condition)] }, event: { type: "holds" } } as ConstructorParameters<typeof EngineRule>[0]);
  engine.addRule(rule);
  // Facts are looked up as they are: the engine's own almanac would make an object of each and a key to cache it by.
  const almanac = (factOf: (name: string) => Fact | undefined): Almanac => Object.assign(Object.create(EngineAlmanac.prototype) as Almanac, { factValue: (name: string) => Promise.resolve(factOf(name)) });
  return { rule: rule as Built["rule"], almanac };
}

async function run({ rule, almanac }: Built, factOf: (name: string) => Fact | undefined): Promise<Told> {
  const answer = await rule.evaluate(almanac(factOf));
  if (typeof answer.result !== "boolean") throw new Error("json-rules-engine gave no answer");
  return { truth: answer.result, results: resultsOf(answer.conditions) };
}

/** The engine wants a `value` everywhere; operators on states need none. */
function withValues(condition: Condition): Condition {
  if ("all" in condition) return { all: condition.all.map(withValues) };
  if ("any" in condition) return { any: condition.any.map(withValues) };
  if ("not" in condition) return { not: withValues(condition.not) };
  return { fact: condition.fact, operator: condition.operator, value: condition.value ?? true };
}

/** Plain property lookup instead of the engine's JSONPath. */
function propertyOf(value: object, path: string): unknown {
  return Object.hasOwn(value, path) ? (value as Record<string, unknown>)[path] : undefined;
}

interface Judged { all?: Judged[]; any?: Judged[]; not?: Judged; result?: boolean }

function resultsOf(judged: unknown): string {
  const { all, any, not, result } = judged as Judged;
  const parts = all ?? any ?? (not === undefined ? undefined : [not]);
  return parts === undefined ? (result === undefined ? "-" : result ? "1" : "0") : parts.map(resultsOf).join("");
}

function evidenceFrom(leaves: readonly Leaf[], results: string, get: Get): Evidence[] {
  return leaves.flatMap(({ fact, operator, value = true }, index) => {
    if (results[index] === "-") return [];
    const other = typeof value === "object" && "fact" in value ? factText(get(value.fact)) : valueText(value);
    return [{ fact, operator, factText: factText(get(fact)), valueText: other, result: results[index] === "1" }];
  });
}

function factText(fact: Fact): string {
  if (fact.state === "known") return fact.text ?? valueText(fact.value);
  return fact.state === "unreadable" ? fact.text : "";
}

function valueText(value: Value | LeafValue | undefined): string {
  if (value === undefined) return "";
  if (isDecimal(value)) return toText(value);
  if (typeof value !== "object") return String(value);
  return "fact" in value ? value.fact : value.map((entry) => (isDecimal(entry) ? toText(entry) : String(entry))).join("、");
}

function isFact(value: unknown): value is Fact {
  return typeof value === "object" && value !== null && !Array.isArray(value) && "state" in value && "at" in value;
}

function knownValue(fact: Fact): Value {
  if (fact.state !== "known") throw new TypeError(`a known fact was expected, not a ${fact.state} one`);
  return fact.value;
}
