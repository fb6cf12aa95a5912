import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderEmail } from "../../core/edition/email.ts";
import { fillSlots } from "../../core/edition/slots.ts";
import { springIssue, windAlone } from "../spring-issue.ts";
import { axeFindings, openBrowser } from "./chromium.ts";

const reader = {
  greeting: "Guten Tag, Jördis Mühlbach,",
  leaveUrl: "https://elblandbote.example/u/abc",
  preferencesUrl: "https://elblandbote.example/p/abc",
};
const address = "https://elblandbote.example/letter";
/** A mail is a guest in the mailbox's page, which has the landmarks; the mail is its article. */
const mailboxOwns = ["region", "landmark-one-main"];

let browser: Browser;
let picture: Buffer;
beforeAll(async () => {
  browser = await openBrowser();
  picture = await sharp({ create: { width: 1280, height: 800, channels: 3, background: "#9CC2A4" } })
    .jpeg()
    .toBuffer();
});
afterAll(() => browser.close());

interface Mailbox {
  readonly width: number;
  readonly scheme: "light" | "dark";
  readonly pictures?: "shown" | "blocked";
  readonly styles?: "kept" | "dropped";
}

async function open(input: ReturnType<typeof springIssue>, box: Mailbox): Promise<Page> {
  const { files } = await renderEmail(input);
  const html = fillSlots(String(files[0]?.body), reader, "html");
  const body = box.styles === "dropped" ? html.replace(/<style[\s\S]*?<\/style>/g, "") : html;
  const page = await browser.newPage({ viewport: { width: box.width, height: 800 }, colorScheme: box.scheme });
  await page.route("**/*", (route) => {
    if (route.request().url() === address) return route.fulfill({ body, contentType: "text/html; charset=utf-8" });
    return box.pictures === "blocked" ? route.abort() : route.fulfill({ body: picture, contentType: "image/jpeg" });
  });
  await page.goto(address);
  return page;
}

const mailboxes: Mailbox[] = [
  { width: 360, scheme: "light" },
  { width: 360, scheme: "dark" },
  { width: 1280, scheme: "light" },
  { width: 1280, scheme: "dark" },
  { width: 360, scheme: "light", pictures: "blocked" },
  { width: 360, scheme: "dark", pictures: "blocked" },
  { width: 360, scheme: "light", styles: "dropped" },
  { width: 800, scheme: "dark", styles: "dropped" },
];

describe.concurrent.each([
  ["the spring issue", springIssue()],
  ["one article, whole", windAlone()],
])("in a mailbox, %s", (_, input) => {
  it.each(mailboxes)("is open to everyone and never scrolls sideways: %o", async (box) => {
    const page = await open(input, box);
    expect(await axeFindings(page, mailboxOwns)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(box.width);
    await page.close();
  });

  it("shows nothing smaller than 13 px on a phone, save raised and lowered signs", async () => {
    const page = await open(input, { width: 360, scheme: "light" });
    const small = await page.evaluate(`[...document.querySelectorAll("body *:not(sup):not(sub)")]
      .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
      .filter((one) => one.getClientRects().length > 0 && parseFloat(getComputedStyle(one).fontSize) < 13)
      .map((one) => one.textContent)`);
    expect(small).toEqual([]);
    await page.close();
  });

  it("keeps its pictures in proportion", async () => {
    const page = await open(input, { width: 360, scheme: "light" });
    const ratios: readonly number[] = await page.evaluate(
      `[...document.querySelectorAll("img[width='640'], img[width='576']")].map((one) => one.clientWidth / one.clientHeight)`,
    );
    expect(ratios.length).toBeGreaterThan(0);
    for (const ratio of ratios) expect(ratio).toBeCloseTo(1.6, 1);
    await page.close();
  });
});
