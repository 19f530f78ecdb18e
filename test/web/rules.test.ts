// The catalogue of rules, and trials of it, in the machine's Chromium.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { missing, servePages, type Pages } from "./pages.ts";
import { seedYear } from "./seed.ts";
import { axeWhenStill, soon } from "./still.ts";

describe.skipIf(missing !== null)("the rules", { timeout: 600_000 }, () => {
  let pages: Pages;
  beforeAll(async () => {
    pages = await servePages();
    await seedYear(pages, { handedIn: 1 });
  }, 180_000);
  afterAll(async () => { await pages.close(); });

  it("are found by words and told with basis, parameters and examples", async () => {
    const { page, wrong } = await pages.open("reviewer", { at: "/rules/national" });
    await page.waitForSelector(".lists li");
    await page.fill("#rules-words", "deviation/overachievement");
    await soon(async () => await page.locator(".lists li").count()).toBe(1);
    await page.locator(".lists li a").click();
    await page.waitForSelector(".rule-page");
    const text = await page.locator(".rule-page").innerText();
    expect(text).toContain("财预〔2020〕10号");
    expect(text).toContain("deviation.");
    expect(await page.locator(".rule-page .examples li").count()).toBeGreaterThan(2);
    expect(await axeWhenStill(page)).toEqual([]);
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("are tried on a submission: a parameter that is changed changes findings, and the trace says why", async () => {
    const { page, wrong } = await pages.open("reviewer", { at: "/rules/national?rule=deviation/overachievement" });
    await page.waitForSelector("#rules-trial-on");
    const entry = page.locator(".trial .parameters input").first();
    await entry.waitFor();
    await entry.fill("viel");
    await page.locator(".trial button[type=submit]").click();
    await page.locator(".trial [role=alert]", { hasText: "不是一个数" }).waitFor();
    await entry.fill("100000");
    await page.locator(".trial button[type=submit]").click();
    await page.locator(".trial .result").waitFor();
    expect(await page.locator(".trial .result").innerText()).toMatch(/\d+ 处问题因此改变/);
    expect(await page.locator(".trial .flips li").first().innerText()).toMatch(/^(?:轻重有变|已改正)\s*超额完成较多/);
    await page.locator(".trace-head input").uncheck();
    await page.locator(".traced summary").first().click();
    expect(await page.locator(".traced").first().innerText()).toMatch(/应当满足/);
    expect(await axeWhenStill(page)).toEqual([]);
    expect(wrong).toEqual([]);
    await page.context().close();
  });
});
