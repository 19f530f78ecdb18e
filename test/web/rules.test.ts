// The catalogue of rules, and trials of it, in the machine's Chromium.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { missing, servePages, type Pages } from "./pages.ts";
import { formAs, seedYear } from "./seed.ts";
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

  it("are tried on a submission that is looked for among many, and on a file of one's own, which is not kept", async () => {
    const { db } = pages.service;
    const [more] = await db.insertInto("department").values(Array.from({ length: 205 }, (_, at) => ({ name: `第${at + 1}镇`, code: `5${String(at).padStart(4, "0")}`, region: null, level: null }))).returning("id").execute();
    const departments = await db.selectFrom("department").select("id").where("name", "like", "第%镇").execute();
    await db.insertInto("submission").values(departments.map(({ id }) => ({ department_id: id, year: "2023", ordinal: 1, state: "checked" as const, rule_set: "national", created_by: pages.people.administrator, submitted_at: new Date(), verdict: "accept" as const }))).execute();
    expect(more).toBeDefined();
    const submissions = async (): Promise<number> => (await db.selectFrom("submission").select(({ fn }) => fn.countAll<number>().as("count")).executeTakeFirstOrThrow()).count;
    const before = await submissions();

    const { page, wrong } = await pages.open("reviewer", { at: "/rules/national?rule=deviation/overachievement" });
    const options = page.locator("#rules-trial-on option");
    await soon(async () => await options.count()).toBe(200);
    expect(await page.locator(".trial label small[role=status]").innerText()).toBe("列出最近的 200 份，其余请按单位查找");
    await page.fill("#rules-trial-words", "第205镇");
    await soon(async () => await options.allInnerTexts()).toEqual(["第205镇 2023"]);

    await page.locator(".trial .file summary").click();
    await page.locator(".trial [data-files]").setInputFiles({ name: "我的表.json", mimeType: "application/json", buffer: Buffer.from(formAs("central-form-with-deviations", "青峦县教育局", "2023")) });
    await page.locator(".trial .own", { hasText: "用文件「我的表.json」试，不会保存。" }).waitFor();
    // 16.2 of 12 is 135%: no longer too much where 140% is allowed.
    await page.locator(".trial .parameters input").first().fill("140");
    await page.locator(".trial button[type=submit]").click();
    await page.locator(".trial .flips li", { hasText: "超额完成较多" }).waitFor();
    expect(await axeWhenStill(page)).toEqual([]);
    await page.locator(".trial .own button").click();
    await page.waitForSelector("#rules-trial-words");
    expect(await submissions()).toBe(before);
    expect(wrong).toEqual([]);
    await page.context().close();
  });
});
