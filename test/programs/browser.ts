// A page -> opened in the machine's Chromium, which is started once a test file.
import { chromium, type Browser } from "playwright-core";
import { pathOf, programs } from "./programs.ts";

export const browserPath = pathOf(programs.chromium);

/** Throws where this machine has no Chromium: ask `browserPath` first. */
export async function launchBrowser(): Promise<Browser> {
  if (browserPath === null) throw new Error("Chromium is not on this machine");
  return chromium.launch({
    executablePath: browserPath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
  });
}
