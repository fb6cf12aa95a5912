import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../../core/rights.ts";
import { axeFindings } from "./chromium.ts";
import { type DeskHouse, onlyPublication, openDeskHouse, type Window } from "./desk-house.ts";
import { type DeskPage, deskPages } from "./desk-pages.ts";

/** Every page of the desk and every state of it in a real browser. */

let house: DeskHouse;
let publication: string;
beforeAll(async () => {
  house = await openDeskHouse();
  publication = await onlyPublication(house);
}, 300_000);
afterAll(() => house?.close());

/** Too wide for the window, too small to read, or too small to hit with a thumb (WCAG 2.5.8). */
const measures = `(() => {
  const seen = [...document.querySelectorAll("body *")].filter((one) => one.getClientRects().length > 0 && !one.closest(".skip"));
  const hasWords = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const small = seen.filter((one) => hasWords(one) && parseFloat(getComputedStyle(one).fontSize) < 13);
  const narrow = seen.filter((one) => one.matches("button, .button, input, select, summary") && one.getBoundingClientRect().height < 24);
  const scrolls = document.documentElement.scrollWidth > innerWidth ? ["scrolls sideways"] : [];
  return [...scrolls, ...[...small, ...narrow].map((one) => one.outerHTML.slice(0, 120))];
})()`;

const rooms: readonly (readonly [string, BrowserContextOptions])[] = [
  ["360 px, light", { viewport: { width: 360, height: 740 }, colorScheme: "light" }],
  ["360 px, dark", { viewport: { width: 360, height: 740 }, colorScheme: "dark" }],
  ["1280 px, light", { viewport: { width: 1280, height: 900 }, colorScheme: "light" }],
  ["1280 px, dark", { viewport: { width: 1280, height: 900 }, colorScheme: "dark" }],
];

/** For whoever looks at the pages themselves: a folder to keep them in. */
const { KURIER_DESK_PICTURES: pictures } = process.env;

async function look(page: Page, { name, path, reach }: DeskPage, room: string): Promise<string[]> {
  await page.goto(`${house.origin}/${publication}${path}`);
  await reach?.(page, house);
  await page.evaluate("document.fonts.ready");
  if (pictures) await page.screenshot({ path: `${pictures}/${name} ${room}.png`.replaceAll(",", ""), fullPage: true });
  return [...(await axeFindings(page)), ...(await page.evaluate<string[]>(measures))];
}

/** One window for all who hold the same roles. */
function windows(options: BrowserContextOptions) {
  const open = new Map<string, Promise<Window>>();
  return {
    for: (roles: readonly Role[]): Promise<Window> => {
      const key = roles.join();
      const window = open.get(key) ?? house.enter(roles, options);
      open.set(key, window);
      return window;
    },
    close: async () => {
      for (const window of open.values()) await (await window).close();
    },
  };
}

describe("axe-core finds nothing, nothing scrolls sideways, nothing is too small, nothing leaves the house", () => {
  it.each(rooms)(
    "at %s",
    async (room, options) => {
      const opened = windows(options);
      const found: Record<string, unknown> = {};
      for (const shown of deskPages) {
        const { page, trouble } = await opened.for(shown.as);
        const seen = await look(page, shown, room);
        const betrayed = trouble.splice(0).filter((line) => !/status of (403|404)/.test(line));
        if (seen.length + betrayed.length > 0) found[shown.name] = { seen, betrayed };
      }
      await opened.close();
      expect(found).toEqual({});
    },
    600_000,
  );
});
