import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { operator } from "../../core/rights.ts";
import { draftIssue } from "../../functions/desk/issues.ts";
import { changeIssue } from "../../functions/desk/planning.ts";
import { requireIssue } from "../../functions/records/issues.ts";
import { anIssue } from "../people-and-papers.ts";
import { axeFindings } from "./chromium.ts";
import { type DeskHouse, onlyPublication, openDeskHouse, type Window } from "./desk-house.ts";

/** An editor makes an issue in a real browser: by hand, by keyboard, and while somebody else is at it. */

let house: DeskHouse;
let publication: string;
let window: Window;
beforeAll(async () => {
  house = await openDeskHouse();
  publication = await onlyPublication(house);
}, 300_000);
afterAll(() => house?.close());
afterEach(async () => {
  // A browser asks for an icon nobody named.
  expect(window.trouble.filter((line) => !/status of 404/.test(line))).toEqual([]);
  await window.close();
});

const sections = [
  { name: "Das Thema der Ausgabe", articles: ["hochwasser", "pegel", "bruecke"] },
  { name: "Aus den Kommunen", articles: ["wind", "rufbus"] },
  { name: "Termine", articles: [] },
];
let nth = 10;

/** A new issue of the sample's articles, opened by an editor. */
async function opened(path = "", options = {}): Promise<{ page: Page; url: string; id: string }> {
  nth += 1;
  const plan = anIssue({ publication, number: nth, year: 2026, date: "2026-12-14", sections });
  await draftIssue(house.cloud, operator, plan);
  window = await house.enter(["editor"], options);
  const id = `2026-${nth}`;
  const url = `${house.origin}/${publication}/issues/${id}`;
  await window.page.goto(url + path);
  return { page: window.page, url, id };
}
const order = async (id: string): Promise<string[][]> =>
  (await requireIssue(house.cloud, publication, id)).sections.map(({ articles }) => articles);
const hasFocus = (place: Locator): Promise<boolean> =>
  place.evaluate(
    (one) => one === (globalThis as unknown as { document: { activeElement: unknown } }).document.activeElement,
  );
const frameWords = (page: Page): Promise<string> => page.frameLocator("iframe").locator("body").innerText();

describe("Inhalt in a browser", () => {
  it("moves an article by keyboard alone, the focus staying with it", async () => {
    const { page, id } = await opened();
    const up = page.locator("#article-pegel [data-way=up]");
    await up.focus();
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    expect((await order(id))[0]).toEqual(["pegel", "hochwasser", "bruecke"]);
    const down = page.locator("#article-pegel [data-way=down]");
    await down.focus();
    for (let step = 0; step < 3; step += 1) {
      await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
      await expect.poll(() => hasFocus(down)).toBe(true);
    }
    expect(await order(id)).toEqual([["hochwasser", "bruecke"], ["pegel", "wind", "rufbus"], []]);
  });

  it("breaks a title that is one word, longer than a phone is wide", async () => {
    const { page } = await opened("", { viewport: { width: 360, height: 740 } });
    const title = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
    await page.evaluate(`document.querySelector(".lines .main a").textContent = "${title}"`);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
  });

  it("moves an article by hand, into an empty section too", async () => {
    // High enough that nothing scrolls between the press and the drop.
    const { page, id } = await opened("", { viewport: { width: 1280, height: 2000 } });
    const drop = async (what: string, onto: string, y: number): Promise<void> => {
      const target = page.locator(onto);
      await Promise.all([
        page.waitForNavigation(),
        page
          .locator(`#article-${what} .meta`)
          .first()
          .dragTo(target, { targetPosition: { x: 40, y } }),
      ]);
    };
    await drop("rufbus", "#article-pegel", 4);
    expect(await order(id)).toEqual([["hochwasser", "rufbus", "pegel", "bruecke"], ["wind"], []]);
    await drop("wind", "section[id='section-Termine']", 20);
    expect((await order(id))[2]).toEqual(["wind"]);
  });

  it("shows the second of two editors both, and goes there", async () => {
    const { page, id, url } = await opened();
    await changeIssue(house.cloud, operator, { publication, issue: id }, 1, {
      kind: "head",
      head: { subject: "Wege" },
    });
    await page.locator("#subject").fill("Pfade");
    await Promise.all([page.waitForNavigation(), page.getByRole("button", { name: "Angaben speichern" }).click()]);
    expect(await page.locator("#subject").inputValue()).toBe("Pfade");
    expect(await page.locator("#subject-problem").innerText()).toContain("Wege");
    expect(await hasFocus(page.locator("#conflict"))).toBe(true);
    expect(await axeFindings(page)).toEqual([]);
    await Promise.all([page.waitForNavigation(), page.getByRole("button", { name: "Angaben speichern" }).click()]);
    expect(page.url()).toBe(`${url}?done=saved`);
    expect((await requireIssue(house.cloud, publication, id)).subject).toBe("Pfade");
  });

  it("does all of it without a script", async () => {
    const { page, id } = await opened("", { javaScriptEnabled: false });
    await page.locator("#article-wind [data-way=up]").click();
    await page.waitForURL(/done=saved#article-wind$/);
    expect((await order(id))[0]).toEqual(["hochwasser", "pegel", "bruecke", "wind"]);
  });
});

describe("Vorschau in a browser", () => {
  it("is another one within a second of a change, and says so", async () => {
    const { page, id } = await opened("/preview");
    expect(await frameWords(page)).not.toContain("Ganz neu gefasst.");
    const change = { kind: "teaser", article: "pegel", text: "Ganz neu gefasst." } as const;
    await changeIssue(house.cloud, operator, { publication, issue: id }, 1, change);
    await expect.poll(() => frameWords(page), { timeout: 10_000 }).toContain("Ganz neu gefasst.");
    expect(await page.locator("[data-told]").innerText()).toBe("Die Vorschau ist erneuert.");
  });

  it("shows its pictures in the sandbox, and none where they are off", async () => {
    const { page, url } = await opened("/preview?width=desk");
    const loaded = (): Promise<boolean[]> =>
      page
        .frameLocator("iframe")
        .locator("img")
        .evaluateAll((all) =>
          (all as unknown as { naturalWidth: number }[]).map(({ naturalWidth }) => naturalWidth > 0),
        );
    await expect.poll(async () => (await loaded()).every(Boolean)).toBe(true);
    expect((await loaded()).length).toBeGreaterThan(1);
    window.trouble.length = 0;
    await page.goto(`${url}/preview?pictures=off`);
    await frameWords(page);
    expect((await loaded()).some(Boolean)).toBe(false);
    // Blocked pictures are what was asked for.
    window.trouble.splice(0, window.trouble.length, ...window.trouble.filter((line) => !/img-src 'none'/.test(line)));
  });

  it.each(["mail", "page", "text"])("shows %s dark on a light device and light on a dark one", async (edition) => {
    for (const [device, scheme] of [
      ["light", "dark"],
      ["dark", "light"],
    ] as const) {
      const { page } = await opened(`/preview?edition=${edition}&scheme=${scheme}`, { colorScheme: device });
      await frameWords(page);
      const ground = await page
        .frameLocator("iframe")
        .locator("body")
        .evaluate((body) => {
          const { getComputedStyle } = globalThis as unknown as {
            getComputedStyle(one: unknown): { backgroundColor: string };
          };
          return getComputedStyle(body).backgroundColor;
        });
      const [red = 255] = (/\d+/.exec(ground) ?? []).map(Number);
      expect([edition, scheme, red < 60]).toEqual([edition, scheme, scheme === "dark"]);
      if (device === "light") await window.close();
    }
  });

  it("lets nothing out of the frame: no script, no way to the desk", async () => {
    const { page } = await opened("/preview?edition=page");
    const frame = page.frames().find((one) => one.url().includes("/preview/page"));
    await frame?.waitForLoadState();
    expect(
      await page.locator("iframe").evaluate((one) => (one as unknown as { contentDocument: unknown }).contentDocument),
    ).toBeNull();
    await page.frameLocator("iframe").locator("main a[href]").first().click();
    await page.waitForTimeout(300);
    expect(page.context().pages()).toHaveLength(1);
    expect(page.url()).toContain("/preview?edition=page");
    window.trouble.splice(0, window.trouble.length, ...window.trouble.filter((line) => !/sandbox/i.test(line)));
  });
});

describe("Prüfung in a browser", () => {
  it("leads to the field it speaks of, and builds while one waits", async () => {
    const { page, url } = await opened("/check");
    expect(await axeFindings(page)).toEqual([]);
    await Promise.all([page.waitForNavigation(), page.locator("a[href$='#preheader']").first().click()]);
    expect(page.url()).toBe(`${url}#preheader`);
    await page.goto(`${url}/check`);
    await Promise.all([page.waitForNavigation(), page.getByRole("button", { name: "Ausgabe bauen" }).click()]);
    await expect
      .poll(() => page.locator("#build ~ p").first().innerText(), { timeout: 30_000 })
      .toMatch(/abgelehnt|Genau dieser Bau/);
  });
});
