// The review: a reviewer's way through a submission, in the machine's Chromium.
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Finding } from "../../src/model.ts";
import { missing, servePages, type Pages } from "./pages.ts";
import { formOf } from "../server/harness.ts";
import { done, formAs, seedYear, type Seeded } from "./seed.ts";
import { axeWhenStill, soon } from "./still.ts";

describe.skipIf(missing !== null)("the review", { timeout: 600_000 }, () => {
  let pages: Pages;
  let seeded: Seeded;
  let whole: Seeded["submissions"][number];
  let explained: Finding;
  let findings: Finding[];
  beforeAll(async () => {
    pages = await servePages();
    seeded = await seedYear(pages, { handedIn: 3 });
    const found = seeded.submissions.find(({ department }) => department.name === seeded.departments[0]?.name);
    if (found === undefined) throw new Error("the first department has handed in nothing");
    whole = found;
    const admin = await pages.as("administrator");
    findings = (await done<{ items: Finding[] }>(admin, "GET", `/submissions/${whole.id}/findings`)).items;
    const open = findings.find(({ severity, outcome }) => severity === "explain" && outcome === "fail");
    if (open === undefined) throw new Error("nothing is to be explained");
    explained = open;
    await done(admin, "POST", `/submissions/${whole.id}/explanations`, { finding: explained.id, words: "年中增加了工作量，下年度按实际调整指标值。" });
  }, 180_000);
  afterAll(async () => { await pages.close(); });

  const opened = async (options: Parameters<Pages["open"]>[1] = {}): Promise<{ page: Page; wrong: string[] }> => {
    const made = await pages.open("reviewer", { at: `/review/${whole.id}`, viewport: { width: 1440, height: 900 }, ...options });
    await made.page.waitForSelector("[data-finding]");
    return made;
  };
  const focused = async (page: Page, attribute: string): Promise<string | null> => await page.evaluate((name) => document.activeElement?.getAttribute(name) ?? null, attribute);

  it("ties a finding to its cell and the cell to its finding", async () => {
    const { page, wrong } = await opened();
    const one = findings.find(({ rule, at }) => rule === "deviation/overachievement" && at[0]?.pointer !== undefined);
    const card = page.locator(`[data-finding="${one?.id ?? ""}"]`);
    await card.locator("button", { hasText: "看表中位置" }).click();
    await soon(async () => await focused(page, "data-pointer")).toBe(one?.at[0]?.pointer);
    const cell = page.locator("td.lit", { has: page.locator(`[data-pointer="${one?.at[0]?.pointer ?? ""}"]`) });
    await cell.waitFor();
    await cell.locator("button.pin", { hasText: one?.title ?? "" }).first().click();
    await soon(async () => await focused(page, "data-finding")).toBe(one?.id);
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("goes from finding to finding by keys, and tells them in a panel", async () => {
    const { page, wrong } = await opened();
    await page.keyboard.press("j");
    await soon(async () => await focused(page, "data-finding")).not.toBeNull();
    const first = await focused(page, "data-finding");
    await page.keyboard.press("j");
    await soon(async () => await focused(page, "data-finding")).not.toBe(first);
    await page.keyboard.press("k");
    await soon(async () => await focused(page, "data-finding")).toBe(first);
    await page.keyboard.press("?");
    await page.locator(".el-dialog", { hasText: "快捷键" }).waitFor();
    expect(await axeWhenStill(page, ".el-dialog")).toEqual([]);
    await page.keyboard.press("Escape");
    await page.locator("#finding-words").fill("j");
    expect(await page.locator("#finding-words").inputValue()).toBe("j");
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("is faultless to axe by day and by night, and fits a phone", async () => {
    const day = await opened();
    expect(await axeWhenStill(day.page)).toEqual([]);
    await day.page.context().close();
    const night = await opened({ locale: "en-GB", colorScheme: "dark", viewport: { width: 390, height: 844 } });
    expect(await axeWhenStill(night.page)).toEqual([]);
    expect(await night.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect([...day.wrong, ...night.wrong]).toEqual([]);
    await night.page.context().close();
  });

  it("takes it, judges an explanation, waives until a day and overrides, each told at once and kept in the history", async () => {
    const { page, wrong } = await opened();
    await page.locator(".head button", { hasText: "开始审核" }).click();
    await page.locator(".about .tag", { hasText: "审核中" }).waitFor();
    const card = page.locator(`[data-finding="${explained.id}"]`);
    await card.locator("button", { hasText: /^采纳说明$/ }).click();
    await card.locator(".tag", { hasText: "采纳说明" }).waitFor();
    const toFix = findings.filter(({ severity, outcome }) => severity === "must-fix" && outcome === "fail");
    const mustFix = async (): Promise<number> => Number(await page.locator("[data-count=must-fix] b").innerText());
    const before = await mustFix();
    const waived = page.locator(`[data-finding="${toFix[0]?.id ?? ""}"]`);
    await waived.locator("button", { hasText: "豁免" }).click();
    await waived.locator("form button[type=submit]").click();
    await waived.locator("[role=alert]", { hasText: "请填写理由" }).waitFor();
    await waived.locator("textarea").fill("经会议研究同意");
    await waived.locator("input[type=date]").fill("2099-12-31");
    await waived.locator("form button[type=submit]").click();
    await soon(mustFix).toBe(before - 1);
    await waived.locator(".tag", { hasText: "豁免至 2099 年 12 月 31 日" }).waitFor();
    const overridden = page.locator(`[data-finding="${toFix[1]?.id ?? ""}"]`);
    await overridden.locator("button", { hasText: "放行" }).click();
    await overridden.locator("textarea").fill("表样不同，不适用");
    await overridden.locator("form button[type=submit]").click();
    await soon(mustFix).toBe(before - 2);
    await page.locator("#review-opinion-words").fill("总体较好，请改正所列问题。");
    await page.locator("button", { hasText: "保存意见" }).click();
    await soon(async () => (await done<{ opinion: string | null }>(await pages.as("reviewer"), "GET", `/submissions/${whole.id}`)).opinion).toBe("总体较好，请改正所列问题。");
    await page.locator("section", { hasText: "办理经过" }).locator("li", { hasText: "开始审核" }).waitFor();
    const kinds = (await done<{ items: { decision: string }[] }>(await pages.as("reviewer"), "GET", `/submissions/${whole.id}/decisions`)).items.map(({ decision }) => decision);
    expect(kinds.sort()).toEqual(["accepted", "overridden", "waived"]);
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("hands out the notice as docx, does not accept what is open, and returns it with a due day", async () => {
    const { page, wrong } = await opened();
    await page.locator("button", { hasText: "下载" }).click();
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator(".el-dropdown-menu__item", { hasText: "整改通知书" }).click()]);
    expect(download.suggestedFilename()).toMatch(/\.docx$/);
    expect((await readFile(await download.path())).subarray(0, 2).toString()).toBe("PK");
    await page.locator(".head button", { hasText: /^通过$/ }).click();
    await page.locator(".el-dialog .said", { hasText: "不能通过" }).waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".head button", { hasText: "退回修改" }).click();
    await page.locator("#review-return-reason").fill("请按问题清单改正。");
    await page.locator("#review-return-due").fill("2099-06-30");
    expect(await axeWhenStill(page, ".el-dialog")).toEqual([]);
    await page.locator(".el-dialog button[type=submit]").click();
    await page.locator(".about .tag", { hasText: "已退回" }).waitFor();
    const told = await done<{ state: string; returnDue: string }>(await pages.as("reviewer"), "GET", `/submissions/${whole.id}`);
    expect([told.state, told.returnDue]).toEqual(["returned", "2099-06-30"]);
    await page.keyboard.press("n");
    await page.waitForURL((to) => to.pathname.startsWith("/review/") && !to.pathname.endsWith(whole.id));
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  const handedIn = (department: number): Seeded["submissions"][number] => {
    const found = seeded.submissions.find(({ department: { name } }) => name === seeded.departments[department]?.name);
    if (found === undefined) throw new Error("it has handed in nothing");
    return found;
  };
  const decide = async (page: Page, finding: string, decision: "豁免" | "放行"): Promise<void> => {
    const card = page.locator(`[data-finding="${finding}"]`);
    await card.locator(".choice", { hasText: decision }).click();
    await card.locator("textarea").fill("经会议研究同意");
    await card.locator("form button[type=submit]").click();
  };

  it("tells who was quicker where two review at once, and lets both go on where they speak of different findings", async () => {
    const { id } = handedIn(1);
    const admin = await pages.as("administrator");
    await done(admin, "POST", "/assignments", { personId: pages.people.otherReviewer });
    const options = { at: `/review/${id}`, viewport: { width: 1440, height: 900 } };
    const [{ page: mine, wrong }, { page: other, wrong: wrongToo }] = await Promise.all([opened(options), pages.open("otherReviewer", options)]);
    await other.waitForSelector("[data-finding]");
    const decisions = async (finding: string): Promise<string[]> => (await done<{ items: { finding: string; decision: string; author: { name: string } }[] }>(admin, "GET", `/submissions/${id}/decisions`)).items.filter((one) => one.finding === finding).map(({ author, decision }) => `${author.name} ${decision}`);
    const [first, second, third] = (await done<{ items: Finding[] }>(admin, "GET", `/submissions/${id}/findings`)).items.filter(({ severity }) => severity === "explain").map((finding) => finding.id) as [string, string, string];

    await other.locator(".head button", { hasText: "开始审核" }).click();
    await other.locator(".about .tag", { hasText: "审核中" }).waitFor();
    await mine.locator(".head button", { hasText: "开始审核" }).click();
    await mine.locator(".el-message", { hasText: "复核人乙 刚刚“开始审核”，您的这一步没有保存。" }).waitFor();
    expect(await mine.locator(".about").innerText()).toMatch(/审核中[\s\S]*审核人：复核人乙/);

    // The revision that the page knows is one behind each time: what it rests on is the finding.
    await decide(other, first, "豁免");
    await other.locator(`[data-finding="${first}"] .decision`).waitFor();
    await decide(mine, second, "放行");
    await mine.locator(`[data-finding="${second}"] .decision`).waitFor();
    expect(await mine.locator(`[data-finding="${first}"] .decision`).innerText()).toContain("复核人乙");
    await decide(other, third, "放行");
    await other.locator(`[data-finding="${third}"] .decision`).waitFor();
    await decide(mine, third, "豁免");
    await mine.locator(".el-message", { hasText: "复核人乙 刚刚“放行问题”，您的这一步没有保存。" }).waitFor();
    await mine.locator(`[data-finding="${third}"] .decision`, { hasText: "放行" }).waitFor();
    expect([await decisions(first), await decisions(second), await decisions(third)]).toEqual([["复核人乙 waived"], ["复核人甲 overridden"], ["复核人乙 overridden"]]);

    const opinion = async (): Promise<string | null> => (await done<{ opinion: string | null }>(admin, "GET", `/submissions/${id}`)).opinion;
    await other.locator("#review-opinion-words").fill("乙的意见");
    await other.locator("button", { hasText: "保存意见" }).click();
    await soon(opinion).toBe("乙的意见");
    await mine.locator("#review-opinion-words").fill("甲的意见");
    await mine.locator("button", { hasText: "保存意见" }).click();
    await mine.locator("blockquote", { hasText: "别人刚刚保存的意见： 乙的意见" }).waitFor();
    expect([await opinion(), await mine.locator("#review-opinion-words").inputValue()]).toEqual(["乙的意见", "甲的意见"]);
    await mine.locator("button", { hasText: "保存意见" }).click();
    await soon(opinion).toBe("甲的意见");
    expect([...wrong, ...wrongToo]).toEqual([]);
    await mine.context().close();
    await other.context().close();
  });

  it("compares it with the hand-in before, accepts it, and what was closed is opened again by an administrator", async () => {
    const { id, department } = handedIn(1);
    const [admin, reviewer] = [await pages.as("administrator"), await pages.as("reviewer")];
    await done(reviewer, "POST", `/submissions/${id}/return`, { reason: "请改正。", due: "2099-06-30" });
    const form = await formOf([{ name: "自评.json", bytes: formAs("right-in-every-figure", department.name, "2023") }]);
    const made = await done<{ id: string }>(admin, "POST", `/submissions/${id}/resubmissions`, form.payload, form.headers);
    await soon(async () => (await done<{ state: string }>(admin, "GET", `/submissions/${made.id}`)).state).toBe("checked");
    const { fixed } = await done<{ fixed: Finding[] }>(admin, "GET", `/submissions/${made.id}/comparison?lang=zh`);
    expect(fixed.length).toBeGreaterThan(0);

    const { page, wrong } = await pages.open("reviewer", { at: `/review/${made.id}` });
    await page.locator("summary", { hasText: "与第 1 次报送比较" }).click();
    const comparison = page.locator("section", { hasText: "与上次报送比较" });
    await comparison.locator("h3", { hasText: "已改正" }).waitFor();
    expect(await comparison.locator("h3", { hasText: "已改正" }).locator("small").innerText()).toBe(String(fixed.length));
    expect(await comparison.locator("h3", { hasText: "已改正" }).locator("xpath=following-sibling::ul[1]").innerText()).toContain(fixed[0]?.title);
    expect(await comparison.innerText()).toMatch(/核对结论 .+ → 无须退回/);
    await page.locator("button", { hasText: "开始审核" }).click();
    await page.locator(".head button", { hasText: /^\s*通过\s*$/ }).click();
    await page.locator(".el-dialog button[type=submit]").click();
    await page.locator(".about .tag", { hasText: "已通过" }).waitFor();
    expect(await page.locator(".head button", { hasText: /办结|重新打开/ }).allInnerTexts()).not.toContain("重新打开");
    await page.context().close();

    const { page: over, wrong: wrongToo } = await pages.open("administrator", { at: `/review/${made.id}` });
    for (const [step, state] of [["办结", "已办结"], ["重新打开", "审核中"]] as const) {
      await over.locator(".head button", { hasText: step }).click();
      await over.locator(".el-dialog button[type=submit]").click();
      await over.locator(".about .tag", { hasText: state }).waitFor();
    }
    await over.locator("section", { hasText: "办理经过" }).locator("li", { hasText: "重新打开" }).waitFor();
    expect([...wrong, ...wrongToo]).toEqual([]);
    await over.context().close();
  });
});
