// Administration: what an administrator looks after, in the machine's Chromium.
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { missing, servePages, type Pages } from "./pages.ts";
import { axeWhenStill, soon } from "./still.ts";

describe.skipIf(missing !== null)("administration", { timeout: 600_000 }, () => {
  let pages: Pages;
  beforeAll(async () => { pages = await servePages(); }, 120_000);
  afterAll(async () => { await pages.close(); });

  const opened = async (part: string): Promise<{ page: Page; wrong: string[] }> => await pages.open("administrator", { at: `/admin/${part}` });
  const choose = async (page: Page, label: string, name: string): Promise<void> => {
    const box = page.locator(`input[aria-label="${label}"]`);
    await box.click();
    await box.fill(name);
    await page.locator(".el-select-dropdown__item:visible", { hasText: name }).first().click();
  };
  const row = (page: Page, text: string): ReturnType<Page["locator"]> => page.locator("tbody tr", { hasText: text });

  it("adds departments one by one and from a table", async () => {
    const { page, wrong } = await opened("departments");
    await page.locator("button", { hasText: "添加单位" }).click();
    await page.locator(".el-dialog button[type=submit]").click();
    await page.locator(".el-dialog [role=alert]", { hasText: "请填写名称" }).waitFor();
    await page.fill("#department-name", "河湾镇人民政府");
    await page.locator(".el-dialog button[type=submit]").click();
    await row(page, "河湾镇人民政府").waitFor();
    await page.locator("button", { hasText: "批量导入" }).click();
    await page.fill("#import-text", "名称,编码,地区\n青峦县教育局,401,青峦县\n,402,青峦县\n河湾镇人民政府,409,青峦县\n");
    await page.locator(".el-dialog button[type=submit]").click();
    await page.locator(".el-dialog [role=status]", { hasText: "新增 1 个，更新 1 个，未变 0 个，没有收下 1 行" }).waitFor();
    expect(await axeWhenStill(page)).toEqual([]);
    await page.locator(".el-dialog__footer button", { hasText: "关上" }).click();
    await row(page, "河湾镇人民政府").locator("button", { hasText: "停用" }).click();
    await row(page, "河湾镇人民政府").locator(".tag", { hasText: "已停用" }).waitFor();
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("adds a person, who sets a password by the link and signs in, and disables that person", async () => {
    const { page, wrong } = await opened("people");
    await page.locator("button", { hasText: "添加人员" }).click();
    await page.fill("#person-name", "赵审");
    await page.fill("#person-login", "zhao");
    await page.locator(".el-dialog .tick", { hasText: "审核人" }).click();
    await page.locator(".el-dialog button[type=submit]").click();
    await page.locator(".el-dialog [role=alert]", { hasText: "请填写所属单位" }).waitFor();
    await page.locator(".el-dialog .tick", { hasText: "单位经办人" }).click();
    await page.locator(".el-dialog button[type=submit]").click();
    const link = await page.locator(".el-dialog textarea").inputValue();
    expect(link.startsWith(`${pages.url}/invitation`)).toBe(true);
    expect(await axeWhenStill(page)).toEqual([]);
    await page.locator(".el-dialog__footer button", { hasText: "关上" }).click();
    await row(page, "赵审").locator(".tag", { hasText: "未设密码" }).waitFor();

    const invited = await (await pages.browser.newContext({ locale: "zh-CN" })).newPage();
    await invited.goto(link);
    await invited.locator("input[type=password]").first().waitFor();
    for (const box of await invited.locator("input[type=password]").all()) await box.fill("Tian-Gao-Yun-Dan-9");
    await invited.locator("form button[type=submit]").click();
    await invited.waitForURL((to) => to.pathname === "/board");
    await page.reload();
    await row(page, "赵审").locator(".tag", { hasText: "可以登录" }).waitFor();
    await row(page, "赵审").locator("button", { hasText: "停用" }).click();
    await page.locator(".el-dialog__footer .el-button--primary").click();
    await row(page, "赵审").locator(".tag", { hasText: "已停用" }).waitFor();
    await invited.goto(`${pages.url}/board`);
    await invited.waitForURL((to) => to.pathname === "/login");
    await invited.context().close();
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("says who reviews whom, by when, and by which rules", async () => {
    const { page, wrong } = await opened("assignments");
    await choose(page, "审核人", "复核人甲");
    await choose(page, "单位", "乙市民政局");
    await page.locator("form button[type=submit]").click();
    await page.locator("tbody tr", { hasText: "复核人甲" }).filter({ hasText: "乙市民政局" }).waitFor();
    expect(await axeWhenStill(page)).toEqual([]);

    await page.goto(`${pages.url}/admin/deadlines`);
    await page.fill("#deadline-year", "2023");
    await page.fill("#deadline-all", "2099-03-31");
    await page.locator("form button[type=submit]").first().click();
    await choose(page, "单位", "甲市司法局");
    await page.fill("#deadline-own", "2099-04-15");
    await page.locator("form button[type=submit]").nth(1).click();
    await row(page, "甲市司法局").filter({ hasText: "2099-04-15" }).waitFor();
    expect((await (await pages.as("departmentA")).request("GET", "/deadlines?year=2023")).json()).toMatchObject({ items: [{ due: "2099-04-15", departmentId: pages.departments.A }, { due: "2099-03-31", departmentId: null }] });
    expect(await axeWhenStill(page)).toEqual([]);

    await page.goto(`${pages.url}/admin/rule-sets`);
    await page.fill("#force-year", "2023");
    await page.locator("#force-set").selectOption("hunan");
    await page.locator("form button[type=submit]").click();
    await row(page, "2023").filter({ hasText: "系统管理员" }).waitFor();
    expect(await axeWhenStill(page)).toEqual([]);
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("makes a token that works until it is revoked, and a webhook whose secret is shown once", async () => {
    const { page, wrong } = await opened("tokens");
    await page.locator("button", { hasText: "新建令牌" }).click();
    await page.fill("#token-name", "预算系统");
    await page.locator(".el-dialog button[type=submit]").click();
    await page.locator(".el-dialog", { hasText: "新令牌" }).waitFor();
    const secret = await page.locator(".el-dialog textarea").inputValue();
    expect(await axeWhenStill(page)).toEqual([]);
    await page.locator(".el-dialog__footer button", { hasText: "关上" }).click();
    const asked = async (): Promise<number> => (await fetch(`${pages.url}/api/v1/submissions`, { headers: { authorization: `Bearer ${secret}` } })).status;
    expect(await asked()).toBe(200);
    await row(page, "预算系统").locator("button", { hasText: "撤销" }).click();
    await page.locator(".el-dialog__footer .el-button--primary").click();
    await row(page, "预算系统").locator(".tag", { hasText: "已撤销" }).waitFor();
    expect(await asked()).toBe(401);

    await page.goto(`${pages.url}/admin/webhooks`);
    await page.locator("button", { hasText: "添加推送" }).click();
    await page.fill("#webhook-url", "http://127.0.0.1:9/");
    await page.locator(".el-dialog button[type=submit]").click();
    await page.locator(".el-dialog [role=alert]").waitFor();
    await page.fill("#webhook-url", "https://receiver.invalid/ziping");
    await page.locator(".el-dialog button[type=submit]").click();
    await page.locator(".el-dialog", { hasText: "签名密钥" }).waitFor({ timeout: 60_000 });
    expect((await page.locator(".el-dialog textarea").inputValue()).length).toBeGreaterThan(20);
    await page.locator(".el-dialog__footer button", { hasText: "关上" }).click();
    await row(page, "receiver.invalid").locator("button", { hasText: "推送记录" }).click();
    await page.locator("p", { hasText: "还没有推送过" }).waitFor();
    expect(await axeWhenStill(page)).toEqual([]);
    await row(page, "receiver.invalid").locator("button", { hasText: "删除" }).click();
    await page.locator(".el-dialog__footer .el-button--primary").click();
    await page.locator("p", { hasText: "还没有推送。" }).waitFor();
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("pages through what was delivered, and sends again what did not arrive", async () => {
    Object.assign(pages.service.settings.webhooks, { allowInside: true });
    const received: { event: string; body: string }[] = [];
    const receiver = createServer((request, response) => {
      let body = "";
      request.on("data", (part: Buffer) => { body += part.toString("utf8"); }).on("end", () => {
        received.push({ event: String(request.headers["x-ziping-event"]), body });
        response.writeHead(204).end();
      });
    });
    await new Promise<void>((resolve) => { receiver.listen(0, "127.0.0.1", resolve); });
    const { db } = pages.service;
    const webhook = await db.insertInto("webhook").values({ url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/told`, events: ["submission.checked"], secret: "a-secret-of-the-test", created_by: pages.people.administrator }).returning("id").executeTakeFirstOrThrow();
    const at = Date.now() - 3_600_000;
    await db.insertInto("delivery").values(Array.from({ length: 120 }, (_, n) => ({
      id: randomUUID(), webhook_id: webhook.id, event: "submission.checked", event_id: randomUUID(), payload: JSON.stringify({ number: n }), created_at: new Date(at + n * 1000), next_at: new Date(at), ended_at: new Date(at + n * 1000),
      ...(n === 119 ? { state: "failed" as const, attempts: 8, status: 503 } : { state: "delivered" as const, attempts: 1, status: 204 }),
    }))).execute();

    const { page, wrong } = await opened("webhooks");
    await row(page, "127.0.0.1").locator("button", { hasText: "推送记录" }).click();
    const told = page.locator("section tbody tr");
    for (const [shown, more] of [[50, true], [100, true], [120, false]] as const) {
      await soon(async () => await told.count()).toBe(shown);
      expect(await page.locator("button", { hasText: "再显示一些" }).count()).toBe(more ? 1 : 0);
      if (more) await page.locator("button", { hasText: "再显示一些" }).click();
    }
    expect(await told.first().innerText()).toContain("没有送到");
    await told.first().locator("button", { hasText: "重发" }).click();
    await soon(() => Promise.resolve(received)).toEqual([{ event: "submission.checked", body: JSON.stringify({ number: 119 }) }]);
    await soon(async () => {
      await row(page, "127.0.0.1").locator("button", { hasText: "推送记录" }).click();
      return await told.first().innerText();
    }).toContain("204");
    expect(await axeWhenStill(page)).toEqual([]);
    expect(wrong).toEqual([]);
    await page.context().close();
    receiver.close();
  });

  it("shows all of it in the log, which is whole", async () => {
    const { page, wrong } = await opened("audit");
    await row(page, "撤销令牌").waitFor();
    for (const done of ["添加单位", "添加人员", "添加分工", "设定截止日期", "设定规则集", "新建令牌", "删除推送"]) expect(await row(page, done).count(), done).toBeGreaterThan(0);
    await page.locator("button", { hasText: "验证记录" }).click();
    await page.locator("[role=status]", { hasText: /记录完整：\d+ 行/ }).waitFor();
    expect(await axeWhenStill(page)).toEqual([]);
    // Its wide tables scroll within a phone's page.
    await page.setViewportSize({ width: 390, height: 844 });
    for (const part of ["people", "departments", "assignments", "deadlines", "rule-sets", "tokens", "webhooks", "audit"]) {
      await page.locator(`nav.parts a[href="/admin/${part}"]`).click();
      await page.locator("main .scroll, main .card, main .long-table").first().waitFor();
      expect([part, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([part, 390]);
    }
    expect(wrong).toEqual([]);
    await page.context().close();
  });
});
