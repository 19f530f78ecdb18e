// Examples of rules: what they may bring besides a submission, and what is said of one that is wrong.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { runExample, runExamples } from "../../src/rules/examples-run.ts";
import type { RuleExample } from "../../src/rules/examples.ts";
import { loadRuleSet } from "../../src/rules/load.ts";
import { RuleSetError } from "../../src/rules/mistakes.ts";

const national = await loadRuleSet("national");

/** Execution carries 20 points, where the national rules want 10. */
const submission = {
  year: 2023,
  department: { name: "示例市商务局" },
  tables: [{ kind: "project", name: "农村电商培训项目", funds: [{ source: "total", initialBudget: "20", adjustedBudget: "20", executed: "20", weight: "20", rate: "100%", score: "20" }] }],
};

const example = (more: Partial<RuleExample>): RuleExample => ({ rule: "weight/execution", file: "x.examples.json", number: 1, name: "例", outcome: "fail", submission, expects: [], ...more });

it("holds where the rule says what the example says, with its numbers", async () => {
  const run = await runExample(national, example({ expects: [{ observed: "20", expected: "10.00", difference: "10.00", count: 1 }] }), "zh");
  expect(run).toMatchObject({ ok: true, got: "fail" });
});

it("says which number is another", async () => {
  const run = await runExample(national, example({ expects: [{ observed: "21" }] }), "zh");
  expect(run).toMatchObject({ ok: false, why: "observed: 20, not 21" });
});

it("says which outcome is another", async () => {
  const run = await runExample(national, example({ outcome: "pass" }), "zh");
  expect(run).toMatchObject({ ok: false, why: "outcome: fail, not pass" });
});

it.each([["as text", "20"], ["as a number", 20]])("takes a parameter of its own, %s, for itself alone", async (_, value) => {
  const run = await runExample(national, example({ outcome: "pass", parameters: { "weight.execution": value } }), "zh");
  expect(run.ok).toBe(true);
  expect((await runExample(national, example({}), "zh")).got).toBe("fail");
});

it("takes a review file: what is waived there is waived", async () => {
  const waiver = { scope: { rule: "weight/execution" }, requester: "示例市商务局", approver: "示例市财政局", reason: "按省级表样填报", expires: "2024-06-30" };
  const run = await runExample(national, example({ outcome: "waived", review: { date: "2024-03-01", waivers: [waiver] } }), "zh");
  expect(run).toMatchObject({ ok: true, got: "waived" });
  expect((await runExample(national, example({ review: { date: "2024-07-01", waivers: [waiver] } }), "zh")).got).toBe("fail");
});

it("refuses a review that is none", async () => {
  await expect(runExample(national, example({ review: { waivers: [{ reason: "无" }] } }), "zh")).rejects.toThrow(TypeError);
});

it("names the parameter that was probably meant", async () => {
  const folder = await setWith([{ name: "例", outcome: "pass", submission, parameters: { "weight.executoin": "20" } }]);
  const ruleSet = await loadRuleSet(folder);
  const refused = await runExamples(ruleSet).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(RuleSetError);
  expect((refused as RuleSetError).mistakes).toMatchObject([{ code: "override-parameter", meant: "weight.execution" }]);
});

it("runs the examples of the set's own folder by the set's own parameters", async () => {
  const folder = await setWith([{ name: "例", outcome: "pass", submission }], { "weight.execution": { values: [{ from: "2020-01-01", value: "20", basis: [{ document: "示例文件" }] }] } });
  expect(await runExamples(await loadRuleSet(folder))).toMatchObject([{ rule: "weight/execution", ok: true }]);
});

const made: string[] = [];
afterAll(async () => {
  for (const folder of made) await rm(folder, { recursive: true });
});

async function setWith(examples: object[], parameters: object = {}): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), "ziping-examples-"));
  made.push(parent);
  const folder = join(parent, "own");
  await mkdir(join(folder, "weight"), { recursive: true });
  const files: Record<string, unknown> = {
    "ruleset.json": { id: "own", version: "1.0.0", title: { zh: "自有规则", en: "own rules" }, extends: "national" },
    ...(Object.keys(parameters).length === 0 ? {} : { "parameters.json": parameters }),
    "weight/execution.examples.json": examples,
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), JSON.stringify(content));
  return folder;
}
