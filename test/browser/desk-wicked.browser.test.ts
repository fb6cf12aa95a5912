import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { roles } from "../../core/rights.ts";
import { listArticles } from "../../functions/records/articles.ts";
import { type DeskHouse, openDeskHouse, type Window } from "./desk-house.ts";
import { fillWithWeapons, weapons } from "./desk-wicked-house.ts";

/** Whatever people hand in, type or are called: at the desk it is read, and nothing of it ever runs. */

let house: DeskHouse;
let window: Window;
beforeAll(async () => {
  house = await openDeskHouse({ hasSample: false });
  await fillWithWeapons(house);
  window = await house.enter(roles, { viewport: { width: 1280, height: 900 } }, alarm);
}, 600_000);
afterAll(() => house?.close());

/** Shouts whatever runs, in frames too, to the console the house listens to. */
const alarm = `for (const name of ["alert", "confirm", "prompt", "print", "open", "msgbox"])
  window[name] = () => console.error("something ran: " + name);`;

/** What no word may have made: elements, attributes and links that are not the desk's own. */
const foreign = `[
  ...[...document.scripts].filter((one) => one.textContent.trim() || !one.src.startsWith(location.origin + "/gestalt/")).map((one) => one.outerHTML),
  ...[...document.querySelectorAll("object, embed, base, svg [onload], math, marquee, plaintext, xmp, body body, style, link[href*=evil], meta[http-equiv=refresh]")].map((one) => one.outerHTML),
  ...[...document.querySelectorAll("*")].flatMap((one) => [...one.attributes].filter(({ name, value }) =>
    !(name === "style" && one.hasAttribute("data-band")) && /^on|^style$|^srcdoc$|^xlink/.test(name) || (name === "formaction" && !value.startsWith("/"))).map(({ name, value }) => one.tagName + " " + name + "=" + value)),
  ...[...document.querySelectorAll("a[href], area[href]")].filter(({ protocol }) => !["http:", "https:", "mailto:", "tel:"].includes(protocol)).map((one) => one.href),
  ...[...document.querySelectorAll("form")].filter((one) => new URL(one.action, location).origin !== location.origin && !/upload/.test(one.action)).map((one) => one.outerHTML.slice(0, 200)),
  ...[...document.querySelectorAll("iframe")].filter((one) => new URL(one.src, location).origin !== location.origin || !one.sandbox).map((one) => one.outerHTML.slice(0, 200)),
  ...[...document.querySelectorAll("img, source, video, audio, track")].filter((one) => /evil/.test(one.src + one.srcset)).map((one) => one.outerHTML),
]`;

/** "/elblandbote/articles/m-3/edit" is a page like "/elblandbote/articles/m-4/edit". */
const kindOf = (path: string): string => {
  const [, , room = "", thing, ...rest] = path.replace(/\?.*/, "").split("/");
  const query = [...new URLSearchParams(path.split("?")[1] ?? "").keys()].sort().join("&");
  return [
    room,
    thing && thing !== "new" ? "*" : thing,
    ...rest.map((one) => one.replace(/^[\w-]*\d[\w-]*$/, "*")),
    query,
  ].join("/");
};
/** Of one kind so many are opened: what one article's page makes of a word, the next one's does, too. */
const mostOfAKind = 4;
/** An article's own page and the library's pages are opened for every word. */
const mostOfArticles = 150;

const linksOn = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll("a[href], iframe[src]")].map((one) => new URL(one.href || one.src)).filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith("/elblandbote/")).map(({ pathname, search }) => pathname + search)`,
  );

/** Every page there is a way to, from the first one on; a frame's page is opened by itself, too. */
async function walk(look: (path: string) => Promise<void>): Promise<Map<string, number>> {
  const [seen, kinds, waiting] = [new Set<string>(), new Map<string, number>(), ["/elblandbote/"]];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const kind = kindOf(path);
    const isLibrary = /^articles\/(\*|undefined)?\//.test(kind);
    if (seen.has(path) || (kinds.get(kind) ?? 0) >= (isLibrary ? mostOfArticles : mostOfAKind)) continue;
    seen.add(path);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    await window.page.goto(house.origin + path, { waitUntil: "load" });
    await look(path);
    waiting.push(...(await linksOn(window.page)));
  }
  return kinds;
}

/** A sandbox says what it kept from running; a page may lead to one that another room has yet to open. */
const isOfBrowser = /Blocked script execution in|status of 404/;

describe("wicked words at the desk", () => {
  it("are more than seventy-five, and were taken in as articles", async () => {
    expect(weapons.length).toBeGreaterThanOrEqual(75);
    expect((await listArticles(house.cloud, "elblandbote")).length).toBeGreaterThanOrEqual(weapons.length - 5);
  });

  it("run on no page there is a way to, ask nobody for anything, and make no element of their own", async () => {
    const found: Record<string, unknown> = {};
    const kinds = await walk(async (path) => {
      const seen = await window.page.evaluate<string[]>(foreign);
      const betrayed = window.trouble.splice(0).filter((line) => !isOfBrowser.test(line));
      if (seen.length + betrayed.length > 0) found[path] = { seen, betrayed };
    });
    expect(found).toEqual({});
    console.info(
      `${[...kinds.values()].reduce((sum, one) => sum + one, 0)} pages of ${kinds.size} kinds: ${[...kinds.keys()].join(" ")}`,
    );
  }, 900_000);
});
