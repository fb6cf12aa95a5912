import type { Locator, Page } from "playwright-core";

/** Somebody who has no mouse: Tab to a thing, Enter or Space on it, letters into it. Nothing else ever happens. */

/** So many stops has no page; whoever needs more is lost. */
const mostTabs = 300;

async function reach(page: Page, target: Locator): Promise<void> {
  await target.waitFor({ state: "attached" });
  for (let tabs = 0; tabs < mostTabs; tabs++) {
    if (await target.evaluate((one) => one.matches(":focus"))) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`no way by Tab to ${target}`);
}

export async function press(page: Page, target: Locator): Promise<void> {
  await reach(page, target);
  await page.keyboard.press("Enter");
}

export async function tick(page: Page, target: Locator): Promise<void> {
  await reach(page, target);
  await page.keyboard.press("Space");
}

/** In place of what stands there. */
export async function write(page: Page, target: Locator, words: string): Promise<void> {
  await reach(page, target);
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText(words);
}

/** Below what stands there. */
export async function append(page: Page, target: Locator, words: string): Promise<void> {
  await reach(page, target);
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.insertText(words);
}

/** The next of several that exclude each other. */
export async function chooseNext(page: Page, chosen: Locator): Promise<void> {
  await reach(page, chosen);
  await page.keyboard.press("ArrowDown");
}
