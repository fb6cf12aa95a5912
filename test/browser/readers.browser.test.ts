import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { words } from "../../core/words.ts";
import { house } from "../../functions/house.ts";
import { savePublication } from "../../functions/records/publications.ts";
import { publishShelf, putOnShelf } from "../../functions/records/shelf.ts";
import { readSubscriber } from "../../functions/records/subscribers.ts";
import { type LocalCloud, localCloud } from "../../local/cloud/local-cloud.ts";
import type { Served } from "../../local/listen.ts";
import { listenForAll } from "../../local/serve.ts";
import { keepWorking } from "../../local/wiring.ts";
import { sampleTopics } from "../core/edition/site-views.ts";
import { keyOf, place, scheduleSpring } from "../functions/an-issue-to-send.ts";
import { aPublication } from "../people-and-papers.ts";
import { axeFindings, openBrowser } from "./chromium.ts";

/** A reader's whole way on one machine's server: from the order form to the way out. */

const de = words("de");
let folder: string;
let cloud: LocalCloud;
let server: Served;
let browser: Browser;
let working: Promise<void>;
const stop = new AbortController();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kurier-readers-"));
  cloud = localCloud({ folder });
  server = await listenForAll(cloud, { language: "de" });
  await scheduleSpring(cloud);
  const baseUrl = `${server.origin}/elblandbote`;
  await savePublication(cloud, aPublication({ baseUrl, topics: sampleTopics }));
  await putOnShelf(cloud, { ...place, fingerprint: "f".repeat(64), language: "de" }, "2026-03-02T05:00:00.000Z");
  await publishShelf(cloud, house(), "elblandbote");
  working = keepWorking(cloud, stop.signal);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  stop.abort();
  await working;
  await server?.close();
  cloud?.close();
  await rm(folder, { recursive: true, force: true });
});

/** What no page may betray: errors of the console, requests to anywhere else. */
let trouble: string[];
beforeEach(() => {
  trouble = [];
});

async function enter(options: Parameters<Browser["newContext"]>[0]): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ locale: "de-DE", ...options });
  context.on("page", (page) => {
    page.on("console", (message) => {
      if (message.type() === "error" && !/status of 422/.test(message.text())) trouble.push(message.text());
    });
    page.on("request", (request) => {
      if (!request.url().startsWith(`${server.origin}/`) && !request.url().startsWith("data:"))
        trouble.push(`asked ${request.url()}`);
    });
  });
  return { context, page: await context.newPage() };
}

const heading = (page: Page): Promise<string | null> => page.textContent("h1");
const stateOf = async (address: string) =>
  (await readSubscriber(cloud, "elblandbote", await keyOf(cloud, address)))?.state;

/** Opens the confirm mail to somebody in the mailbox, and the page its button leads to. */
async function openLetter(context: BrowserContext, address: string): Promise<Page> {
  const mailbox = await context.newPage();
  const line = mailbox.getByRole("listitem").filter({ hasText: address }).getByRole("link").first();
  for (let tries = 0; tries < 60; tries++) {
    await mailbox.goto(`${server.origin}/mailbox/`);
    if ((await line.count()) > 0) break;
    await mailbox.waitForTimeout(250);
  }
  await line.click();
  const letter = mailbox.frameLocator("iframe").first();
  const opened = context.waitForEvent("page");
  await letter.getByRole("link", { name: de.answer.confirm.button }).first().click();
  const page = await opened;
  await page.waitForLoadState();
  return page;
}

describe("a reader", () => {
  it.each([
    ["with a script", true],
    ["without any script", false],
  ])("orders, confirms, chooses and leaves %s", async (_, javaScriptEnabled) => {
    const address = `almut.${javaScriptEnabled}@auenrode.example`;
    const { context, page } = await enter({ javaScriptEnabled });
    await page.goto(`${server.origin}/elblandbote/bestellen/`);
    await page.getByLabel(de.site.order.address).fill(address);
    await page.getByLabel(de.site.order.name).fill("Almut Weiß-Özdemir");
    await page.getByLabel("Menschen").check();
    await page.locator('input[name="publication"]').check();
    await page.getByRole("button", { name: de.site.order.button }).click();
    if (!javaScriptEnabled) {
      expect(await heading(page)).toBe(de.site.slower.title);
      await page.waitForTimeout(10_500);
      await page.getByRole("button", { name: de.site.order.button }).click();
    }
    await page.getByRole("heading", { name: de.site.mailbox.title }).waitFor();
    expect(await page.textContent(".address")).toBe(address);

    const confirm = await openLetter(context, address);
    expect(await stateOf(address)).toBe("pending");
    await confirm.getByRole("button", { name: de.site.confirm.button }).click();
    expect(await heading(confirm)).toBe(de.site.confirmed.title);
    expect(await confirm.textContent(".current h2")).toContain("Kleine Orte, große Wege");

    await confirm.getByRole("link", { name: de.site.confirmed.preferencesLink }).click();
    await confirm.getByLabel("Bauen und Planen").check();
    expect(await confirm.getByLabel("Menschen").isChecked()).toBe(true);
    await confirm.getByLabel(de.site.preferences.plain).check();
    await confirm.getByLabel(de.site.preferences.awayUntil).fill("2020-01-01");
    await confirm.getByRole("button", { name: de.site.preferences.button }).click();
    expect(await confirm.getByRole("alert").count()).toBe(1);
    await confirm.getByLabel(de.site.preferences.awayUntil).fill("");
    await confirm.getByRole("button", { name: de.site.preferences.button }).click();
    expect(await confirm.getByRole("status").textContent()).toBe(de.site.preferences.saved);
    expect(await confirm.getByLabel(de.site.preferences.plain).isChecked()).toBe(true);

    await confirm.getByRole("link", { name: de.site.preferences.data }).click();
    await confirm.getByLabel(de.site.data.address).fill(address);
    const download = confirm.waitForEvent("download");
    await confirm.getByRole("button", { name: de.site.data.button }).click();
    expect(await readFile(await (await download).path(), "utf8")).toContain(address);
    await confirm.getByRole("link", { name: de.site.data.back }).click();

    await confirm.getByRole("link", { name: /abbestellen/ }).click();
    const link = confirm.url();
    await confirm.getByRole("button", { name: de.site.leave.button }).click();
    expect(await heading(confirm)).toBe(de.site.left.title);
    await confirm.getByRole("button", { name: de.site.left.undo }).click();
    expect(await heading(confirm)).toBe(de.site.undone.title);
    // As a mail program does it (RFC 8058).
    const oneClick = { method: "POST", body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }) };
    const answer = await fetch(link, { ...oneClick, redirect: "error" });
    expect([answer.status, answer.headers.get("set-cookie")]).toEqual([200, null]);
    expect(await stateOf(address)).toBe("unsubscribed");
    expect(await context.cookies()).toEqual([]);
    expect(trouble).toEqual([]);
    await context.close();
  });

  it("orders with the keyboard alone, and is led to what is wrong", async () => {
    const { context, page } = await enter({});
    await page.goto(`${server.origin}/elblandbote/bestellen/`);
    const focused = () => page.evaluate<string>("document.activeElement.name");
    const tabTo = async (name: string) => {
      for (let tabs = 0; tabs < 40 && (await focused()) !== name; tabs++) await page.keyboard.press("Tab");
      expect(await focused()).toBe(name);
      const outline = "getComputedStyle(document.activeElement).outlineStyle";
      expect(await page.evaluate<string>(outline)).toBe("solid");
    };
    await tabTo("address");
    await page.keyboard.type("taste@gmial.com");
    await page.keyboard.press("Enter");
    await page.getByText(de.site.order.slip).waitFor();
    expect(await focused()).toBe("meant");
    await page.keyboard.press("Space");
    await tabTo("publication");
    await page.keyboard.press("Enter");
    await page.getByText(de.site.order.none).waitFor();
    expect([await focused(), await axeFindings(page)]).toEqual(["publication", []]);
    await context.close();
  });

  it("orders from somebody else's page", async () => {
    const { context, page } = await enter({});
    await page.goto(`${server.origin}/elblandbote/s/form`);
    const lines = await page.inputValue("#code");
    await page.setContent(`<!DOCTYPE html><title>Gemeinde</title>${lines}`);
    await page.fill('input[name="address"]', "gemeinde@auenrode.example");
    await page.click("button");
    await page.getByRole("heading", { name: de.site.slower.title }).waitFor();
    expect(await page.inputValue("#address")).toBe("gemeinde@auenrode.example");
    expect(await page.locator('input[name="publication"]').isChecked()).toBe(false);
    await context.close();
  });
});
