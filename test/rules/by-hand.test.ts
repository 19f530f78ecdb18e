// Twenty rules written a second time by hand for json-rules-engine find what ziping finds, on generated submissions.
import { describe, expect, test } from "vitest";
import { enginesAtBest, enginesKept } from "../../bench/by-hand/engine.ts";
import { RULES } from "../../bench/by-hand/rules.ts";
import { submissionNumber } from "../../bench/generate.ts";
import { check } from "../../src/check.ts";
import { readInputs } from "../../src/read/read.ts";
import { loadRuleSet } from "../../src/rules/load.ts";

const national = await loadRuleSet("national");
const same = { ...national, rules: national.rules.filter(({ id }) => RULES.some(({ rule }) => rule === id)) };

async function found(number: number): Promise<string[]> {
  const bytes = new TextEncoder().encode(JSON.stringify(submissionNumber(number)));
  const { submissions: [read] } = await readInputs([{ name: "submission.json", bytes }]);
  const { findings } = await check(read!, same);
  return findings.filter(({ outcome }) => outcome === "fail").map(({ rule, table, subject }) => `${rule} | ${table ?? ""} | ${subject}`).sort();
}

describe("twenty rules written by hand", () => {
  test("all twenty are rules of the national set", () => {
    expect(same.rules).toHaveLength(RULES.length);
  });

  test.each([["as documented", enginesKept()], ["at its best", enginesAtBest()]])("json-rules-engine %s finds the same, row by row", async (_, finds) => {
    for (const number of [0, 1, 2, 5, 9, 11, 23, 47, 101, 1000]) {
      const expected = await found(number);
      expect(expected.length).toBeGreaterThan(0);
      expect(await finds(submissionNumber(number))).toEqual(expected);
    }
  });
});
