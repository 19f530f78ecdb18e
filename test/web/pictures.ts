// A bureau's year in a real service -> the READMEs' pictures of its pages: `npm run build && npx vitest run --config test/web/pictures.config.ts`.
// PICTURES=FOLDER writes there what is looked at beside them: each page in both languages, on a wide screen and a phone, by day and by night.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import type { Finding } from "../../src/model.ts";
import { formOf, type PersonKey } from "../server/harness.ts";
import { servePages, type Pages } from "./pages.ts";
import { done, formAs, seedYear } from "./seed.ts";

const YEAR = String(new Date().getFullYear() - 1);
const CLERKS = "松坪县文化和旅游局";
const FORM = fileURLToPath(new URL("../../fixtures/central-form-with-deviations/submission.json", import.meta.url));
const FOLDER = process.env["PICTURES"];

interface Picture { name: string; who: PersonKey | null; at: (scene: Scene) => string; height: number; ready: (page: Page) => Promise<void> }
interface Scene { reviewed: string }

const PICTURES: readonly Picture[] = [
  { name: "self-check", who: null, at: () => "/", height: 1150, ready: async (page) => {
    await page.setInputFiles("[data-files]", { name: "自评表.json", mimeType: "application/json", buffer: readFileSync(FORM) });
    await page.waitForSelector("[data-verdict]");
    await page.evaluate(() => { document.querySelector(".bench .status")?.scrollIntoView({ block: "start" }); });
  } },
  { name: "board", who: "reviewer", at: () => `/board?year=${YEAR}`, height: 1150, ready: async (page) => {
    await page.waitForSelector(".long-table a, .long-table li");
    for (const chart of await page.locator(".chart").all()) await chart.locator("canvas").waitFor();
  } },
  { name: "review", who: "reviewer", at: ({ reviewed }) => `/review/${reviewed}`, height: 1150, ready: async (page) => {
    const said = page.locator("[data-finding]", { has: page.locator("blockquote.explanation") }).first();
    await said.waitFor();
    const to = said.locator(".to button");
    if (await to.isVisible()) await to.click();
    await page.evaluate(() => { document.querySelector("blockquote.explanation")?.closest("[data-finding]")?.scrollIntoView({ block: "center" }); });
    await page.evaluate(() => { document.querySelector(".between")?.scrollIntoView({ block: "nearest" }); });
  } },
  { name: "mine", who: "departmentA", at: () => "/mine", height: 1150, ready: async (page) => { await page.waitForSelector("[data-verdict]"); } },
  { name: "rules", who: "reviewer", at: () => "/rules/national?rule=deviation/overachievement", height: 1150, ready: async (page) => {
    await page.waitForSelector(".rule-page");
    await page.evaluate(() => { document.querySelector(".lists a[aria-current]")?.scrollIntoView({ block: "center" }); window.scrollTo(0, 0); });
  } },
  { name: "admin", who: "administrator", at: () => "/admin/people", height: 700, ready: async (page) => { await page.waitForSelector("tbody tr"); } },
];

it("pictures of every page", { timeout: 900_000 }, async () => {
  const pages = await servePages();
  try {
    const scene = await sceneOf(pages);
    for (const picture of PICTURES) {
      const bytes = await taken(pages, scene, picture, { viewport: { width: 1440, height: picture.height } });
      writeFileSync(new URL(`../../.pictures/service-${picture.name}.png`, import.meta.url), bytes);
      expect(bytes.length, picture.name).toBeLessThan(300_000);
    }
    if (FOLDER !== undefined) await lookAt(pages, scene, FOLDER);
  } finally {
    await pages.close();
  }
});

/** Departments of four counties; what they handed in stands wherever it can: waiting, under review, sent back, handed in again, accepted. */
async function sceneOf(pages: Pages): Promise<Scene> {
  const { db } = pages.service;
  await db.updateTable("department").set({ name: "青峦县司法局", code: "407", region: "青峦县", level: "县级" }).where("id", "=", pages.departments.A).execute();
  await db.updateTable("department").set({ name: "石桥县卫生健康局", code: "707", region: "石桥县", level: "县级" }).where("id", "=", pages.departments.B).execute();
  const seeded = await seedYear(pages, { year: YEAR, handedIn: 20 });
  const clerks = seeded.departments.find(({ name }) => name === CLERKS);
  await db.updateTable("person").set({ department_id: clerks?.id ?? null, name: "文旅局经办" }).where("id", "=", pages.people.departmentA).execute();
  await db.updateTable("person").set({ name: "卫健局经办" }).where("id", "=", pages.people.departmentB).execute();
  const [admin, reviewer, clerk] = [await pages.as("administrator"), await pages.as("reviewer"), await pages.as("departmentA")];
  await done(admin, "PUT", "/deadlines", { year: YEAR, departmentId: null, due: dayFromNow(6) });
  await done(admin, "PUT", "/deadlines", { year: YEAR, departmentId: seeded.departments.at(-1)?.id, due: dayFromNow(-4) });

  const idOf = (name: string): string => seeded.submissions.find(({ department }) => department.name === name)?.id ?? "";
  const step = async (id: string, ...steps: (readonly [string, object])[]): Promise<void> => { for (const [name, body] of steps) await done(reviewer, "POST", `/submissions/${id}/${name}`, body); };
  const back = ["return", { reason: "请按问题清单改正后重新报送。", due: dayFromNow(16) }] as const;
  for (const { id } of seeded.submissions.filter(({ verdict }) => verdict === "accept").slice(0, 2)) await step(id, ["take", {}], ["accept", {}]);
  const returned = seeded.submissions.filter(({ verdict, department }) => verdict === "return" && department.name !== CLERKS);
  for (const { id } of returned.slice(-3)) await step(id, ["take", {}], back);

  // The clerks' first hand-in was sent back, the second one is under review: one finding explained, one explanation accepted.
  const first = idOf(CLERKS);
  await step(first, ["take", {}], back);
  const form = await formOf([{ name: "自评表.json", bytes: formAs("central-form-with-deviations", CLERKS, YEAR) }]);
  const { id } = await done<{ id: string }>(clerk, "POST", `/submissions/${first}/resubmissions`, form.payload, form.headers);
  await checked(pages, id);
  const { items } = await done<{ items: Finding[] }>(clerk, "GET", `/submissions/${id}/findings`);
  const [one, other] = ["deviation/overachievement", "deviation/shortfall"].map((rule) => items.find((finding) => finding.rule === rule));
  await done(clerk, "POST", `/submissions/${id}/explanations`, { finding: one?.id, words: "年内新增两场大型展览，观众人数超出年初预计；下年度已相应调高指标值。" });
  await done(clerk, "POST", `/submissions/${id}/explanations`, { finding: other?.id, words: "两场临时展览因展厅消防改造推迟到次年一季度，已调整下年度计划。" });
  await step(id, ["take", {}], ["decisions", { finding: other?.id, decision: "accepted" }]);
  return { reviewed: id };
}

async function checked(pages: Pages, id: string): Promise<void> {
  const reviewer = await pages.as("reviewer");
  for (let tries = 0; tries < 600; tries += 1) {
    if ((await done<{ state: string }>(reviewer, "GET", `/submissions/${id}`)).state === "checked") return;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  throw new Error("it was not checked within a minute");
}

function dayFromNow(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

async function taken(pages: Pages, scene: Scene, { who, at, ready }: Picture, context: Parameters<Pages["open"]>[1], whole = false): Promise<Buffer> {
  const { page, wrong } = await pages.open(who, { at: at(scene), ...context });
  await ready(page);
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== "running"));
  const bytes = smaller(await page.screenshot({ fullPage: whole }));
  expect(wrong).toEqual([]);
  await page.context().close();
  return bytes;
}

/** With a palette, where ImageMagick is on this machine: a third of the bytes, and nothing that eyes see. */
function smaller(bytes: Buffer): Buffer {
  const { status, stdout } = spawnSync("convert", ["png:-", "+dither", "-colors", "255", "png8:-"], { input: bytes, maxBuffer: 64 << 20 });
  return status === 0 && stdout.length > 0 && stdout.length < bytes.length ? stdout : bytes;
}

async function lookAt(pages: Pages, scene: Scene, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const picture of PICTURES) {
    for (const locale of ["zh-CN", "en-GB"]) {
      for (const [screen, width, colorScheme] of [["wide", 1440, "light"], ["phone", 390, "light"], ["night", 1440, "dark"]] as const) {
        writeFileSync(`${folder}/${picture.name}-${locale.slice(0, 2)}-${screen}.png`, await taken(pages, scene, picture, { locale, colorScheme, viewport: { width, height: 900 } }, true));
      }
    }
  }
}
