import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { getElementsByTagName, textContent } from "domutils";
import { parseDocument } from "htmlparser2";
import { describe, expect, it } from "vitest";
import type { Article } from "../../../core/article/article.ts";
import type { EditionInput } from "../../../core/edition/edition.ts";
import { renderEmail } from "../../../core/edition/email.ts";
import { differences } from "../../../core/edition/same-words.ts";
import { fillSlots, longestSlotValues, slot, splitAtSlots } from "../../../core/edition/slots.ts";
import { emailRules, findings } from "../../html-rules.ts";
import { anArticle, anEditionInput, aPicture, heading, paragraph, people, t } from "../../people-and-papers.ts";
import { papers, springIssue, springSections, windAlone } from "../../spring-issue.ts";

const golden = join(import.meta.dirname, "..", "..", "golden");

async function mailOf(input: EditionInput) {
  const { files, ...rendered } = await renderEmail(input);
  const [html = "", text = ""] = ["email.html", "email.txt"].map((path) =>
    String(files.find((file) => file.path === path)?.body),
  );
  return { ...rendered, html, text };
}

const reader = {
  greeting: "Guten Tag, Jördis Mühlbach,",
  leaveUrl: "https://elblandbote.example/u/abc",
  preferencesUrl: "https://elblandbote.example/p/abc",
};
const elements = (html: string, tag: string) => getElementsByTagName(tag, parseDocument(html));
const texts = (html: string, tag: string): string[] => elements(html, tag).map((one) => textContent(one).trim());
const longest = (html: string): number =>
  Buffer.byteLength(fillSlots(html, longestSlotValues("https://elblandbote.example"), "html"));

describe("the email edition", () => {
  it.each([
    ["email.html", "html"],
    ["email.txt", "text"],
  ] as const)("prints the spring issue as it always did: %s", async (name, part) => {
    const mail = await mailOf(springIssue());
    const printed = mail[part].replace(/></g, part === "html" ? ">\n<" : "><");
    // UPDATE_GOLDEN=1 accepts what is printed now; look at it first.
    if (process.env.UPDATE_GOLDEN) writeFileSync(join(golden, name), printed);
    expect(printed).toBe(readFileSync(join(golden, name), "utf8"));
  });

  it("prints the same issue twice, byte for byte", async () => {
    expect(await renderEmail(springIssue())).toEqual(await renderEmail(springIssue()));
  });

  it("names itself, its language and its direction", async () => {
    const { html, subject, preheader } = await mailOf(springIssue());
    expect(html).toContain('<html lang="de" dir="ltr"');
    expect(html).toContain('role="article" lang="de" dir="ltr"');
    expect(texts(html, "title")).toEqual(["ELBLANDbote, Ausgabe 01/2026: Kleine Orte, große Wege"]);
    expect(subject).toBe("ELBLANDbote 01|26: Kleine Orte, große Wege");
    expect(preheader).toBe(
      "Lindenau baut am Wasser und bleibt trocken · Auenrode rechnet mit dem Wind · Ein Schalter, der zuhört",
    );
  });

  it("takes subject and preheader from the editor where there are some", async () => {
    const issue = { subject: "Frühling im Elbland", preheader: "Wind, Wasser, Wege" };
    expect(await mailOf(springIssue({ issue }))).toMatchObject(issue);
  });

  it("speaks English in the frame of an English issue", async () => {
    const { html, text } = await mailOf(springIssue({ issue: { language: "en" } }));
    expect(html).toContain('<html lang="en"');
    for (const part of [html, text]) {
      expect(part).toContain("Read in your browser");
      expect(part).toContain("The theme of this issue");
      expect(part).toContain("Unsubscribe");
      expect(part).not.toContain("Ausgabe 01");
    }
    expect(html).toContain('<div lang="de">');
    expect(text).toContain("12 March");
  });

  it("says how the number is spoken, and keeps the arrow from screen readers", async () => {
    const { html } = await mailOf(springIssue());
    expect(html).toContain('<span role="img" aria-label="Ausgabe 1, 2026">');
    expect(html).toMatch(/<span[^>]* aria-hidden="true"[^>]*>→&nbsp;<\/span>Kleine Orte/);
  });

  it("orders its headings: theme, lead and sections, articles, their own", async () => {
    const { html } = await mailOf(springIssue());
    expect(texts(html, "h1")).toEqual(["→\u00A0Kleine Orte, große Wege"]);
    expect(texts(html, "h2")).toEqual([papers.town.title, ...Object.keys(springSections).slice(1)]);
    expect(texts(html, "h3")).toContain(papers.counter.title);
    const jumping = anArticle({ title: "Sprung", mail: "full", blocks: [heading("Tief", 4), heading("Flach", 2)] });
    const { html: full } = await mailOf(anEditionInput({ A: [papers.counter, jumping] }));
    expect(texts(full, "h4")).toEqual(["Tief", "Flach"]);
  });

  it("has one button, and only the first teaser of a section brings a picture", async () => {
    const { html } = await mailOf(springIssue());
    expect(html.split("Beitrag lesen")).toHaveLength(2);
    const shown = elements(html, "img").map((img) => img.attribs.alt);
    expect(shown).toEqual([papers.town.hero?.alt, "", papers.wind.hero?.alt]);
  });

  it("gives every picture an alt and a width, and squeezes none by a height", async () => {
    const { html } = await mailOf(windAlone());
    const pictures = elements(html, "img");
    expect(pictures.length).toBeGreaterThan(4);
    for (const { attribs } of pictures) {
      expect(attribs).toHaveProperty("alt");
      expect(attribs.width).toMatch(/^(640|576|72)$/);
      expect(attribs.src).toMatch(/^https:\/\/elblandbote\.example\/bilder\/[0-9a-f]{64}-(lead|mail|portrait)\.jpg$/);
      if (attribs.width !== "72") expect(attribs).not.toHaveProperty("height");
    }
    expect(html).not.toContain('height="auto"');
  });

  it("prints awaited pictures nowhere, not even their captions", async () => {
    const { html, text } = await mailOf(windAlone());
    expect(html + text).not.toContain("Ein Bild, das noch kommt");
  });

  it("prints notices whole, dates as a list and advertisements as such", async () => {
    const { html, text } = await mailOf(springIssue());
    for (const part of [html, text]) {
      expect(part).toContain("Vom 1. April an berät der Förderlotse");
      expect(part).toMatch(/Anzeige[\s\S]{0,400}Kommunaldruck Lindenau/);
    }
    const dates = elements(html, "li").map((item) => textContent(item));
    expect(dates).toContain("12. März · Lindenau · Werkstatt: Akten ohne Papier");
    expect(dates).toContain("29.–31. Mai · Sörnewitz · Tag der kleinen Gemeinden");
  });

  it("marks an advertisement in every form it takes", async () => {
    const filler = Array.from({ length: 200 }, (_, index) => anArticle({ title: `Beitrag ${index}` }));
    const whole = { ...papers.advertisement, mail: "full" } as const;
    for (const articles of [
      [papers.counter, whole],
      [papers.counter, ...filler, papers.advertisement],
    ]) {
      const { html, text } = await mailOf(anEditionInput({ Alles: articles }));
      for (const part of [html, text]) expect(part).toMatch(/Anzeige[\s\S]{0,400}Kommunaldruck Lindenau/);
    }
  });

  it("brings a single article whole, without a button", async () => {
    const { html, text } = await mailOf(windAlone());
    for (const part of [html, text]) {
      expect(part).not.toContain("Beitrag lesen");
      for (const said of ["Ein Dorf rechnet", "42 700", "Früh einladen", "Das Fest am ersten Tag.", "Podcast"]) {
        expect(part).toContain(said);
      }
    }
    expect(texts(html, "h2")).toEqual([papers.wind.title]);
    expect(texts(html, "h3")).toEqual(["Ein Dorf rechnet", "Was es kostet, was es bringt"]);
  });

  it("brings an article whole where its author asked for it", async () => {
    const { html } = await mailOf(anEditionInput({ A: [papers.town, { ...papers.talk, mail: "full" }] }));
    expect(html).toContain("Wer hat bei Ihnen den Schlüssel?");
    expect(texts(html, "h3")).toEqual([papers.talk.title]);
  });

  it("opens with the article the issue names, and with the editorial where there is one", async () => {
    const { html } = await mailOf(springIssue({ issue: { lead: papers.limit.id, editorial: papers.people.id } }));
    expect(texts(html, "h2").slice(0, 2)).toEqual([papers.limit.title, "Editorial"]);
    expect(html.split(`>${papers.people.title}<`)).toHaveLength(2);
  });

  it("has a place for the greeting even where a text has no standfirst", async () => {
    const bare = anArticle({ title: "Ohne Vorspann", blocks: [heading("Gleich los"), paragraph("Text.")] });
    const { html, text } = await mailOf(anEditionInput({ A: [bare] }));
    expect(fillSlots(html, reader, "html")).toContain("Guten Tag, Jördis Mühlbach,<br>");
    expect(fillSlots(text, reader, "text")).toContain("Guten Tag, Jördis Mühlbach,\n\n");
  });

  it("holds every slot in both parts and links to the pages a reader needs", async () => {
    const { html, text } = await mailOf(springIssue());
    for (const part of [html, text]) {
      const slots = splitAtSlots(part).filter((_, index) => index % 2);
      expect(slots).toEqual(["greeting", "leaveUrl", "preferencesUrl"]);
      for (const page of ["ausgaben/2026-01/", "impressum/", "datenschutz/", "bestellen/"]) {
        expect(part).toContain(`https://elblandbote.example/${page}`);
      }
    }
  });

  it("says who is responsible, or that a proof printing has no imprint", async () => {
    const { html, text, subject } = await mailOf(springIssue({ publication: { proofPrinting: true } }));
    expect(subject).toBe("[Probe] ELBLANDbote 01|26: Kleine Orte, große Wege");
    for (const part of [html, text]) {
      expect(part).toContain("Probedruck ohne Impressum");
      expect(part).not.toContain("Verantwortlich im Sinne");
      expect(part).not.toContain("impressum/");
    }
    const real = await mailOf(springIssue());
    for (const part of [real.html, real.text]) {
      expect(part).toContain("Verantwortlich im Sinne des § 18 Abs. 2 MStV: Gülşen Yıldız");
      expect(part).toContain("Elbländischer Gemeindebund e. V., Am Alten Hafen 4, 01999 Lindenau");
    }
  });

  it("keeps a long name on one line", async () => {
    const named = (bold: string) => springIssue({ publication: { title: bold, titleParts: [bold, ""] } });
    const size = async (bold: string) =>
      /<p class="wordmark" style="[^"]*font-size:(\d+)px/.exec((await mailOf(named(bold))).html)?.[1];
    expect(await size("KURZ")).toBe("24");
    expect(await size("MITTEILUNGSBLATTDERVIERDOERFER")).toBe("13");
    expect(await size("AMTSBLATTELBLAND-NORD")).toBe("19");
  });

  it.each([
    ["the spring issue", springIssue()],
    ["one article, whole", windAlone()],
  ])("gives html-validate nothing to find: %s", async (_, input) => {
    const { html } = await mailOf(input);
    for (const greeting of ["", reader.greeting]) {
      expect(await findings(fillSlots(html, { ...reader, greeting }, "html"), emailRules)).toEqual([]);
    }
  });
});

describe("author text", () => {
  const wicked = [
    "{{greeting}} {{{leaveUrl}}} {{> email/footer}}",
    "</mj-text><mj-raw><script>alert(1)</script></mj-raw>",
    '"><img src=x onerror=alert(1)> & &amp; &#x3D; &lt;b&gt;',
    "<!--[if mso]> ]]> <![CDATA[ --> $& $1 $` \\ `x` 'y' = true",
    "<mj-include path='/etc/passwd' />",
  ];

  it.each(wicked)("comes out as it was written: %s", async (words) => {
    const article = anArticle({
      title: `T ${words}`,
      slug: "boese",
      kicker: `K ${words}`,
      teaser: "",
      lead: t(`L ${words}`),
      authors: [{ ...people.joerdis, name: `N ${words}`, roleAtTime: words }],
      hero: aPicture("x.jpg", { alt: `A ${words}`, caption: t(`C ${words}`), credit: words }),
      blocks: [
        heading(`H ${words}`),
        paragraph(`P ${words}`),
        { type: "embed", url: "https://a.example/", title: words },
      ],
      notes: [t(words)],
      linkBox: { title: words, entries: [{ kind: "web", label: words, url: "https://a.example/?a=1&b='\"" }] },
    });
    const given = {
      publication: { claim: words, subtitle: words },
      issue: { theme: { title: words, intro: words }, preheader: words },
    };
    for (const sections of [{ [words]: [article] }, { A: [papers.town], [words]: [article] }]) {
      const { html, refusals } = await mailOf(anEditionInput(sections, given));
      expect(refusals).toEqual([]);
      const said = textContent(parseDocument(html));
      for (const place of ["T", "K", "L"]) expect(said).toContain(`${place} ${words}`);
      expect(elements(html, "img").map((img) => img.attribs.alt)).toContain(`A ${words}`);
      expect([...elements(html, "script"), ...elements(html, "mj-raw")]).toEqual([]);
      expect(elements(html, "img").every((img) => !("onerror" in img.attribs))).toBe(true);
    }
  });

  it("may break its lines anywhere: a word never sticks to the next", async () => {
    const broken = anArticle({ title: "Ende;\nAnfang", teaser: "Punkt.\r\n\tUnd weiter", kicker: "(so)\nso" });
    const { html, text } = await mailOf(anEditionInput({ A: [papers.town, broken] }));
    for (const part of [html, text]) {
      for (const said of ["Ende; Anfang", "Punkt. Und weiter", "(so) so"]) expect(part).toContain(said);
    }
  });

  it("cannot forge a slot", async () => {
    const forged = anArticle({
      title: `Frei ${slot("leaveUrl")} Haus`,
      teaser: "\uFDD0greeting\uFDD1 \u0000\u0007 \uD800",
    });
    const { html, text } = await mailOf(anEditionInput({ A: [papers.town], B: [forged] }));
    for (const part of [html, text]) {
      expect(splitAtSlots(part).filter((_, index) => index % 2)).toEqual(["greeting", "leaveUrl", "preferencesUrl"]);
      expect(part).toContain("Frei \uFFFDleaveUrl\uFFFD Haus");
      expect(part).not.toMatch(/[\u0000\u0007]/);
    }
  });
});

describe("the ladder", () => {
  const many = (count: number, given: (index: number) => Partial<Article> = () => ({})): Article[] =>
    Array.from({ length: count }, (_, index) =>
      anArticle({
        title: `Beitrag ${index + 1}: Was kleine Gemeinden einander zu erzählen haben`,
        kicker: "Aus den Kommunen",
        teaser:
          "Ein Dorf, drei Windräder, ein Beschluss mit 14:0 Stimmen und die Frage, was die Gemeinde heute anders machen würde als damals.",
        authors: [people.joerdis],
        hero: aPicture(`bild-${index}.jpg`),
        ...given(index),
      }),
    );
  const inSections = (articles: readonly Article[], size: number): Record<string, readonly Article[]> =>
    Object.fromEntries(
      Array.from({ length: Math.ceil(articles.length / size) }, (_, index) => [
        `Rubrik ${index + 1}`,
        articles.slice(index * size, (index + 1) * size),
      ]),
    );

  it("sends forty articles with five pictures and shortens nothing", async () => {
    const { html, notes } = await mailOf(anEditionInput(inSections(many(40), 8)));
    expect(notes).toEqual([]);
    expect(longest(html)).toBeLessThan(90_000);
    expect(elements(html, "h3")).toHaveLength(39);
  });

  it("shortens from the end: first whole texts, then pictures, then teasers", async () => {
    const long = "Das Wasser kam dreimal, und dreimal ging es wieder. ".repeat(700);
    const articles = many(70, (index) => (index === 3 ? { mail: "full", blocks: [paragraph(long)] } : {}));
    const { html, text, notes, refusals } = await mailOf(anEditionInput(inSections(articles, 10)));
    expect(longest(html)).toBeLessThan(90_000);
    expect(refusals).toEqual([]);
    const codes = notes.map(({ code }) => code);
    expect(codes[0]).toBe("mail-full-shortened");
    expect([...codes].sort()).toEqual(codes);
    expect(notes[0]?.details.title).toContain("Beitrag 4:");
    expect(text).toContain("Beitrag 70:");
    expect(texts(html, "h3").length).toBeLessThan(69);
    // The last article is the first to become a line, the first stays a teaser.
    const lines = notes
      .filter(({ code }) => code === "mail-teaser-to-line")
      .map(({ details }) => String(details.title));
    expect(lines.some((title) => title.startsWith("Beitrag 70:"))).toBe(true);
    expect(lines.some((title) => title.startsWith("Beitrag 2:"))).toBe(false);
  });

  it("turns even a lead into standfirst and button when its text alone would be too much", async () => {
    const long = Array.from({ length: 900 }, () =>
      paragraph("Das Wasser kam dreimal, und dreimal ging es wieder fort."),
    );
    const { html, notes } = await mailOf(anEditionInput({ A: [anArticle({ title: "Lang", blocks: long })] }));
    expect(longest(html)).toBeLessThan(90_000);
    expect(notes.map(({ code }) => code)).toEqual(["mail-full-shortened"]);
    expect(html).toContain("Beitrag lesen");
  });

  it("takes no step too many", async () => {
    const { html, notes } = await mailOf(anEditionInput(inSections(many(75), 15)));
    expect(notes.length).toBeGreaterThan(0);
    expect(longest(html)).toBeGreaterThan(86_000);
  });
});

describe("the mail's two parts", () => {
  it.each([
    ["the spring issue", springIssue()],
    ["one article, whole", windAlone()],
    ["in English", springIssue({ issue: { language: "en" } })],
    ["a proof printing", windAlone({ publication: { proofPrinting: true } })],
  ])("carry the same words: %s", async (_, input) => {
    const { html, text, refusals } = await mailOf(input);
    expect(differences(html, text)).toEqual([]);
    expect(refusals).toEqual([]);
  });
});
