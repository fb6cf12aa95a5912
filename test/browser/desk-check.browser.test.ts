import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operator } from "../../core/rights.ts";
import { draftIssue } from "../../functions/desk/issues.ts";
import { shelve } from "../functions/desk/an-issue.ts";
import { anIssue, aPicture, paragraph } from "../people-and-papers.ts";
import { type DeskHouse, onlyPublication, openDeskHouse } from "./desk-house.ts";

/** An editor mends what a check found, in a real browser, with script and without. */

let house: DeskHouse;
let publication: string;
beforeAll(async () => {
  house = await openDeskHouse();
  publication = await onlyPublication(house);
  const words = Array.from({ length: 60 }, (_, nth) => paragraph(`Absatz ${nth}: ${"Der Fluss steigt. ".repeat(9)}`));
  await shelve(house.cloud, {
    publication,
    title: "Fluss",
    hero: aPicture("fluss.jpg", { alt: null }),
    blocks: [...words.slice(0, 40), paragraph("Am Ende hat hat der Rat entschieden."), ...words.slice(40)],
  });
  const sections = [{ name: "Das Thema", articles: ["hochwasser", "pegel", "bruecke", "fluss"] }];
  await draftIssue(
    house.cloud,
    operator,
    anIssue({ publication, number: 30, year: 2026, date: "2026-12-14", sections }),
  );
}, 300_000);
afterAll(() => house?.close());

/** What has the focus: its id, what is selected in it, and whether anybody sees it. */
const focused = (page: Page): Promise<{ id: string; selected: string; isSeen: boolean }> =>
  page.evaluate(`(() => {
    const one = document.activeElement;
    const { top, bottom } = one.getBoundingClientRect();
    const selected = "selectionStart" in one ? one.value.slice(one.selectionStart, one.selectionEnd) : "";
    return { id: one.id, selected, isSeen: bottom > 0 && top < innerHeight };
  })()`);

async function follow(page: Page, words: string): Promise<void> {
  await page.goto(`${house.origin}/${publication}/issues/2026-30/check`);
  await page.locator("li", { hasText: words }).getByRole("link").first().click();
  await page.waitForLoadState();
}

describe("the way from a finding", () => {
  it("leads to the words in the editor, selected and seen; saved, back to a check that finds them no more", async () => {
    const { page, trouble, close } = await house.enter(["editor"]);
    await follow(page, "„hat hat“");
    await expect.poll(() => focused(page)).toMatchObject({ id: "words", selected: "hat hat", isSeen: true });
    expect(await page.locator("#place").innerText()).toContain("„hat hat“");
    const scrolled = await page
      .locator("#words")
      .evaluate((one) => (one as unknown as { scrollTop: number }).scrollTop);
    expect(scrolled).toBeGreaterThan(500);
    await page.keyboard.type("hat");
    await Promise.all([page.waitForURL(/\/check\?done=/), page.locator("form.words .button").first().click()]);
    expect(await page.locator("main").innerText()).not.toContain("„hat hat“");
    expect(trouble).toEqual([]);
    await close();
  });

  it.each([true, false])("leads to the field of a picture, of the issue: script %s", async (javaScriptEnabled) => {
    const { page, close } = await house.enter(["editor"], { javaScriptEnabled, viewport: { width: 360, height: 740 } });
    await follow(page, "fluss.jpg in „Fluss“");
    await expect.poll(() => focused(page)).toMatchObject({ id: "alt-fluss.jpg", isSeen: true });
    await follow(page, "keinen eigenen Betreff");
    await expect.poll(() => focused(page)).toMatchObject({ id: "subject", isSeen: true });
    await close();
  });

  it("tells the line where no script can go there", async () => {
    const { page, close } = await house.enter(["editor"], { javaScriptEnabled: false });
    await follow(page, "Anreißer noch Vorspann");
    expect(await page.locator("#place").innerText()).toMatch(/fehlt „anreißer“.* vor Zeile \d+/);
    await close();
  });
});
