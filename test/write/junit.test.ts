// JUnit XML: the elements and attributes that Jenkins' schema allows, and what build servers make of them.
import { DOMParser, type Element } from "@xmldom/xmldom";
import { describe, expect, it } from "vitest";
import { loadLocale } from "../../src/locale.ts";
import type { Finding, Report } from "../../src/model.ts";
import { write } from "../../src/write/write.ts";
import { fixtureReports } from "../cases/fixtures.ts";
import { empty, findings, hengyangLike } from "./samples.ts";

/**
 * What junit-10.xsd of the Jenkins xUnit plugin allows, of what we use: attributes (`!` required), children. It wants `tests`, `failures`
 * and `errors` only to be there; that they are whole numbers and true is asked below.
 */
const ELEMENTS: Readonly<Record<string, { attributes: readonly string[]; children: readonly string[]; text?: true }>> = {
  testsuites: { attributes: ["name", "time", "tests", "failures", "errors"], children: ["testsuite"] },
  testsuite: { attributes: ["name!", "tests!", "failures!", "errors!", "group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url"], children: ["testsuite", "properties", "testcase", "system-out", "system-err"] },
  properties: { attributes: [], children: ["property"] },
  property: { attributes: ["name!", "value!"], children: [] },
  testcase: { attributes: ["name!", "time", "classname", "group"], children: ["skipped", "error", "failure", "system-out", "system-err"] },
  failure: { attributes: ["type", "message"], children: [], text: true },
  error: { attributes: ["type", "message"], children: [], text: true },
  skipped: { attributes: ["type", "message"], children: [], text: true },
  "system-out": { attributes: [], children: [], text: true },
  "system-err": { attributes: [], children: [], text: true },
};

function mistakesIn(element: Element): string[] {
  const allowed = ELEMENTS[element.tagName];
  if (allowed === undefined) return [`<${element.tagName}> is unknown`];
  const names = new Set(allowed.attributes.map((name) => name.replace("!", "")));
  const present = [...element.attributes].map(({ name }) => name);
  const texts = [...element.childNodes].filter((node) => node.nodeType === 3 && node.nodeValue?.trim() !== "");
  return [
    ...present.filter((name) => !names.has(name)).map((name) => `${element.tagName}@${name} is unknown`),
    ...allowed.attributes.filter((name) => name.endsWith("!") && !present.includes(name.slice(0, -1))).map((name) => `${element.tagName}@${name} is missing`),
    ...(texts.length > 0 && allowed.text === undefined ? [`text in <${element.tagName}>`] : []),
    ...childrenOf(element).flatMap((child) => (allowed.children.includes(child.tagName) ? mistakesIn(child) : [`<${child.tagName}> in <${element.tagName}>`])),
  ];
}

const childrenOf = (element: Element, name?: string): Element[] => [...element.childNodes].filter((node): node is Element => node.nodeType === 1 && (name === undefined || (node as Element).tagName === name));

function rootOf(text: string): Element {
  const found: string[] = [];
  const root = new DOMParser({ onError: (level, message) => (level === "warning" ? 0 : found.push(`${level}: ${message}`)) }).parseFromString(text, "text/xml").documentElement;
  expect(found).toEqual([]);
  if (root === null) throw new Error("no root");
  return root;
}

/** The suites of the file, which is valid and whose counts are true. */
async function suitesOf(reports: readonly Report[], lang: "zh" | "en" = "zh"): Promise<Element[]> {
  const root = rootOf(String(await write("junit", reports, { locale: loadLocale(lang) })));
  expect(root.tagName).toBe("testsuites");
  expect(mistakesIn(root)).toEqual([]);
  const suites = childrenOf(root, "testsuite");
  for (const of of [root, ...suites])
    for (const [attribute, tag] of [["tests", "testcase"], ["failures", "failure"], ["errors", "error"], ...(of === root ? [] : [["skipped", "skipped"] as const])] as const)
      expect(of.getAttribute(attribute), `${of.tagName} ${attribute}`).toBe(String(of.getElementsByTagName(tag).length));
  const cases = suites.flatMap((suite) => childrenOf(suite, "testcase"));
  for (const each of cases) expect(childrenOf(each).length).toBeLessThanOrEqual(1);
  // Of two cases with one class and name build servers show the first alone.
  const keys = cases.map((each) => `${each.getAttribute("classname") ?? ""}\n${each.getAttribute("name") ?? ""}`);
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  return suites;
}

const casesOf = async (report: Report): Promise<{ rule: string; name: string; ends: string; text: string; message: string }[]> =>
  (await suitesOf([report])).flatMap((suite) => childrenOf(suite, "testcase").map((each) => {
    const [child] = childrenOf(each);
    return { rule: each.getAttribute("classname")?.split(".").at(-1) ?? "", name: each.getAttribute("name") ?? "", ends: child === undefined || child.tagName === "system-out" ? "passed" : child.tagName, text: child?.textContent ?? "", message: child?.getAttribute("message") ?? "" };
  }));

const [first] = findings;
if (first === undefined) throw new Error("no samples");

describe("the table of elements", () => {
  it("refuses what Jenkins refuses", () => {
    for (const text of ["<testsuites><case/></testsuites>", "<testsuites><testsuite name='a' tests='1' failures='0'/></testsuites>", "<testsuite name='a' tests='1' failures='0' errors='0'><testcase name='a' line='1'/></testsuite>", "<testsuite name='a' tests='1' failures='0' errors='0'>text</testsuite>"]) expect(mistakesIn(rootOf(text))).toHaveLength(1);
  });
});

describe("the file", async () => {
  const all = await fixtureReports();

  it.each(all.map(({ name, report }) => [name, report] as const))("is valid for %s in both languages", async (_, report) => {
    for (const lang of ["zh", "en"] as const) expect(await suitesOf([report], lang)).toHaveLength(1);
  });

  it("has a suite for each of several submissions, told apart even where they are called the same", async () => {
    expect(await suitesOf([])).toEqual([]);
    const suites = await suitesOf([hengyangLike, hengyangLike, empty]);
    expect(suites.map((suite) => suite.getAttribute("name"))).toEqual(["衡阳市司法局 2023", "衡阳市司法局 2023 (2)", "（未填单位名称）"]);
  });

  it("fails exactly where a finding to be corrected or explained is open, and has every finding", async () => {
    for (const { report } of all) {
      const cases = await casesOf(report);
      expect(cases.filter(({ ends }) => ends === "failure")).toHaveLength(report.counts.mustFix + report.counts.explain);
      expect(cases.filter(({ text }) => text !== "" && report.findings.some(({ id }) => text.endsWith(`\n${id}`)))).toHaveLength(report.findings.length);
    }
  });
});

describe("a case", () => {
  it("fails, errs, is skipped or passes as the finding's outcome and severity ask", async () => {
    const report: Report = { ...hengyangLike, findings: [...findings, { ...first, id: "z", severity: "note", outcome: "cannot-tell", subjectName: "b" }, { ...first, id: "y", outcome: "error", subjectName: "c" }] };
    expect((await casesOf(report)).map(({ rule, ends }) => `${rule} ${ends}`)).toEqual([
      "input/short-row error", "execution/rate failure", "execution/rate passed", "execution/rate error", "form/value-unreadable error", "weight/execution passed", "score/weighting skipped",
      "deviation/overachievement failure", "target/vague passed", "target/vague passed", "target/vague passed", "deviation/shortfall skipped", "sangong/year-on-year skipped",
    ]);
  });

  it("says what is wrong, how to mend it, and where it stands", async () => {
    const cases = await casesOf(hengyangLike);
    expect(cases.find(({ rule }) => rule === "execution/rate")).toMatchObject({ name: "预算执行率计算有误 · 法律援助 · 年度资金总额", message: expect.stringContaining("填报 82.00%，应为 82.54%") as string, text: expect.stringMatching(/怎么改：执行率改为 82\.54%.*\n位置：自评表\.xlsx「法律援助」H9\na1$/) as string });
    expect(cases.find(({ rule }) => rule === "deviation/overachievement")?.text).toContain("位置：indicators.csv 第 14 行「实际完成值」「年度指标值」");
    expect(cases.find(({ rule }) => rule === "deviation/shortfall")?.message).toBe("说明：「因疫情取消两场现场活动，改为线上」（偏差原因分析及改进措施）");
    expect(cases.find(({ rule }) => rule === "input/short-row")?.message).toContain("这一行有 9 个单元格");
  });

  it("of two that are called alike is numbered", async () => {
    const twins: Finding[] = [first, { ...first, id: "a9" }];
    expect((await casesOf({ ...hengyangLike, findings: twins })).filter(({ rule }) => rule === "execution/rate").map(({ name }) => name)).toEqual(["预算执行率计算有误 · 法律援助 · 年度资金总额", "预算执行率计算有误 · 法律援助 · 年度资金总额 (2)"]);
  });

  it("holds any text of others, also what XML forbids", async () => {
    const hostile = "]]></failure><x a=\"'&\u0000\u0008\u001B[31m\uFFFE\uD800\r\n第二行\t末";
    const report: Report = { ...hengyangLike, submission: { ...hengyangLike.submission, department: `${hostile}.com` }, findings: [{ ...first, diagnosisText: "", message: hostile, title: hostile, table: hostile, remedy: hostile }] };
    const failing = (await casesOf(report)).find(({ ends }) => ends === "failure");
    expect(failing?.text).toContain("]]></failure><x a=\"'&\uFFFD\uFFFD\uFFFD[31m\uFFFD\uFFFD\n第二行\t末");
    expect(failing?.message).toBe("]]></failure><x a=\"'&\uFFFD\uFFFD\uFFFD[31m\uFFFD\uFFFD 第二行 末");
    expect(failing?.rule).toBe("execution/rate");
  });
});
