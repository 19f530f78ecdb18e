// What the linter takes to be facts is what subjects really offer, over every fixture and every rule's examples.
import { expect, it } from "vitest";
import { portfolioOfAll, subjectsIn } from "../src/check.ts";
import { readInputs } from "../src/read/read.ts";
import type { RawInput } from "../src/read/format.ts";
import { loadExamples } from "../src/rules/examples.ts";
import { loadRuleSet } from "../src/rules/load.ts";
import { KNOWN } from "../src/subjects/catalogue.ts";
import { jsonFixtures } from "./cases/facts.ts";

const national = await loadRuleSet("national");
/** Offered only once other rules are settled: the explanations that were given to what they found. */
const LATE = ["explanation", "explanationText"];

it("knows every fact that a subject offers, and no other", async () => {
  const offered = new Map<string, Set<string>>();
  const examples = (await loadExamples(national)).map((example, i): RawInput[] => [example.submission, ...(example.others ?? [])].map((one, n) => jsonInput(`${i}-${n}.json`, one)));
  for (const inputs of [...jsonFixtures().map((input) => [input]), ...examples]) {
    const submissions = (await Promise.all(inputs.map(async (input) => (await readInputs([input])).submissions))).flat();
    const [first] = submissions;
    if (first === undefined) continue;
    for (const subject of subjectsIn(first, national, { prior: first, portfolio: portfolioOfAll(submissions, national) })) {
      offered.set(subject.each, new Set([...(offered.get(subject.each) ?? []), ...Object.keys(subject.facts)]));
    }
  }
  const sorted = (facts: Iterable<string>): string[] => [...facts].sort();
  expect(Object.fromEntries([...offered].map(([each, facts]) => [each, sorted(facts)]))).toEqual(
    Object.fromEntries(Object.entries(KNOWN.facts).filter(([each]) => !LATE.includes(each)).map(([each, facts]) => [each, sorted(facts)])));
});

function jsonInput(name: string, submission: object): RawInput {
  return { name, bytes: new TextEncoder().encode(JSON.stringify({ format: "ziping/submission@1", ...submission })) };
}
