// The report as a workbook: every figure of the JSON report in it, sums that a spreadsheet comes to as well, nothing of a submission that it would run.
import { unzipSync, zipSync } from "fflate";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { check } from "../../src/check.ts";
import { decimal, equals, minus, parseDecimal, toText, total } from "../../src/decimal.ts";
import { loadLocale, word } from "../../src/locale.ts";
import type { Finding, Report, ReportTable } from "../../src/model.ts";
import { readInputs } from "../../src/read/read.ts";
import { loadRuleSet } from "../../src/rules/load.ts";
import { annotated } from "../../src/write/annotate.ts";
import { csvCell } from "../../src/write/csv-table.ts";
import { explanationText } from "../../src/write/finding-text.ts";
import { placesText } from "../../src/write/place.ts";
import { reportWorkbook } from "../../src/write/workbook.ts";
import { write } from "../../src/write/write.ts";
import { fixtureReports } from "../cases/fixtures.ts";
import { submissionText } from "../cases/hengyang.ts";
import { converted, office } from "../programs/office.ts";
import { empty, hengyangLike } from "./samples.ts";

const [zh, en] = [loadLocale("zh"), loadLocale("en")];
const reports = (await fixtureReports()).map(({ report }) => report);
const hengyang = reports.find((report) => report.submission.department?.startsWith("衡阳市") === true)!;

const FORMULA = /^(?:SUM\([A-Z]{1,2}\d+:[A-Z]{1,2}\d+\)|ROUND\([A-Z]{1,2}\d+-[A-Z]{1,2}\d+,\d+\)|(?:'[^']+'!)?[A-Z]{1,2}\d+)$/u;
const partsOf = (bytes: Uint8Array): Record<string, string> => Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, new TextDecoder().decode(part)]));
const sheetsOf = (bytes: Uint8Array): string[] => Object.entries(partsOf(bytes)).filter(([name]) => name.startsWith("xl/worksheets/zipingSheet")).map(([, text]) => text);
const formulasOf = (xml: string): string[] => [...xml.matchAll(/<f[^>]*>([^<]*)<\/f>/gu)].map(([, formula]) => formula!);

describe("the workbook of a report", () => {
  it("has the five sheets, filters and heads that stay in sight and stand on every page, on A4 across", () => {
    const parts = partsOf(reportWorkbook([hengyang], zh));
    const workbook = parts["xl/workbook.xml"]!;
    expect([...workbook.matchAll(/<sheet name="([^"]+)"/gu)].map(([, name]) => name)).toEqual(["总览", "得分核对", "问题清单", "规则执行情况", "说明"]);
    for (const [index, xml] of sheetsOf(reportWorkbook([hengyang], zh)).entries()) {
      expect(xml).toContain('paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"');
      if (index === 0) continue;
      expect(xml).toMatch(/<pane ySplit="1"[^>]*state="frozen"\/>.*<autoFilter ref="A1:[A-Z]+\d+"\/>/su);
      expect(workbook).toContain(`<definedName name="_xlnm.Print_Titles" localSheetId="${index}">`);
    }
  });

  it("is the same bytes every time, and written at no time", () => {
    const bytes = reportWorkbook([hengyang], zh);
    expect(Buffer.from(reportWorkbook([hengyang], zh)).equals(Buffer.from(bytes))).toBe(true);
    expect(Buffer.from(bytes).readUInt32LE(10)).toBe(((1 << 5) | 1) << 16);
  });

  it("links to places of its own only, and each scored row that a finding names is its row", () => {
    const parts = partsOf(reportWorkbook([hengyang], zh));
    expect(Object.keys(parts).filter((name) => name.includes("worksheets/_rels"))).toEqual([]);
    const [, scores, list] = sheetsOf(reportWorkbook([hengyang], zh)).map(cellsOf);
    const at = [...list!].find(([, text]) => text === "execution/rate")![0].replace(/\D/gu, "");
    const row = list!.get(`E${at}`)!;
    expect([list!.get(`C${at}`), list!.get(`D${at}`)]).toEqual(["法律援助", "年度资金总额"]);
    expect([scores!.get(`A${row}`), scores!.get(`C${row}`), scores!.get(`G${row}`), scores!.get(`H${row}`)]).toEqual(["法律援助", "预算执行", "8.2", "8.25"]);
    expect(sheetsOf(reportWorkbook([hengyang], zh))[2]).toContain(`<hyperlink ref="E${at}" location="'得分核对'!C${row}"/>`);
  });

  it("keeps a number of more than 15 digits as text, and its sum with it", () => {
    const long = "1234567890123.4567";
    const [row] = hengyangLike.tables[0]!.ledger;
    const table: ReportTable = { ...hengyangLike.tables[0]!, ledger: [{ ...row!, weight: long }, { ...row!, weight: "0.1" }] };
    const xml = sheetsOf(reportWorkbook([{ ...hengyangLike, tables: [table] }], zh))[1]!;
    expect(cellsOf(xml).get("F2")).toBe(long);
    expect(cellsOf(xml).get("F4")).toBe("1234567890123.5567");
    expect(xml).not.toContain("SUM(F");
    expect(xml).toContain("SUM(G2:G3)");
  });

  it("leads every row with department and year where there are several submissions", () => {
    const [, scores, list, rules] = sheetsOf(reportWorkbook(reports.slice(0, 2), zh)).map(cellsOf);
    for (const sheet of [scores!, list!, rules!]) expect([sheet.get("A1"), sheet.get("B1"), sheet.get("A2"), sheet.get("B2")]).toEqual(["单位", "年度", reports[0]!.submission.department, reports[0]!.submission.year]);
  });

  it("is made of words in both languages, whatever the report holds", () => {
    const keys = [zh, en].map((locale) => Object.keys(locale.sections.get("workbook")!));
    expect(keys[0]).toEqual(keys[1]);
    for (const locale of [zh, en]) for (const some of [[], [empty], [hengyangLike], [hengyangLike, empty], reports]) {
      for (const xml of sheetsOf(reportWorkbook(some, locale))) expect([...cellsOf(xml).values()].filter((text) => /\{[a-z]+\}|^(?:sheet|overview|scores|findings|rules|notes|guide|part|outcome|verdict|kind)\.[a-z]/iu.test(text))).toEqual([]);
    }
  });

  it("has no formula but sums, differences and references of our own, each with the value that stands in the report", () => {
    const [overview, scores] = sheetsOf(reportWorkbook(reports, zh));
    expect(formulasOf(scores!).length).toBeGreaterThan(100);
    for (const formula of [overview!, scores!].flatMap(formulasOf)) expect(formula).toMatch(FORMULA);
    const totals = [...scores!.matchAll(/<f>SUM\(J\d+:J\d+\)<\/f><v>([^<]+)<\/v>/gu)].map(([, value]) => value);
    expect(totals).toEqual(reports.flatMap(({ tables }) => tables).flatMap(({ recomputed, ledger }) => (recomputed.score === null || ledger.length === 0 ? [] : [toText(decimal(recomputed.score))])));
  });
});

describe.skipIf(office === null)("the workbook in a spreadsheet (needs LibreOffice)", () => {
  it("shows the figures and texts of all fixtures' reports, with sums that it works out itself", { timeout: 240_000 }, () => {
    const shown = opened(withoutValues(reportWorkbook(reports, zh)));
    const tables = reports.flatMap((report) => report.tables.map((table) => ({ report, table })));
    compareScores(shown.get("得分核对")!, tables);
    compareOverview(shown.get("总览")!, tables);
    compareFindings(shown.get("问题清单")!, reports);
    compareRules(shown.get("规则执行情况")!, reports);
    const notes = shown.get("说明")!.map(({ 内容 }) => 内容).join("\n");
    for (const { input, ruleSet } of reports) for (const text of [ruleSet.digest, ...input.files.map(({ sha256 }) => sha256), ...input.remarks.map(({ message }) => message)]) expect(notes).toContain(text);
  });

  it("is one of words in English too, with the same figures", { timeout: 240_000 }, () => {
    const shown = opened(reportWorkbook([hengyang], en));
    expect([...shown.keys()]).toEqual(["Findings", "Notes", "Overview", "Rules", "Scores"]);
    expect(shown.get("Findings")!.map((row) => row["Finding id"]).sort()).toEqual(hengyang.findings.map(({ id }) => id).sort());
    expect(shown.get("Scores")!.find((row) => row["Table"] === "法律援助" && row["Indicator"] === "Sum")).toMatchObject({ Weight: "100.00", Claimed: "98.20", Recomputed: "98.25", Difference: "+0.05" });
  });
});

describe.each(["=cmd|' /C calc'!A0", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0", "\t=1+1", "\r=1+1", "＝1+1", ' =HYPERLINK("http://example.com")'])("a submission whose texts begin with %j", (evil) => {
  it("gives a workbook and a CSV in which nothing of it is a formula", { timeout: 60_000 }, async () => {
    for (const numbersToo of [false, true]) {
      const report = await checked(JSON.stringify(poisoned(JSON.parse(submissionText), evil, numbersToo)));
      const xml = sheetsOf(reportWorkbook([report], zh)).join("");
      expect(report.findings.length).toBeGreaterThan(10);
      expect(xml).toContain(evil.trim().replaceAll('"', "&quot;"));
      for (const formula of formulasOf(xml)) expect(formula).toMatch(FORMULA);
      expect(xml).not.toMatch(/<c [^>]*t="(?:str|e|b)"|<hyperlink [^>]*r:id/u);
      const cells = parsed((await write("csv", [report], { locale: zh, bom: false })) as string).flat();
      expect(cells.filter((text) => /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(text) && !/^-?\d+(?:\.\d+)?%?$/u.test(text))).toEqual([]);
    }
  });
});

it("the copy of a workbook with such texts has the formulas that it had, and our own", async () => {
  const original = new Uint8Array(readFileSync(new URL("../../fixtures/hengyang-2023/forms/forms.xlsx", import.meta.url)));
  const names = (JSON.parse(submissionText) as { tables: { indicators: { name: string }[] }[] }).tables.flatMap(({ indicators }) => indicators.map(({ name }) => name));
  const evil = Object.fromEntries(Object.entries(partsOf(original)).map(([name, text]) => [name, new TextEncoder().encode(names.reduce((all, one) => all.replaceAll(`>${one}<`, `>=cmd|' /C calc'!A0${one}<`), text))]));
  const bytes = zipSync(evil);
  const { submissions } = await readInputs([{ name: "a.xlsx", bytes }]);
  const copy = annotated(bytes, "a.xlsx", [await check(submissions[0]!, await loadRuleSet("hunan"), {})], zh);
  expect(sheetsOf(copy).join("")).toContain("=cmd|' /C calc'!A0");
  for (const formula of sheetsOf(copy).flatMap(formulasOf)) expect(formula).toMatch(FORMULA);
  const before = partsOf(bytes);
  for (const [name, text] of Object.entries(partsOf(copy)).filter(([part]) => part in before)) expect(formulasOf(text)).toEqual(formulasOf(before[name]!));
});

describe.skipIf(office === null)("texts that look like formulas in a spreadsheet (needs LibreOffice)", () => {
  it("it takes none of them for one, and those of our own for what they are", { timeout: 240_000 }, async () => {
    const report = await checked(JSON.stringify(poisoned(JSON.parse(submissionText), "=cmd|' /C calc'!A0", false)));
    const bytes = reportWorkbook([report], zh);
    const formulas = (name: string, data: Uint8Array | string): number => [...converted(name, data, "fods").values()][0]!.toString("utf8").match(/table:formula=/gu)?.length ?? 0;
    expect(formulas("a.xlsx", bytes)).toBe(sheetsOf(bytes).flatMap(formulasOf).length);
    expect(formulas("b.csv", "=1+1\r\n")).toBe(1);
    expect(formulas("a.csv", (await write("csv", [report], { locale: zh })) as string)).toBe(0);
  });
});

it("CSV texts that only look harmless are told to be text, plain signed numbers stay numbers", () => {
  for (const text of [" =1+1", "\n=1+1", "＝1+1", "＋1", "－1+1", "＠x", "-2.50万元", "-x"]) expect(csvCell(text).replace(/^"/u, "")).toMatch(/^'/u);
  for (const text of ["-2.50", "+0.05", "-3%", "甲=乙"]) expect(csvCell(text)).toBe(text);
});

type Row = Record<string, string>;

function compareScores(rows: Row[], tables: { report: Report; table: ReportTable }[]): void {
  let at = 0;
  for (const { report, table } of tables) {
    const named = { 单位: report.submission.department ?? "（未填单位名称）", 年度: report.submission.year ?? "（未填）" };
    for (const row of table.ledger) {
      const shown = rows[at++]!;
      expect(shown).toMatchObject({ ...named, 指标: row.subject === "execution" ? "预算执行" : row.subject, 由人判断: row.judged ? "是" : "" });
      for (const [column, value] of [["分值", row.weight], ["自评", row.claimed], ["复核", row.recomputed]] as const) sameNumber(shown[column]!, value);
      sameNumber(shown["差异"]!, changed(row.claimed, row.recomputed));
    }
    if (table.ledger.length === 0) continue;
    const sum = rows[at++]!;
    expect(sum).toMatchObject({ ...named, 指标: "合计" });
    sameNumber(sum["分值"]!, summed(table.ledger.map((row) => row.weight)));
    sameNumber(sum["自评"]!, summed(table.ledger.map((row) => row.claimed)));
    sameNumber(sum["复核"]!, table.recomputed.score);
    if (table.claimed.score === null) continue;
    const printed = rows[at++]!;
    expect(printed["指标"]).toBe("表上填报的总分");
    sameNumber(printed["自评"]!, table.claimed.score);
    sameNumber(printed["差异"]!, changed(table.claimed.score, table.recomputed.score));
  }
  expect(rows).toHaveLength(at);
}

function compareOverview(rows: Row[], tables: { table: ReportTable }[]): void {
  const lines = rows.map((row) => Object.values(row));
  const head = lines.findIndex((line) => line.includes("自评得分"));
  const column = (name: string): number => lines[head]!.indexOf(name);
  for (const [index, { table }] of tables.entries()) {
    const line = lines[head + 1 + index]!;
    expect(line[column("评价表")]).toBe(table.name === "" ? word(zh, "interface", `kind.${table.kind}`) : table.name);
    sameNumber(line[column("自评得分")]!, table.claimed.score);
    sameNumber(line[column("复核得分")]!, table.recomputed.score);
    sameNumber(line[column("差异")]!, changed(table.claimed.score, table.recomputed.score));
    expect([line[column("自评等级")], line[column("复核等级")]]).toEqual([table.claimed.grade ?? "—", table.recomputed.grade ?? "—"]);
  }
  const counts = lines.slice(0, head).find((line) => line[0] === "合计")!;
  expect(counts.slice(3, 9)).toEqual((["mustFix", "explain", "note", "cannotTell", "explained", "waived"] as const).map((kind) => String(reports.reduce((sum, report) => sum + report.counts[kind], 0))));
}

function compareFindings(rows: Row[], all: Report[]): void {
  expect(rows).toHaveLength(all.reduce((sum, { findings }) => sum + findings.length, 0));
  let from = 0;
  for (const { findings, submission } of all) {
    const own = rows.slice(from, (from += findings.length));
    for (const finding of findings) {
      const row = own.find(({ 问题编号 }) => 问题编号 === finding.id)!;
      expect(row).toMatchObject(expectedRow(finding, submission.department ?? ""));
      for (const [column, text] of [["填报", finding.observed], ["应为", finding.expected], ["差异", finding.difference]] as const) expect(row[column]!.trim()).toBe((text ?? "").trim());
      sameNumber(row["涉及得分"] === "" ? "—" : row["涉及得分"]!, finding.points ?? null);
    }
  }
}

function expectedRow(finding: Finding, department: string): Row {
  return {
    类别: word(zh, "interface", `part.${finding.severity}`), 状态: word(zh, "interface", `outcome.${finding.outcome}`), 评价表: finding.table ?? department, 对象: finding.subjectName, 问题: finding.title,
    情况: finding.message, 怎么改: finding.remedy, 怎么错的: finding.diagnosisText ?? "", 位置: placesText(finding.at, zh), 说明或豁免: explanationText(finding, zh), 规则编号: finding.rule,
    依据: finding.basis.map(({ document, clause }) => (clause === undefined ? document : `${document} ${clause}`)).join("、"),
  };
}

function compareRules(rows: Row[], all: Report[]): void {
  const lines = all.flatMap(({ rules }) => rules);
  expect(rows.slice(0, -1).map(({ 规则编号, 通过, 未通过, 已说明, 已豁免, 无法判定, 规则出错, 不适用 }) => [规则编号, 通过, 未通过, 已说明, 已豁免, 无法判定, 规则出错, 不适用]))
    .toEqual(lines.map((line) => [line.rule, ...[line.pass, line.fail, line.explained, line.waived, line.cannotTell, line.error, line.notApplicable].map(String)]));
  expect(rows.at(-1)).toMatchObject({ 规则: "合计", 通过: String(lines.reduce((sum, { pass }) => sum + pass, 0)), 未通过: String(lines.reduce((sum, { fail }) => sum + fail, 0)) });
}

/** What is shown is that number, or a dash (or that it is open) where there is none. */
function sameNumber(shown: string, value: string | null): void {
  if (value === null) {
    expect(["—", "待定"]).toContain(shown);
    return;
  }
  const number = parseDecimal(shown);
  expect(number !== null && equals(number, decimal(value)), `${shown} for ${value}`).toBe(true);
}

const changed = (from: string | null, to: string | null): string | null => (from === null || to === null ? null : toText(minus(decimal(to), decimal(from))));

function summed(values: (string | null)[]): string | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : toText(total(known.map(decimal)));
}

/** The same workbook without the values that stand beside formulas: whoever shows them has worked them out. */
function withoutValues(bytes: Uint8Array): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(partsOf(bytes)).map(([name, text]) => [name, new TextEncoder().encode(text.replaceAll(/(<\/f>)<v>[^<]*<\/v>/gu, "$1"))])));
}

/** Every sheet as LibreOffice shows it, its rows by the heads of the columns; the overview has no heads, its columns are numbered. */
function opened(bytes: Uint8Array): Map<string, Row[]> {
  const files = converted("a.xlsx", bytes, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1");
  return new Map([...files].map(([file, text]) => {
    const name = /^a-(.*)\.csv$/u.exec(file)![1]!;
    const [head, ...rows] = parsed(text.toString("utf8"));
    const byHead = (row: string[]): Row => Object.fromEntries(head!.map((column, at) => [column, row[at] ?? ""]));
    return [name, name === "总览" ? [head!, ...rows].map((row) => Object.fromEntries(row.map((cell, at) => [`c${at}`, cell]))) : rows.map(byHead)];
  }));
}

function parsed(text: string): string[][] {
  const rows: string[][] = [];
  for (let at = 0, row: string[] = []; at < text.length;) {
    const match = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|$)/uy;
    match.lastIndex = at;
    const [all, quoted, plain, end] = match.exec(text)!;
    row.push(quoted?.replaceAll('""', '"') ?? plain!);
    at += all.length;
    if (end !== ",") rows.push(row.splice(0));
  }
  return rows;
}

/** Cells of a sheet's XML by their addresses. */
function cellsOf(xml: string): Map<string, string> {
  return new Map([...xml.matchAll(/<c r="([A-Z]+\d+)"[^>]*?(?:\/>|>(.*?)<\/c>)/gsu)].map(([, at, inner]) => [at!, /<t [^>]*>([^<]*)<\/t>/u.exec(inner ?? "")?.[1] ?? /<v>([^<]*)<\/v>/u.exec(inner ?? "")?.[1] ?? ""]));
}

async function checked(text: string): Promise<Report> {
  const { submissions } = await readInputs([{ name: "submission.json", bytes: Buffer.from(text) }]);
  return check(submissions[0]!, await loadRuleSet("hunan"), {});
}

/** What the format itself names stays; every other text begins with the given one, numerals too if asked. */
function poisoned(value: unknown, evil: string, numbersToo: boolean, key = ""): unknown {
  const kept = ["format", "kind", "year", "moneyUnit", "ruleSet", "item", "column", "claims", "scope", "direction", "about"];
  if (Array.isArray(value)) return value.map((each) => poisoned(each, evil, numbersToo, key));
  if (typeof value === "object" && value !== null) return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, kept.includes(name) || (name === "source" && typeof each === "string") ? each : poisoned(each, evil, numbersToo, name)]));
  if (typeof value !== "string" || (!numbersToo && /^[\d.,%]*$/u.test(value))) return value;
  return evil + value;
}

