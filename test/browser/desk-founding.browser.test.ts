import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operator } from "../../core/rights.ts";
import { words } from "../../core/words.ts";
import { inviteFounder } from "../../functions/desk/founding.ts";
import { requirePublication } from "../../functions/records/publications.ts";
import { type LocalCloud, localCloud } from "../../local/cloud/local-cloud.ts";
import { listenForDesk } from "../../local/desk.ts";
import type { Served } from "../../local/listen.ts";
import { listenForAll } from "../../local/serve.ts";
import { keepWorking } from "../../local/wiring.ts";
import { axeFindings, openBrowser } from "./chromium.ts";

/** From a desk without any publication to the first proof, as somebody walks it who has never been here. */

const say = words("de").desk;
let folder: string;
let cloud: LocalCloud;
let site: Served;
let desk: Served;
let browser: Browser;
let working: Promise<void>;
const stop = new AbortController();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kurier-founding-"));
  cloud = localCloud({ folder });
  site = await listenForAll(cloud, { language: "de" });
  desk = await listenForDesk(cloud, {
    language: "de",
    site: new URL(site.origin),
    ports: { desk: 4830, issuer: 4860 },
  });
  working = keepWorking(cloud, stop.signal);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  stop.abort();
  await working;
  await Promise.all([desk?.close(), site?.close()]);
  cloud?.close();
  await rm(folder, { recursive: true, force: true });
});

/** For whoever looks at the pages themselves: a folder to keep them in. */
const { KURIER_DESK_PICTURES: pictures } = process.env;
async function fine(page: Page, name: string): Promise<void> {
  await page.evaluate("document.fonts.ready");
  if (pictures)
    await page.screenshot({ path: `${pictures}/founding ${name} ${page.viewportSize()?.width}.png`, fullPage: true });
  // axe is a script, too.
  if (await page.evaluate(isScripted)) expect([name, await axeFindings(page)]).toEqual([name, []]);
  expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
}

/** Where scripts are off, no timer ever comes. */
const isScripted = `matchMedia("(scripting: enabled)").matches`;

const next = (page: Page): Promise<void> => page.getByRole("button", { name: say.founding.next, exact: true }).click();
const label = (name: keyof typeof say.setting.field): string => say.setting.field[name].label;

/** The four steps of the first issue, each from the page that says what comes next. */
async function toFirstProof(page: Page, title: string): Promise<void> {
  const home = `${desk.origin}/${title.toLowerCase()}`;
  const step = async (name: keyof (typeof say)["first-steps"]["steps"]): Promise<void> => {
    await page.goto(`${home}/first-steps`);
    await page.getByRole("link", { name: say["first-steps"].steps[name].label }).click();
  };
  await step("article");
  await page.getByLabel(say["new-submission"].about).fill("Der Deich");
  await page.locator("textarea[name=text]").fill("Der Deich hält\n\nEr ist einen Meter höher als im letzten Jahr.\n");
  await page.getByRole("button", { name: say["new-submission"].next, exact: true }).click();
  const isRead = async (): Promise<number> => {
    await page.reload();
    return page.getByText(say.submission.understood).count();
  };
  await expect.poll(isRead, { timeout: 60_000, interval: 1000 }).toBeGreaterThan(0);

  await step("issue");
  await page.getByLabel(say.issues.theme).fill("Der Deich");
  await page.getByRole("button", { name: say.issues.create, exact: true }).click();
  await page.locator(".new-section input[name=name]").fill("Im Tal");
  await page.getByRole("button", { name: say.issue.addSection, exact: true }).click();
  await page.locator("main form.add button").first().click();
  await page.locator("main .list button").first().click();

  await step("preview");
  await page.locator("iframe").first().waitFor();
  await page.getByRole("link", { name: say.tabs.check, exact: true }).click();
  await page.getByRole("button", { name: say.check.order, exact: true }).click();
  await page.waitForURL(/\?done=/);
  const isBuilt = async (): Promise<number> => {
    await page.goto(page.url().replace(/\?.*/, ""));
    return page.getByText(/Genau dieser Bau kann freigegeben werden/).count();
  };
  await expect.poll(isBuilt, { timeout: 60_000, interval: 1000 }).toBe(1);

  await step("proof");
  await page.getByRole("button", { name: say.sending.proofButton, exact: true }).click();
  await page.waitForURL(/done=proofSent/);
  await page.goto(`${home}/first-steps`);
  await page.getByText(say["first-steps"].ready).waitFor();
  const letter = async (): Promise<string> => {
    await page.goto(`${site.origin}/mailbox/`);
    return page.locator("main").innerText();
  };
  await expect.poll(letter, { timeout: 60_000, interval: 1000 }).toContain(`henrike@${title.toLowerCase()}.example`);
}

describe.each<[string, string, BrowserContextOptions]>([
  ["Talblatt", "with a script, wide and light", { viewport: { width: 1280, height: 900 } }],
  [
    "Bergbote",
    "without any script, on a dark phone",
    { javaScriptEnabled: false, viewport: { width: 360, height: 740 }, colorScheme: "dark" },
  ],
])("the first admin founds the %s", (title, _, options) => {
  it(_, async () => {
    const address = `henrike@${title.toLowerCase()}.example`;
    await inviteFounder(cloud, operator, { address, name: `Henrike vom ${title}` });
    const context = await browser.newContext({ locale: "de-DE", ...options });
    const page = await context.newPage();
    await page.goto(desk.origin);
    await page.getByRole("button", { name: "Anmelden" }).click();
    await page.getByRole("button", { name: `Henrike vom ${title}` }).click();
    await page.waitForURL(`${desk.origin}/founding/name`);

    await page.getByLabel(label("title")).fill(title);
    await page.getByLabel(label("bold")).fill(title.slice(0, 4));
    await page.getByLabel(label("accent"), { exact: true }).fill("#F0E060");
    await next(page);
    await fine(page, "a colour too pale");
    await page.getByLabel(label("accent"), { exact: true }).fill("#7A1F2B");
    await fine(page, "name");
    await next(page);

    await page.getByLabel(label("sender.from")).fill(`post@${title.toLowerCase()}.example`);
    await fine(page, "sender");
    await page.getByLabel(label("sender.replyTo")).fill(`post@${title.toLowerCase()}.example`);
    await next(page);

    // Somebody may go home here, and find everything tomorrow.
    await page.goto(desk.origin);
    await page.waitForURL(`${desk.origin}/founding/imprint`);
    await page.getByLabel(label("publisher.name")).fill("Talbund e. V.");
    await page.getByLabel(label("publisher.address")).fill("Am Hang 1\n01999 Talheim");
    await page.getByLabel(label("responsiblePerson")).fill("Henrike Fährmann");
    await page.getByLabel(say.setting.choice.one).check();
    await fine(page, "imprint");
    await page.getByRole("button", { name: say.founding.foundNow }).click();

    await page.waitForURL(new RegExp(`/${title.toLowerCase()}/first-steps`));
    await fine(page, "first steps");
    const { baseUrl, approvals } = await requirePublication(cloud, title.toLowerCase());
    expect([baseUrl, approvals]).toEqual([`${site.origin}/${title.toLowerCase()}`, "one"]);
    expect(await (await fetch(`${baseUrl}/impressum/`)).text()).toContain("Talbund e. V.");
    await toFirstProof(page, title);
    await context.close();
  });
});
