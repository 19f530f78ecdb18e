// Subjects that are alike are looked at once: what is found of them is the same as when each is looked at.
import { expect, it } from "vitest";
import { check, subjectsIn } from "../../src/check.ts";
import type { Condition, Report } from "../../src/model.ts";
import { readInputs } from "../../src/read/read.ts";
import { asker } from "../../src/rules/ask.ts";
import { compileCondition } from "../../src/rules/compile.ts";
import { loadRuleSet } from "../../src/rules/load.ts";
import type { RuleSet } from "../../src/rules/set.ts";
import { jsonFixtures } from "../cases/facts.ts";

const national = await loadRuleSet("national");
const input = jsonFixtures().find(({ name }) => name.includes("hengyang-2023"))!;
const submission = (await readInputs([input])).submissions[0]!;

/** The national set with another demand in one of its rules. */
function demanding(id: string, require: Condition): RuleSet {
  const rules = national.rules.map((rule) => (rule.id === id ? { ...rule, source: { ...rule.source, require }, require: compileCondition(require), askRequire: asker(require) } : rule));
  return { ...national, rules };
}

const ofRule = ({ findings, rules }: Report, id: string): unknown => [findings.filter(({ rule }) => rule === id).map(({ subject, table, at }) => [table, subject, at.map(({ pointer }) => pointer)]), rules.find(({ rule }) => rule === id)];

it.each([
  ["form/field-missing", { fact: "filled", operator: "equal", value: false }, { fact: "column", operator: "given" }],
  ["form/unit-mismatch", { fact: "unitsAgree", operator: "equal", value: false }, { fact: "left", operator: "given" }],
  ["form/duplicate-indicator", { fact: "count", operator: "greaterThan", value: 1 }, { fact: "count", operator: "given" }],
] as const)("%s finds every single one of those that are alike", async (id, demand, more) => {
  const folded = await check(submission, demanding(id, demand));
  const each = await check(submission, demanding(id, { all: [demand, more] }));
  expect(ofRule(folded, id)).toEqual(ofRule(each, id));
  expect(folded.findings.filter(({ rule }) => rule === id).length).toBeGreaterThan(20);
});

it("counts those that are alike as many times as there are subjects", async () => {
  const report = await check(submission, national);
  const subjects = subjectsIn(submission, national);
  for (const id of ["form/field-missing", "form/unit-mismatch", "form/duplicate-indicator"]) {
    const { each } = national.rules.find((rule) => rule.id === id)!;
    const line = report.rules.find(({ rule }) => rule === id)!;
    expect(line.pass + line.fail + line.explained + line.waived + line.cannotTell + line.notApplicable + line.error).toBe(subjects.filter((subject) => subject.each === each).length);
  }
});
