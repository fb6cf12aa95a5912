import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../../core/rights.ts";
import { operator } from "../../core/rights.ts";
import { addPerson } from "../../functions/desk/people.ts";
import { savePublication } from "../../functions/records/publications.ts";
import { workUntilQuiet } from "../../local/wiring.ts";
import { openTestCloud, type TestCloud } from "../cloud/test-cloud.ts";
import { card, handIn, manuscript, paper, standing, theArticle, words } from "../functions/desk/an-article.ts";
import { aPublication } from "../people-and-papers.ts";
import { axeFindings, openBrowser } from "./chromium.ts";
import { type DeskRoom, openDeskRoom } from "./desk-room.ts";

/** Articles at the desk as a browser shows them: mended, described, compared, looked through. */

let cloud: TestCloud;
let remove: () => void;
let room: DeskRoom;
let browser: Browser;
beforeAll(async () => {
  ({ cloud, remove } = openTestCloud());
  await savePublication(cloud, aPublication());
  await theArticle(cloud);
  room = await openDeskRoom(cloud);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await room?.close();
  remove?.();
});

let people = 0;
const trouble: string[] = [];
async function enter(
  options: BrowserContextOptions = {},
  ...roles: Role[]
): Promise<{ context: BrowserContext; page: Page }> {
  people += 1;
  const name = `leser-${people}`;
  const context = await browser.newContext({ locale: "de-DE", ...options });
  context.on("console", (message) => {
    const isExpected = /status of (?:409|422)/.test(message.text()) || message.location().url.endsWith("/favicon.ico");
    if (message.type() === "error" && !isExpected) trouble.push(message.text());
  });
  context.on("weberror", (fault) => trouble.push(fault.error().message));
  context.on("request", (request) => {
    if (!request.url().startsWith(room.origin) && !request.url().startsWith("data:")) trouble.push(request.url());
  });
  if (roles.length > 0) await room.enter(context, name, roles);
  return { context, page: await context.newPage() };
}
const at = (path: string): string => `${room.origin}/${paper}${path}`;

describe("an editor", () => {
  it("mends an article by keyboard; what they type survives a browser that dies", async () => {
    const { context, page } = await enter({}, "editor");
    await page.goto(at("/articles"));
    await page.getByRole("link", { name: "Der Steg" }).press("Enter");
    await page.getByRole("link", { name: "Text bearbeiten" }).press("Enter");
    const area = page.getByRole("textbox", { name: /Text des Beitrags/ });
    await area.press("ControlOrMeta+End");
    await area.pressSequentially("\nEr trägt zwölf Leute.");
    await page.getByText(/Von selbst gesichert um/).waitFor();
    await page.close({ runBeforeUnload: false });
    const again = await context.newPage();
    await again.goto(at("/articles/steg/words"));
    expect(await again.getByRole("textbox", { name: /Text des Beitrags/ }).inputValue()).toContain("zwölf Leute");
    expect(await words(cloud)).not.toContain("zwölf Leute");
    await again.getByRole("button", { name: "Speichern", exact: true }).press("Enter");
    await again.getByText("Gespeichert. Die frühere Fassung bleibt erhalten.").waitFor();
    expect(await words(cloud)).toContain("zwölf Leute");
    await context.close();
  });

  it("says with a click where the eye should fall", async () => {
    const { context, page } = await enter({ viewport: { width: 1280, height: 900 } }, "editor");
    await page.goto(at("/articles/steg"));
    const picture = page.locator("fieldset.picture img");
    await picture.scrollIntoViewIfNeeded();
    const point = async (): Promise<string> => {
      const box = (await picture.boundingBox()) ?? expect.unreachable();
      await page.mouse.click(box.x + box.width * 0.75, box.y + box.height * 0.25);
      return page.getByLabel("von links").inputValue();
    };
    await expect.poll(point).toBe("75");
    await page.getByLabel("Bildnachweis").fill("Jana Krahl");
    await page.getByRole("button", { name: "Angaben speichern" }).press("Enter");
    await page.getByText("Die Angaben zu den Bildern sind gespeichert.").waitFor();
    const { hero } = await standing(cloud);
    expect([hero?.credit, hero?.focus]).toEqual(["Jana Krahl", { x: 75, y: 25 }]);
    await context.close();
  });

  it("sees both texts when somebody else was quicker, and decides", async () => {
    const [one, other] = await Promise.all([enter({}, "editor"), enter({}, "editor")]);
    for (const { page } of [one, other]) await page.goto(at("/articles/steg/words"));
    const type = async ({ page }: typeof one, month: string) => {
      const area = page.getByRole("textbox", { name: /Text des Beitrags/ });
      await area.fill((await area.inputValue()).replace(/seit \w+/, `seit ${month}`));
      await page.getByRole("button", { name: "Speichern", exact: true }).click();
    };
    await type(one, "Juni");
    await one.page.getByText("Gespeichert.").waitFor();
    await type(other, "Ostern");
    await other.page.locator(".refusal[role=alert]").waitFor();
    expect(await other.page.locator("ins").innerText()).toContain("Ostern");
    expect(await axeFindings(other.page)).toEqual([]);
    await other.page.getByRole("button", { name: "Speichern", exact: true }).click();
    await other.page.getByText("Gespeichert.").waitFor();
    expect(await words(cloud)).toContain("seit Ostern");
    for (const { context } of [one, other]) await context.close();
  });
});

describe("a preview", () => {
  it.each(["web", "email"])("as %s shows pictures and type, and can reach nothing", async (view) => {
    const { context, page } = await enter({ viewport: { width: 1280, height: 900 } }, "editor");
    await page.goto(at(`/articles/steg?view=${view}`));
    // A frame of its own process draws nothing while it lies below the window.
    await page.locator("iframe").scrollIntoViewIfNeeded();
    const frame = await (await page.locator("iframe").elementHandle())?.contentFrame();
    await frame?.waitForLoadState("load");
    const picture = frame?.locator("img").first();
    await picture?.scrollIntoViewIfNeeded();
    await expect
      .poll(() => picture?.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth))
      .toBeGreaterThan(100);
    expect(await frame?.evaluate("self.origin")).toBe("null");
    if (view === "web") expect(await frame?.evaluate(`document.fonts.check('16px "Source Serif 4"')`)).toBe(true);
    await context.close();
  });
});

it("lets an author answer by their link without an account", async () => {
  const { id } = await addPerson(cloud, operator, paper, { address: "j@auenrode.example", name: "Jördis Mühlbach" });
  const { context, page } = await enter({}, "editor");
  await page.goto(at("/articles/steg"));
  await page.getByText("Um Durchsicht bitten").press("Enter");
  await page.getByLabel("Wen?").selectOption(id);
  await page.getByRole("button", { name: "Bitte senden" }).press("Enter");
  await page.getByText("wartet auf Antwort").waitFor();
  await workUntilQuiet(cloud);
  const [letter] = cloud.outbox.list({ limit: 1, to: "j@auenrode.example" }).letters;
  const mail = letter && (await PostalMime.parse(cloud.outbox.source(letter)));
  const link = /\S+\/r\/review\/\S+/.exec(mail?.text ?? "")?.[0] ?? "";
  const author = await enter({ viewport: { width: 360, height: 740 } });
  await author.page.goto(link);
  expect(await axeFindings(author.page)).toEqual([]);
  // By key: beside a frame with a process of its own, a click right after scrolling may land where the frame was.
  await author.page.getByRole("button", { name: "Einverstanden" }).press("Enter");
  await author.page.getByText("Danke. Ihre Antwort ist bei der Redaktion").waitFor();
  await page.reload();
  await page.getByText("einverstanden", { exact: true }).waitFor();
  for (const one of [context, author.context]) await one.close();
});

describe("every page", () => {
  const looks = (["light", "dark"] as const).flatMap((scheme) => [360, 1280].map((width) => [scheme, width] as const));

  it.each(looks)("is sound in %s at %i pixels", async (colorScheme, width) => {
    await handIn(cloud, { "text.md": manuscript(`Er wackelt bei ${width} und ${colorScheme}.`) });
    const { revision, offered = 1 } = await card(cloud);
    const { context, page } = await enter({ colorScheme, viewport: { width, height: 900 } }, "editor");
    const pages = ["", "?q=nirgends", "/steg", "/steg/words", `/steg/revisions?before=${revision}&after=${offered}`];
    for (const path of pages) {
      await page.goto(at(`/articles${path}`));
      expect([path, await axeFindings(page)]).toEqual([path, []]);
      const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
      expect([path, Number(overflow) <= 0]).toEqual([path, true]);
    }
    await context.close();
  });
});

it("shows no error and asks nothing of anybody else, all the while", () => {
  expect(trouble).toEqual([]);
});
