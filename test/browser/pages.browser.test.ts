import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderShelf } from "../../core/archive/shelf.ts";
import { renderSitePage } from "../../core/edition/site-page.ts";
import { renderWeb } from "../../core/edition/web.ts";
import { aDownload, shelfEntry } from "../people-and-papers.ts";
import { papers, springIssue } from "../spring-issue.ts";
import { axeFindings } from "./chromium.ts";
import { openReadingRoom, type ReadingRoom } from "./reading-room.ts";

/** Every public page in a real browser: wide and narrow, light and dark. */

const html = "text/html; charset=utf-8";
const pages = {
  "the cover": "ausgaben/2026-01/",
  "an article": `ausgaben/2026-01/${papers.wind.slug}/`,
  "an interview": `ausgaben/2026-01/${papers.talk.slug}/`,
  "the whole issue": "ausgaben/2026-01/druck/",
  "the archive": "archiv/",
  "the imprint": "impressum/",
  "the leave page": "u/leave/",
};

let room: ReadingRoom;

beforeAll(async () => {
  room = await openReadingRoom();
  const input = springIssue({
    publication: { baseUrl: room.origin },
    issue: {
      theme: { title: "Kleine Orte, große Wege", intro: "Was gelingt, wenn sich Gemeinden zusammentun." },
      downloads: [aDownload()],
      corrections: [{ article: papers.wind.id, date: "2026-03-05", text: "Die Pacht war falsch." }],
    },
  });
  const { publication, house } = input;
  room.layOut(renderWeb(input).files.map((file) => ({ ...file, path: file.path.slice("web/".length) })));
  room.layOut(renderShelf({ publication, house, shelf: [shelfEntry(input, "2026-03-02T05:00:00.000Z")] }));
  const leave = renderSitePage(house, publication, "leave", { address: "j…@auenrode.…" }, "de");
  room.layOut([{ path: "u/leave/index.html", body: leave, type: html }]);
});
afterAll(() => room?.close());

describe.concurrent("axe-core finds nothing, and nothing leaves the house", () => {
  for (const colorScheme of ["light", "dark"] as const)
    for (const width of [360, 768, 1280])
      it.each(Object.entries(pages))(`on %s, ${colorScheme}, ${width} px`, async (_, path) => {
        const options = { viewport: { width, height: 900 }, colorScheme };
        expect(await room.read(path, options, (page) => axeFindings(page))).toEqual({ seen: [], trouble: [] });
      });
});

describe("on the smallest phone", () => {
  const viewport = { width: 320, height: 640 };

  it.each(Object.entries(pages))("%s does not scroll sideways", async (_, path) => {
    const { seen } = await room.read(path, { viewport }, (page) =>
      page.evaluate<number>("document.documentElement.scrollWidth"),
    );
    expect(seen).toBeLessThanOrEqual(320);
  });

  it.each(Object.entries(pages))("nothing on %s is smaller than 13 px", async (_, path) => {
    const { seen } = await room.read(path, { viewport }, (page) =>
      page.evaluate<string[]>(`
      [...document.querySelectorAll("body *")]
        .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
        .filter((element) => element.getClientRects().length > 0 && parseFloat(getComputedStyle(element).fontSize) < 13)
        .filter((element) => parseFloat(getComputedStyle(element).fontSize) > 1)
        .map((element) => getComputedStyle(element).fontSize + " " + element.outerHTML.slice(0, 120))`),
    );
    expect(seen).toEqual([]);
  });
});

describe("with the keyboard", () => {
  it.each(Object.entries(pages))("the first tab on %s shows a way past the masthead", async (_, path) => {
    const viewport = { width: 1280, height: 900 };
    const { seen } = await room.read(path, { viewport }, async (page) => {
      await page.keyboard.press("Tab");
      return page.evaluate<object>(`(() => {
        const { className, href } = document.activeElement;
        const { top, left, width } = document.activeElement.getBoundingClientRect();
        const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
        return { className, target: new URL(href).hash, isInView: top >= 0 && left >= 0 && width > 40, outlineStyle, outlineWidth };
      })()`);
    });
    const outline = { outlineStyle: "solid", outlineWidth: "3px" };
    expect(seen).toEqual({ className: "skip", target: "#content", isInView: true, ...outline });
  });
});

describe("without pictures", () => {
  it("a cover still opens with its headline in the first screen", async () => {
    const { seen } = await room.read(pages["the cover"], { viewport: { width: 1280, height: 900 } }, (page) =>
      page.evaluate<number>(`(() => {
        for (const shot of document.querySelectorAll(".shot")) shot.remove();
        return document.querySelector(".lead h2").getBoundingClientRect().bottom;
      })()`),
    );
    expect(seen).toBeLessThan(900);
  });
});
