import PostalMime from "postal-mime";
import { describe, expect, it } from "vitest";
import { type Asked, renderAnswer } from "../../../core/answer/answer.ts";
import { bytesOf, prepareAnswer, write } from "../../../core/delivery/message.ts";
import { differences } from "../../../core/edition/same-words.ts";
import { fillSlots } from "../../../core/edition/slots.ts";
import type { Publication } from "../../../core/publication.ts";
import type { Language } from "../../../core/words.ts";
import { house } from "../../../functions/house.ts";
import { emailRules, findings } from "../../html-rules.ts";
import { aPublication } from "../../people-and-papers.ts";
import { texts } from "../edition/mail-of.ts";

const when = { at: "2026-11-23T08:21:00.000Z", until: "2026-11-30T08:21:00.000Z" };
const bote = aPublication({ topics: [{ id: "bauen", title: "Bauen und Wohnen" }] });
const second = aPublication({ id: "talpost", title: "Talpost", titleParts: ["Tal", "post"] });
const ordered = [
  { publication: bote, topics: ["bauen", "<b>Geld</b>"] },
  { publication: second, topics: [] },
];
const kinds: Readonly<Record<Asked["is"], Asked>> = {
  confirm: { is: "confirm", ordered, ...when },
  reader: { is: "reader", ordered, ...when },
  move: { is: "move", ordered: [{ publication: bote, topics: [] }], ...when },
  welcome: {
    is: "welcome",
    publication: bote,
    current: { label: "01|26", theme: "Kleine Orte, große Wege", url: "https://elblandbote.example/ausgaben/2026-01/" },
  },
  receipt: {
    is: "receipt",
    publication: bote,
    subject: "Der <b>Markt</b>",
    isRead: true,
    refused: undefined,
    submission: {
      ...{ v: 1, version: 2, publication: bote.id, id: "2026-11-30-der-markt", by: "thomas-serak", at: when.at },
      ...{ contentId: "x", state: "waiting", waitingFor: ["hafen.jpg"], notes: [] },
      mail: {
        id: "m1",
        files: ["Der Markt.txt", "<img>.jpg"],
        words: "Anbei.",
        notes: [{ code: "mail-packed", details: { name: "winmail.dat" } }],
      },
    },
  },
  stranger: { is: "stranger", publication: bote },
  approval: {
    ...{ is: "approval", publication: bote, issue: "01|26", theme: "Kleine <b>Orte</b>", name: "Paula Zschoche" },
    ...{ asker: "Gülşen Yıldız", until: when.until },
  },
  review: {
    ...{ is: "review", publication: bote, article: "Der <b>Markt</b>", by: "Gülşen Yıldız" },
    ...{ until: "30. Dezember 2026", words: "Stimmen die <i>Zahlen</i>?" },
  },
  answered: {
    ...{ is: "answered", publication: bote, answer: "wishes", what: "Der <b>Markt</b>", name: "Jördis Mühlbach" },
    words: "Es sind <i>zwölf</i> Meter.",
  },
  invitation: {
    ...{ is: "invitation", publication: bote, roles: ["author", "editor", "publisher", "admin"] },
    ...{ address: "guelsen@elblandbote.example", desk: "https://redaktion.elblandbote.example/" },
  },
  "handed-in": {
    is: "handed-in",
    publication: bote,
    title: "Der <b>Markt</b>",
    files: ["Der Markt.docx", "<img>.jpg"],
    submission: {
      ...{ v: 1, version: 2, publication: bote.id, id: "2026-11-30-der-markt", by: "thomas-serak", at: when.at },
      ...{ contentId: "x", state: "refused", refusals: [{ code: "two-texts", details: { names: "a.md, b.md" } }] },
      notes: [{ code: "credit-missing", details: { name: "<img>.jpg" } }],
      desk: { url: "https://redaktion.example", title: "Der Markt" },
    },
  },
  commission: {
    ...{ is: "commission", publication: bote, issue: "02|26", until: "2026-12-15", reminds: false },
    ...{ title: "Ein Schalter, der <i>zuhört</i>", words: "Etwa 3.000 Zeichen, gern mit Foto." },
  },
  appeared: {
    ...{ is: "appeared", publication: bote, issue: "02|26", theme: "Kleine Orte, große Wege" },
    url: "https://elblandbote.example/ausgaben/2026-02/ein-schalter/",
    articles: [{ title: "Ein Schalter, der zuhört" }, { title: "Der Markt" }],
  },
};
const links = {
  greeting: "",
  leaveUrl: "https://elblandbote.example/u/abc",
  preferencesUrl: "https://elblandbote.example/e/abc",
  confirmUrl: `https://elblandbote.example/c/${"x".repeat(43)}`,
};
const filled = async (is: Asked["is"], language: Language = "de") => {
  const { subject, html, text } = await renderAnswer(kinds[is], language, house());
  return { subject, html: fillSlots(html, links, "html"), text: fillSlots(text, links, "text") };
};
const each = (Object.keys(kinds) as Asked["is"][]).flatMap((is) =>
  (["de", "en"] as const).map((one) => [is, one] as const),
);

describe("an answer", () => {
  it.each(each)("says the same in both parts: %s, %s", async (is, language) => {
    const { html, text } = await renderAnswer(kinds[is], language, house());
    expect(differences(html, text)).toEqual([]);
  });

  it.each(each)("leaves no gap of its sentences open: %s, %s", async (is, language) => {
    const { subject, text } = await renderAnswer(kinds[is], language, house());
    expect(subject + text).not.toMatch(/\{\w+\}/);
  });

  it.each(each)("is sound HTML: %s, %s", async (is, language) => {
    const { html } = await filled(is, language);
    expect(await findings(html, emailRules)).toEqual([]);
  });

  it("shows a stranger the page that says how to hand in, where there is an address for it", async () => {
    const page = "https://elblandbote.example/einreichen/";
    const asked = (submissions?: string) =>
      renderAnswer({ is: "stranger", publication: aPublication({ submissions }) }, "de", house());
    expect((await asked("beitrag@elblandbote.example")).text).toContain(`So reichen Sie einen Beitrag ein:\n${page}`);
    expect((await asked()).text).not.toContain(page);
  });

  it.each([
    ["confirm", links.confirmUrl],
    ["move", links.confirmUrl],
    ["approval", links.confirmUrl],
    ["reader", links.preferencesUrl],
    ["welcome", "https://elblandbote.example/ausgaben/2026-01/"],
    ["handed-in", links.confirmUrl],
    ["commission", links.confirmUrl],
    ["appeared", "https://elblandbote.example/ausgaben/2026-02/ein-schalter/"],
  ] as const)("has one button: %s", async (is, url) => {
    const { html, text } = await filled(is);
    expect(html.split(`href="${url}"`)).toHaveLength(2);
    expect(html.match(/class="[^"]*\bbutton\b/g)).toHaveLength(1);
    expect(text).toContain(`:\n${url}\n`);
  });

  it("says what was asked, until when it can be confirmed, and what a stranger to it does", async () => {
    const { html, text } = await filled("confirm");
    expect(texts(html, "h1")).toEqual(["Bitte bestätigen Sie Ihre Bestellung"]);
    for (const said of ["- ELBLANDbote\n  Themen: Bauen und Wohnen", "- Talpost\n", "23. November 2026 um 09:21 Uhr"])
      expect(text).toContain(said);
    expect(text).toContain("Der Link gilt bis zum 30. November 2026 um 09:21 Uhr.");
    expect(text).toContain("Sie haben nichts bestellt? Dann tun Sie bitte nichts.");
    expect(text).toContain("Am Alten Hafen 4, 01999 Lindenau");
  });

  it("prints nothing that was typed into the form, and no claim", async () => {
    const { html, text } = await filled("confirm");
    for (const part of [html, text]) {
      expect(part).not.toContain("Geld");
      expect(part).not.toContain("Kommunalzeitschrift");
    }
  });

  it("offers a way out where somebody is a reader now, and nowhere before", async () => {
    expect((await filled("welcome")).html).toContain(links.leaveUrl);
    for (const is of ["confirm", "move"] as const) {
      expect((await filled(is)).html).not.toContain(links.leaveUrl);
      expect((await filled(is)).html).not.toContain(links.preferencesUrl);
    }
  });

  it("wears the publication's colour", async () => {
    const publication = aPublication({ accent: "#7A1FA2" });
    const { html } = await renderAnswer(
      { ...kinds.move, ordered: [{ publication, topics: [] }] } as Asked,
      "de",
      house(),
    );
    expect(html).toContain("#7A1FA2");
  });
});

describe("an answer as a message", () => {
  const written = async (given: Partial<Publication> = {}) => {
    const publication = aPublication(given);
    const { subject, html, text } = await renderAnswer(
      { is: "confirm", ordered: [{ publication, topics: [] }], ...when },
      "de",
      house(),
    );
    const prepared = prepareAnswer({ publication, language: "de", fingerprint: "f".repeat(32), subject, html, text });
    return bytesOf(write(prepared, { ...links, address: "ada@stadt.example", name: "" }));
  };

  it("is 7-bit, to one address, and no list's", async () => {
    const bytes = await written({ title: "Bötenblättle" });
    const source = bytes.toString("latin1");
    expect(source).toMatch(/^[\r\n\x20-\x7e]*$/);
    expect(source.split("\r\n").every((line) => line.length <= 998)).toBe(true);
    expect(source).not.toMatch(/^List-/m);
    expect(source).toContain("\r\nTo: ada@stadt.example\r\n");
  });

  it("asks no answering machine for an answer", async () => {
    expect((await written()).toString("latin1")).toContain("\r\nAuto-Submitted: auto-generated\r\n");
  });

  it("arrives with both parts and their link", async () => {
    const mail = await PostalMime.parse(await written());
    expect(mail.subject).toBe("Bitte bestätigen: ELBLANDbote");
    expect(mail.html).toContain(links.confirmUrl);
    expect(mail.text).toContain(links.confirmUrl);
  });

  it("tells an author what came, what is missing and what was noticed, with no more button than there is to press", async () => {
    const { subject, html, text } = await filled("receipt");
    expect(subject).toBe("Angekommen: Der <b>Markt</b> [2026-11-30-der-markt]");
    expect(text).toContain("- Der Markt.txt");
    expect(text.replace(/\s+/g, " ")).toMatch(
      /noch fehlen: hafen\.jpg\. .* gelten als Anschreiben: .* winmail\.dat hat Outlook/,
    );
    expect(html).not.toContain("<img>");
    expect(html).not.toMatch(/class="[^"]*\bbutton\b/);
  });

  it("tells a stranger to the publication nothing they wrote themselves", async () => {
    const { subject, text } = await filled("stranger");
    expect(subject).toBe("Ihre Mail an ELBLANDbote");
    expect(text).toContain("höchstens einmal in 30 Tagen");
  });
});
