// The self-check as a clerk uses it, in Chromium, before the real service: dropped, corrected in the page, downloaded; nothing is stored.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Download, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { check, loadRuleSet, read, type Submission } from "../../src/index.ts";
import { axe, missing, servePages, type Pages } from "./pages.ts";

const FIXTURES = fileURLToPath(new URL("../../fixtures/", import.meta.url));
/** 1 must be corrected (94% of ≥95% given full points), 5 want a reason; recomputed 8.80 + 10 + 7.50 + 10 + 9.89 + 10 + 15 + 15 + 10. */
const FORM = `${FIXTURES}central-form-with-deviations/submission.json`;
const ACTUAL = "/tables/0/indicators/3/actual";

vi.setConfig({ testTimeout: 400_000 });

describe.skipIf(missing !== null)("the self-check page", () => {
  let pages: Pages;
  beforeAll(async () => { pages = await servePages(); }, 400_000);
  afterAll(async () => { await pages.close(); });

  const count = async (page: Page, part: string): Promise<string> => (await page.locator(`[data-count="${part}"] b`).innerText()).trim();
  const cell = (page: Page, pointer: string): ReturnType<Page["locator"]> => page.locator(`[data-pointer="${pointer}"]`);
  const bytesOf = async (download: Download): Promise<Buffer> => readFileSync(await download.path());
  const pick = async (page: Page, ...files: string[]): Promise<void> => {
    await page.setInputFiles("[data-files]", files);
    await page.waitForSelector("[data-verdict]");
  };
  const later = { timeout: 120_000 };

  it("says of a dropped form what would come back, and follows a corrected cell at once", async () => {
    const { page, wrong } = await pages.open(null);
    const bytes = readFileSync(FORM, "utf8");
    const transfer = await page.evaluateHandle((text) => {
      const held = new DataTransfer();
      held.items.add(new File([text], "自评表.json", { type: "application/json" }));
      return held;
    }, bytes);
    await page.dispatchEvent(".drop", "drop", { dataTransfer: transfer });
    await page.waitForSelector("[data-verdict]");
    expect(await page.locator("[data-verdict]").innerText()).toContain("退回修改");
    expect([await count(page, "must-fix"), await count(page, "explain")]).toEqual(["1", "5"]);
    expect(await page.locator("[data-recomputed]").innerText()).toBe("96.19");
    expect(await page.locator(".finding").first().innerText()).toMatch(/填报\s*10[\s\S]*应为\s*9\.89[\s\S]*怎么改[\s\S]*财预〔2020〕10号[\s\S]*自评表\.json/);

    await page.locator("[data-finding^='score/proration'] .go button").click();
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-pointer"))).toBe("/tables/0/indicators/3/score");
    await cell(page, ACTUAL).fill("96%");
    await expect.poll(() => count(page, "must-fix"), later).toBe("0");
    expect(await count(page, "explain")).toBe("4");
    expect(await page.locator("[data-verdict]").innerText()).toContain("补充说明");
    expect(await page.locator("[data-recomputed]").innerText()).toBe("96.30");
    expect(await page.locator(".status").innerText()).toContain("改了 1 格，解决 2 处");
    expect(await page.locator("td", { has: cell(page, ACTUAL) }).innerText()).toContain("原为：94%");
    // Places are those of the file that was dropped, not of the copy that was checked.
    expect(await page.locator(".finding").first().innerText()).toContain("自评表.json");

    await page.getByRole("button", { name: "撤销上一格" }).click();
    await expect.poll(() => count(page, "must-fix"), later).toBe("1");
    expect(await cell(page, ACTUAL).inputValue()).toBe("94%");
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("hands out the corrected submission, which passes what was corrected, and lists in every format", async () => {
    const { page } = await pages.open(null);
    await pick(page, FORM);
    await cell(page, ACTUAL).fill("96%");
    await expect.poll(() => count(page, "must-fix"), later).toBe("0");
    const fetched = async (name: string | RegExp): Promise<Download> => {
      if (await page.locator(".bench details.menu[open]").count() === 0) await page.locator(".bench details.menu summary").click();
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
      return download;
    };
    const corrected = await fetched("改正后的自评数据（JSON）");
    expect(corrected.suggestedFilename()).toBe("青峦县文化和旅游局-2023-自评数据.json");
    const submission = JSON.parse((await bytesOf(corrected)).toString("utf8")) as Submission;
    expect(submission.tables[0]?.indicators?.[3]?.actual).toBe("96%");
    const { submissions } = await read([{ name: "submission.json", bytes: await bytesOf(corrected) }]);
    const report = await check(submissions[0]!, await loadRuleSet("national"));
    expect([report.counts.mustFix, report.counts.explain]).toEqual([0, 4]);

    const list = (await bytesOf(await fetched("核对结果（Markdown）"))).toString("utf8");
    expect(list).toContain("超额完成较多");
    expect(list).not.toContain("未达到年度指标值，得分计算有误");
    // Where it says the findings are, they are: in the file that is downloaded beside it.
    expect(list).toMatch(/位置：青峦县文化和旅游局-2023-自评数据\.json 第 [\d, –]+ 行/);
    expect((await bytesOf(await fetched("整改清单（Word）"))).subarray(0, 2).toString()).toBe("PK");
    expect((await bytesOf(await fetched("核对报告（网页）"))).toString("utf8")).toContain("Content-Security-Policy");
    await page.context().close();
  });

  it("marks the workbook that was dropped", async () => {
    const { page } = await pages.open(null);
    await pick(page, `${FIXTURES}forms/columns/form.xlsx`);
    await page.locator(".bench details.menu summary").click();
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "标出问题的原工作簿（Excel）" }).click()]);
    const { submissions: [again] } = await read([{ name: "form.xlsx", bytes: await bytesOf(download) }]);
    const { submissions: [before] } = await read([{ name: "form.xlsx", bytes: readFileSync(`${FIXTURES}forms/columns/form.xlsx`) }]);
    expect(again?.submission).toEqual(before?.submission);
    expect((await bytesOf(download)).length).toBeGreaterThan(readFileSync(`${FIXTURES}forms/columns/form.xlsx`).length);
    await page.context().close();
  });

  it("says of a file that is no form what it is, and lets the next one be tried", async () => {
    const { page, wrong } = await pages.open(null);
    await page.setInputFiles("[data-files]", [`${FIXTURES}malformed/scan.pdf`]);
    await page.waitForSelector("main [role=alert]");
    expect(await page.locator("main [role=alert]").first().innerText()).toContain("scan.pdf");
    await pick(page, FORM);
    expect(await page.locator("main [role=alert]").count()).toBe(0);
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("speaks English at the press of a button, the findings too, and still does after a reload", async () => {
    const { page, wrong } = await pages.open(null);
    await pick(page, FORM);
    await page.getByRole("button", { name: "English" }).click();
    await expect.poll(() => page.locator("[data-verdict]").innerText(), later).toContain("Verdict");
    await expect.poll(() => page.locator(".finding .remedy").first().innerText(), later).toMatch(/^To mend/);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("en");
    expect(await page.title()).toBe("Self-check · Self-evaluation check");
    await page.reload();
    expect(await page.locator("h1").innerText()).toBe("Self-check: before you submit");
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("is worked by the keyboard alone: past the navigation, to a finding, into its cell, down the column", async () => {
    const { page } = await pages.open(null);
    page.on("filechooser", (chooser) => { void chooser.setFiles(FORM); });
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("跳到正文");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent.trim())).toBe("选择文件");
    await page.keyboard.press("Enter");
    await page.waitForSelector("[data-verdict]");
    const reach = async (wanted: string): Promise<void> => {
      for (let presses = 0; presses < 60; presses += 1) {
        await page.keyboard.press("Tab");
        if (await page.evaluate((text) => document.activeElement?.textContent.startsWith(text) === true, wanted)) return;
      }
      throw new Error(`the keyboard does not come to ${wanted}`);
    };
    await reach("去改这一格");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("讲解服务合格率 · 得分");
    // Back over the weight and what is said at the cell, as they stand before it.
    for (const stop of ["讲解服务合格率 · 分值", null, "讲解服务合格率 · 实际完成值"]) {
      await page.keyboard.press("Shift+Tab");
      expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe(stop);
    }
    await page.keyboard.press("Control+A");
    await page.keyboard.type("96%");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("data-pointer"))).toBe("/tables/0/indicators/4/actual");
    await expect.poll(() => count(page, "must-fix"), later).toBe("0");
    await page.context().close();
  });

  it.each([["wide and light", 1440, "light"], ["a phone in the dark", 390, "dark"]] as const)("has nothing for axe to find, and fits: %s", async (_, width, colorScheme) => {
    const { page, wrong } = await pages.open(null, { viewport: { width, height: 800 }, colorScheme });
    expect(await axe(page)).toEqual([]);
    await pick(page, FORM);
    expect(await axe(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
    expect(wrong).toEqual([]);
    await page.context().close();
  }, 400_000);

  it("stores nothing", async () => {
    const { db } = pages.service;
    for (const table of ["submission", "submission_file", "report", "finding", "idempotency"] as const) {
      expect([table, (await db.selectFrom(table).select(({ fn }) => fn.countAll<number>().as("count")).executeTakeFirstOrThrow()).count]).toEqual([table, 0]);
    }
  });
});
