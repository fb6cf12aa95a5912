import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operator } from "../../core/rights.ts";
import { addressKeyOf, addressSecret } from "../../core/subscriber/link.ts";
import { addPerson } from "../../functions/desk/people.ts";
import { sessionKey } from "../../functions/records/keys.ts";
import { savePublication } from "../../functions/records/publications.ts";
import { listSessions, openSession } from "../../functions/records/sessions.ts";
import { type LocalCloud, localCloud } from "../../local/cloud/local-cloud.ts";
import { listenForDesk } from "../../local/desk.ts";
import type { Served } from "../../local/listen.ts";
import { aPublication } from "../people-and-papers.ts";
import { axeFindings, openBrowser } from "./chromium.ts";

/** The way through the desk's doors, as `npm start` opens them, in a real browser. */

const people = [
  { name: "Gülşen Yıldız", address: "yildiz@elblandbote.example", roles: ["editor"] },
  { name: "Henrike Fährmann", address: "faehrmann@elblandbote.example", roles: ["publisher"] },
  { name: "Ines Wićaz", address: "wicaz@elblandbote.example", roles: ["admin"] },
] as const;

let folder: string;
let cloud: LocalCloud;
let desk: Served;
let browser: Browser;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kurier-doors-"));
  cloud = localCloud({ folder });
  await savePublication(cloud, aPublication());
  for (const named of people) await addPerson(cloud, operator, "elblandbote", named);
  desk = await listenForDesk(cloud, { language: "de", ports: { desk: 4830, issuer: 4860 } });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await desk.close();
  cloud.close();
  await rm(folder, { recursive: true, force: true });
});

const keyOf = async (address: string) => addressKeyOf(addressSecret(await cloud.secrets.read("address")), address);

/** On the telephone they forgot somewhere, too. */
async function isSignedInOnPhone(address: string): Promise<void> {
  const [addressKey, signedInAt] = [await keyOf(address), new Date().toISOString()];
  await openSession(cloud, { addressKey, signedInAt, device: { browser: "Safari", system: "iphone" } });
}

/** Whoever is signed in showed who they are an hour ago. */
async function anHourPasses(address: string): Promise<void> {
  const addressKey = await keyOf(address);
  const set = { signedInAt: new Date(Date.now() - 3_600_000).toISOString() };
  for (const { id } of await listSessions(cloud, addressKey)) await cloud.table.write([{ patch: sessionKey(id), set }]);
}

/** For whoever looks at the pages themselves: a folder to keep them in. */
const { KURIER_DESK_PICTURES: pictures } = process.env;

async function inWindow(work: (page: Page) => Promise<void>, options: BrowserContextOptions = {}): Promise<void> {
  const context = await browser.newContext({ locale: "de-DE", ...options });
  try {
    await work(await context.newPage());
  } finally {
    await context.close();
  }
}
const heading = (page: Page): Promise<string> => page.locator("h1").innerText();
async function fine(page: Page, name: string): Promise<void> {
  await page.evaluate("document.fonts.ready");
  if (pictures)
    await page.screenshot({ path: `${pictures}/doors ${name} ${page.viewportSize()?.width}.png`, fullPage: true });
  expect([name, await axeFindings(page)]).toEqual([name, []]);
  expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
}
async function signIn(page: Page, name: string): Promise<void> {
  await page.goto(`${desk.origin}/elblandbote/`);
  await page.getByRole("button", { name: "Anmelden" }).click();
  await page.getByRole("button", { name }).click();
  await page.waitForURL(`${desk.origin}/elblandbote/`);
}

describe.each([
  ["with scripts, wide and light", {}],
  [
    "without scripts, on a dark phone",
    { javaScriptEnabled: false, viewport: { width: 360, height: 740 }, colorScheme: "dark" },
  ],
] as const)("the desk's doors, %s", (_, options) => {
  it("let somebody in by two presses, and make them somebody else by one", () =>
    inWindow(async (page) => {
      await signIn(page, "Gülşen Yıldız");
      expect(await heading(page)).toContain("Gülşen Yıldız");
      await page.getByRole("button", { name: "Als Henrike Fährmann weiterarbeiten" }).click();
      await page.waitForURL(`${desk.origin}/elblandbote/`);
      expect(await heading(page)).toContain("Henrike Fährmann");
    }, options));

  it("let nobody in whose session was ended everywhere", () =>
    inWindow(async (page) => {
      await signIn(page, "Ines Wićaz");
      const [cookie] = (await page.context().cookies(desk.origin)).filter(({ name }) => name === "kurier-desk");
      expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax" });
      await page.getByRole("link", { name: "Ines Wićaz" }).click();
      await page.getByRole("button", { name: "Überall abmelden" }).click();
      expect(await page.getByRole("status").innerText()).toBe("Sie sind überall abgemeldet.");
      if (cookie) await page.context().addCookies([cookie]);
      await page.goto(`${desk.origin}/elblandbote/`);
      expect(await heading(page)).toBe("Anmelden");
    }, options));

  it("end the session on the telephone that was lost, and leave the one at hand", () =>
    inWindow(async (page) => {
      await signIn(page, "Ines Wićaz");
      await isSignedInOnPhone("wicaz@elblandbote.example");
      await page.goto(`${desk.origin}/session`);
      expect(await page.getByRole("listitem").filter({ hasText: "Dieser Browser" }).innerText()).toMatch(
        /^Chrome auf /,
      );
      await page.getByRole("button", { name: "Abmelden: Safari auf dem iPhone" }).click();
      expect(await page.getByRole("status").innerText()).toBe("Dort sind Sie abgemeldet.");
      expect(await page.getByText("Safari auf dem iPhone").count()).toBe(0);
      await page.goto(`${desk.origin}/elblandbote/`);
      expect(await heading(page)).toContain("Ines Wićaz");
    }, options));

  it("ask who somebody is once more before they send, and lead back to where they were", () =>
    inWindow(async (page) => {
      await signIn(page, "Henrike Fährmann");
      await anHourPasses("faehrmann@elblandbote.example");
      const sending = `${desk.origin}/elblandbote/issues/2026-01/schedule`;
      await page.goto(sending);
      expect(await heading(page)).toBe("Bitte noch einmal anmelden");
      await page.getByRole("button", { name: "Noch einmal anmelden" }).click();
      await page.getByRole("heading", { name: "Wer sind Sie?" }).waitFor();
      await page.getByRole("button", { name: "Henrike Fährmann" }).click();
      await page.waitForURL(sending);
    }, options));
});

describe.each([
  ["wide and light", {}],
  ["on a dark phone", { viewport: { width: 360, height: 740 }, colorScheme: "dark" }],
] as const)("the pages at the doors, %s", (_, options) => {
  it("are open to everyone and never scroll sideways", () =>
    inWindow(async (page) => {
      await page.goto(`${desk.origin}/elblandbote/`);
      await fine(page, "sign in");
      await page.getByRole("button", { name: "Anmelden" }).click();
      await page.getByRole("heading", { name: "Wer sind Sie?" }).waitFor();
      await fine(page, "who are you");
      await page.getByRole("button", { name: "Ines Wićaz" }).click();
      await page.waitForURL(`${desk.origin}/elblandbote/`);
      await fine(page, "start");
      for (const address of ["wicaz@elblandbote.example", "faehrmann@elblandbote.example"])
        await isSignedInOnPhone(address);
      await page.goto(`${desk.origin}/session`);
      await fine(page, "sessions");
      for (const name of ["Henrike Fährmann", "Ines Wićaz"]) {
        await page.goto(`${desk.origin}/elblandbote/people`);
        await page.getByRole("main").getByRole("link", { name }).click();
        await fine(page, `the page of ${name}`);
      }
      await page.goto(`${desk.origin}/session?why=again&to=/elblandbote/`);
      await fine(page, "sign in again");
      await page.goto(`${desk.origin}/session/callback?state=x`);
      await fine(page, "a way that leads nowhere");
    }, options));
});
