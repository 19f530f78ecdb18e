// Every mistake in a rule set is one line in both languages: which file, where, what is wrong, how to mend it.
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { loadRuleSet } from "../../src/rules/load.ts";
import { loadExamples } from "../../src/rules/examples.ts";
import { mistakeText, RuleSetError } from "../../src/rules/mistakes.ts";

const SETS = fileURLToPath(new URL("sets/", import.meta.url));
let folder = "";
const made: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ziping-"));
  made.push(folder);
  for (const set of ["base", "county"]) await cp(join(SETS, set), join(folder, set), { recursive: true });
});
afterAll(() => Promise.all(made.map((path) => rm(path, { recursive: true }))));

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, file)), { recursive: true });
  await writeFile(join(folder, file), text);
}

async function change(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(join(folder, file), "utf8");
  expect(text).toContain(from);
  await write(file, text.replace(from, to));
}

/** The lines that loading the set gives, without the folder of this run. */
async function lines(set: string, lang: "zh" | "en"): Promise<string[]> {
  try {
    await loadExamples(await loadRuleSet(join(folder, set)));
    return [];
  } catch (problem) {
    if (!(problem instanceof RuleSetError)) throw problem;
    return problem.mistakes.map((mistake) => mistakeText(mistake, lang).replaceAll(`${folder}/`, ""));
  }
}

const RATE = "base/execution/rate.json";

describe("a mistake in a rule", () => {
  it.each<[string, string, string, string, string, string]>([
    ["a misspelt key", RATE, '"severity"', '"sevrity"', "base/execution/rate.json 第 3 行第 3 列：不认识「sevrity」。请检查拼写，或删去。是不是想写 severity？", "base/execution/rate.json:3:3: “sevrity” is not known here. Check the spelling, or take it out. Did you mean severity?"],
    ["a misspelt key inside a condition", RATE, '"fact": "rate", "operator": "given"', '"fact": "rate", "operater": "given"', "base/execution/rate.json 第 7 行第 112 列：不认识「operater」。请检查拼写，或删去。是不是想写 operator？", "base/execution/rate.json:7:112: “operater” is not known here. Check the spelling, or take it out. Did you mean operator?"],
    ["a priority, which json-rules-engine would obey", RATE, '"operator": "given"', '"operator": "given", "priority": 5', "base/execution/rate.json 第 7 行第 133 列：不认识「priority」。请检查拼写，或删去。", "base/execution/rate.json:7:133: “priority” is not known here. Check the spelling, or take it out."],
    ["an empty any", RATE, '{ "fact": "rate", "operator": "printedAs", "value": { "fact": "trueRate" } }', '{ "any": [] }', "base/execution/rate.json 第 8 行第 16 列：「any」是空的。请至少写一项，或整条删去。", "base/execution/rate.json:8:16: “any” is empty. Write at least one entry, or take it out."],
    ["a severity that does not exist", RATE, '"must-fix"', '"must"', "base/execution/rate.json 第 3 行第 3 列：「severity」只能写：must-fix | explain | note。", "base/execution/rate.json:3:3: “severity” must be one of: must-fix | explain | note."],
    ["no basis", RATE, '  "basis": [{ "document": "财预〔2020〕10号" }],\n', "", "base/execution/rate.json 第 1 行第 1 列：「rate.json」缺少「basis」。请补上。", "base/execution/rate.json:1:1: “rate.json” lacks “basis”. Add it."],
    ["an operator that does not exist", RATE, '"printedAs"', '"printedas"', "base/execution/rate.json 第 8 行第 32 列：不认识运算符「printedas」。是不是想写 printedAs？", "base/execution/rate.json:8:32: There is no operator “printedas”. Did you mean printedAs?"],
    ["an operator of JavaScript's own", RATE, '"printedAs"', '"constructor"', "base/execution/rate.json 第 8 行第 32 列：不认识运算符「constructor」。", "base/execution/rate.json:8:32: There is no operator “constructor”."],
    ["nothing to compare with", RATE, ', "value": 0', "", "base/execution/rate.json 第 7 行第 25 列：运算符「greaterThan」需要 value。请写明与什么比较。", "base/execution/rate.json:7:25: The operator “greaterThan” needs a value. Say what to compare with."],
    ["something to compare a state with", RATE, '"operator": "given"', '"operator": "given", "value": 1', "base/execution/rate.json 第 7 行第 133 列：运算符「given」只看有没有，不与别的比较。请删去 value。", "base/execution/rate.json:7:133: The operator “given” looks only at whether something is there. Take out value."],
    ["a text where a number belongs", RATE, '"value": 0', '"value": "零"', "base/execution/rate.json 第 7 行第 80 列：运算符「greaterThan」要与数比较，不能与「\"零\"」比较。", "base/execution/rate.json:7:80: The operator “greaterThan” compares with a number, not with “\"零\"”."],
    ["a formula with a strange sign", "base/execution/score.json", "abs(dueScore - score)", "abs(dueScore − score)", "base/execution/score.json 第 8 行第 53 列：公式「gap」第 14 个字符「−」不能用。公式里只有数字、名称、+ - * / 和括号。", "base/execution/score.json:8:53: The formula “gap”, column 14: “−” cannot stand here. Formulas are numbers, names, + - * / and brackets."],
    ["a formula that does not end", "base/facts.json", "adjustedBudget - executed", "adjustedBudget -", "base/facts.json 第 1 行第 60 列：公式「unspent」没有写完（第 17 个字符处）。请检查括号是否配对、末尾是否少了内容。", "base/facts.json:1:60: The formula “unspent” ends too early (column 17). Check that brackets are closed and nothing is left out."],
    ["a function that does not exist", "base/execution/score.json", '"points": "', '"points": "sqrt(4) + ', "base/execution/score.json 第 10 行第 3 列：公式「points」第 1 个字符：没有函数「sqrt」。可用的函数：min max sum count abs round trunc。", "base/execution/score.json:10:3: The formula “points”, column 1: there is no function “sqrt”. There are: min max sum count abs round trunc."],
    ["facts that go round", "base/execution/score.json", "weight * trueRate / 100", "gap * 2", "base/execution/score.json 第 8 行第 14 列：推算值绕成了一圈：dueScore → gap → dueScore。请去掉其中一处引用。", "base/execution/score.json:8:14: Derived facts go round in a circle: dueScore → gap → dueScore. Take out one of the references."],
    ["an id that is not where the file stands", RATE, '"id": "execution/rate"', '"id": "execution/rates"', "base/execution/rate.json 第 2 行第 3 列：规则编号「execution/rates」与文件位置不符，应为「execution/rate」。请改编号，或把文件移到对应位置。", "base/execution/rate.json:2:3: The rule id “execution/rates” does not fit where the file stands; that would be “execution/rate”. Change the id or move the file."],
    ["a comma too many", RATE, '"expected": "trueRate"', '"expected": "trueRate",', "base/execution/rate.json 第 11 行第 1 列：「}」处不符合 JSON 格式。请检查逗号、引号和括号。", "base/execution/rate.json:11:1: This is not JSON at “}”. Check commas, quotation marks and brackets."],
    ["a key twice", RATE, '"each": "fund"', '"each": "fund", "each": "table"', "base/execution/rate.json 第 4 行第 19 列：「each」写了两次。请只保留一个。", "base/execution/rate.json:4:19: “each” stands here twice. Keep one."],
    ["a parameter dated twice", "base/parameters.json", "2018-01-01", "2022-01-01", "base/parameters.json 第 7 行第 7 列：参数「execution.lowRate」有两个值都自 2022-01-01 起施行。请只保留一个。", "base/parameters.json:7:7: The parameter “execution.lowRate” has two values from 2022-01-01 on. Keep one."],
    ["a day that the calendar does not have", "base/parameters.json", "2018-01-01", "2018-02-30", "base/parameters.json 第 7 行第 7 列：「2018-02-30」不是日历上的日期。请写成 2020-01-01 的样子。", "base/parameters.json:7:7: “2018-02-30” is not a date of the calendar. Write it like 2020-01-01."],
    ["a parameter without a source", "base/parameters.json", ', "basis": [{ "document": "测试文件二" }]', "", "base/parameters.json 第 6 行第 7 列：「values #1」缺少「basis」。请补上。", "base/parameters.json:6:7: “values #1” lacks “basis”. Add it."],
    ["an order of what does not exist", "base/ruleset.json", '"execution/score",', '"execution/scores",', "base/ruleset.json：order 里的「execution/scores」不是本规则集的规则。是不是想写 execution/score？", "base/ruleset.json: “execution/scores” in order is no rule of this set. Did you mean execution/score?"],
    ["an example without an outcome", "base/execution/low-rate.examples.json", '"outcome": "pass", ', "", "base/execution/low-rate.examples.json 第 2 行第 3 列：「0」缺少「outcome」。请补上。", "base/execution/low-rate.examples.json:2:3: “0” lacks “outcome”. Add it."],
  ])("%s is one line", async (_, file, from, to, zh, en) => {
    await change(file, from, to);
    expect(await lines("base", "zh")).toEqual([zh]);
    expect(await lines("base", "en")).toEqual([en]);
  });

  it("never hides another: all are told at once", async () => {
    await change(RATE, '"must-fix"', '"must"');
    await change("base/execution/score.json", '"each": "fund"', '"eech": "fund"');
    expect(await lines("base", "zh")).toHaveLength(2);
  });

  it("in a file that belongs nowhere names the likely place", async () => {
    await write("base/paramters.json", "{}");
    expect(await lines("base", "zh")).toEqual(["base/paramters.json：规则集里用不到这个文件，是不是放错了位置？规则应放在「类别/规则名.json」。是不是想写 parameters.json？"]);
  });

  it("of encoding is told", async () => {
    await writeFile(join(folder, RATE), Buffer.from([0x7b, 0xd6, 0xd0, 0x7d]));
    expect(await lines("base", "zh")).toEqual(["base/execution/rate.json：文件不是 UTF-8 编码。请另存为 UTF-8。"]);
  });
});

describe("a replacement of nothing", () => {
  it.each<[string, string, string, string, string[]]>([
    ["a misspelt parameter", "county/parameters.json", '"execution.lowRate"', '"execution.lowRte"', ["county/parameters.json：「execution.lowRte」没有覆盖任何参数。是不是想写 execution.lowRate？"]],
    ["a new parameter that does not say so", "county/parameters.json", '"new": true, ', "", ["county/parameters.json 第 3 行第 3 列：「execution.halfYear」在上级规则集里没有。若是本规则集新增的，请加上 \"new\": true。"]],
    ["a new rule that does not say so", "county/execution/spent.json", '"new": true, ', "", ["county/execution/spent.json 第 1 行第 3 列：「execution/spent」在上级规则集里没有。若是本规则集新增的，请加上 \"new\": true。"]],
    ["a misspelt list of words", "county/words.json", "emptyWords", "emptyWord", ["county/words.json：「emptyWord」没有覆盖任何词表。是不是想写 emptyWords？"]],
    ["a misspelt fact", "county/facts.json", '"unspent"', '"unspend"', ["county/facts.json 第 1 行第 13 列：「unspend」没有覆盖任何推算值。是不是想写 unspent？"]],
  ])("%s", async (_, file, from, to, expected) => {
    await change(file, from, to);
    expect(await lines("county", "zh")).toEqual(expected);
  });

  it("a rule switched off that does not exist", async () => {
    await write("county/execution/scroe.json", '{ "id": "execution/scroe", "off": true, "reason": "没有" }');
    expect(await lines("county", "zh")).toEqual(["county/execution/scroe.json：「execution/scroe」没有覆盖任何规则。是不是想写 execution/score？"]);
  });
});

describe("a set that cannot be found", () => {
  it("extends a circle", async () => {
    await change("base/ruleset.json", '"version"', '"extends": "county", "version"');
    expect(await lines("county", "zh")).toEqual(["county/ruleset.json：规则集互相继承，绕成了一圈：county → base → county。请去掉其中一个 extends。"]);
  });

  it("extends what is not there", async () => {
    await change("county/ruleset.json", '"extends": "base"', '"extends": "nowhere"');
    const [line] = await lines("county", "zh");
    expect(line).toMatch(/^county\/ruleset\.json：继承的规则集「nowhere」不存在。/);
  });

  it("has no ruleset.json, or no folder", async () => {
    expect(await lines("", "en")).toEqual([expect.stringMatching(/This folder holds no ruleset\.json, so it is no rule set\. Name the folder that holds one\.$/)]);
    expect(await lines("nothing-here", "en")).toEqual([expect.stringMatching(/There is no rule set “.*nothing-here”\./)]);
  });
});
