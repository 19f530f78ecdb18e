// A rule set as loaded: what it holds, what an extension replaces, and what is in force when.
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { decimal, parseDecimal } from "../../src/decimal.ts";
import { word } from "../../src/locale.ts";
import type { Fact } from "../../src/model.ts";
import { loadRuleSet } from "../../src/rules/load.ts";
import { parameterBasis, parameterFacts, parametersAt } from "../../src/rules/parameters.ts";
import { rulesInForce, withDerived, type RuleSet } from "../../src/rules/set.ts";

const SETS = fileURLToPath(new URL("sets/", import.meta.url));
const base = await loadRuleSet(join(SETS, "base"));
const county = await loadRuleSet(join(SETS, "county"));
const ruleOf = (set: RuleSet, id: string) => set.rules.find((rule) => rule.id === id)!;

describe("a rule set of a user's folder", () => {
  it("is what its files say", () => {
    expect(base).toMatchObject({ id: "base", version: "1.0.0", title: { zh: "测试用规则集" }, chain: ["base"], off: [], scoring: { places: "score.places", reverse: "ratio" }, words: { emptyWords: ["无", "正常"], attainment: { 达成: ["完成"] } } });
  });

  it("has its rules in the order that it names, the others by name after them", () => {
    expect(base.rules.map(({ id }) => id)).toEqual(["execution/score", "execution/rate", "execution/low-rate"]);
    expect(ruleOf(base, "execution/rate")).toMatchObject({ category: "execution", severity: "must-fix", from: "base" });
  });

  it("answers by its rules, with derived facts and parameters among the facts", async () => {
    const facts: Record<string, Fact> = Object.fromEntries(Object.entries({ adjustedBudget: "57.26", executed: "47.26", weight: "10", score: "8.20", rate: "82.00" })
      .map(([name, text]) => [name, { state: "known", value: parseDecimal(text)!, decimals: 2, at: [`/${name}`] }]));
    const parameters = parameterFacts(base, "2023");
    const rule = ruleOf(base, "execution/score");
    const own = withDerived((name) => facts[name] ?? parameters.get(name) ?? { state: "missing", blank: false, at: [] }, base.derived.get("fund")!);
    const get = withDerived(own, rule.derived);
    expect(rule.require(get)).toBe(false);
    expect((await rule.askRequire(get)).truth).toBe(false);
    expect(rule.severityWhen.map(({ severity, when }) => [severity, when(get)])).toEqual([["note", true]]);
    expect(get("dueScore")).toMatchObject({ state: "known", at: ["/weight", "/executed", "/adjustedBudget"] });
    expect(ruleOf(base, "execution/rate").applies?.(get)).toBe(true);
    expect(ruleOf(base, "execution/low-rate").require(get)).toBe(false);
  });

  it("keeps the words beside a rule where those of other rules stand", () => {
    expect(word(base.locale("zh"), "rules/execution", "low-rate.message.blank")).toBe("没有填执行率。");
    expect(word(base.locale("en"), "rules/execution", "rate.title")).toBe("Wrong rate");
  });

  it("says what its own words say, and nothing of the built-in sentences that they replace", () => {
    const { sections } = base.locale("zh");
    const messages = Object.keys(sections.get("rules/execution") ?? {}).filter((key) => /^(?:rate|score|low-rate)\.message/.test(key));
    expect(messages.sort()).toEqual(["low-rate.message.blank", "low-rate.message.default", "rate.message", "score.message"]);
  });

  it("is the same set twice", async () => {
    expect((await loadRuleSet(join(SETS, "base"))).digest).toBe(base.digest);
    expect(base.digest).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe("a set that extends another", () => {
  it("keeps what it does not name", () => {
    expect(county.chain).toEqual(["county", "base"]);
    expect(ruleOf(county, "execution/low-rate")).toMatchObject({ from: "base", severity: "explain" });
    expect(county.words).toMatchObject({ emptyWords: ["无"], attainment: { 未达成: ["未完成"] } });
    expect(county.scoring).toEqual({ places: "score.places", reverse: "linear" });
  });

  it("replaces by name, switches off with a reason, adds what it says is new", () => {
    expect(county.rules.map(({ id }) => id)).toEqual(["execution/rate", "execution/low-rate", "execution/spent"]);
    expect(ruleOf(county, "execution/rate")).toMatchObject({ from: "county", severity: "note", each: "fund", basis: [{ document: "财预〔2020〕10号" }] });
    expect(county.off).toEqual([{ id: "execution/score", reason: "本县表格没有得分栏" }]);
    expect(county.parameters.get("execution.lowRate")).toMatchObject({ unit: "%", about: { en: "Below this rate a reason is asked for" }, values: [{ value: "80" }] });
    expect(county.derived.get("fund")?.get("unspent")?.text).toBe("max(adjustedBudget - executed, 0)");
    expect(county.derived.get("fund")?.has("trueRate")).toBe(true);
    expect(word(county.locale("zh"), "rules/execution", "rate.title")).toBe("执行率请核对");
    expect(word(county.locale("zh"), "rules/execution", "rate.remedy")).toBe("改为 {trueRate}。");
  });

  it("has a digest of its own", () => {
    expect(county.digest).not.toBe(base.digest);
  });
});

describe("in a year", () => {
  it.each([["2017", undefined], ["2018", "85.5"], ["2021", "85.5"], ["2022", "90"], ["2030", "90"]])("%s the low rate is %s", (year, value) => {
    expect(parametersAt(base, year).get("execution.lowRate")).toBe(value);
  });

  it("parameters are facts: numerals as decimals, lists as lists, tables not at all", () => {
    const facts = parameterFacts(base, "2023");
    expect(facts.get("execution.lowRate")).toEqual({ state: "known", value: decimal(90), at: [] });
    expect(facts.get("execution.grades")).toEqual({ state: "known", value: ["优", "良"], at: [] });
    expect(facts.has("execution.schemes")).toBe(false);
    expect(parameterFacts(county, "2023").has("execution.halfYear")).toBe(false);
  });

  it("each value knows its basis", () => {
    expect(parameterBasis(base, "execution.lowRate", "2021")).toEqual([{ document: "测试文件一" }]);
    expect(parameterBasis(base, "execution.lowRate", "1999")).toEqual([]);
  });

  it.each([["2019", []], ["2020", ["execution/score", "execution/rate"]], ["2023", ["execution/score", "execution/rate", "execution/low-rate"]], ["2024", ["execution/rate", "execution/low-rate"]]])("%s these rules are in force: %j", (year, ids) => {
    expect(rulesInForce(base, year).map(({ id }) => id)).toEqual(ids);
  });

  it("that is none is refused", () => {
    expect(() => rulesInForce(base, "二〇二三")).toThrow(RangeError);
  });
});

describe("the digest", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "ziping-"));
    await cp(join(SETS, "base"), join(folder, "elsewhere"), { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true }));
  const change = async (file: string, make: (text: string) => string): Promise<string> => {
    const path = join(folder, "elsewhere", file);
    await writeFile(path, make(await readFile(path, "utf8")));
    return (await loadRuleSet(join(folder, "elsewhere"))).digest;
  };

  it("depends on neither place nor layout", async () => {
    expect(await change("facts.json", (text) => JSON.stringify(JSON.parse(text), null, 4))).toBe(base.digest);
    expect(await change("execution/low-rate.examples.json", () => "[]")).toBe(base.digest);
  });

  it.each([
    ["parameters.json", "85.5", "85.6"],
    ["facts.json", "100 *", "10 *"],
    ["words.json", "正常", "照常"],
    ["execution/rate.json", "printedAs", "equal"],
    ["locales/zh/rules/execution.json", "算错了", "有误"],
    ["ruleset.json", "ratio", "linear"],
  ])("changes with %s", async (file, from, to) => {
    expect(await change(file, (text) => text.replace(from, to))).not.toBe(base.digest);
  });
});
