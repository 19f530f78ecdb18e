// Every page as a person has it: opened from a file in Chromium, light and dark, wide and narrow, by keyboard, on paper, by a screen reader.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LANGUAGES, loadLocale } from "../../src/locale.ts";
import type { Report } from "../../src/model.ts";
import { partOf } from "../../src/write/select.ts";
import { write } from "../../src/write/write.ts";
import { fixtureReports } from "../cases/fixtures.ts";
import { browserPath, launchBrowser } from "../programs/browser.ts";
import { straining } from "./html-reports.ts";

const SIZES = [{ width: 1440, height: 900 }, { width: 390, height: 844 }];
/** Asked by the clock: a page that nobody looks at may be drawn rarely or never, and by frames nothing would be asked of it. */
const OFTEN = { polling: 100 };
/** The width of A4 between its margins, at 96 pixels an inch. */
const A4 = { width: 688, height: 1000 };

describe.skipIf(browserPath === null)("the page in a browser (needs Chromium)", async () => {
  const fixtures = browserPath === null ? [] : await fixtureReports();
  const pages = [...fixtures.map(({ name, report }) => [name, [report]] as const), ...Object.entries(straining)];
  const folder = mkdtempSync(join(tmpdir(), "ziping-page-"));
  const said: string[] = [];
  const asked: string[] = [];
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    browser = await launchBrowser();
    context = await browser.newContext();
    page = await context.newPage();
    page.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => said.push(error.message));
    page.on("dialog", (dialog) => { said.push(dialog.message()); void dialog.dismiss(); });
    page.on("request", (request) => asked.push(request.url()));
    await context.route("**/*", (route) => (route.request().url().startsWith("file:") ? route.continue() : route.abort()));
  });

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(reports: readonly Report[], lang: "zh" | "en" = "zh"): Promise<string> {
    const path = join(folder, `${lang}.html`);
    writeFileSync(path, String(await write("html", reports, { locale: loadLocale(lang) })));
    said.length = asked.length = 0;
    await page.emulateMedia({ media: "screen", colorScheme: "light" });
    await page.goto(pathToFileURL(path).href);
    return pathToFileURL(path).href;
  }

  const overflow = (): Promise<number> => page.evaluate("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth");
  const visible = (): Promise<number> => page.locator("article.finding:visible").count();
  const focused = (): Promise<string> => page.evaluate("document.activeElement.id || document.activeElement.className || document.activeElement.type || ''");

  async function violations(rules?: readonly string[]): Promise<string[]> {
    const builder = new AxeBuilder({ page }).setLegacyMode(true);
    const { violations: found } = await (rules === undefined ? builder : builder.withRules([...rules])).analyze();
    return found.flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ html, failureSummary = "" }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`));
  }

  async function tabTo(id: string): Promise<void> {
    for (let steps = 0; steps < 200 && (await focused()) !== id; steps++) await page.keyboard.press("Tab");
    expect(await focused()).toBe(id);
  }

  describe.each(pages)("of %s", (name, reports) => {
    it.each(LANGUAGES)("says nothing to the console, asks for nothing, and fits wide and narrow screens (%s)", async (lang) => {
      const url = await open(reports, lang);
      for (const size of SIZES) {
        await page.setViewportSize(size);
        expect(await overflow(), `${String(size.width)} px`).toBe(0);
      }
      await page.emulateMedia({ colorScheme: "dark" });
      expect(await overflow(), "dark").toBe(0);
      expect(await page.title()).not.toBe("run");
      expect(asked).toEqual([url]);
      expect(said).toEqual([]);
    });

    // One submission in five formats is one page five times.
    it.skipIf(/ (?:csv|xlsx|docx|pdf)$/.test(name))("has nothing that axe finds fault with, light or dark", async () => {
      await open(reports, name === "hengyang-2023" ? "en" : "zh");
      await page.setViewportSize({ width: 1280, height: 900 });
      expect(await violations(), "light").toEqual([]);
      await page.emulateMedia({ colorScheme: "dark" });
      expect(await violations(["color-contrast"]), "dark").toEqual([]);
    }, 150_000);

    it("leads every link to something that it shows", async () => {
      await open(reports);
      expect(await page.evaluate(`[...document.querySelectorAll("a")].map((a) => a.getAttribute("href")).filter((href) => !href.startsWith("#") || document.getElementById(href.slice(1)) === null)`)).toEqual([]);
      for (const hash of await page.evaluate<string[]>(`[...new Set([...document.querySelectorAll("a")].map((a) => a.hash))].filter((_, at, all) => at % Math.ceil(all.length / 6) === 0)`)) {
        await page.evaluate((to) => { (globalThis as unknown as { location: { hash: string } }).location.hash = to; }, hash);
        await page.waitForFunction(`document.activeElement.id === ${JSON.stringify(hash.slice(1))}`, undefined, OFTEN);
        const target = page.locator(`[id="${hash.slice(1)}"]`);
        expect(await target.isVisible(), hash).toBe(true);
        expect(await target.evaluate((element) => { const { top, bottom } = (element as unknown as { getBoundingClientRect: () => { top: number; bottom: number } }).getBoundingClientRect(); return bottom > 0 && top < (globalThis as unknown as { innerHeight: number }).innerHeight; }), hash).toBe(true);
      }
    });

    it("hides nothing on paper and fits A4", async () => {
      await open(reports);
      const count = reports.reduce((sum, { findings }) => sum + findings.length, 0);
      if (count > 0) await page.fill("#words", "没有这样的词");
      expect(await visible()).toBe(0);
      await page.emulateMedia({ media: "print" });
      await page.setViewportSize(A4);
      expect(await visible()).toBe(count);
      expect(await page.locator("details td:visible").count()).toBe(await page.locator("details td").count());
      expect(await overflow()).toBe(0);
      expect(await page.evaluate(`[...document.querySelectorAll("table")].filter((table) => table.getBoundingClientRect().right > ${String(A4.width + 1)}).map((table) => table.className)`)).toEqual([]);
    });
  });

  it("is filtered and searched by keyboard alone, and says how many findings it shows", async () => {
    const report = fixtures.find(({ name }) => name === "hengyang-2023")?.report;
    if (report === undefined) throw new Error("no fixture");
    await open([report]);
    const total = report.findings.length;
    const shows = async (count: number): Promise<void> => {
      await page.waitForFunction((text) => (globalThis as unknown as { document: { getElementById: (id: string) => { textContent: string } } }).document.getElementById("shown").textContent === text, `显示 ${String(count)} 处，共 ${String(total)} 处`, OFTEN);
      expect(await visible()).toBe(count);
      expect(await page.locator(".kind:visible:not(:has(article:visible)), .group:visible:not(:has(article:visible))").count()).toBe(0);
    };
    await shows(total);
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("skip");
    await page.keyboard.press("Enter");
    await tabTo("words");
    await page.keyboard.type("EXECUTION/Rate");
    await shows(report.findings.filter(({ rule }) => rule.includes("execution/rate")).length);
    await tabTo("part");
    await page.keyboard.type("提示");
    await shows(0);
    expect(await page.locator("#nothing").isVisible()).toBe(true);
    await tabTo("reset");
    await page.keyboard.press("Enter");
    await shows(total);
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("ArrowDown");
    await shows(report.findings.filter((finding) => partOf(finding) === "must-fix").length);
    await tabTo("table");
    await page.keyboard.type("普法");
    await shows(report.findings.filter((finding) => partOf(finding) === "must-fix" && finding.table === "普法宣传").length);
  });

  it("shows a finding that a link leads to although the filter hid it", async () => {
    const report = fixtures.find(({ name }) => name === "hengyang-2023")?.report;
    if (report === undefined) throw new Error("no fixture");
    await open([report]);
    await page.fill("#words", "没有这样的词");
    expect(await visible()).toBe(0);
    await page.click("ol.fixes a >> nth=0");
    await page.waitForFunction("document.activeElement.tagName === 'ARTICLE'", undefined, OFTEN);
    expect(await visible()).toBe(report.findings.length);
  });

  it("prints every finding's sentence and every rule on pages of A4", async () => {
    const report = fixtures.find(({ name }) => name === "hengyang-2023")?.report;
    if (report === undefined) throw new Error("no fixture");
    await open([report]);
    await page.emulateMedia({ media: null });
    const pdf = await getDocument({ data: new Uint8Array(await page.pdf({ preferCSSPageSize: true })), verbosity: 0 }).promise;
    let text = "";
    for (let number = 1; number <= pdf.numPages; number++) {
      const sheet = await pdf.getPage(number);
      expect(sheet.view.map(Math.round)).toEqual([0, 0, 595, 842]);
      text += (await sheet.getTextContent()).items.map((item) => ("str" in item ? item.str : "")).join("");
    }
    const squashed = text.normalize("NFKC").replaceAll(/\s/gu, "");
    for (const { rule } of report.rules) expect(squashed).toContain(rule);
    for (const { message } of report.findings) expect(squashed).toMatch(printed(message));
  });
});

/** A PDF's text names some characters by radicals that look the same. */
function printed(text: string): RegExp {
  return new RegExp(text.normalize("NFKC").replaceAll(/\s/gu, "").replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&").replaceAll(/\p{Script=Han}/gu, "[$&\u2E80-\u2EFF]"), "u");
}
