// Each role's whole story in the machine's Chromium, from the one-time link that the start prints to the accepted and closed submission, on both stores.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { serve, type Serving } from "../../src/server/start.ts";
import { settingsFrom } from "../../src/server/settings.ts";
import { launchBrowser } from "../programs/browser.ts";
import { STORES } from "../server/harness.ts";
import { postgresServer } from "../server/postgres.ts";
import { missing } from "./pages.ts";
import { formAs } from "./seed.ts";

const PASSWORD = "Tian-Gao-Yun-Dan-9";
const DEPARTMENT = "河湾镇人民政府";
const YEAR = "2023";

describe.skipIf(missing !== null).each(STORES)("from the first link to the closed submission, on %s", (store) => {
  it("administrator, department and reviewer each do their part in the pages", { timeout: 900_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), "ziping-story-"));
    const settings = { ...settingsFrom({ ZIPING_LOG: "silent" }), host: "127.0.0.1", port: 0 };
    const serving = await serve(store === "postgres" ? { url: await (await postgresServer()).database() } : { folder: join(folder, "data") }, settings, true);
    const browser = await launchBrowser();
    const wrong: string[] = [];
    try {
      await story(serving, browser, wrong);
      expect(wrong).toEqual([]);
    } finally {
      await browser.close();
      await serving.stop();
      if (existsSync(folder)) rmSync(folder, { recursive: true, force: true });
    }
  });
});

async function story({ url, firstLink }: Serving, browser: Browser, wrong: string[]): Promise<void> {
  const open = async (): Promise<Page> => {
    const page = await (await browser.newContext({ locale: "zh-CN", viewport: { width: 1440, height: 900 } })).newPage();
    page.setDefaultTimeout(120_000);
    page.on("pageerror", (error) => wrong.push(error.message));
    page.on("console", (message) => { if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) wrong.push(message.text()); });
    return page;
  };
  const secret = async (page: Page): Promise<void> => {
    await page.locator("input[type=password]").first().waitFor();
    for (const box of await page.locator("input[type=password]").all()) await box.fill(PASSWORD);
    await page.locator("form button[type=submit]").click();
  };

  // The administrator: the link of the start, a department, a due day, two people, an assignment.
  const admin = await open();
  await admin.goto(firstLink ?? "");
  await admin.fill("#name", "王管");
  await admin.fill("#login", "wang");
  await secret(admin);
  await admin.waitForURL((to) => to.pathname.startsWith("/admin"));
  await admin.goto(`${url}/admin/departments`);
  await admin.locator("button", { hasText: "添加单位" }).click();
  await admin.fill("#department-name", DEPARTMENT);
  await admin.locator(".el-dialog button[type=submit]").click();
  await admin.locator("tbody tr", { hasText: DEPARTMENT }).waitFor();
  await admin.goto(`${url}/admin/deadlines`);
  await admin.fill("#deadline-year", YEAR);
  await admin.fill("#deadline-all", "2099-03-31");
  await admin.locator("form button[type=submit]").first().click();
  await admin.locator(".el-message", { hasText: "已保存" }).waitFor();
  await admin.goto(`${url}/admin/people`);
  const invite = async (name: string, login: string, role: "审核人" | "单位经办人"): Promise<string> => {
    await admin.locator("button", { hasText: "添加人员" }).click();
    await admin.fill("#person-name", name);
    await admin.fill("#person-login", login);
    if (role === "审核人") {
      await admin.locator(".el-dialog .tick", { hasText: "审核人" }).click();
      await admin.locator(".el-dialog .tick", { hasText: "单位经办人" }).click();
    } else await choose(admin, "所属单位", DEPARTMENT);
    await admin.locator(".el-dialog button[type=submit]").click();
    const link = await admin.locator(".el-dialog textarea").inputValue();
    await admin.locator(".el-dialog__footer button", { hasText: "关上" }).click();
    return link;
  };
  const toReviewer = await invite("赵审", "zhao", "审核人");
  const toClerk = await invite("钱办", "qian", "单位经办人");
  await admin.goto(`${url}/admin/assignments`);
  await choose(admin, "审核人", "赵审");
  await admin.locator("form button[type=submit]").click();
  await admin.locator("tbody tr", { hasText: "赵审" }).waitFor();

  // The department: a password by the link, a form that is not yet right, handed in after a look at what would come back.
  const clerk = await open();
  await clerk.goto(toClerk);
  await secret(clerk);
  await clerk.waitForURL((to) => to.pathname === "/mine");
  await clerk.locator(".task", { hasText: YEAR }).waitFor();
  const handIn = async (kind: string, button: string): Promise<void> => {
    await clerk.locator("input[data-files]").setInputFiles({ name: "自评.json", mimeType: "application/json", buffer: Buffer.from(formAs(kind, DEPARTMENT, YEAR)) });
    await clerk.locator("button:visible", { hasText: new RegExp(`^\\s*${button}\\s*$`) }).last().click();
    await clerk.locator("dialog[open] button", { hasText: "报送" }).first().click();
    await clerk.waitForURL((to) => to.pathname === "/mine" && to.searchParams.has("id"));
  };
  await clerk.goto(`${url}/`);
  await handIn("central-form-with-deviations", "报送");
  await clerk.locator("[data-task]", { hasText: "等待审核" }).waitFor();
  await clerk.locator("button", { hasText: "写说明" }).first().click();
  await clerk.locator(".explain-box textarea").fill("汛期道路中断，施工延后到次年一季度，已调整下年度计划。");
  await clerk.locator("button", { hasText: "保存说明" }).click();
  await clerk.locator(".said-words").waitFor();

  // The reviewer: sees it on the board, takes it, does not accept the explanation, sends it back with a due day.
  const reviewer = await open();
  await reviewer.goto(toReviewer);
  await secret(reviewer);
  await reviewer.waitForURL((to) => to.pathname === "/board");
  await reviewer.goto(`${url}/board?year=${YEAR}`);
  await reviewer.locator(".long-table a", { hasText: DEPARTMENT }).click();
  await reviewer.locator("button", { hasText: "开始审核" }).click();
  await reviewer.locator(".about .tag", { hasText: "审核中" }).waitFor();
  const explained = reviewer.locator("[data-finding]", { has: reviewer.locator("blockquote.explanation") }).first();
  await explained.locator("button.rejected").click();
  await explained.locator("textarea").fill("请附上佐证材料。");
  await explained.locator("form button[type=submit]").click();
  await explained.locator(".decision .tag", { hasText: "不采纳" }).waitFor();
  await reviewer.locator(".head button", { hasText: "退回修改" }).click();
  await reviewer.fill("#review-return-reason", "请按问题清单改正后重新报送。");
  await reviewer.fill("#review-return-due", "2099-06-30");
  await reviewer.locator(".el-dialog button[type=submit]").click();
  await reviewer.locator(".about .tag", { hasText: "已退回" }).waitFor();

  // The department reads why and by when, and hands in again.
  await clerk.goto(`${url}/mine`);
  await clerk.locator("[data-task]", { hasText: "已退回" }).waitFor();
  expect(await clerk.locator("[data-task]").innerText()).toContain("2099");
  expect(await clerk.locator(".judged").first().innerText()).toContain("请附上佐证材料。");
  await handIn("right-in-every-figure", "重新报送");
  await clerk.locator("[data-task]", { hasText: "等待审核" }).waitFor();

  // The reviewer compares the two and accepts; the administrator closes it, and finds the log whole.
  await reviewer.goto(`${url}/board?year=${YEAR}`);
  await reviewer.waitForSelector(".long-table a");
  await reviewer.keyboard.press("n");
  await reviewer.waitForURL(/\/review\//);
  await reviewer.locator("button", { hasText: "开始审核" }).click();
  await reviewer.locator(".about .tag", { hasText: "审核中" }).waitFor();
  await reviewer.locator("summary", { hasText: "与第 1 次报送比较" }).click();
  await reviewer.locator("h3", { hasText: "已改正" }).waitFor();
  await reviewer.locator(".head button", { hasText: /^\s*通过\s*$/ }).click();
  await reviewer.locator(".el-dialog button[type=submit]").click();
  await reviewer.locator(".about .tag", { hasText: "已通过" }).waitFor();
  await clerk.goto(`${url}/mine`);
  await clerk.locator("[data-task]", { hasText: "审核通过" }).waitFor();
  await admin.goto(reviewer.url());
  await admin.locator(".head button", { hasText: "办结" }).click();
  await admin.locator(".el-dialog button[type=submit]").click();
  await admin.locator(".about .tag", { hasText: "已办结" }).waitFor();
  await admin.goto(`${url}/admin/audit`);
  await admin.locator("button", { hasText: "验证记录" }).click();
  await admin.locator("[role=status]", { hasText: /记录完整：\d+ 行/ }).waitFor();
}

async function choose(page: Page, label: string, name: string): Promise<void> {
  const box = page.locator(`input[aria-label="${label}"]`);
  await box.click();
  await box.fill(name);
  await page.locator(".el-select-dropdown__item:visible", { hasText: name }).first().click();
}
