// The shared rules in JsonLogic, compiled, with exact comparisons of decimal.js as operations of their own: its quickest exact way.
import { Decimal } from "decimal.js";
import type { Submission } from "../../src/model.ts";
import { indicatorsOf, SHARED, type Figures } from "./shared.ts";

type Logic = unknown;
type Method = (values: [Read, Read]) => unknown;
interface JsonLogic { LogicEngine: new () => { addMethod: (name: string, method: { method: Method; deterministic: true; sync: true }) => void; build: (logic: Logic) => (data: unknown) => unknown } }

/** What rows look like to the rules: decimals, made once a row. */
type Read = Decimal | string | number | boolean | null;

const of = (name: keyof Figures): Logic => ({ var: name });
const there = (name: keyof Figures): Logic => ({ "!==": [of(name), null] });
const is = (operation: string, a: Logic, b: Logic): Logic => ({ [operation]: [a, b] });
const bothRead = [there("target"), there("actual")];

const WHEN: Readonly<Record<(typeof SHARED)[number], Logic>> = {
  "score/out-of-range": { and: [there("score"), { or: [is("numberLess", of("score"), 0), { and: [there("weight"), is("numberLess", of("weight"), of("score"))] }] }] },
  "score/unexplained-deduction": { and: [...bothRead, there("score"), there("weight"), is("numberLess", 0, of("weight")), { "!": is("numberLess", of("actual"), of("target")) }, is("numberLess", of("score"), of("weight"))] },
  "deviation/shortfall": { and: [...bothRead, is("numberLess", of("actual"), of("target"))] },
  "deviation/overachievement": { and: [...bothRead, { "!": is("numberEqual", of("target"), 0) }, { "!": is("numberLess", { percentOf: [of("actual"), of("target")] }, 120) }] },
  "weight/not-positive": { and: [there("weight"), { "!": is("numberLess", 0, of("weight")) }] },
  "weight/concentration": { and: [there("weight"), is("numberLess", 40, of("weight"))] },
  "target/cannot-fail": { and: [there("target"), is("numberEqual", of("target"), 0), { or: [{ "===": [of("sign"), "≥"] }, { "===": [of("sign"), ">"] }, { and: [{ "===": [of("sign"), ""] }, of("isRate")] }] }] },
};

export function jsonLogicFinds(module: unknown): (submission: Submission) => string[] {
  const { LogicEngine } = module as JsonLogic;
  const engine = new LogicEngine();
  const add = (name: string, make: (a: Decimal, b: Decimal) => unknown): void => {
    engine.addMethod(name, { method: ([a, b]) => make(decimalOf(a), decimalOf(b)), deterministic: true, sync: true });
  };
  add("numberLess", (a, b) => a.lt(b));
  add("numberEqual", (a, b) => a.eq(b));
  add("percentOf", (part, whole) => part.times(100).div(whole).toDecimalPlaces(2, Decimal.ROUND_HALF_UP));
  const rules = SHARED.map((rule) => ({ rule, broken: engine.build(WHEN[rule]) }));
  return (submission) => indicatorsOf(submission).flatMap(({ place, figures }) => {
    const row = { ...figures, weight: read(figures.weight), score: read(figures.score), target: read(figures.target), actual: read(figures.actual) };
    return rules.flatMap(({ rule, broken }) => (broken(row) === true ? [`${rule} | ${place}`] : []));
  }).sort();
}

const read = (text: string | null): Decimal | null => (text === null ? null : new Decimal(text));
const decimalOf = (value: Read): Decimal => (value instanceof Decimal ? value : new Decimal(value as number));
