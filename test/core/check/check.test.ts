import { describe, expect, it } from "vitest";
import type { Article } from "../../../core/article/article.ts";
import { type CheckInput, check } from "../../../core/check/check.ts";
import { findingSentence } from "../../../core/check/finding.ts";
import { addressOf, nameOfPlace, type Place } from "../../../core/check/place.ts";
import type { Visit } from "../../../core/check/visits.ts";
import { words } from "../../../core/words.ts";
import {
  anArticle,
  anAuthor,
  anEditionInput,
  anIssue,
  aPicture,
  aPublication,
  heading,
  paragraph,
  people,
  t,
} from "../../people-and-papers.ts";
import { link, table } from "./fixtures.ts";

const sound = (given: Partial<Article> = {}): Article =>
  anArticle({
    authors: [people.joerdis],
    lead: t("Wer kommt, wird gehört."),
    hero: aPicture("rathaus.jpg", { alt: "Ein heller Schalter ohne Scheibe", caption: t("Das neue Bürgerbüro") }),
    ...given,
  });
const envelope = { subject: "Was der Deich gekostet hat", preheader: "Die Rechnung liegt vor, kleiner als gedacht." };

function input(articles: readonly Article[], given: Partial<CheckInput> = {}): CheckInput {
  const base = anEditionInput({ Recht: articles }, { issue: { ...envelope } });
  return { ...base, others: [], today: "2026-02-20", archived: new Set(), visited: undefined, ...given };
}
const codesOf = async (given: CheckInput): Promise<string[]> => (await check(given)).findings.map(({ code }) => code);

describe("a check", () => {
  it("finds nothing in a sound issue, and says what the mail weighs and who shows it how", async () => {
    const { findings, mail, linksFollowed } = await check(input([sound()]));
    expect([findings, linksFollowed]).toEqual([[], undefined]);
    expect(mail?.bytes).toBeLessThan(mail?.most ?? 0);
    const families = new Set(mail?.clients.map(({ client }) => client.replace(/ \(.*/, "")));
    expect([...families]).toEqual(["Outlook", "GMX", "WEB.DE", "T-Online", "Gmail", "Apple Mail"]);
  });

  it("quotes no titles where an issue has no articles yet", async () => {
    const { findings } = await check(input([], { issue: anIssue({ sections: [] }) }));
    expect(findings.map(({ code }) => code)).toEqual(["empty-issue", "subject-usual"]);
    for (const language of ["de", "en"] as const)
      expect(findings.map((finding) => findingSentence(language, finding)).join("\n")).not.toMatch(/[„“]\s*[“”]/);
  });

  it("says of T-Online what nobody has tested there", async () => {
    const { mail } = await check(input([sound()]));
    const online = mail?.clients.find(({ client }) => client.startsWith("T-Online"));
    expect(online?.untested.length).toBeGreaterThan((online?.asked ?? 0) / 2);
  });

  it("is red for what the build refuses, at the picture, and leaves the mail unset", async () => {
    const hero = aPicture("rathaus.jpg", { alt: null, credit: null });
    const { findings, mail } = await check(input([sound({ hero })]));
    const place = { in: "article", article: "ein-schalter-der-zuhoert", picture: "rathaus.jpg" };
    expect(findings.filter(({ colour }) => colour === "red").map(({ code, place }) => [code, place])).toEqual([
      ["no-alt", { ...place, says: "alt" }],
      ["no-credit", { ...place, says: "credit" }],
    ]);
    expect(mail).toBeUndefined();
  });

  it("shows where in the article stands what the build refuses", async () => {
    const blocks = [
      paragraph("Ein Satz."),
      heading("Zu tief", 4),
      paragraph("TODO: Zahl prüfen."),
      link("http://amt.example/"),
      { type: "figure", picture: aPicture("ufer.jpg", { credit: null }) } as const,
    ];
    const { findings } = await check(input([sound({ blocks })]));
    const placed = findings.map(({ code, place }) => [code, "block" in place ? place.block : 0]);
    expect(placed).toEqual(
      expect.arrayContaining([
        ["heading-jump", 2],
        ["unfilled-place", 3],
        ["insecure-link", 4],
        ["no-credit", 5],
      ]),
    );
  });

  it("tells of the publication's own faults where they are set", async () => {
    const publication = aPublication({ imprint: "", responsiblePerson: "", accent: "#FFEE88" });
    const { findings } = await check({ ...input([sound()]), publication });
    expect(findings.map(({ code, place }) => [code, "field" in place && place.field])).toEqual([
      ["no-imprint", "imprint"],
      ["no-responsible-person", "responsiblePerson"],
      ["weak-accent", "accent"],
    ]);
  });

  it("says once what gate and build both say, and what had to be shortened", async () => {
    const long = Array.from({ length: 40 }, (_, nth) => paragraph(`Absatz ${nth}. ${"Der Fluss steigt. ".repeat(60)}`));
    const articles = ["Eins", "Zwei", "Drei"].map((title) =>
      sound({ title, slug: title.toLowerCase(), mail: "full", hero: null, blocks: long }),
    );
    const { findings } = await check(input(articles));
    const shortened = findings.filter(({ code }) => code === "mail-full-shortened");
    expect(shortened.map(({ place }) => place)).toContainEqual({ in: "article", article: "drei", entry: "mail" });
    const said = findings.map((finding) => findingSentence("de", finding));
    expect(said.filter((sentence, nth) => said.indexOf(sentence) !== nth && /gekürzt/.test(sentence))).toEqual([]);
  });

  it("asks every rule", async () => {
    const bad = sound({
      title: "Der Deich",
      slug: "deich",
      language: "en",
      authors: [anAuthor("Jördis Muehlbach")],
      lead: [],
      hero: aPicture("ufer.jpg", { alt: "Bild", caption: [] }),
      blocks: [
        paragraph(words("de").template.place.opening),
        paragraph(`Am Ende war die die Rede kurz. ${"Und dann kam noch ein Satz dazu. ".repeat(40)}`),
        heading("Was der Rat beschlossen hat und warum es darauf ankommt, dass alle davon erfahren"),
        paragraph("We meet on Tuesday, 4 February 2026. Jetzt bestellen."),
        link("http://192.168.0.1/?utm_source=x", "hier"),
        link("https://a.example/", "Antrag"),
        link("https://b.example/", "Antrag"),
        link("https://elblandbote.example/gibt-es-nicht/"),
        table(["", ""], 7),
        { type: "figure", picture: aPicture("ufer.jpg") },
      ],
    });
    const twin = sound({ title: "Der Deich", slug: "deich-2", blocks: [paragraph("Jördis Mühlbach sprach.")] });
    const past = sound({ slug: "termin", kind: "date", event: { day: "2026-01-01", until: null, place: "" } });
    const issue = anIssue({ number: 3, sections: [{ name: "Recht", articles: ["deich", "deich-2", "termin"] }] });
    const visits = new Map<string, Visit>([
      ["https://a.example/", { kind: "answered", status: 404, url: "", isMoved: false }],
    ]);
    const found = await codesOf({
      ...input([bad, twin, past]),
      publication: aPublication({
        baseUrl: "https://elblandbote.example",
        sender: { ...aPublication().sender, from: "noreply@anders.example" },
      }),
      issue,
      others: [anIssue({ date: "2026-04-01" })],
      today: "2026-03-10",
      visited: { visits, leftOut: 2 },
    });
    for (const code of [
      ...["template-left", "word-doubled", "paragraph-long", "heading-long", "weekday-wrong", "link-vague"],
      ...["link-inward", "link-tracked", "link-same-words", "link-dead-inside", "link-gone", "links-unvisited"],
      ...["table-headless", "table-wide", "picture-twice", "alt-says-nothing", "caption-missing", "role-missing"],
      ...["teaser-missing", "language-differs", "advertisement-unmarked", "article-twice-told", "event-past"],
      ...["event-placeless", "name-two-ways", "number-skipped", "date-not-after", "date-past", "theme-again"],
      ...["subject-usual", "preheader-usual", "sender-elsewhere", "sender-mute", "insecure-link"],
    ])
      expect(found, code).toContain(code);
  });

  it("puts red before amber, and each in the order of the issue", async () => {
    const articles = [
      sound({ slug: "eins", title: "Eins", blocks: [link("https://amt.example/", "hier")] }),
      sound({ slug: "zwei", title: "Zwei", blocks: [link("http://localhost/")] }),
    ];
    const { findings } = await check(input(articles));
    const shown = findings.map(({ colour, place }) => `${colour} ${"article" in place ? place.article : place.in}`);
    expect(shown[0]).toBe("red zwei");
    expect(shown.indexOf("amber eins")).toBeLessThan(shown.indexOf("amber zwei"));
  });

  const deich = { in: "article", article: "deich" } as const;
  it.each<[Place, string]>([
    [{ ...deich, block: 4, words: "die die" }, "articles/deich/words?check=2026-01&block=4&words=die+die#place"],
    [{ ...deich, entry: "teaser" }, "articles/deich/words?check=2026-01&entry=teaser#place"],
    [{ ...deich, picture: "mein bild.jpg" }, "articles/deich?check=2026-01#picture-mein%20bild.jpg"],
    [{ ...deich, block: 4, picture: "wehr.jpg", says: "alt" }, "articles/deich?check=2026-01#alt-wehr.jpg"],
    [{ in: "issue" }, "issues/2026-01"],
    [{ in: "issue", field: "subject" }, "issues/2026-01#subject"],
    [{ in: "issue", section: "Aus den Kommunen" }, "issues/2026-01#section-Aus%20den%20Kommunen"],
    [{ in: "issue", article: "deich" }, "issues/2026-01#article-deich"],
    [{ in: "publication", field: "imprint" }, "settings/imprint#imprint"],
    [{ in: "publication", field: "sender.replyTo" }, "settings/sender#sender.replyTo"],
    [{ in: "edition", path: "email.html" }, "issues/2026-01/preview"],
    [{ in: "edition", path: "email.txt" }, "issues/2026-01/preview?edition=text"],
    [{ in: "links" }, "issues/2026-01/check#links"],
  ])("gives the place %j an address", (place, address) => {
    expect(addressOf(place, "2026-01")).toBe(address);
  });

  it("names a place shortly for who reads lines", () => {
    expect(nameOfPlace({ ...deich, block: 4, words: "die die" }, "2026-01")).toBe("articles/deich#block-4");
    expect(nameOfPlace({ ...deich, picture: "wehr.jpg", says: "alt" }, "2026-01")).toBe("articles/deich#alt-wehr.jpg");
    expect(nameOfPlace({ in: "issue", field: "subject" }, "2026-01")).toBe("issues/2026-01#subject");
  });
});
