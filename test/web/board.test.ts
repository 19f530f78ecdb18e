// The board: a year's departments before a reviewer, in the machine's Chromium.
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { missing, servePages, type Pages } from "./pages.ts";
import { done, formAs, seedYear, settled, type Seeded } from "./seed.ts";
import { axeWhenStill, soon } from "./still.ts";

describe.skipIf(missing !== null)("the board", { timeout: 600_000 }, () => {
  let pages: Pages;
  let seeded: Seeded;
  beforeAll(async () => {
    pages = await servePages();
    seeded = await seedYear(pages, { handedIn: 9 });
  }, 180_000);
  afterAll(async () => { await pages.close(); });

  const opened = async (options: Parameters<Pages["open"]>[1] = {}): Promise<{ page: Page; wrong: string[] }> => {
    const made = await pages.open("reviewer", { at: "/board?year=2023", viewport: { width: 1440, height: 900 }, ...options });
    await made.page.waitForSelector(".long-table a, .long-table li");
    await made.page.waitForFunction(() => !/读取|Loading/.test(document.querySelector(".filter output")?.textContent ?? ""));
    return made;
  };
  const names = async (page: Page): Promise<string[]> => await page.locator(".long-table tbody tr:not(.gap) th").allInnerTexts();

  it("tells of every department what it handed in, what was found, and in words what is overdue", async () => {
    const { page, wrong } = await opened();
    const hengyang = seeded.submissions.find(({ department }) => department.name === seeded.departments[0]?.name);
    const row = page.locator(".long-table tr", { hasText: hengyang?.department.name ?? "" });
    // The fixture's report: 14 to fix, 32 to explain, 28 notes, 99.15 recomputed where nothing was claimed.
    expect((await row.locator("td").allInnerTexts()).slice(0, 8)).toEqual(["待审核", "退回修改", "—", "99.15", "—", "14", "32", "28"]);
    expect(await row.locator("td").nth(9).innerText()).toMatch(/^2024-03-31\s*迟报 \d+ 天$/);
    const late = page.locator(".long-table tr", { hasText: seeded.departments[12]?.name ?? "" });
    await page.locator("#board-words").fill(seeded.departments[12]?.name ?? "");
    expect(await late.innerText()).toMatch(/未报送[\s\S]*2024-03-31\s*逾期 \d+ 天/);
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("filters by its numbers, by words and by what is to be done, sorts, and keeps both in its address", async () => {
    const { page, wrong } = await opened();
    const expected = seeded.submissions.filter(({ verdict }) => verdict === "return").length;
    await page.locator(".counts button", { hasText: "退回修改" }).click();
    await soon(async () => (await names(page)).length).toBe(expected);
    expect(new URL(page.url()).searchParams.get("verdict")).toBe("return");
    await page.locator(".long-table th button", { hasText: "必须更正" }).click();
    const counts = (await page.locator(".long-table tbody tr:not(.gap) td:nth-child(7)").allInnerTexts()).map(Number);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    expect(await page.locator(".long-table th[aria-sort=descending]").innerText()).toContain("必须更正");
    const before = await names(page);
    await page.reload();
    await page.waitForSelector(".long-table a");
    await soon(async () => await names(page)).toEqual(before);
    await page.locator("button", { hasText: "清除筛选" }).click();
    await soon(async () => await page.locator(".filter output").innerText()).toBe("显示 26 个，共 26 个单位");
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("keeps a view under a name, to be chosen another day", async () => {
    const { page, wrong } = await opened();
    await page.locator("#board-with").selectOption("mustFix");
    await page.locator("button", { hasText: "保存当前筛选" }).click();
    await page.locator("#board-view-words").fill("有错要改的");
    await page.locator(".el-dialog button[type=submit]").click();
    await page.waitForSelector("#board-view");
    await page.goto(`${pages.url}/board?year=2023`);
    await page.waitForSelector("#board-view");
    expect(await page.locator("#board-with").inputValue()).toBe("");
    await page.locator("#board-view").selectOption({ label: "有错要改的" });
    expect(await page.locator("#board-with").inputValue()).toBe("mustFix");
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("draws the year, with the numbers of each chart as a table", async () => {
    const { page, wrong } = await opened();
    const chart = page.locator(".chart", { hasText: "最常不符的规则" });
    await chart.locator("canvas").waitFor();
    await chart.locator("summary").click();
    const statistics = await done<{ rules: { title: string; departments: number; findings: number }[] }>(await pages.as("reviewer"), "GET", "/statistics?year=2023");
    const [first] = statistics.rules;
    expect(await chart.locator("tbody tr").first().locator("th, td").allInnerTexts()).toEqual([first?.title, String(first?.departments), String(first?.findings)]);
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("exports what is shown as CSV and the year as a workbook", async () => {
    const { page, wrong } = await opened();
    await page.locator(".counts button", { hasText: "未报送" }).click();
    const exported = async (item: string): Promise<Buffer> => {
      await page.locator("button", { hasText: "导出" }).click();
      const [download] = await Promise.all([page.waitForEvent("download"), page.locator(".el-dropdown-menu__item", { hasText: item }).click()]);
      return await readFile(await download.path());
    };
    const lines = (await exported("CSV")).toString("utf8").split("\r\n").slice(0, -1);
    expect(lines[0]).toBe("\ufeff单位,状态,核对结论,自评得分,复核得分,差异,必须更正,需要说明,提示,无法判定,截止日期,审核人");
    expect(lines).toHaveLength(1 + 26 - 9);
    expect(lines).toContain(`${seeded.departments[12]?.name ?? ""},未报送,,,,,,,,,2024-03-31,`);
    expect((await exported("xlsx")).subarray(0, 2).toString()).toBe("PK");
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("takes many files at once and tells what became of each", async () => {
    const { page, wrong } = await opened();
    const name = seeded.departments[10]?.name ?? "";
    await page.locator("button", { hasText: "批量上传" }).click();
    await page.locator(".el-dialog input[type=file]").setInputFiles([
      { name: "好.json", mimeType: "application/json", buffer: Buffer.from(formAs("no-weight-column", name, "2023")) },
      { name: "坏.json", mimeType: "application/json", buffer: Buffer.from("{") },
    ]);
    await page.locator(".el-dialog__footer .el-button--primary").click();
    await page.locator(".el-dialog table").waitFor();
    expect(await page.locator(".el-dialog tr", { hasText: name }).innerText()).toContain("已收下");
    expect(await page.locator(".el-dialog tr", { hasText: "坏.json" }).first().innerText()).toMatch(/没有收下|读不懂/);
    expect(await axeWhenStill(page, ".el-dialog")).toEqual([]);
    await settled(await pages.as("administrator"), "2023", 10);
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("opens the next one to review with one key", async () => {
    const { page, wrong } = await opened();
    await page.keyboard.press("n");
    await page.waitForURL(/\/review\//);
    await page.waitForSelector("[data-finding], .verdict");
    await page.goBack();
    await page.locator(".long-table a").first().click();
    await page.waitForURL(/\/review\//);
    await page.waitForSelector(".verdict");
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("is faultless to axe, in Chinese by day and in English by night, and fits a phone", async () => {
    const day = await opened();
    expect(await axeWhenStill(day.page)).toEqual([]);
    const night = await opened({ locale: "en-GB", colorScheme: "dark", viewport: { width: 390, height: 844 } });
    expect(await night.page.locator("h1").innerText()).toBe("Self-evaluations of 2023");
    expect(await axeWhenStill(night.page)).toEqual([]);
    expect(await night.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect([...day.wrong, ...night.wrong]).toEqual([]);
    await day.page.context().close();
    await night.page.context().close();
  });

  it("stays quick with ten thousand departments: few rows are in the page, and a filter answers at once", async () => {
    const { db } = pages.service;
    const many = Array.from({ length: 10_000 }, (_, at) => ({ name: `第${at + 1}单位`, code: `9${String(at).padStart(5, "0")}`, region: `第${at % 40}区`, level: "县级" }));
    for (let at = 0; at < many.length; at += 1000) {
      const rows = await db.insertInto("department").values(many.slice(at, at + 1000)).returning("id").execute();
      await db.insertInto("submission").values(rows.map(({ id }, n) => ({ department_id: id, year: "2022", ordinal: 1, state: "checked" as const, rule_set: "national", created_by: pages.people.administrator, submitted_at: new Date(), verdict: n % 2 === 0 ? "return" as const : "accept" as const, claimed_score: "98.5", recomputed_score: "98.25", must_fix: n % 2 === 0 ? 3 : 0 }))).execute();
    }
    const { page, wrong } = await pages.open("reviewer", { at: "/board?year=2022", viewport: { width: 1440, height: 900 } });
    await page.waitForFunction(() => (document.querySelector(".filter output")?.textContent ?? "").includes("10026"), undefined, { timeout: 120_000 });
    expect(await page.locator(".long-table tbody tr").count()).toBeLessThan(80);
    expect(await page.locator(".long-table table").getAttribute("aria-rowcount")).toBe("10027");
    const took = await page.evaluate(async () => {
      const box = document.querySelector<HTMLInputElement>("#board-words");
      const started = performance.now();
      if (box !== null) box.value = "第7777单位";
      box?.dispatchEvent(new Event("input"));
      while (!(document.querySelector(".filter output")?.textContent ?? "").startsWith("显示 1 个")) await new Promise((resolve) => { setTimeout(resolve, 5); });
      return performance.now() - started;
    });
    // A fifth of that on an idle machine.
    expect(took).toBeLessThan(2000);
    expect(wrong).toEqual([]);
    await page.context().close();
  }, 240_000);
});
