// What each format does in its own way.
import { expect, test } from "vitest";
import { loadLocale } from "../../src/locale.ts";
import type { Finding, Report } from "../../src/model.ts";
import { csvCell } from "../../src/write/csv-table.ts";
import { markdownText } from "../../src/write/markdown.ts";
import { placesText } from "../../src/write/place.ts";
import { changeText, recomputedText, together } from "../../src/write/select.ts";
import { measureFor } from "../../src/write/text-layout.ts";
import { write } from "../../src/write/write.ts";
import { findings, hengyangLike } from "./samples.ts";

const zh = loadLocale("zh");
const en = loadLocale("en");

async function written(format: string, reports: Report[], options: object = {}): Promise<string> {
  return (await write(format, reports, { locale: zh, ...options })) as string;
}

test("the terminal opens with department, year and verdict, then the counts", async () => {
  const lines = (await written("terminal", [hengyangLike])).split("\n");
  expect(lines[0]).toMatch(/^衡阳市司法局 2023 年度绩效自评 +结论：退回修改（有必须更正的问题）；材料没有读全$/);
  const whole = { ...hengyangLike, input: { ...hengyangLike.input, remarks: [] } };
  expect((await written("terminal", [whole])).split("\n")[0]).toMatch(/^衡阳市司法局 2023 年度绩效自评 +结论：退回修改（有必须更正的问题）$/);
  expect(lines[1]).toBe("必须更正 1   需要说明 1   提示 3   已说明 1   已豁免 1   无法判定 1");
});

test("the terminal shows claimed beside recomputed scores, and the bracket of an open one", async () => {
  const text = await written("terminal", [hengyangLike]);
  expect(text).toMatch(/法律援助 +98\.20 +98\.25 +\+0\.05/);
  expect(text).toMatch(/其他司法综合事务专项 +100\.00 +90\.00–100\.00 +—/);
});

test("the terminal shows the rule's id at the right margin", async () => {
  const line = (await written("terminal", [hengyangLike])).split("\n").find((each) => each.endsWith("execution/rate"));
  expect(line).toBe(`必须更正  预算执行率计算有误${" ".repeat(80 - 28 - 14)}execution/rate`);
});

test("many findings are preceded by a list of what there is to do, a few are not", async () => {
  const toDo = (count: number): Report => ({ ...hengyangLike, findings: Array.from({ length: count }, (_, i) => ({ ...findings[0]!, id: `a${i}`, table: `项目${i % 3}` })) });
  expect(await written("terminal", [toDo(5)])).not.toContain("要做的事");
  expect(await written("terminal", [toDo(7)])).toMatch(/要做的事\n {2}必须更正 {2}预算执行率计算有误（7 处） {2}项目0、项目1、项目2\n/);
  expect(await written("markdown", [toDo(7)])).toContain("| 必须更正 | 预算执行率计算有误 | 7 | 项目0、项目1、项目2 |");
});

test("several reports end in a list of them on the terminal, and begin with it in Markdown; one has none", async () => {
  const right = { ...hengyangLike, submission: { ...hengyangLike.submission, department: "甲局" }, verdict: "accept" as const, findings: [], counts: { mustFix: 0, explain: 0, note: 0, explained: 0, waived: 0, cannotTell: 0 }, input: { ...hengyangLike.input, remarks: [] } };
  const lines = (await written("terminal", [hengyangLike, right])).trimEnd().split("\n").slice(-4);
  expect(lines[0]).toBe("汇总：2 份自评");
  expect(lines[2]).toMatch(/^ {2}衡阳市司法局 +2023 {2}退回修改（没有读全） +1 +1 +3 +1$/);
  expect(lines[3]).toMatch(/^ {2}甲局 +2023 {2}无须退回 +0 +0 +0 +0$/);
  expect((await written("markdown", [hengyangLike, right])).split("\n")[4]).toBe("| 衡阳市司法局 | 2023 | 退回修改（没有读全） | 1 | 1 | 3 | 1 |");
  expect(await written("terminal", [right])).not.toContain("汇总");
});

test.each([60, 80, 100])("no line of the terminal is wider than %i columns", async (width) => {
  const measure = measureFor(false);
  for (const locale of [zh, en]) {
    const text = await written("terminal", [hengyangLike], { width, locale });
    for (const line of text.split("\n")) expect(measure(line), line).toBeLessThanOrEqual(width);
  }
});

test("the terminal is coloured only where asked", async () => {
  expect(await written("terminal", [hengyangLike])).not.toContain("\u001B");
  expect(await written("terminal", [hengyangLike], { colour: true })).toContain("\u001B[31m");
});

test("no control character of a submission reaches the terminal", async () => {
  const hostile: Finding = { ...findings[0]!, message: "\u001B]0;evil\u0007", subject: "\u001B[2J" };
  expect(await written("terminal", [{ ...hengyangLike, findings: [hostile] }])).not.toMatch(/\p{Cc}(?<!\n)/u);
});

test("three notes of one rule are told together, two are not, and verbose tells each", async () => {
  const notes = findings.filter((finding) => finding.rule === "target/vague");
  expect(together(notes)).toHaveLength(1);
  expect(together(notes.slice(1))).toHaveLength(2);
  expect((await written("terminal", [hengyangLike], { verbose: true })).match(/target\/vague$/gm)).toHaveLength(3);
});

test("findings that must be fixed are never told together", () => {
  expect(together([findings[0]!, findings[0]!, findings[0]!])).toHaveLength(3);
});

test("json is one report alone and an array of several, keys in the contract's order", async () => {
  const { findings: found, format, ...rest } = hengyangLike;
  const text = await written("json", [{ findings: found, ...rest, format }]);
  expect(text).toBe(await written("json", [hengyangLike]));
  expect(text.startsWith('{\n  "format": "ziping/report@1",\n  "tool": {')).toBe(true);
  expect(JSON.parse(text)).toEqual(hengyangLike);
  expect(JSON.parse(await written("json", [hengyangLike, hengyangLike]))).toHaveLength(2);
});

test("ndjson is one line a report", async () => {
  const lines = (await written("ndjson", [hengyangLike, hengyangLike])).split("\n");
  expect(lines).toHaveLength(3);
  expect(JSON.parse(lines[1]!)).toEqual(hengyangLike);
});

test("csv has a byte order mark unless told not to, and a row a finding", async () => {
  const text = await written("csv", [hengyangLike]);
  expect(text.startsWith("\uFEFF单位,年度,类别,规则,")).toBe(true);
  expect(text.split("\r\n")).toHaveLength(findings.length + 2);
  expect((await written("csv", [hengyangLike], { bom: false })).startsWith("单位")).toBe(true);
});

test("csv cells run no formula, and numbers stay numbers", () => {
  expect(csvCell("=1+1")).toBe("'=1+1");
  expect(csvCell("@SUM(A1)")).toBe("'@SUM(A1)");
  expect(csvCell("+cmd|' /C calc'!A0")).toBe("'+cmd|' /C calc'!A0");
  expect(csvCell("\tx")).toBe("'\tx");
  expect(csvCell("-0.54")).toBe("-0.54");
  expect(csvCell("-12.5%")).toBe("-12.5%");
  expect(csvCell("-")).toBe("'-");
  expect(csvCell('他说 "好", 行')).toBe('"他说 ""好"", 行"');
});

test("markdown of others is text, not markup", () => {
  expect(markdownText("a|b\n*c* [x](y) <img>")).toBe("a\\|b \\*c\\* \\[x\\](y) \\<img\\>");
});

test("places of one file are told once, with every line, row, cell and column", () => {
  expect(placesText([{ file: "a.xlsx", sheet: "甲", cell: "H9" }, { file: "a.xlsx", sheet: "甲", cell: "I9" }], zh)).toBe("a.xlsx「甲」H9、I9");
  expect(placesText([{ file: "a.csv", row: 3, column: "得分" }, { file: "a.csv", row: 3, column: "分值" }, { file: "b.csv", row: 1 }], zh)).toBe("a.csv 第 3 行「得分」「分值」；b.csv 第 1 行");
  expect(placesText([3, 4, 5, 9].map((line) => ({ file: "s.json", line, pointer: `/tables/${line}` })), zh)).toBe("s.json 第 3–5, 9 行");
  expect(placesText([{ file: "s.json", pointer: "/year" }], zh)).toBe("s.json /year");
  expect(placesText([{ file: "a.pdf", page: 2, row: 4 }], en)).toBe("a.pdf page 2 row 4");
  expect(placesText([], zh)).toBe("");
});

test("score changes carry their sign and are exact", () => {
  expect(changeText("97.60", "98.27")).toBe("+0.67");
  expect(changeText("98.3", "98.25")).toBe("-0.05");
  expect(changeText("98.25", "98.250")).toBe("0.00");
  expect(changeText(null, "98")).toBeNull();
  expect(changeText("九十八", "98")).toBeNull();
  expect(recomputedText({ score: null, low: "90", high: "100" })).toBe("90.00–100.00");
});
