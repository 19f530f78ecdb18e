// What holds for every page: nothing from outside, an address for everything.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { missing, servePages, type Pages } from "./pages.ts";

const BUILT = fileURLToPath(new URL("../../dist/web/", import.meta.url));

describe.skipIf(missing !== null)("the pages as built", () => {
  const files = missing === null ? readdirSync(`${BUILT}assets`) : [];
  const texts = (ending: string): [string, string][] => files.filter((name) => name.endsWith(ending)).map((name) => [name, readFileSync(`${BUILT}assets/${name}`, "utf8")]);

  it("name no other site, and hold no script or style in the page itself", () => {
    const page = readFileSync(`${BUILT}index.html`, "utf8");
    expect(page).not.toMatch(/<style|<script(?![^>]* src=)|style="/);
    expect(page).toContain('<meta name="renderer" content="webkit">');
    for (const [name, text] of [["index.html", page] as const, ...texts(".css")]) expect(`${name} ${/(?:https?:)?\/\/(?!www\.w3\.org\/2000\/svg)[\w-]+\.\w+/.exec(text)?.[0] ?? ""}`).toBe(`${name} `);
    expect(texts(".css").filter(([, text]) => text.includes("@font-face"))).toEqual([]);
  });

  it("have charts only where charts are", () => {
    const drawing = texts(".js").filter(([, text]) => text.includes("zrender")).map(([name]) => name);
    expect(drawing.length).toBeLessThanOrEqual(2);
    expect(drawing.filter((name) => /^(?:index|words|session|SelfCheck|Mine|Login)-/.test(name))).toEqual([]);
  });
});

describe.skipIf(missing !== null)("every page", () => {
  let pages: Pages;
  beforeAll(async () => { pages = await servePages({ jobs: "idle" }); }, 400_000);
  afterAll(async () => { await pages.close(); });

  it("is asked for under the strict policy, from here alone", async () => {
    const policy = (await fetch(`${pages.url}/`)).headers.get("content-security-policy") ?? "";
    expect(policy).toMatch(/default-src 'none'/);
    expect(policy).toMatch(/script-src 'self'(?:;|$)/);
    expect(policy).toMatch(/style-src 'self'(?:;|$)/);
    for (const [who, at] of [["administrator", "/admin"], ["reviewer", "/board"], ["reviewer", "/rules"], ["departmentA", "/mine"], [null, "/"], [null, "/nothing/here"]] as const) {
      const { page, wrong } = await pages.open(who, { at });
      await page.waitForLoadState("networkidle");
      expect([at, wrong]).toEqual([at, []]);
      expect(await page.locator("h1").count()).toBe(1);
      expect(await page.title()).toMatch(/ · 自评核对$/);
      await page.context().close();
    }
  }, 400_000);

  it("leads on by its navigation, which a phone folds away, and shows each role what is its own", async () => {
    const { page } = await pages.open("departmentA", { viewport: { width: 390, height: 800 } });
    expect(await page.locator("#navigation").isVisible()).toBe(false);
    await page.getByRole("button", { name: "菜单" }).click();
    expect(await page.locator("#navigation nav a").allInnerTexts()).toEqual(["自查", "本单位", "规则"]);
    await page.getByRole("link", { name: "本单位" }).click();
    await page.waitForURL("**/mine");
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
    expect(await page.locator("#navigation").isVisible()).toBe(false);
    expect(await page.locator('[aria-current="page"]').first().textContent()).toBe("本单位");
    await page.context().close();
  }, 400_000);
});
