// Nobody is accused unless two evaluators agree: both give one answer on every rule, over all fixtures and over generated facts.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { check } from "../src/check.ts";
import { decimal } from "../src/decimal.ts";
import type { Fact } from "../src/model.ts";
import { readInputs } from "../src/read/read.ts";
import { factNames } from "../src/rules/compile.ts";
import { builtInIds } from "../src/rules/files.ts";
import { loadRuleSet } from "../src/rules/load.ts";
import { withDerived } from "../src/rules/set.ts";
import { parameterFacts } from "../src/rules/parameters.ts";
import { jsonFixtures } from "./cases/facts.ts";

const national = await loadRuleSet("national");
const ids = await builtInIds();

describe("a report screened by conditions is the one that json-rules-engine gives for everything", () => {
  it.each(jsonFixtures().map((input) => [input.name, input] as const))("%s", async (_, input) => {
    const { submissions } = await readInputs([input]);
    for (const submission of submissions) {
      const screened = await check(submission, national);
      const asked = await check(submission, national, { screen: false });
      expect(asked).toEqual(screened);
      expect(screened.rules.filter((line) => line.error > 0)).toEqual([]);
    }
  });
});

const number = fc.oneof(fc.constantFrom("0", "5", "9.6", "10", "79.99", "80", "90", "100", "120", "130"), fc.integer({ min: -200, max: 200 }).map(String), fc.tuple(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 0, max: 99 })).map(([a, b]) => `${a}.${String(b).padStart(2, "0")}`));
const fact: fc.Arbitrary<Fact> = fc.oneof(
  { weight: 6, arbitrary: number.map((text): Fact => ({ state: "known", value: decimal(text), at: ["/x"], text, decimals: text.split(".")[1]?.length ?? 0 })) },
  { weight: 2, arbitrary: fc.boolean().map((value): Fact => ({ state: "known", value, at: [] })) },
  { weight: 2, arbitrary: fc.constantFrom("more", "less", "met", "sanGong", "procurement", "quantity", "words", "", "≥").map((value): Fact => ({ state: "known", value, at: [], text: value })) },
  { weight: 1, arbitrary: fc.constantFrom<Fact>({ state: "missing", blank: false, at: [] }, { state: "missing", blank: true, at: ["/x"] }) },
  { weight: 1, arbitrary: fc.constant<Fact>({ state: "unreadable", text: "两次多", at: ["/x"] }) },
  { weight: 1, arbitrary: fc.constant<Fact>({ state: "underivable", lacks: ["actual"], at: ["/x"] }) },
  { weight: 1, arbitrary: fc.array(fc.constantFrom("2022", "deviation/shortfall"), { maxLength: 3 }).map((value): Fact => ({ state: "known", value, at: [] })) },
);

describe("on generated facts the two evaluators agree", () => {
  it.each(ids)("every rule of %s", async (id) => {
    const ruleSet = await loadRuleSet(id);
    const parameters = parameterFacts(ruleSet, "2023");
    for (const rule of ruleSet.rules) {
      const names = [...new Set([...(rule.source.applies === undefined ? [] : factNames(rule.source.applies)), ...factNames(rule.source.require), ...[...rule.derived.values()].flatMap((formula) => formula.names)])].filter((name) => !parameters.has(name));
      await fc.assert(
        fc.asyncProperty(fc.tuple(...names.map(() => fact)), async (facts) => {
          const base = (name: string): Fact => facts[names.indexOf(name)] ?? parameters.get(name) ?? { state: "missing", blank: false, at: [] };
          const get = withDerived(base, rule.derived);
          const applies = rule.applies?.(get) ?? true;
          const require = rule.require(get);
          expect((await rule.askRequire(get)).truth, rule.id).toBe(require);
          expect(rule.askApplies === null ? true : (await rule.askApplies(get)).truth, rule.id).toBe(applies);
        }),
        { numRuns: 40 },
      );
    }
  });
});
