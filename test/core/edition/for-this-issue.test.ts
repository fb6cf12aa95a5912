import { describe, expect, it } from "vitest";
import { renderFeeds } from "../../../core/archive/feed.ts";
import { build } from "../../../core/edition/build.ts";
import { anArticle, anEditionInput, aPicture, shelfEntry, t } from "../../people-and-papers.ts";

/** What editors write and choose for one issue alone. */

const deich = anArticle({
  title: "Der Deich",
  teaser: "Der eigene.",
  hero: aPicture("deich.jpg"),
  lead: t("Vorspann."),
});
const wind = anArticle({
  ...{ title: "Der Wind", teaser: "Windiges.", hero: aPicture("wind.jpg", { alt: "Drei Räder", credit: "Lena Voss" }) },
});
const sections = { "Das Thema": [deich], Umland: [wind] };

async function built(issue: Parameters<typeof anEditionInput>[1] = {}) {
  const { refusals, editions } = await build(anEditionInput(sections, issue));
  expect(refusals).toEqual([]);
  const file = (name: string): string => String(editions?.files.find(({ path }) => path === name)?.body);
  return { mail: file("email.html"), text: file("email.txt"), cover: file("cover.json"), editions };
}

describe("an issue of its own words", () => {
  it("shows its teaser in mail, on the cover and in the feed, in place of the article's", async () => {
    const issue = { teasers: { "der-wind": "Für diese Ausgabe." } };
    const { mail, text, cover } = await built({ issue });
    for (const edition of [mail, text, cover]) {
      expect(edition).toContain("Für diese Ausgabe.");
      expect(edition).not.toContain("Windiges.");
    }
    const input = anEditionInput(sections, { issue });
    const shelf = [shelfEntry(input, "2026-03-02T06:00:00.000Z")];
    const feeds = renderFeeds({ ...input, shelf });
    expect(feeds.every(({ body }) => String(body).includes("Für diese Ausgabe."))).toBe(true);
  });

  it("opens the mail with the lead's teaser for this issue; its page keeps the standfirst", async () => {
    const { mail, editions } = await built({ issue: { teasers: { "der-deich": "Nur hier." } } });
    expect(mail).toContain("Nur hier.");
    expect(mail).not.toContain("Vorspann.");
    const page = editions?.files.find(({ path }) => path.endsWith("der-deich/index.html"));
    expect(String(page?.body)).toContain("Vorspann.");
  });

  it("opens mail and cover with the picture it chose, its own credit beside it", async () => {
    const { mail, cover } = await built({ issue: { cover: { article: "der-wind", picture: "wind.jpg" } } });
    expect(mail.indexOf("Drei Räder")).toBeLessThan(mail.indexOf("Der Deich</a>"));
    expect(JSON.parse(cover).lead.picture.alt).toBe("Drei Räder");
  });

  it("opens with the lead's own picture where the chosen one is gone", async () => {
    const chosen = await built({ issue: { cover: { article: "der-wind", picture: "fort.jpg" } } });
    expect(chosen.editions?.manifest.fingerprint).toBe((await built()).editions?.manifest.fingerprint);
  });

  it("is not built while its teaser holds a place somebody meant to fill", async () => {
    const { refusals } = await build(anEditionInput(sections, { issue: { teasers: { "der-wind": "XXX folgt" } } }));
    expect(refusals.map(({ code }) => code)).toEqual(["unfilled-place"]);
  });

  it("takes no word of its own from what every object has", async () => {
    const odd = anArticle({ id: "constructor", title: "Constructor" });
    const { refusals } = await build(anEditionInput({ Umland: [odd] }, { issue: { teasers: {} } }));
    expect(refusals).toEqual([]);
  });
});
