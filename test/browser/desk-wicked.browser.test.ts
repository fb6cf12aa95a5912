import type { Response } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { visible } from "../../core/edition/visible.ts";
import { roles } from "../../core/rights.ts";
import { listArticles } from "../../functions/records/articles.ts";
import { type DeskHouse, openDeskHouse, type Window } from "./desk-house.ts";
import { walkDesk } from "./desk-walk.ts";
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

/** What no word may have made, of the letters and pages that frames show: they have styles of their own. */
const foreignInFrame = `[
  ...[...document.querySelectorAll("script:not([type='application/ld+json']), iframe, object, embed, base[href], form, input, svg:not(.arrow), math, body body, link[href*='//evil'], meta[http-equiv=refresh]")].map((one) => one.outerHTML.slice(0, 200)),
  ...[...document.querySelectorAll("*")].flatMap((one) => [...one.attributes].filter(({ name, value }) =>
    /^on|^formaction$|^srcdoc$/.test(name) || (name === "style" && /evil|expression/.test(value))).map(({ name, value }) => one.tagName + " " + name + "=" + value)),
  ...[...document.querySelectorAll("a[href], area[href]")].filter(({ protocol }) => !["http:", "https:", "mailto:", "tel:"].includes(protocol)).map((one) => one.href),
]`;

/** The same of the desk's own pages. */
const foreign = `[
  ...[...document.scripts].filter((one) => one.textContent.trim() || !one.src.startsWith(location.origin + "/gestalt/")).map((one) => one.outerHTML),
  ...[...document.querySelectorAll("object, embed, base[href], svg [onload], math, marquee, plaintext, xmp, body body, style, link[href*='//evil'], meta[http-equiv=refresh]")].map((one) => one.outerHTML.slice(0, 200)),
  ...[...document.querySelectorAll("*")].flatMap((one) => [...one.attributes].filter(({ name, value }) =>
    !(name === "style" && one.hasAttribute("data-band")) && /^on|^style$|^srcdoc$|^xlink/.test(name) || (name === "formaction" && !value.startsWith("/"))).map(({ name, value }) => one.tagName + " " + name + "=" + value)),
  ...[...document.querySelectorAll("a[href], area[href]")].filter(({ protocol }) => !["http:", "https:", "mailto:", "tel:"].includes(protocol)).map((one) => one.href),
  ...[...document.querySelectorAll("form")].filter((one) => new URL(one.action, location).origin !== location.origin && !/upload/.test(one.action)).map((one) => one.outerHTML.slice(0, 200)),
  ...[...document.querySelectorAll("iframe")].filter((one) => new URL(one.src, location).origin !== location.origin || !one.sandbox).map((one) => one.outerHTML.slice(0, 200)),
  ...[...document.querySelectorAll("img, source, video, audio, track")].filter((one) => (one.src + one.srcset).includes("//evil")).map((one) => one.outerHTML),
]`;

/** An article's own page is opened for every word, and so is every page of the library. */
const mostOf = (kind: string): number => (/^articles(\/\*)?($|\?)/.test(kind) ? 150 : 4);

/** A sandbox says what it kept from running; a page may lead to one that another room has yet to open. */
const isOfBrowser = /Blocked script execution in|status of 404/;

/** What stood on the pages that were opened. */
const read: string[] = [];
const spoken = (text: string): string => text.replace(/\s+/g, " ").trim();

describe("wicked words at the desk", () => {
  it("are more than seventy-five, and were taken in as articles", async () => {
    expect(weapons.length).toBeGreaterThanOrEqual(75);
    expect((await listArticles(house.cloud, "elblandbote")).length).toBeGreaterThanOrEqual(weapons.length - 5);
  });

  it("run on no page there is a way to, ask nobody for anything, and make no element of their own", async () => {
    const found: Record<string, unknown> = {};
    const look = async (path: string, answer: Response | null): Promise<void> => {
      const isFramed = answer?.headers()["content-security-policy"]?.startsWith("sandbox") ?? false;
      const seen = await window.page.evaluate<string[]>(isFramed ? foreignInFrame : foreign);
      read.push(spoken(await window.page.evaluate<string>("document.body.textContent")));
      const betrayed = window.trouble.splice(0).filter((line) => !isOfBrowser.test(line));
      const isOpen =
        /\/preview\//.test(path) && !isFramed && !answer?.headers()["content-type"]?.startsWith("text/plain");
      if (seen.length + betrayed.length > 0 || isOpen) found[path] = { seen, betrayed, isFramed };
    };
    const kinds = await walkDesk({ page: window.page, origin: house.origin, publication: "elblandbote", mostOf, look });
    expect(found).toEqual({});
    console.info(
      `${[...kinds.values()].reduce((sum, one) => sum + one, 0)} pages of ${kinds.size} kinds: ${[...kinds.keys()].join(" ")}`,
    );
  }, 900_000);

  it("are read there, each of them", () => {
    const unread = weapons
      .map((word) => spoken(visible(word)))
      .filter((word) => !read.some((page) => page.includes(word)));
    expect(unread).toEqual([]);
  });
});
