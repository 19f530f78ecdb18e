// Doubts about a set that loads: each kind shown once, and none about a set that is sound.
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadExamples } from "../../src/rules/examples.ts";
import { lintRuleSet, type Known } from "../../src/rules/lint.ts";
import { loadRuleSet } from "../../src/rules/load.ts";
import { mistakeText } from "../../src/rules/mistakes.ts";

const SETS = fileURLToPath(new URL("sets/", import.meta.url));
const FUND = ["adjustedBudget", "executed", "rate", "weight", "score"];
const KNOWN: Known = { facts: { fund: FUND, indicator: ["target"] }, parameters: ["execution.grades", "execution.schemes"] };
const WITHOUT_EXAMPLES = [
  "base/execution/score.json：规则「execution/score」没有样例。请在旁边写一个 score.examples.json。",
  "base/execution/rate.json：规则「execution/rate」没有样例。请在旁边写一个 rate.examples.json。",
  ...["cannot-tell", "not-applicable"].map((outcome) => `base/execution/low-rate.json：规则「execution/low-rate」没有结果为「${outcome}」的样例；如果不可能出现，请在 cannotBe 里写明原因。`),
];

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ziping-"));
  for (const set of ["base", "county"]) await cp(join(SETS, set), join(folder, set), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

async function change(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(join(folder, file), "utf8");
  expect(text).toContain(from);
  await writeFile(join(folder, file), text.replace(from, to));
}

async function doubts(set: string, known = KNOWN): Promise<string[]> {
  return (await lintRuleSet(await loadRuleSet(join(folder, set)), known)).map((mistake) => mistakeText(mistake, "zh").replaceAll(`${folder}/`, ""));
}

describe("lint", () => {
  it("finds nothing but the examples that the rules really lack", async () => {
    expect(await doubts("base")).toEqual(WITHOUT_EXAMPLES);
  });

  it.each<[string, string, string, string, string]>([
    ["a kind of subject that nobody offers", "execution/rate.json", '"each": "fund"', '"each": "funds"', "base/execution/rate.json：规则「execution/rate」的 each「funds」不存在。可用的有：fund indicator。是不是想写 fund？"],
    ["a fact that the subject does not have", "execution/rate.json", '"fact": "adjustedBudget"', '"fact": "adjustedBudgt"', "base/execution/rate.json：规则「execution/rate」用到「adjustedBudgt」，但「fund」没有这个值。是不是想写 adjustedBudget？"],
    ["a fact that a formula of the rule needs", "execution/score.json", "weight * trueRate", "wieght * trueRate", "base/execution/score.json：「dueScore」的公式用到「wieght」，但「fund」没有这个值。是不是想写 weight？"],
    ["a fact that a shared formula needs", "facts.json", "100 * executed", "100 * excuted", "base/facts.json：「trueRate」的公式用到「excuted」，但「fund」没有这个值。是不是想写 executed？"],
    ["a fact to be shown", "execution/rate.json", '"expected": "trueRate"', '"expected": "realRate"', "base/execution/rate.json：规则「execution/rate」的 expected 用到「realRate」，但「fund」没有这个值。"],
    ["a sentence that one language lacks", "locales/en/rules/execution.json", '"remedy": "Write {trueRate}."', '"note": "x"', "base/execution/rate.json：规则「execution/rate」缺少英文文字「remedy」。请写进 rules/locales/en/rules/execution.json。"],
    ["a placeholder for nothing", "locales/zh/rules/execution.json", "应为 {trueRate}", "应为 {truRate}", "base/execution/rate.json：规则「execution/rate」的中文文字「rate.message」里有「{truRate}」，但没有这个值。是不是想写 trueRate？"],
    ["a rule that it follows from", "execution/rate.json", '"observed"', '"linked": ["execution/scores"], "observed"', "base/execution/rate.json：规则「execution/rate」的 linked 里的「execution/scores」不存在。是不是想写 execution/score？"],
  ])("names %s", async (_, file, from, to, expected) => {
    await change(`base/${file}`, from, to);
    const found = await doubts("base");
    expect(found).toContain(expected);
    expect(found.filter((line) => !WITHOUT_EXAMPLES.includes(line) && line !== expected)).toEqual([]);
  });

  it("names words for a case that no language has", async () => {
    await change("base/execution/rate.json", '"observed"', '"wordsWhen": [{ "words": "cut", "when": { "fact": "rate", "operator": "blank" } }], "observed"');
    expect((await doubts("base")).slice(0, 2)).toEqual(["中文", "英文"].map((lang) => `base/execution/rate.json：规则「execution/rate」的 wordsWhen 用到「cut」，但${lang}文字里没有「message.cut」。`));
  });

  it("names parameters that nothing uses", async () => {
    const lines = await doubts("base", { facts: KNOWN.facts });
    expect(lines).toContain("base/parameters.json：参数「execution.grades」没有被用到。请删去，或检查拼写。");
    expect(lines.some((line) => line.includes("execution.lowRate"))).toBe(false);
  });

  it("asks an extending set for examples of its own rules only", async () => {
    const lines = (await doubts("county")).filter((line) => line.includes("样例"));
    expect(lines).toEqual(["execution/rate", "execution/spent"].map((id) => `county/${id}.json：规则「${id}」没有样例。请在旁边写一个 ${id.slice(10)}.examples.json。`));
  });
});

describe("examples", () => {
  it("are read with the rule that they are of", async () => {
    const examples = await loadExamples(await loadRuleSet(join(SETS, "base")));
    expect(examples.map(({ rule, number, outcome, expects }) => ({ rule, number, outcome, expects }))).toEqual([
      { rule: "execution/low-rate", number: 1, outcome: "pass", expects: [] },
      { rule: "execution/low-rate", number: 2, outcome: "fail", expects: [{ observed: "80.00%", severity: "explain" }] },
    ]);
    expect(await loadExamples(await loadRuleSet(join(SETS, "county")))).toEqual([]);
  });

  it("of a rule that does not exist are a mistake", async () => {
    await cp(join(folder, "base/execution/low-rate.examples.json"), join(folder, "base/execution/lowrate.examples.json"));
    expect(await doubts("base")).toEqual(["base/execution/lowrate.examples.json：样例对应的规则「execution/lowrate」不存在。请改文件名，或删去。"]);
  });
});
