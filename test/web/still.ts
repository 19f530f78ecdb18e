// A page -> what axe finds once nothing fades in or out: half-faded words have no contrast.
import type { Page } from "playwright-core";
import { axe } from "./pages.ts";

export async function axeWhenStill(page: Page): Promise<string[]> {
  await page.waitForFunction(() => document.querySelector(".el-message") === null && document.getAnimations().every(({ playState }) => playState !== "running"));
  return await axe(page);
}
