// The service listening with its pages, as `ziping serve` does, and the machine's Chromium before it: for tests of the pages.
import { existsSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { browserPath, launchBrowser } from "../programs/browser.ts";
import { SESSION_COOKIE } from "../../src/server/caller.ts";
import { serviceFor, type Harness, type PersonKey } from "../server/harness.ts";

const built = existsSync(fileURLToPath(new URL("../../dist/web/index.html", import.meta.url)));

/** For `describe.skipIf(missing !== null)`: what these tests lack here; null where nothing. */
export const missing = browserPath === null ? "Chromium" : built ? null : "the pages (npm run build)";
if (missing !== null) process.stderr.write(`The tests of the pages are skipped: ${missing} is not here.\n`);

export interface Pages extends Harness {
  url: string;
  browser: Browser;
  /** A page of a person's own, with a session made straight in the store: signing in by the form has tests of its own. Of nobody without. `wrong` collects what went wrong in it. */
  open: (who: PersonKey | null, options?: BrowserContextOptions & { at?: string }) => Promise<{ page: Page; wrong: string[] }>;
}

export async function servePages(options: Parameters<typeof serviceFor>[0] = {}): Promise<Pages> {
  const harness = await serviceFor({ store: "pglite", jobs: "real", ...options });
  await harness.app.listen({ port: 0, host: "127.0.0.1" });
  const url = `http://127.0.0.1:${(harness.app.server.address() as AddressInfo).port}`;
  const browser = await launchBrowser();
  return {
    ...harness, url, browser,
    open: async (who, { at = "/", ...context } = {}) => {
      const own = await browser.newContext({ locale: "zh-CN", viewport: { width: 1280, height: 800 }, acceptDownloads: true, ...context });
      if (who !== null) await own.addCookies([{ name: SESSION_COOKIE, value: (await harness.as(who)).cookie, url, httpOnly: true, sameSite: "Lax" }]);
      const page = await own.newPage();
      // Machines that do much else at once are slow, not wrong.
      page.setDefaultTimeout(120_000);
      const wrong: string[] = [];
      watch(page, url, wrong);
      await page.goto(url + at);
      await page.waitForSelector("main h1");
      return { page, wrong };
    },
    close: async () => {
      await browser.close();
      harness.app.server.closeAllConnections();
      await harness.close();
    },
  };
}

/** What axe finds, with where; the empty list where nothing. `within`: a dialog, whose page was looked at before. */
export async function axe(page: Page, within?: string): Promise<string[]> {
  const builder = new AxeBuilder({ page });
  const { violations } = await (within === undefined ? builder : builder.include(within)).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary = "" }) => `${id}: ${target.join(" ")} ${failureSummary.split("\n").slice(1, 3).join(" ").trim()}`));
}

/** Errors of scripts, refusals of the content security policy, and requests to anywhere else. */
function watch(page: Page, url: string, wrong: string[]): void {
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("console", (message) => {
    // Chromium says itself that an answer was a refusal; pages show those, and tests look at what they show.
    if ((message.type() === "error" || message.type() === "warning") && !message.text().startsWith("Failed to load resource")) wrong.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(url) && !/^(?:blob|data):/.test(request.url())) wrong.push(`outside: ${request.url()}`);
  });
}
