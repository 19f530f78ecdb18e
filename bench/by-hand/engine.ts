// The hand-written rules -> json-rules-engine in three ways: an engine a row, one kept engine a kind, and the fastest that it allows.
import { Decimal } from "decimal.js";
import { Almanac, Engine, Fact } from "json-rules-engine";
import type { Submission } from "../../src/model.ts";
import { FIGURES } from "./figures.ts";
import { entriesOf, type Entry, type Kind } from "./records.ts";
import { RULES, ruleProperties } from "./rules.ts";

const KINDS: readonly Kind[] = ["indicator", "fund", "table", "basicLine", "staff"];

/** Findings of a submission, as `rule | table | subject`. */
export type Found = (submission: Submission) => Promise<string[]>;

/** As the documentation begins: an engine, its operators, facts and rules, then run. */
export const engineARow: Found = (submission) => over(submission, (entry) => asDocumented(entry.kind).run({ entry }));

/** The same engine for every row of a kind. */
export function enginesKept(): Found {
  const engines = new Map(KINDS.map((kind) => [kind, asDocumented(kind)]));
  return (submission) => over(submission, (entry) => (engines.get(entry.kind) as Engine).run({ entry }));
}

/** Figures as plain facts that need no cache, in an almanac of their own; no paths; engines kept. */
export function enginesAtBest(): Found {
  const engines = new Map(KINDS.map((kind) => [kind, withOperators(new Engine(RULES.filter((rule) => rule.kind === kind).map(ruleProperties), { pathResolver: (value) => value }))]));
  const readers = new Map(KINDS.map((kind) => [kind, Object.entries(FIGURES[kind])]));
  return (submission) => over(submission, (entry) => {
    const almanac = new Almanac();
    for (const [name, read] of readers.get(entry.kind) ?? []) almanac.addFact(new Fact(name, read(entry), { cache: false }));
    return (engines.get(entry.kind) as Engine).run({}, { almanac });
  });
}

/** Rows one behind the other: several runs of one engine at once lose rules. */
async function over(submission: Submission, run: (entry: Entry) => ReturnType<Engine["run"]>): Promise<string[]> {
  const found: string[] = [];
  for (const entry of entriesOf(submission)) {
    const { events } = await run(entry);
    for (const { type } of events) found.push(`${type} | ${entry.table} | ${entry.subject}`);
  }
  return found.sort();
}

function asDocumented(kind: Kind): Engine {
  const engine = withOperators(new Engine());
  for (const [name, read] of Object.entries(FIGURES[kind])) engine.addFact(name, async (_, almanac) => read(await almanac.factValue<Entry>("entry")));
  for (const rule of RULES) if (rule.kind === kind) engine.addRule(ruleProperties(rule));
  return engine;
}

function withOperators(engine: Engine): Engine {
  const compared = (name: string, holds: (a: Decimal, b: Decimal) => boolean): void => {
    engine.addOperator(name, (a: unknown, b: unknown) => a instanceof Decimal && (b instanceof Decimal || typeof b === "number") && holds(a, new Decimal(b)));
  };
  compared("numberLess", (a, b) => a.lt(b));
  compared("numberGreater", (a, b) => a.gt(b));
  compared("numberEqual", (a, b) => a.eq(b));
  engine.addOperator("isNumber", (a: unknown) => a instanceof Decimal);
  return engine;
}
