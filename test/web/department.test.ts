// A department's whole story in Chromium: from the invitation to a submission that was sent back, corrected in the page and handed in again.
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inviteFirst } from "../../src/server/invitations.ts";
import { axe, missing, servePages, type Pages } from "./pages.ts";

const FORM = fileURLToPath(new URL("../../fixtures/central-form-with-deviations/submission.json", import.meta.url));
const PASSWORD = "correct-horse-battery";
const later = { timeout: 120_000 };

describe.skipIf(missing !== null)("the department's pages", () => {
  let pages: Pages;
  let page: Page;
  let wrong: string[];
  let id = "";
  const count = async (part: string): Promise<string> => (await page.locator(`[data-count="${part}"] b`).innerText()).trim();
  const task = async (): Promise<string> => await page.locator("[data-task]").innerText();

  beforeAll(async () => {
    pages = await servePages();
    const admin = await pages.as("administrator");
    await pages.service.db.updateTable("department").set({ name: "青峦县文化和旅游局" }).where("id", "=", pages.departments.A).execute();
    expect((await admin.request("PUT", "/deadlines", { year: "2023", departmentId: null, due: "2099-12-31" })).statusCode).toBe(204);
  }, 400_000);
  afterAll(async () => { await pages.close(); });

  it("an invitation's link sets a password, twice the same, and leads to what is to be done by when", async () => {
    const answer = await (await pages.as("administrator")).request("POST", `/people/${pages.people.departmentA}/invitation`);
    const { pathname, hash } = new URL(answer.json<{ link: string }>().link, pages.url);
    ({ page, wrong } = await pages.open(null, { at: pathname + hash }));
    expect(await axe(page)).toEqual([]);
    await page.fill("#new-password", PASSWORD);
    await page.fill("#new-again", `${PASSWORD}!`);
    expect(await page.locator("#new-again-hint").innerText()).toBe("两次输入的密码不一样。");
    await page.fill("#new-again", PASSWORD);
    await page.click("form button[type=submit]");
    await page.waitForURL((to) => to.pathname === "/mine");
    await expect.poll(() => page.locator("main").innerText(), later).toContain("2023 年度绩效自评还没有报送。");
    expect(await page.locator("h1").innerText()).toBe("青峦县文化和旅游局");
    expect(await page.locator("main").innerText()).toContain("2099 年 12 月 31 日");
    expect(await axe(page)).toEqual([]);
  }, 400_000);

  it("a checked form is submitted from the self-check, once it was said what is still wrong with it", async () => {
    await page.getByRole("link", { name: "去自查和报送" }).click();
    await page.waitForURL((to) => to.pathname === "/");
    // The keyboard and screen readers go on from the new page's heading.
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
    await page.setInputFiles("[data-files]", FORM);
    await page.waitForSelector("[data-verdict]");
    await page.getByRole("button", { name: "报送", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    expect(await dialog.innerText()).toContain("还有 1 处必须更正，这样报送会被退回。");
    expect(await axe(page)).toEqual([]);
    await dialog.getByRole("button", { name: "报送", exact: true }).click();
    await page.waitForURL("**/mine?id=*");
    id = new URL(page.url()).searchParams.get("id") ?? "";
    await page.waitForSelector("[data-verdict]", later);
    expect(await task()).toContain("已报送，等待审核。核对发现 1 处必须更正、5 处需要说明");
    expect(await axe(page)).toEqual([]);
  }, 400_000);

  it("an explanation is written where the finding stands, and settles it at once", async () => {
    const card = page.locator("[data-finding^='deviation/overachievement']");
    await card.getByRole("button", { name: /^写说明/ }).click();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("TEXTAREA");
    await page.keyboard.type("年内新增两场大型展览，观众人数超出年初预计；下年度已相应调高指标值。");
    await card.getByRole("button", { name: "保存说明" }).click();
    await expect.poll(() => count("explain"), later).toBe("4");
    expect(await count("explained")).toBe("1");
    expect(await card.innerText()).toContain("已说明： 年内新增两场大型展览");
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-finding") ?? "")).toMatch(/^deviation\/overachievement/);
    // What must be corrected asks for no words.
    expect(await page.locator("[data-finding^='score/proration'] .explain-box button").count()).toBe(0);
  }, 400_000);

  it("what was sent back says why and by when; corrected in the page and handed in again, it shows what changed", async () => {
    const reviewer = await pages.as("reviewer");
    expect((await reviewer.request("POST", `/submissions/${id}/take`)).statusCode).toBe(200);
    expect((await reviewer.request("POST", `/submissions/${id}/return`, { reason: "讲解服务合格率未达标，请更正得分。", due: "2099-06-30" })).statusCode).toBe(200);
    await page.reload();
    await page.waitForSelector("[data-task]", later);
    expect(await task()).toContain("已退回，请改正后重新报送：1 处必须更正、4 处需要说明。");
    expect(await task()).toContain("退回原因：讲解服务合格率未达标，请更正得分。");
    expect(await task()).toContain("2099 年 6 月 30 日");
    await page.getByRole("button", { name: "在页面上改正" }).click();
    await page.fill('[data-pointer="/tables/0/indicators/3/actual"]', "96%");
    await expect.poll(() => page.locator(".bench .status").innerText(), later).toContain("改了 1 格");
    await page.getByRole("button", { name: "重新报送" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "报送", exact: true }).click();
    await page.waitForURL((to) => to.searchParams.get("id") !== id, later);
    await page.waitForSelector("[data-verdict]", later);
    expect(await count("must-fix")).toBe("0");
    // The explanation came along.
    expect(await count("explained")).toBe("1");
    expect(await page.locator("[data-finding^='deviation/overachievement']").innerText()).toContain("沿用上次");
    expect(await page.locator("main").innerText()).toContain("第 2 次报送");
    await page.locator("summary", { hasText: "与第 1 次报送比较" }).click();
    await expect.poll(() => page.locator("main").innerText(), later).toContain("已改正");
    expect(await axe(page)).toEqual([]);
    expect(wrong).toEqual([]);
  }, 400_000);

  it("others' pages are not opened for a department, and another department's submission is not there", async () => {
    await page.goto(`${pages.url}/board`);
    await page.waitForURL((to) => to.pathname === "/mine");
    await page.context().close();
    const other = await pages.open("departmentB", { at: `/mine?id=${id}` });
    await expect.poll(() => other.page.locator("main").innerText(), later).toContain("没有找到，或者您无权查看。");
    await other.page.context().close();
  }, 400_000);

  it("signing in says what is wrong with it, and leads back to where one wanted to go, never to another site", async () => {
    const { page: own, wrong: errors } = await pages.open(null, { at: "/password" });
    await own.waitForURL("**/login?to=/password");
    expect(await axe(own)).toEqual([]);
    await own.fill("#login", "a-bureau");
    await own.fill("#password", "not-the-password");
    await own.click("form button[type=submit]");
    await own.waitForSelector("[role=alert]");
    expect(await own.locator("[role=alert]").innerText()).toBe("用户名或密码不对。");
    await own.fill("#password", PASSWORD);
    await own.click("form button[type=submit]");
    await own.waitForURL((to) => to.pathname === "/password");
    await own.fill("#old", PASSWORD);
    await own.fill("#new-password", "short");
    await own.fill("#new-again", "short");
    await own.click("form button[type=submit]");
    await own.waitForSelector("[role=alert]");
    expect(await own.locator("[role=alert]").innerText()).toContain("密码太短");
    await own.fill("#new-password", `${PASSWORD}-2`);
    await own.fill("#new-again", `${PASSWORD}-2`);
    await own.click("form button[type=submit]");
    await own.waitForSelector("[role=status]");
    expect(await axe(own)).toEqual([]);
    await own.getByRole("button", { name: "退出" }).click();
    await own.waitForURL("**/login");
    await own.goto(`${pages.url}/login?to=//example.org/`);
    await own.fill("#login", "a-bureau");
    await own.fill("#password", `${PASSWORD}-2`);
    await own.click("form button[type=submit]");
    await own.waitForURL(`${pages.url}/mine`);
    expect(errors).toEqual([]);
    await own.context().close();
  }, 400_000);

  it("the start's one-time link makes the first administrator, once", async () => {
    const { db } = pages.service;
    await db.updateTable("person").set({ active: false }).where("id", "=", pages.people.administrator).execute();
    const secret = await inviteFirst(db, new Date());
    const { page: own } = await pages.open(null, { at: `/first#token=${secret ?? ""}` });
    expect(await axe(own)).toEqual([]);
    await own.fill("#name", "王主任");
    await own.fill("#login", "first");
    await own.fill("#new-password", PASSWORD);
    await own.fill("#new-again", PASSWORD);
    await own.click("form button[type=submit]");
    await own.waitForURL("**/admin");
    await own.context().close();
    const again = await pages.open(null, { at: `/first#token=${secret ?? ""}` });
    await again.page.fill("#name", "李主任");
    await again.page.fill("#login", "second");
    await again.page.fill("#new-password", PASSWORD);
    await again.page.fill("#new-again", PASSWORD);
    await again.page.click("form button[type=submit]");
    await again.page.waitForSelector("[role=alert]");
    expect(await again.page.locator("[role=alert]").innerText()).toContain("链接已用过");
    await again.page.context().close();
  }, 400_000);
});
