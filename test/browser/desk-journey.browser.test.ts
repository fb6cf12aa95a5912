import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operator, type Role } from "../../core/rights.ts";
import { words } from "../../core/words.ts";
import { systemClock } from "../../functions/cloud/clock.ts";
import { importSubscribers } from "../../functions/desk/subscribers.ts";
import { requireIssue } from "../../functions/records/issues.ts";
import { savePublication } from "../../functions/records/publications.ts";
import { aPublication } from "../people-and-papers.ts";
import { append, chooseNext, press, tick, write } from "./by-keyboard.ts";
import { type DeskHouse, openDeskHouse, type Window } from "./desk-house.ts";

/**
 * The whole way of an issue: an author hands in on a phone; an editor without a mouse mends, assembles, checks and
 * proofs; a publisher without a mouse approves and sends; readers get their letters, and the report says so.
 */

const say = words("de").desk;
const { clock, advance } = movableClock();
let house: DeskHouse;
beforeAll(async () => {
  house = await openDeskHouse({ hasSample: false, clock });
  const { cloud, site } = house;
  await savePublication(cloud, aPublication({ baseUrl: `${site}/elblandbote`, sections: ["Aus den Gemeinden"] }));
  const rows = readers.map((address, index) => ({ line: index + 2, address, name: "", language: "de" as const }));
  await importSubscribers(cloud, operator, "elblandbote", rows, { consentSource: "Bestellkarten 2025" });
}, 300_000);
afterAll(() => house?.close());

const readers = ["almut@auenrode.example", "bela@auenrode.example", "cosima@auenrode.example"];
const folder = "local/sample/elblandbote/articles/schuldach";

/** Ten minutes pass when we say so. */
function movableClock() {
  let ahead = 0;
  const now = (): Date => new Date(Date.now() + ahead);
  const forward = (minutes: number): void => {
    ahead += minutes * 60_000;
  };
  return { clock: { ...systemClock, now }, advance: forward };
}

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
async function as(roles: readonly Role[], work: (page: Page) => Promise<void>, options = {}): Promise<void> {
  const window: Window = await house.enter(roles, options);
  await work(window.page);
  expect(window.trouble.filter((line) => !/status of 404|Blocked script execution/.test(line))).toEqual([]);
  await window.close();
}
const at = (path: string): string => `${house.origin}/elblandbote${path}`;
const button = (page: Page, name: string) => page.locator("main").getByRole("button", { name, exact: true }).first();
const link = (page: Page, name: string) => page.locator("main").getByRole("link", { name, exact: true }).first();
const shows = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: 90_000 });

/** What lies in somebody's mailbox, by its subject. */
async function mailbox(page: Page, address: string): Promise<string> {
  await page.goto(`${house.site}/mailbox/`);
  return page.getByRole("listitem").filter({ hasText: address }).first().innerText({ timeout: 2000 });
}

describe("the whole way of an issue", () => {
  it("begins with an author, who hands in by phone", () =>
    as(
      ["author"],
      async (page) => {
        await page.goto(at("/submissions/new"));
        await page.getByLabel(say["new-submission"].about).fill("Das Schuldach");
        await button(page, say["new-submission"].next).tap();
        await page.waitForURL(/submissions\/\d{4}/);
        await page.locator("input[type=file]").setInputFiles([`${folder}/schuldach.docx`, `${folder}/dach.jpg`]);
        await shows(page, say.submission.understood);
        await page.goto(page.url().replace(/\?.*/, ""));
        for (const field of await page.locator("#missing ~ form textarea").all())
          await field.fill("Ein Dach mit Platten");
        for (const field of await page.locator("#missing ~ form input[name$=credit]").all()) await field.fill("privat");
        if ((await page.locator("#missing").count()) === 0) return;
        await button(page, say.submission.describe).tap();
        await page.waitForURL(/\?done=/);
      },
      phone,
    ));

  it("goes on with an editor, who mends the words", () =>
    as(["editor"], async (page) => {
      await page.goto(at("/articles"));
      await press(page, page.locator("main .list a").first());
      await page.waitForURL(/\/articles\/[^/?]+$/);
      await press(page, link(page, say.article.edit));
      await page.waitForURL(/\/words$/);
      await append(page, page.locator("#words"), "\n\nDie Abnahme ist für den März geplant.\n");
      await press(page, button(page, say.words.save));
      await page.waitForURL(/\/articles\/[^/?]+(\?.*)?$/);
    }));

  it("who makes an issue of them, has it checked and built, and looks at a proof", () =>
    as(["editor"], async (page) => {
      await page.goto(at("/issues"));
      await write(page, page.getByLabel(say.issues.theme), "Dächer und Deiche");
      await press(page, button(page, say.issues.create));
      await page.waitForURL(/\/issues\/\d{4}-\d\d/);
      if ((await page.locator("main section.section").count()) === 0) {
        await write(page, page.locator(".new-section input[name=name]"), "Aus den Gemeinden");
        await press(page, button(page, say.issue.addSection));
        await page.locator("main section.section").waitFor();
      }
      await press(page, page.locator("main form.add button").first());
      await page.waitForURL(/\/articles\?/);
      await press(page, page.locator("main .list button").first());
      await page.waitForURL(/done=articleAdded/);
      await press(page, link(page, say.tabs.check));
      await page.waitForURL(/\/check$/);
      await press(page, button(page, say.check.order));
      await shows(page, /Genau dieser Bau kann freigegeben werden/);
      await press(page, link(page, say.tabs.sending));
      await page.waitForURL(/\/sending$/);
      await press(page, button(page, say.sending.proofButton));
      await page.waitForURL(/done=proofSent/);
      await expect.poll(() => mailbox(page, "editor-").catch(() => ""), { timeout: 60_000 }).toContain("[Probe");
    }));

  it("then a publisher approves exactly what was built, and sends it", () =>
    as(["publisher"], async (page) => {
      await page.goto(at("/"));
      await press(page, page.locator("main .list a").first());
      await page.waitForURL(/\/sending/);
      await press(page, link(page, say.sending.look));
      await page.waitForURL(/\/approval/);
      await press(page, button(page, say.approval.yes));
      await page.waitForURL(/\/sending\?done=approved/);
      await chooseNext(page, page.locator("main input[name=when]").first());
      await press(page, button(page, say.sending.next));
      await page.waitForURL(/\/schedule/);
      await tick(page, page.locator("main input[name=sure]"));
      await press(page, button(page, say.schedule.button));
      await page.waitForURL(/\/sending/);
      advance(11);
      const shown = async (): Promise<boolean> => {
        await page.goto(`${house.site}/mailbox/`);
        const all = await page.locator("main").innerText();
        return readers.every((address) => all.includes(address));
      };
      await expect.poll(shown, { timeout: 60_000, interval: 2000 }).toBe(true);
      await expect.poll(statusLater, { timeout: 90_000, interval: 4000 }).toBe("sent");
    }));

  it("and every reader has one letter, as the report says", () =>
    as(["publisher"], async (page) => {
      for (const address of readers) expect(await mailbox(page, address)).toContain("Dächer und Deiche");
      await page.goto(at(`/issues/${await theIssue()}/report`));
      expect(await page.locator("main").innerText()).toContain(String(readers.length));
      expect(await page.locator("main .state").first().innerText()).toBe(words("de").state.issue.sent);
    }));
});

const theIssue = async (): Promise<string> => {
  const { items } = await house.cloud.table.query({
    pk: "publication#elblandbote",
    from: "issue#",
    to: "issue#~",
    limit: 1,
  });
  return (items[0]?.sk ?? "").slice("issue#".length);
};
/** The account of an issue rests a while after its last letter. */
const statusLater = async (): Promise<string> => {
  advance(20);
  return (await requireIssue(house.cloud, "elblandbote", await theIssue())).status;
};
