import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { words } from "../../core/words.ts";
import { requirePublication, savePublication } from "../../functions/records/publications.ts";
import { aLogoDrawing } from "../a-logo.ts";
import { aPublication } from "../people-and-papers.ts";
import { axeFindings } from "./chromium.ts";
import { type DeskHouse, openDeskHouse } from "./desk-house.ts";

/** The settings as the administrator of a small association meets them: what they look like, and where it shows. */

const say = words("de").desk;
const { id } = aPublication();
let house: DeskHouse;
beforeAll(async () => {
  house = await openDeskHouse({ hasSample: false });
  await savePublication(house.cloud, aPublication({ baseUrl: `${house.site}/${id}` }));
});
afterAll(() => house?.close());

const { KURIER_DESK_PICTURES: pictures } = process.env;
async function fine(page: Page, name: string): Promise<void> {
  await page.evaluate("document.fonts.ready");
  if (pictures) await page.screenshot({ path: `${pictures}/settings ${name}.png`, fullPage: true });
  if (await page.evaluate(`matchMedia("(scripting: enabled)").matches`))
    expect([name, await axeFindings(page)]).toEqual([name, []]);
  expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
}
const press = (page: Page, name: string): Promise<void> => page.getByRole("button", { name, exact: true }).click();
const enter = (options: BrowserContextOptions) => house.enter(["admin"], { locale: "de-DE", ...options });
const ways: [string, BrowserContextOptions][] = [
  ["with a script, wide and light", { viewport: { width: 1280, height: 900 } }],
  [
    "without any script, on a dark phone",
    { javaScriptEnabled: false, viewport: { width: 360, height: 740 }, colorScheme: "dark" },
  ],
];

describe.each(ways)("an administrator %s", (way, options) => {
  it("brings a logo, sees it on both grounds, puts it in, and finds it at the foot of the pages", async () => {
    const { page, trouble, close } = await enter(options);
    const isScripted = options.javaScriptEnabled !== false;
    await page.goto(`${house.origin}/${id}/settings`);
    await page.getByRole("link", { name: say.setting.section.logo.name, exact: true }).click();
    await fine(page, `logo, none, ${way}`);
    await page
      .getByLabel(say.logo.choose.light, { exact: true })
      .setInputFiles({ name: "wappen.svg", mimeType: "image/svg+xml", buffer: aLogoDrawing() });
    await press(page, say.logo.send);
    // A script looks again by itself; whoever has none is given the link to do so.
    await page.waitForURL(/\/settings\/logo/);
    const isRead = async (): Promise<number> => {
      if (!isScripted) await page.goto(`${house.origin}/${id}/settings/logo`);
      return page.getByRole("heading", { name: say.logo.previewNew }).count();
    };
    await expect.poll(isRead, { timeout: 30_000, interval: 500 }).toBe(1);
    await fine(page, `logo, brought, ${way}`);
    await press(page, say.logo.putIn);
    await page.getByText(words("de").refusal["setting-missing"]).waitFor();
    await fine(page, `logo, without a word, ${way}`);
    await page.getByLabel(say.logo.alt).fill("Ein Ring um eine Sonne");
    await press(page, say.logo.putIn);
    await page.waitForURL(/done=saved/);
    await fine(page, `logo, put in, ${way}`);

    await page.goto(`${house.site}/${id}/impressum/`);
    const logo = page.getByRole("img", { name: "Ein Ring um eine Sonne" });
    await logo.scrollIntoViewIfNeeded();
    expect(await logo.boundingBox()).toMatchObject(isScripted ? { width: 72, height: 72 } : { width: 88, height: 88 });
    await fine(page, `logo, at the foot, ${way}`);

    await page.goto(`${house.origin}/${id}/settings/logo`);
    await press(page, say.logo.remove);
    await page.waitForURL(/done=saved/);
    expect((await requirePublication(house.cloud, id)).logo).toBeUndefined();
    expect(trouble).toEqual([]);
    await close();
  });

  it("is told of a wrong value at its field, and finds what was typed", async () => {
    const { page, close } = await enter(options);
    await page.goto(`${house.origin}/${id}/settings/masthead`);
    await page.getByText("Der Kontrast beträgt 7,3 : 1.").waitFor();
    const colour = page.getByLabel(say.setting.field.accent.label, { exact: true });
    await colour.fill("#F0E060");
    if (options.javaScriptEnabled !== false)
      await page.getByText(/^Zu hell: Der Kontrast beträgt 1,\d\s:\s1/).waitFor();
    await press(page, say["settings-section"].save);
    await page.getByText(say["settings-section"].check).waitFor();
    expect(await colour.inputValue()).toBe("#F0E060");
    await fine(page, `a colour too pale, ${way}`);

    await page.goto(`${house.origin}/${id}/settings/authors`);
    await page.getByLabel(say.setting.field.dueDays.label).fill("bald");
    await press(page, say["settings-section"].save);
    await page.getByText(words("de").refusal["setting-days"]).waitFor();
    await page.getByLabel(say.setting.field.dueDays.label).fill("21");
    await press(page, say["settings-section"].save);
    await page.waitForURL(/done=saved/);
    expect((await requirePublication(house.cloud, id)).dueDays).toBe(21);
    await close();
  });
});
