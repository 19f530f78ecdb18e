// The shared rules as a decision table of zen-engine, put to all rows of a submission in one call: its quickest way.
import type { Submission } from "../../src/model.ts";
import { indicatorsOf, SHARED } from "./shared.ts";

interface Zen { ZenEngine: new () => { createDecision: (graph: unknown) => { evaluate: (input: unknown) => Promise<{ result: { found: { rule: string }[][] } }> } } }

const bothRead = "target != null and actual != null";
const WHEN: Readonly<Record<(typeof SHARED)[number], string>> = {
  "score/out-of-range": "score != null and (number(score) < 0 or (weight != null and number(score) > number(weight)))",
  "score/unexplained-deduction": `${bothRead} and score != null and weight != null and number(weight) > 0 and number(actual) >= number(target) and number(score) < number(weight)`,
  "deviation/shortfall": `${bothRead} and number(actual) < number(target)`,
  "deviation/overachievement": `${bothRead} and number(target) != 0 and round(number(actual) * 100 / number(target), 2) >= 120`,
  "weight/not-positive": "weight != null and number(weight) <= 0",
  "weight/concentration": "weight != null and number(weight) > 40",
  "target/cannot-fail": "target != null and number(target) == 0 and (sign == '≥' or sign == '>' or (sign == '' and isRate))",
};

export function zenFinds(module: unknown): (submission: Submission) => Promise<string[]> {
  const { ZenEngine } = module as Zen;
  const decision = new ZenEngine().createDecision(graph());
  return async (submission) => {
    const rows = indicatorsOf(submission);
    const { result } = await decision.evaluate({ rows: rows.map(({ figures }) => figures) });
    return result.found.flatMap((found, index) => found.map(({ rule }) => `${rule} | ${rows[index]?.place ?? ""}`)).sort();
  };
}

function graph(): unknown {
  const content = {
    hitPolicy: "collect", inputField: "rows", outputPath: "found", executionMode: "loop", passThrough: false,
    inputs: [{ id: "when", name: "when" }],
    outputs: [{ id: "rule", name: "rule", field: "rule" }],
    rules: SHARED.map((rule) => ({ _id: rule, when: WHEN[rule], rule: `'${rule}'` })),
  };
  return {
    nodes: [{ id: "in", type: "inputNode", name: "in" }, { id: "table", type: "decisionTableNode", name: "table", content }, { id: "out", type: "outputNode", name: "out" }],
    edges: [{ id: "1", type: "edge", sourceId: "in", targetId: "table" }, { id: "2", type: "edge", sourceId: "table", targetId: "out" }],
  };
}
