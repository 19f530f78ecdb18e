// The bureau's summary as a person gets it: every department in each format, the page in a browser, the workbook in a spreadsheet.
import { readFileSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import { LANGUAGES, loadLocale } from "../../src/locale.ts";
import type { Report } from "../../src/model.ts";
import { checkShape } from "../../src/schema.ts";
import { addReport, emptySummary, finish, summaryOf, type Summary } from "../../src/summary.ts";
import { summaryWriters } from "../../src/write/bureau.ts";
import { summaryPage } from "../../src/write/bureau/html.ts";
import { summaryTerminal } from "../../src/write/bureau/terminal.ts";
import { summaryWorkbook } from "../../src/write/bureau/xlsx.ts";
import { bureauReports } from "../cases/bureau.ts";
import { browserPath, launchBrowser } from "../programs/browser.ts";
import { converted, office } from "../programs/office.ts";
import { hengyangLike } from "./samples.ts";

const zh = loadLocale("zh");
const COUNT = 12;
const reports = await bureauReports(COUNT);
const summary = finish(reports.reduce((state, report, at) => addReport(state, report, { file: `报告 &/${String(at)}.html`, anchor: null }), emptySummary(zh)));
const written = (format: string, of: Summary, lang: "zh" | "en" = "zh", verbose = false): string | Uint8Array => [summaryTerminal, summaryPage, summaryWorkbook, ...summaryWriters].find((writer) => writer.format === format)!.write(of, { locale: loadLocale(lang), verbose }) as string | Uint8Array;
const text = (format: string, of: Summary = summary, lang: "zh" | "en" = "zh", verbose = false): string => String(written(format, of, lang, verbose));
const partsOf = (of: Summary): Record<string, string> => Object.fromEntries(Object.entries(unzipSync(written("xlsx", of) as Uint8Array)).map(([name, bytes]) => [name, Buffer.from(bytes).toString("utf8")]));

const HOSTILE = `=cmd|'/c calc'!A1`;
const hostile: Report = {
  ...hengyangLike, submission: { ...hengyangLike.submission, department: HOSTILE },
  tables: hengyangLike.tables.map((table) => ({ ...table, name: `+${HOSTILE}`, claimed: { ...table.claimed, grade: `-${HOSTILE}` } })),
  findings: hengyangLike.findings.map((finding) => ({ ...finding, rule: `portfolio/own-${finding.id}`, category: "portfolio", title: `@${HOSTILE}`, message: HOSTILE, table: HOSTILE })),
  input: { ...hengyangLike.input, remarks: [{ kind: "problem", code: "x", message: HOSTILE, at: { file: HOSTILE } }] },
};

describe("every format", () => {
  it.each(["terminal", "html", "json"])("%s names every department and has no word missing", (format) => {
    for (const lang of LANGUAGES) {
      const shown = text(format, summary, lang);
      for (const { department } of summary.departments) expect(shown).toContain(department);
      expect(shown).not.toMatch(/\{[a-z]\w*\}/);
      // A word that is missing stands there as its key.
      if (format !== "json") expect(shown).not.toMatch(/(?<![\w./-])(?:title|section|short|sum|totals|rules|dist|band|grade|outliers|side|portfolio|unread|filter|speaker|summary|part|outcome)\.[a-z]\w*/);
    }
  });

  it("says what there is where nothing could be checked", () => {
    const nothing = summaryOf([], [{ department: null, year: null, file: "坏.pdf", at: null, message: "坏.pdf：打不开。" }], zh);
    for (const format of ["terminal", "html", "json"]) expect(text(format, nothing)).toContain("坏.pdf：打不开。");
    expect((written("xlsx", nothing) as Uint8Array).length).toBeGreaterThan(1000);
  });

  it("has its words in both languages, with the same placeholders", () => {
    const words = (lang: string): Record<string, string> => JSON.parse(readFileSync(new URL(`../../rules/locales/${lang}/bureau.json`, import.meta.url), "utf8")) as Record<string, string>;
    const places = (sentence: string): string[] => [...new Set([...sentence.matchAll(/\{(\w+)\}/g)].map(([whole]) => whole))].sort();
    expect(Object.keys(words("en"))).toEqual(Object.keys(words("zh")));
    for (const [key, sentence] of Object.entries(words("zh"))) expect([key, places(words("en")[key]!)]).toEqual([key, places(sentence)]);
  });
});

describe("the terminal", () => {
  it("lines columns up, Chinese signs counting two", () => {
    const lines = text("terminal").split("\n");
    const from = lines.indexOf("各单位情况");
    const table = lines.slice(from + 1, from + 2 + summary.departments.length);
    const wide = (line: string): number => Array.from(line).reduce((sum, sign) => sum + (/[\u2E80-\u9FFF\uFF00-\uFFEF]/u.test(sign) ? 2 : 1), 0);
    expect(new Set(table.map(wide)).size).toBe(1);
    expect(Math.max(...lines.map(wide))).toBeLessThanOrEqual(80);
  });

  it("lets no text of others steer the screen", () => {
    const steered = { ...hostile, submission: { ...hostile.submission, department: "甲\u001B[2J局\u202E" } };
    expect(text("terminal", summaryOf([steered], [], zh), "zh", true)).not.toMatch(/(?!\n)\p{Cc}|\p{Cf}/u);
  });
});

describe("json", () => {
  it("is the summary, in the shape of its schema", () => {
    const schema = JSON.parse(readFileSync(new URL("../../rules/schema/summary.schema.json", import.meta.url), "utf8")) as object;
    expect(JSON.parse(text("json"))).toEqual(summary);
    expect(checkShape(schema, JSON.parse(text("json", summaryOf([hostile], [], zh))))).toEqual([]);
  });
});

describe("the workbook", () => {
  const parts = partsOf(summary);
  const departments = parts["xl/worksheets/zipingSheet2.xml"]!;

  it("has a head that stays, a filter and one row a department", () => {
    expect(departments).toContain('state="frozen"');
    expect(departments).toMatch(new RegExp(`<autoFilter ref="A1:[A-Z]+${COUNT + 1}"/>`));
    expect(departments.match(/<row /g)).toHaveLength(COUNT + 2);
  });

  it("adds up with formulas that follow the filter, beside the exact sums", () => {
    for (const count of [summary.totals.counts.mustFix, summary.totals.open, summary.totals.tables.count]) expect(departments).toMatch(new RegExp(`<f>SUBTOTAL\\(109,[A-Z]+2:[A-Z]+${COUNT + 1}\\)</f><v>${count}</v>`));
    expect(departments).toMatch(/<f>ROUND\(SUBTOTAL\(109,/);
  });

  it("leads to the reports beside it", () => {
    const links = parts["xl/worksheets/_rels/zipingSheet2.xml.rels"]!;
    expect(links.match(/TargetMode="External"/g)).toHaveLength(COUNT);
    expect(links).toContain(`Target="${encodeURIComponent("报告 &")}/0.html"`);
  });

  it("has no formula but its own, whatever others wrote", () => {
    const all = Object.values(partsOf(summaryOf([hostile, hostile], [{ department: HOSTILE, year: null, file: HOSTILE, at: null, message: HOSTILE }], zh)));
    const formulas = all.flatMap((part) => [...part.matchAll(/<f>([^<]*)<\/f>/g)].map(([, formula = ""]) => formula));
    expect(formulas.filter((formula) => !/^(?:SUBTOTAL\(109,[A-Z]+\d+:[A-Z]+\d+\)|ROUND\(SUBTOTAL\(109,[A-Z]+\d+:[A-Z]+\d+\),6\)|ROUND\([A-Z]+\d+-[A-Z]+\d+,\d+\)|SUM\([^)]*\)|[A-Z]+\d+\/[A-Z]+\d+)$/.test(formula))).toEqual([]);
    expect(all.join("")).toContain("cmd|");
  });

  it("is the same bytes every time", () => {
    expect(Buffer.from(written("xlsx", summary)).equals(Buffer.from(written("xlsx", summary)))).toBe(true);
  });
});

describe.skipIf(office === null)("the workbook in a spreadsheet (needs LibreOffice)", () => {
  it("shows departments and totals as the summary has them, computed anew", () => {
    const sheets = converted("汇总.xlsx", written("xlsx", summary), "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1");
    const rows = [...sheets].find(([name]) => name.includes("各单位情况"))![1].toString("utf8").trim().split("\n").map((line) => line.split(","));
    expect(rows).toHaveLength(COUNT + 2);
    const heads = rows[0]!;
    const at = (row: string[], head: string): string => row[heads.indexOf(head)]!;
    for (const [index, { department, score, counts }] of summary.departments.entries()) {
      const row = rows[index + 1]!;
      expect([at(row, "单位"), at(row, "必须更正")]).toEqual([department, String(counts.mustFix)]);
      if (score?.change !== null && score !== null) expect(Number(at(row, "差异"))).toBe(Number(score.change));
    }
    const sums = rows.at(-1)!;
    const { totals } = summary;
    expect([at(sums, "必须更正"), at(sums, "未处理"), at(sums, "各表自评合计"), at(sums, "各表复核合计")]).toEqual([String(totals.counts.mustFix), String(totals.open), totals.tables.claimed, totals.tables.recomputed]);
  });
});

describe("the page", () => {
  it("names no address outside itself but the reports, and shows what others wrote as text", () => {
    const page = text("html");
    expect(page).not.toMatch(/(?:src|href)="(?!#|%E6%8A%A5%E5%91%8A%20%26\/\d+\.html")|url\(|@import|https?:/);
    const others = text("html", summaryOf([{ ...hostile, submission: { ...hostile.submission, department: "<img src=x onerror=alert(1)>" } }], [], zh));
    expect(others).not.toContain("<img");
    expect(others.match(/<script>/g)).toHaveLength(1);
  });
});

describe.skipIf(browserPath === null)("the page in a browser (needs Chromium)", () => {
  let browser: Browser;
  const file = join(mkdtempSync(join(tmpdir(), "ziping-bureau-")), "汇总.html");
  beforeAll(async () => {
    writeFileSync(file, text("html"));
    browser = await launchBrowser();
  });
  afterAll(async () => { await browser.close(); });

  const opened = async (options: { width: number; scheme: "light" | "dark" }): Promise<{ page: Page; wrong: string[] }> => {
    const context = await browser.newContext({ viewport: { width: options.width, height: 900 }, colorScheme: options.scheme });
    const page = await context.newPage();
    const wrong: string[] = [];
    page.on("console", (message) => { if (message.type() === "error" || message.type() === "warning") wrong.push(message.text()); });
    page.on("pageerror", (error) => wrong.push(error.message));
    page.on("request", (request) => { if (!request.url().startsWith("file:")) wrong.push(request.url()); });
    await page.goto(`file://${encodeURI(file)}`);
    return { page, wrong };
  };

  it.each([[390, "light"], [390, "dark"], [1440, "light"], [1440, "dark"]] as const)("%i px, %s: nothing is wrong, nothing leaves, nothing sticks out, and it can be read by anyone", async (width, scheme) => {
    const { page, wrong } = await opened({ width, scheme });
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    expect(wrong).toEqual([]);
    await page.context().close();
  }, 120_000);

  it("filters and sorts the departments", async () => {
    const { page } = await opened({ width: 1440, scheme: "light" });
    const rows = page.locator("#departments tbody tr:visible");
    expect(await rows.count()).toBe(COUNT);
    await page.fill("#words", "甲003");
    expect(await rows.count()).toBe(1);
    await page.click("button[type=reset]");
    await page.selectOption("#verdict", "return");
    expect(await rows.count()).toBe(summary.distributions.verdicts.return);
    await page.selectOption("#verdict", "");
    await page.selectOption("#having", "mustFix");
    expect(await rows.count()).toBe(summary.departments.filter(({ counts }) => counts.mustFix > 0).length);
    await page.selectOption("#having", "");
    const head = page.locator("#departments thead th", { hasText: "必须更正" });
    const column = 1 + await head.evaluate((cell) => (cell as unknown as { cellIndex: number }).cellIndex);
    const numbers = async (): Promise<number[]> => (await page.locator(`#departments tbody tr > :nth-child(${column})`).allInnerTexts()).map(Number);
    const expected = summary.departments.map(({ counts }) => counts.mustFix);
    await head.locator("button").press("Enter");
    expect(await numbers()).toEqual([...expected].sort((a, b) => b - a));
    await head.locator("button").press("Enter");
    expect(await numbers()).toEqual([...expected].sort((a, b) => a - b));
    expect(await head.getAttribute("aria-sort")).toBe("ascending");
    await page.context().close();
  });
});
