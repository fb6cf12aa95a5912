import type { BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderShelf } from "../../core/archive/shelf.ts";
import { sitePageNames } from "../../core/edition/site/views.ts";
import { renderSitePage } from "../../core/edition/site-page.ts";
import { house } from "../../functions/house.ts";
import { sampleTopics, siteSamples } from "../core/edition/site-views.ts";
import { aPublication } from "../people-and-papers.ts";
import { axeFindings } from "./chromium.ts";
import { openReadingRoom, type ReadingRoom } from "./reading-room.ts";

/** Every page readers meet, in every state it can be in: WCAG 2.2 AA, light and dark, from the smallest phone on. */

let room: ReadingRoom;
const addresses: string[] = ["bestellen/"];
const samples = siteSamples();
for (const name of sitePageNames)
  for (const [index] of samples[name].entries())
    for (const language of ["de", "en"] as const) addresses.push(`s/${name}-${index}-${language}/`);

beforeAll(async () => {
  room = await openReadingRoom();
  const publication = aPublication({ baseUrl: room.origin, topics: sampleTopics });
  room.layOut(renderShelf({ publication, house: house(), shelf: [] }));
  for (const name of sitePageNames)
    for (const [index, [, view]] of samples[name].entries())
      for (const language of ["de", "en"] as const) {
        const body = renderSitePage(house(), publication, name, view as never, language);
        const path = `s/${name}-${index}-${language}/index.html`;
        room.layOut([{ path, body, type: "text/html; charset=utf-8" }]);
      }
});
afterAll(() => room?.close());

/** Too wide for the window, too small to read, or too small to hit with a thumb (WCAG 2.5.8). */
const measures = `(() => {
  const seen = [...document.querySelectorAll("body *")].filter((one) => one.getClientRects().length > 0 && !one.closest(".trap, .skip"));
  const hasWords = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const small = seen.filter((one) => hasWords(one) && parseFloat(getComputedStyle(one).fontSize) < 13);
  const narrow = seen.filter((one) => one.matches("button, .button, input, summary") && one.getBoundingClientRect().height < 24);
  const scrolls = document.documentElement.scrollWidth > innerWidth ? ["scrolls sideways"] : [];
  return [...scrolls, ...[...small, ...narrow].map((one) => one.outerHTML.slice(0, 120))];
})()`;

const addressesIn = (language: "de" | "en"): string[] =>
  addresses.filter((path) => path === "bestellen/" || path.endsWith(`-${language}/`));

const rooms: readonly (readonly [string, BrowserContextOptions, ("de" | "en")?])[] = [
  ["320 px, light", { viewport: { width: 320, height: 640 }, colorScheme: "light" }],
  ["320 px, dark, in English", { viewport: { width: 320, height: 640 }, colorScheme: "dark" }, "en"],
  ["360 px, dark", { viewport: { width: 360, height: 740 }, colorScheme: "dark" }],
  ["1280 px, light", { viewport: { width: 1280, height: 900 }, colorScheme: "light" }],
  ["1280 px, dark", { viewport: { width: 1280, height: 900 }, colorScheme: "dark" }],
  ["1280 px at 200 %", { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2, colorScheme: "light" }],
];

describe.concurrent("axe-core finds nothing, nothing scrolls sideways, nothing leaves the house", () => {
  for (const [name, options, language = "de"] of rooms)
    it(`at ${name}`, async () => {
      const found: Record<string, unknown> = {};
      for (const path of addressesIn(language)) {
        const look = await room.read(path, options, async (page) => [
          ...(await axeFindings(page)),
          ...(await page.evaluate<string[]>(measures)),
        ]);
        if (look.seen.length + look.trouble.length > 0) found[path] = look;
      }
      expect(found).toEqual({});
    });
});

describe("a page with something wrong", () => {
  it.each([
    ["order-1-de", "address"],
    ["order-2-de", "meant"],
    ["preferences-2-de", "away"],
    ["preferences-3-de", "meant"],
    ["preferences-4-de", "current"],
    ["data-1-de", "address"],
    ["erase-1-de", "address"],
  ])("%s opens at the field it is about, in view", async (path, field) => {
    const { seen } = await room.read(
      `s/${path}/`,
      { viewport: { width: 360, height: 640 }, reducedMotion: "reduce" },
      async (page) => {
        const isInView = `document.activeElement.name && (({ top, bottom }) => top >= 0 && bottom <= innerHeight)(document.activeElement.getBoundingClientRect())`;
        await page.waitForFunction(isInView, undefined, { timeout: 5000 }).catch(() => {});
        return page.evaluate<object>(`(() => {
        const { name } = document.activeElement;
        const { top, bottom } = document.activeElement.getBoundingClientRect();
        const said = document.activeElement.getAttribute("aria-describedby") ?? document.activeElement.closest("fieldset")?.querySelector("legend").textContent;
        return { name, isInView: top >= 0 && bottom <= innerHeight, isSaid: Boolean(said), title: document.title.startsWith("Bitte prüfen: ") };
      })()`);
      },
    );
    expect(seen).toEqual({ name: field, isInView: true, isSaid: true, title: true });
  });
});

describe("with the keyboard", () => {
  it.each(["bestellen/", "s/preferences-0-de/", "s/leave-0-de/", "s/left-0-de/", "s/form-0-de/"])(
    "everything on %s is reached, and shows it",
    async (path) => {
      const { seen } = await room.read(path, { viewport: { width: 1280, height: 900 } }, async (page) => {
        const reached: string[] = [];
        for (let tabs = 0; tabs < 60; tabs++) {
          await page.keyboard.press("Tab");
          const stop = await page.evaluate<string>(`(() => {
            const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
            if (document.activeElement === document.body) return "";
            document.activeElement.dataset.reached = "";
            return (outlineStyle === "solid" && outlineWidth === "3px" ? "" : "unseen ") + (document.activeElement.name || document.activeElement.textContent.trim());
          })()`);
          if (stop === "") break;
          reached.push(stop);
        }
        // Of radio buttons with one name Tab reaches the chosen one; arrows do the rest.
        const missed = await page.evaluate<string[]>(
          `[...document.querySelectorAll("a[href], button, summary, textarea, input:not([type=hidden])")].filter((one) => !one.closest(".trap, details:not([open]) > .field") && !("reached" in one.dataset) && !(one.type === "radio" && document.querySelector("[data-reached][name=" + one.name + "]"))).map((one) => one.outerHTML)`,
        );
        return { unseen: reached.filter((one) => one.startsWith("unseen")), missed };
      });
      expect(seen).toEqual({ unseen: [], missed: [] });
    },
  );
});
