// The catalogue as a promise: every pinned rule is there, has words and a citation, and examples that would notice a change.
import { describe, expect, it } from "vitest";
import { LANGUAGES } from "../src/locale.ts";
import type { Parameter, ParameterValue, Rule } from "../src/model.ts";
import { factNames, opposite } from "../src/rules/compile.ts";
import { runExamples } from "../src/rules/examples-run.ts";
import { loadExamples } from "../src/rules/examples.ts";
import { conditionsOf } from "../src/rules/inspect.ts";
import { lintRuleSet } from "../src/rules/lint.ts";
import { builtInIds } from "../src/rules/files.ts";
import { loadRuleSet } from "../src/rules/load.ts";
import type { CompiledRule, RuleSet } from "../src/rules/set.ts";
import { KNOWN } from "../src/subjects/catalogue.ts";

const PINNED = `
form/field-missing form/value-unreadable form/actual-not-a-value form/template-residue form/unit-mismatch form/table-missing form/duplicate-indicator form/year-mismatch
weight/table-total weight/level1-scheme weight/execution weight/declared-level weight/not-positive weight/concentration
execution/rate execution/score execution/over-budget execution/sources-total execution/nature-total execution/low-rate execution/adjustment execution/nothing-spent
score/out-of-range score/proration score/unexplained-deduction score/qualitative-band score/uneven-marking score/table-total score/total-missing score/grade score/weighting
deviation/shortfall deviation/overachievement deviation/empty-words deviation/no-measure deviation/copied
target/cannot-fail target/direction target/vague target/misplaced cost/saving-rate cost/paid-twice
sangong/parts-total sangong/within-budget sangong/item-within-budget sangong/year-on-year sangong/unbudgeted-purchase sangong/over-budgeted
basic/staff-control basic/staff-rate basic/operating-funds basic/item-within-budget basic/parts-total basic/procurement basic/budget-adjustment basic/building-control
consistency/basic-department consistency/projects-department consistency/shared-indicator consistency/goal-indicator consistency/prior-year
narrative/composition narrative/share narrative/comparison narrative/amount narrative/claim
portfolio/same-project portfolio/copied-text portfolio/uniform-scores`.trim().split(/\s+/);

const TEXT_RULES = /^(?:deviation|target)\/|^consistency\/(?:shared|goal)-indicator$/;
const OUTCOMES = ["pass", "fail", "cannot-tell", "not-applicable"] as const;

const national = await loadRuleSet("national");
const ids = await builtInIds();
const examples = await loadExamples(national);
const of = (rule: string): typeof examples => examples.filter((example) => example.rule === rule);

describe("the national catalogue", () => {
  it("holds exactly the pinned rules", () => {
    expect(national.rules.map((rule) => rule.id).sort()).toEqual([...PINNED].sort());
  });

  it.each(ids)("has nothing for the linter to say in %s", async (id) => {
    const ruleSet = await loadRuleSet(id);
    expect((await lintRuleSet(ruleSet, KNOWN)).map((mistake) => JSON.stringify(mistake))).toEqual([]);
  });

  it.each(ids)("gives what every example of %s says", async (id) => {
    const runs = await runExamples(await loadRuleSet(id));
    expect(runs.filter((run) => !run.ok).map((run) => `${run.rule} 「${run.name}」: ${run.why ?? ""}`)).toEqual([]);
  });
});

describe.each(national.rules.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
  it("has an example of each outcome that can occur", () => {
    const lacking = OUTCOMES.filter((outcome) => rule.cannotBe?.[outcome] === undefined && !of(id).some((example) => example.outcome === outcome));
    expect(lacking).toEqual([]);
  });

  it("names the numbers that its failing examples must show", () => {
    const bare = of(id).filter((example) => example.outcome === "fail" && (rule.observed !== undefined || rule.expected !== undefined) && example.expects.length === 0);
    expect(bare.map((example) => example.name)).toEqual([]);
  });

  it.runIf(TEXT_RULES.test(id))("has three cases that must be found and three that must not", () => {
    expect(of(id).filter((example) => example.outcome === "fail" || example.outcome === "explained").length).toBeGreaterThanOrEqual(3);
    expect(of(id).filter((example) => example.outcome === "pass" || example.outcome === "not-applicable").length).toBeGreaterThanOrEqual(3);
  });

  it("would notice its requirement turned round", async () => {
    const turned = replaced(national, id, (found) => ({
      ...found,
      require: (get) => opposite(found.require(get)),
      askRequire: async (get) => {
        const answer = await found.askRequire(get);
        return { ...answer, truth: opposite(answer.truth) };
      },
    }));
    expect((await runExamples(turned, { only: id })).some((run) => !run.ok)).toBe(true);
  });

  it.each(movedParameters(rule.source))("would notice %s moved to %s", async (parameter, to) => {
    expect((await runExamples(withParameter(national, parameter, to), { only: id })).some((run) => !run.ok)).toBe(true);
  });
});

describe("parameters that scoring and reading use", () => {
  const bands = (low: string): ParameterValue => [{ attainment: "met", low, high: "100" }, { attainment: "partly", low: "60", high: low, highIncluded: "false" }, { attainment: "unmet", low: "0", high: "60", highIncluded: "false" }];
  it.each<[string, ParameterValue]>([
    ["score.bands", bands("81")], ["score.bands", bands("79")], ["score.reverseMethod", "linear"], ["score.strictGreater", true], ["score.grades", [{ grade: "优", from: "91" }, { grade: "良", from: "80" }, { grade: "中", from: "60" }, { grade: "差", from: "0" }]],
    ["weight.schemes", [{ 产出: "60", 效益: "20", 满意度: "10", 执行: "10" }]], ["form.scaleApartFrom", "9000000"], ["portfolio.longText", "400"], ["form.requiredTables", ["basicData"]],
  ])("would be noticed: %s moved to %j", async (id, to) => {
    expect((await runExamples(withParameter(national, id, to))).some((run) => !run.ok)).toBe(true);
  });
});

/** Each numeric parameter that the rule's conditions and formulas name, a step up and a step down. */
function movedParameters(rule: Rule): [string, string][] {
  const named = new Set([...conditionsOf(rule).flatMap(([, condition]) => factNames(condition)), ...Object.values(rule.facts ?? {}).flatMap((formula) => formula.match(/[a-z]+\.[A-Za-z]+/g) ?? [])]);
  return [...national.parameters.values()].filter((parameter) => named.has(parameter.id)).flatMap((parameter) => {
    const value = parameter.values.at(-1)?.value;
    return typeof value === "string" && /^\d+$/.test(value) ? [[parameter.id, String(Number(value) + 1)] as [string, string], [parameter.id, String(Number(value) - 1)] as [string, string]] : [];
  });
}

function withParameter(ruleSet: RuleSet, id: string, value: ParameterValue): RuleSet {
  const parameter = ruleSet.parameters.get(id);
  if (parameter === undefined) throw new RangeError(id);
  const moved: Parameter = { ...parameter, values: parameter.values.map((dated) => ({ ...dated, value })) };
  return { ...ruleSet, parameters: new Map([...ruleSet.parameters, [id, moved]]) };
}

function replaced(ruleSet: RuleSet, id: string, change: (rule: CompiledRule) => CompiledRule): RuleSet {
  return { ...ruleSet, rules: ruleSet.rules.map((rule) => (rule.id === id ? change(rule) : rule)) };
}

it("speaks every language it has words for", () => {
  expect(LANGUAGES).toEqual(["zh", "en"]);
});
