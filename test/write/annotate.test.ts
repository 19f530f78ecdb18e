// The department's own workbook marked up: nothing in it changed but the marks, every finding told, whatever program wrote the file.
import { unzipSync, zipSync } from "fflate";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { check } from "../../src/check.ts";
import { loadLocale } from "../../src/locale.ts";
import type { Report } from "../../src/model.ts";
import { readInputs } from "../../src/read/read.ts";
import { readXlsx } from "../../src/read/xlsx.ts";
import type { FormCell, FormTable } from "../../src/read/forms/document.ts";
import { loadRuleSet } from "../../src/rules/load.ts";
import { annotated } from "../../src/write/annotate.ts";
import { emptySet } from "../../src/write/template/set.ts";
import { workbookOf } from "../../src/write/template/xlsx.ts";

const zh = loadLocale("zh");
const hunan = await loadRuleSet("hunan");
const NAME = "自评表.xlsx";

async function reportOn(bytes: Uint8Array): Promise<Report> {
  const { submissions } = await readInputs([{ name: NAME, bytes }]);
  return check(submissions[0]!, hunan, {});
}

const original = new Uint8Array(readFileSync(new URL("../../fixtures/hengyang-2023/forms/forms.xlsx", import.meta.url)));
const report = await reportOn(original);
const marked = annotated(original, NAME, [report], zh);

const partsOf = (bytes: Uint8Array): Record<string, string> => Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, new TextDecoder().decode(part)]));
const tablesOf = (bytes: Uint8Array): FormTable[] => readXlsx(NAME, bytes).blocks.filter((block) => block.kind === "table");
const sheetNames = (bytes: Uint8Array): string[] => [...partsOf(bytes)["xl/workbook.xml"]!.matchAll(/<sheet [^>]*?name="([^"]*)"/gu)].map(([, name]) => name!);
const withoutComments = (table: FormTable): object[] => table.cells.map((cell: FormCell) => ({ ...cell, comment: undefined }));

describe("an annotated workbook", () => {
  it("shows in every cell what the original shows, with the same merged cells", () => {
    const after = tablesOf(marked);
    for (const table of tablesOf(original)) expect(withoutComments(after.find((one) => one.name === table.name)!)).toEqual(withoutComments(table));
    expect(after.map((table) => table.name)).toEqual(tablesOf(original).map((table) => table.name));
    expect(sheetNames(marked)).toEqual([...sheetNames(original), "总览", "得分核对", "问题清单", "规则执行情况", "说明"]);
  });

  it("keeps every part, and changes none but the sheets, the styles and what binds them", () => {
    const [before, after] = [partsOf(original), partsOf(marked)];
    const changed = Object.keys(before).filter((name) => before[name] !== after[name]);
    expect(changed.filter((name) => !/^(?:xl\/worksheets\/sheet\d+\.xml|xl\/styles\.xml|xl\/workbook\.xml|xl\/_rels\/workbook\.xml\.rels|\[Content_Types\]\.xml)$/.test(name))).toEqual([]);
  });

  it("marks the wrong rate of 法律援助 and says in its comment what it should be and what to do", () => {
    const sheet = tablesOf(marked).find((table) => table.cells.some((cell) => cell.text === "法律援助"))!;
    const rate = sheet.cells.find((cell) => cell.text === "82.00%")!;
    expect(rate.comment).toContain("【必须更正】");
    expect(rate.comment).toContain("应为：82.54%");
    expect(rate.comment).toContain("怎么改：");
  });

  it("has a comment at the first cell of every open finding, and none where nothing was found", () => {
    const open = report.findings.filter((finding) => finding.outcome !== "explained" && finding.outcome !== "waived" && finding.at[0]?.cell !== undefined);
    const wanted = new Set(open.map((finding) => `${finding.at[0]!.sheet!}!${finding.at[0]!.cell!}`));
    const found = tablesOf(marked).flatMap((table) => table.cells.filter((cell) => cell.comment !== undefined).map((cell) => `${table.name!}!${cell.place.cell!}`));
    expect(new Set(found)).toEqual(wanted);
  });

  it("lists every finding, linked to its cell", () => {
    const list = partsOf(marked)["xl/worksheets/zipingSheet3.xml"]!;
    expect(list.match(/<row /g)).toHaveLength(report.findings.length + 1);
    expect(list.match(/<hyperlink ref="\w+" location="(?!'得分核对')/g)).toHaveLength(report.findings.filter((finding) => finding.at.some((place) => place.cell !== undefined)).length);
    expect(list).toMatch(/location="'附件3-2'!H\d+"/);
  });

  it("is checked again to the same findings, and says that the report in it was left out", async () => {
    const again = await reportOn(marked);
    expect(again.findings).toEqual(report.findings);
    expect(again.input.remarks.filter(({ code }) => code === "report-sheets").map(({ message }) => message)).toEqual(["自评表.xlsx：工作表「总览、得分核对、问题清单、规则执行情况、说明」是上次核对的结果，不是填报的内容，没有核对。"]);
  });

  it("marked twice keeps the first report's sheets and gives the second ones names of their own", async () => {
    const twice = annotated(marked, NAME, [await reportOn(marked)], zh);
    expect(sheetNames(twice).slice(sheetNames(marked).length)).toEqual(["总览 2", "得分核对 2", "问题清单 2", "规则执行情况 2", "说明 2"]);
    expect((await reportOn(twice)).findings).toEqual(report.findings);
  });

  it("is the same bytes every time", () => {
    expect(Buffer.from(annotated(original, NAME, [report], zh)).equals(Buffer.from(marked))).toBe(true);
  });
});

it("a comment that stands there already is kept and added to", async () => {
  const template = await workbookOf(emptySet(1), null, zh);
  const findings = await reportOn(template);
  const [department] = tablesOf(annotated(template, NAME, [findings], zh)).filter((table) => table.name === "附件2");
  const budget = department!.cells.find((cell) => cell.place.cell === "D4")!;
  expect(budget.comment).toMatch(/^年初批复的预算数。\n\n【/);
});

it("a workbook whose parts have prefixed names and links from the root is marked as well", () => {
  const parts = Object.fromEntries(Object.entries(partsOf(original)).map(([name, text]): [string, string] => {
    if (!/^xl\/(?:worksheets\/sheet\d+|workbook|styles)\.xml$/.test(name)) return [name, text.replaceAll('Target="worksheets/', 'Target="/xl/worksheets/')];
    return [name, text.replace(/xmlns="(http:\/\/schemas\.openxmlformats\.org\/spreadsheetml\/2006\/main)"/, 'xmlns:x="$1"').replaceAll(/<(\/?)([A-Za-z]\w*)(?=[\s/>])/g, "<$1x:$2")];
  }));
  const prefixed = zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, new TextEncoder().encode(text)])));
  const after = tablesOf(annotated(prefixed, NAME, [report], zh));
  expect(after.find((table) => table.name === "附件3-2")!.cells.find((cell) => cell.text === "82.00%")!.comment).toContain("82.54%");
});
