// The two evaluators must agree, whatever the condition and whatever is known.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimal } from "../../src/decimal.ts";
import type { Condition, Fact, Leaf, LeafValue } from "../../src/model.ts";
import { asker } from "../../src/rules/ask.ts";
import { compileCondition, factNames, lackingFacts, type Get, type Truth } from "../../src/rules/compile.ts";
import { operators } from "../../src/rules/operators.ts";

const NAMES = ["score", "weight", "name", "listed", "flag", "parts"];
const ABSENT: Fact = { state: "missing", blank: false, at: [] };

const known = (value: Extract<Fact, { state: "known" }>["value"], decimals?: number): Fact => ({ state: "known", value, at: [], ...(decimals === undefined ? {} : { decimals }) });

const anyFact: fc.Arbitrary<Fact> = fc.oneof(
  fc.constantFrom("9", "10", "82.54", "82.5", "0", "-1").map((text) => known(decimal(text), 2)),
  fc.constantFrom("9", "良", "").map((text) => known(text)),
  fc.boolean().map((flag) => known(flag)),
  fc.constantFrom(known(["优", "良"]), known([decimal(9), decimal(10)]), known([])),
  fc.boolean().map((blank): Fact => ({ state: "missing", blank, at: [] })),
  fc.constant<Fact>({ state: "unreadable", text: "两次多", at: [] }),
  fc.constant<Fact>({ state: "underivable", lacks: ["score"], at: [] }),
);

const anyLiteral: fc.Arbitrary<LeafValue> = fc.oneof(
  fc.constantFrom<LeafValue[]>(9, 10, 82.54, "9", "10", "良", true, ["良", 9], [9, 10], ["优"], []),
  fc.constantFrom(...NAMES).map((fact) => ({ fact })),
);

const anyLeaf: fc.Arbitrary<Leaf> = fc.record({ fact: fc.constantFrom(...NAMES), operator: fc.constantFrom(...Object.keys(operators)), value: anyLiteral }, { requiredKeys: ["fact", "operator", "value"] })
  .map((leaf) => (operators[leaf.operator]?.onState ? { fact: leaf.fact, operator: leaf.operator } : leaf));

const anyCondition = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    anyLeaf,
    fc.array(tie("condition"), { minLength: 1, maxLength: 4 }).map((all) => ({ all })),
    fc.array(tie("condition"), { minLength: 1, maxLength: 4 }).map((any) => ({ any })),
    tie("condition").map((not) => ({ not })),
  ),
})).condition;

const anyFacts = fc.tuple(...NAMES.map(() => anyFact)).map((facts) => new Map(NAMES.map((name, index) => [name, facts[index]!])));
const getFrom = (facts: ReadonlyMap<string, Fact>): Get => (name) => facts.get(name) ?? ABSENT;

/** The semantics said once more, the slow and plain way. */
function plainly(condition: Condition, get: Get): Truth {
  if ("all" in condition || "any" in condition) {
    const settles = "any" in condition;
    const truths = ("all" in condition ? condition.all : condition.any).map((part) => plainly(part, get));
    return truths.includes(settles) ? settles : truths.includes("unknown") ? "unknown" : truths.includes("missing") ? "missing" : !settles;
  }
  if ("not" in condition) {
    const inner = plainly(condition.not, get);
    return typeof inner === "boolean" ? !inner : inner;
  }
  return compileCondition(condition)(get);
}

describe("the compiled condition and json-rules-engine", () => {
  it("give the same answer for every condition over every state of the facts", async () => {
    await fc.assert(
      fc.asyncProperty(anyCondition, fc.array(anyFacts, { minLength: 1, maxLength: 4 }), async (condition, states) => {
        const [compiled, ask] = [compileCondition(condition), asker(condition)];
        for (const facts of states) {
          const get = getFrom(facts);
          const { truth } = await ask(get);
          expect(truth).toBe(compiled(get));
          expect(truth).toBe(plainly(condition, get));
        }
      }),
      { numRuns: 600 },
    );
  });

  it("name what is lacking exactly where the answer is open", () => {
    fc.assert(
      fc.property(anyCondition, anyFacts, (condition, facts) => {
        const get = getFrom(facts);
        const open = typeof compileCondition(condition)(get) === "string";
        expect(lackingFacts(condition, get).length > 0).toBe(open);
      }),
    );
  });

  it("answer many questions at once without losing one", async () => {
    const condition: Condition = { all: [{ fact: "score", operator: "lessThan", value: 50 }, { any: [{ fact: "score", operator: "greaterThan", value: 10 }, { not: { fact: "score", operator: "notEqual", value: 3 } }] }] };
    const ask = asker(condition);
    const answers = await Promise.all(Array.from({ length: 60 }, (_, score) => ask(getFrom(new Map([["score", known(decimal(score))]])))));
    expect(answers.map(({ truth }) => truth)).toEqual(Array.from({ length: 60 }, (_, score) => score < 50 && (score > 10 || score === 3)));
  });
});

describe("an operator that throws", () => {
  it("fails its own question and no other", async () => {
    const added = operators as Record<string, (typeof operators)[string]>;
    added["explode"] = { operand: "any", test: (fact) => { if (fact.state === "known" && fact.value === true) throw new Error("boom"); return true; } };
    const ask = asker({ any: [{ fact: "flag", operator: "explode", value: 1 }, { fact: "score", operator: "equal", value: 1 }] });
    const get = (flag: boolean) => getFrom(new Map([["flag", known(flag)], ["score", known(decimal(1))]]));
    const [first, second, third] = await Promise.allSettled([ask(get(true)), ask(get(false)), ask(get(true))]);
    delete added["explode"];
    expect([first.status, third.status]).toEqual(["rejected", "rejected"]);
    expect(second).toMatchObject({ status: "fulfilled", value: { truth: true } });
  });
});

describe("three-valued logic", () => {
  const get = getFrom(new Map<string, Fact>([["score", known(decimal(9))], ["weight", { state: "unreadable", text: "约十分", at: [] }]]));
  const [yes, no]: [Leaf, Leaf] = [{ fact: "score", operator: "equal", value: "9.00" }, { fact: "score", operator: "greaterThan", value: 10 }];
  const unknown: Leaf = { fact: "weight", operator: "equal", value: 10 };
  const missing: Leaf = { fact: "nowhere", operator: "lessThan", value: 10 };

  it.each<[string, Condition, Truth]>([
    ["all with a false one is false", { all: [unknown, missing, no] }, false],
    ["all of true and missing is missing", { all: [yes, missing] }, "missing"],
    ["all of missing and unknown is unknown", { all: [missing, unknown, yes] }, "unknown"],
    ["any with a true one is true", { any: [unknown, missing, yes] }, true],
    ["any of false and missing is missing", { any: [no, missing] }, "missing"],
    ["any of missing and unknown is unknown", { any: [missing, no, unknown] }, "unknown"],
    ["not of a missing fact stays missing", { not: missing }, "missing"],
    ["9 is less than 10 (json-rules-engine's own operator says no to decimals)", { fact: "score", operator: "lessThan", value: 10 }, true],
    ["a comparison with a missing fact is missing", { fact: "score", operator: "lessThan", value: { fact: "nowhere" } }, "missing"],
    ["a comparison with an unreadable fact is unknown", { fact: "score", operator: "lessThan", value: { fact: "weight" } }, "unknown"],
    ["a text where a number is needed leaves it open", { fact: "score", operator: "lessThan", value: "很多" }, "unknown"],
    ["a state is known even of an unreadable fact", { fact: "weight", operator: "given" }, true],
  ])("%s", async (_, condition, truth) => {
    expect(compileCondition(condition)(get)).toBe(truth);
    expect((await asker(condition)(get)).truth).toBe(truth);
  });

  it("refuses an empty list and an operator that does not exist", () => {
    expect(() => compileCondition({ any: [] })).toThrow(RangeError);
    expect(() => compileCondition({ all: [] })).toThrow(RangeError);
    expect(() => compileCondition({ fact: "score", operator: "constructor", value: 1 })).toThrow(RangeError);
    expect(() => compileCondition({ fact: "score", operator: "everyFact:equal", value: 1 })).toThrow(RangeError);
  });
});

describe("the evidence", () => {
  it("lists every comparison that was made, with both sides as they stood", async () => {
    const condition: Condition = { all: [{ fact: "rate", operator: "given" }, { not: { fact: "rate", operator: "printedAs", value: { fact: "trueRate" } } }] };
    const get = getFrom(new Map<string, Fact>([["rate", { state: "known", value: decimal("82"), decimals: 2, text: "82.00%", at: [] }], ["trueRate", known(decimal("82.535801"))]]));
    const { truth, evidence } = await asker(condition)(get);
    expect(truth).toBe(true);
    expect(evidence()).toEqual([
      { fact: "rate", operator: "given", factText: "82.00%", valueText: "true", result: true },
      { fact: "rate", operator: "printedAs", factText: "82.00%", valueText: "82.535801", result: false },
    ]);
  });

  it("names each fact once, in order", () => {
    expect(factNames({ any: [{ fact: "b", operator: "equal", value: { fact: "a" } }, { not: { fact: "b", operator: "missing" } }] })).toEqual(["b", "a"]);
  });
});
