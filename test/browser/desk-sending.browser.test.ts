import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Issue, PauseReason, VoidApproval } from "../../core/issue/issue.ts";
import { operator } from "../../core/rights.ts";
import { words } from "../../core/words.ts";
import { declineBuild } from "../../functions/desk/approvals.ts";
import { askApproval } from "../../functions/desk/asking-approval.ts";
import { deliveriesErrand } from "../../functions/desk/handout.ts";
import { evaluateIssue, reportErrand } from "../../functions/desk/report.ts";
import { cancelIssue, pauseIssue, takeBackIssue } from "../../functions/desk/sending.ts";
import { walkOn } from "../../functions/desk/walks.ts";
import { plan } from "../../functions/plan.ts";
import { requireIssue, saveIssue } from "../../functions/records/issues.ts";
import { type TestCloud, testCloud } from "../cloud/test-cloud.ts";
import { afterMinutes, letters, place, scheduleSpring, someReaders, takeIn } from "../functions/an-issue-to-send.ts";
import { forecastSpring } from "../functions/desk/a-forecast.ts";
import { axeFindings, openBrowser } from "./chromium.ts";
import { type DeskRoom, openDeskRoom } from "./desk-room.ts";

/** An issue's way out of the house in a real browser: every state looked at, light and dark, and the whole way once. */

let browser: Browser;
let cloud: TestCloud;
let room: DeskRoom;
let context: BrowserContext;
let page: Page;
let trouble: string[];
const seen = "f".repeat(64);
const path = `/${place.publication}/issues/${place.issue}`;
const spring = () => requireIssue(cloud, place.publication, place.issue);
const go = (to: string) => page.goto(room.origin + path + to);

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  for (const way of ["info", "warn", "error"] as const) vi.spyOn(console, way).mockImplementation(() => {});
  cloud = testCloud();
  await scheduleSpring(cloud);
  await takeIn(cloud, someReaders(30));
  room = await openDeskRoom(cloud);
  context = await browser.newContext({ locale: "de-DE" });
  await room.enter(context, "henrike-faehrmann", ["publisher"]);
  page = await context.newPage();
  trouble = [];
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of 4/.test(message.text())) trouble.push(message.text());
  });
  page.on("pageerror", (error) => trouble.push(error.message));
});
afterEach(async () => {
  await context.close();
  await room.close();
  expect(trouble).toEqual([]);
});

/** For whoever looks at the pages themselves: a folder to keep them in. */
const { KURIER_DESK_PICTURES: pictures } = process.env;

/** Open to everyone, in both lights; nothing stands out of the page on a phone. */
async function fine(name: string): Promise<void> {
  await page.evaluate("document.fonts.ready");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect([name, colorScheme, await axeFindings(page)]).toEqual([name, colorScheme, []]);
    if (!pictures) continue;
    for (const width of [360, 768, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      await page.screenshot({ path: `${pictures}/sending ${name} ${colorScheme} ${width}.png`, fullPage: true });
    }
  }
  await page.setViewportSize({ width: 360, height: 900 });
  expect([name, await page.evaluate("document.documentElement.scrollWidth <= innerWidth")]).toEqual([name, true]);
  await page.setViewportSize({ width: 1280, height: 900 });
}

type Approved = Extract<Issue, { status: "approved" }>;
async function approved(): Promise<Approved> {
  await takeBackIssue(cloud, operator, place);
  return (await spring()) as Approved;
}
const voided: VoidApproval = { by: "almut", at: "2026-11-22T08:00:00.000Z", fingerprint: seen, because: "changed" };
async function built(): Promise<void> {
  const { approval: _, ...issue } = await approved();
  await saveIssue(cloud, { ...issue, status: "built", voided });
}
const begin = () => plan(cloud)({ v: 1, ...place }, { deadline: new Date(cloud.clock.now().getTime() + 120_000) });
async function sent(open = 0): Promise<void> {
  await begin();
  await afterMinutes(cloud, 30);
  if (open > 0) await saveIssue(cloud, { ...((await spring()) as Extract<Issue, { status: "sent" }>), open });
}

/** How an issue comes to stand so, and what its page says then. */
const states: readonly (readonly [name: string, () => Promise<unknown>, says: string])[] = [
  [
    "draft",
    async () => {
      const { approval: _, fingerprint: __, builtAt: ___, builtBy: ____, ...issue } = await approved();
      await saveIssue(cloud, { ...issue, status: "draft", voided });
    },
    "gilt nicht mehr: Seitdem wurde die Ausgabe geändert.",
  ],
  [
    "built",
    async () => {
      await built();
      const henrike = { id: "henrike", name: "Henrike Fährmann", roles: ["publisher"] } as const;
      const asked = { seen, name: "Paula Zschoche", address: "paula@auenrode.example", desk: new URL(room.origin) };
      await askApproval(cloud, operator, place, asked);
      await declineBuild(cloud, henrike, place, { seen, words: "Das Datum im Leitartikel stimmt nicht." });
    },
    "Henrike Fährmann gibt nicht frei",
  ],
  ["approved", approved, "wartet auf einen Termin"],
  ["scheduled", async () => {}, "Der Versand beginnt am"],
  ["sending", begin, "0 von 30 erledigt"],
  ["sent", sent, "30 von 30 erledigt"],
  ["sent, open", () => sent(3), "ob sie ankamen: 3."],
  [
    "cancelled",
    async () => {
      await begin();
      await cancelIssue(cloud, operator, place);
    },
    "Der Versand wurde abgebrochen",
  ],
];

describe("the page of an issue on its way", () => {
  it.each(states)("is open to everyone: %s", async (name, stand, says) => {
    await stand();
    await go("/sending");
    expect(await page.locator("main").innerText()).toContain(says);
    await fine(name);
  });

  it.each(Object.keys(words("de").pause) as PauseReason[])("says why it is paused: %s", async (reason) => {
    await begin();
    await pauseIssue(cloud, operator, place);
    await saveIssue(cloud, { ...((await spring()) as Extract<Issue, { status: "paused" }>), reason });
    await go("/sending");
    expect(await page.locator(".refusal").innerText()).toBe(words("de").pause[reason]);
    if (reason === "person") await fine("paused");
  });

  it.each(["pause", "cancellation"])("asks once more: %s", async (question) => {
    await begin();
    await go(`/${question}`);
    await fine(question);
  });

  it("shows what a time means, to whom it goes, and what became of it", async () => {
    await approved();
    await go("/readers");
    await fine("not counted");
    await forecastSpring(cloud, new Date("2026-11-24T08:00:00.000Z"));
    await go("/schedule");
    await fine("schedule");
    await go("/readers");
    await fine("counted");
    await go(`/differences?from=${seen}&to=${seen}`);
    await fine("differences");
    await go("/report");
    await fine("no report");
  });

  it("reports, with charts beside their tables", async () => {
    await sent();
    await evaluateIssue(cloud, operator, place);
    await go("/report");
    await fine("report");
    await go("/rest");
    await fine("rest");
  });

  it("says how far long work is, and goes on by itself", async () => {
    await sent();
    const afterOnePage = () => true;
    await walkOn(cloud, await reportErrand(cloud, operator, place), afterOnePage);
    await walkOn(cloud, await deliveriesErrand(cloud, operator, place, "de"), afterOnePage);
    const script = "**/goes-on*";
    await page.route(script, (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
    await go("/report");
    expect(await page.getByText("Es geht von selbst weiter").count()).toBe(2);
    await fine("report under way");
    await page.unroute(script);
    await go("/report");
    await page.getByText("liegt bereit: 30 Zeilen").waitFor();
    await fine("report ready");
  });

  it("is approved beside what readers will see", async () => {
    await built();
    await go("/approval");
    expect(await page.frameLocator("iframe").first().locator("body").innerText()).toContain("die neue Ausgabe ist da");
    await fine("approval");
  });
});

describe("the way of an issue in a browser", () => {
  it("goes from approval to letters, and back once before it begins", async () => {
    await built();
    await go("/sending");
    await page.getByRole("link", { name: "Ansehen und freigeben" }).click();
    await page.getByRole("button", { name: "Freigeben", exact: true }).click();
    await schedule();
    await page.getByRole("button", { name: "Zurücknehmen" }).click();
    expect(await page.getByRole("status").first().innerText()).toContain("es ist nichts hinausgegangen");
    await schedule();
    await afterMinutes(cloud, 9);
    expect(letters(cloud)).toEqual({});
    cloud.clock.advance({ minutes: 1 });
    await begin();
    // The page sees by itself that it has begun, and then that it is done.
    await page.getByText("0 von 30 erledigt").first().waitFor();
    await afterMinutes(cloud, 30);
    await page.getByText("30 von 30 erledigt").first().waitFor();
    await page.getByRole("link", { name: "Bericht" }).click();
    await page.getByRole("button", { name: "Auswerten" }).click();
    expect(await page.locator("main").innerText()).toContain("danach: 0 abbestellt");
  });

  it("goes the same way without a script, by keyboard", async () => {
    await approved();
    await context.close();
    context = await browser.newContext({ locale: "de-DE", javaScriptEnabled: false });
    await room.enter(context, "thea-ohne-script", ["publisher"]);
    page = await context.newPage();
    await go("/sending");
    await page.getByLabel("Jetzt, das heißt in zehn Minuten").focus();
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "Weiter" }).focus();
    await page.keyboard.press("Enter");
    await page.getByLabel("Ja, diese Ausgabe geht an 30").focus();
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "Terminieren" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("Der Versand beginnt am").waitFor();
    expect(await spring()).toMatchObject({ status: "scheduled", expectedReaders: 30 });
  });
});

async function schedule(): Promise<void> {
  await page.getByLabel("Jetzt, das heißt in zehn Minuten").check();
  await page.getByRole("button", { name: "Weiter" }).click();
  await page.getByLabel("Ja, diese Ausgabe geht an 30").check();
  await page.getByRole("button", { name: "Terminieren" }).click();
  await page.getByText("Der Versand beginnt am").waitFor();
}
