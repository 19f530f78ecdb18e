// A page that is not yet as it will be -> asked until it is, within a time that a busy machine keeps.
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { axe } from "./pages.ts";

/** What axe finds once nothing fades in or out: half-faded words have no contrast. */
export async function axeWhenStill(page: Page, within?: string): Promise<string[]> {
  await page.waitForFunction(() => document.querySelector(".el-message") === null && document.getAnimations().every(({ playState }) => playState !== "running"));
  return await axe(page, within);
}

export const soon = <T>(told: () => Promise<T>): ReturnType<typeof expect.poll<T>> => expect.poll(told, { timeout: 60_000 });
