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
    "Baden-Baden liegt nicht an der Elbe, und Bora Bora auch nicht.",
    "Wenn das das Ziel ist, weil die die Mehrheit haben, ist alles gesagt.",
    "Auf der Todo-Liste stehen „Die drei ???“, Kapitel XXX und die XXX. Olympischen Spiele. Wirklich???",
    "Die Masse der Leute kennt die Maße nicht; die Busse fahren, und niemand tut Buße.",
    "Martin Müller und Martina Müller, Jan Weber und Jana Weber, Anna Kühn und Anne Kühn.",
    "Di., 3. Febr. heißt es nie, aber Di., 3. Feb. 2026 und Di, 3.2.2026. Punkt 3.13. steht in der Satzung.",
    "Am 28. Februar 2026 und am 29. Februar 2028.",
    "In eckigen Klammern wird gekürzt: „Der Rat […] hat [erneut] beraten.“",
  ])("pass: %s", (text) => {
    expect(said(text)).toEqual([]);
  });

  it.each<readonly [string, string]>([
    ["Der der Rat hat entschieden.", "word-doubled"],
    ["Am Montag, 3. Februar 2026, ist Sitzung.", "weekday-wrong"],
    ["Am Montag, den 03.02.2026, ist Sitzung.", "weekday-wrong"],
    ["Jördis Muehlbach kam. Jördis Mühlbach ging.", "name-two-ways"],
    ["Herr Mueller kam, Herr Müller ging.", "name-two-ways"],
    ["Thomas Śěrak kam, Thomas Serak ging.", "name-two-ways"],
    ["Anzeige", "advertisement-unmarked"],
    ["Das Ergebnis wird noch ergänzt.", "placeholder-likely"],
    ...["[Überschrift]", "[Vorname Name]", "{{Anrede}}", "<Name>", "(bitte ergänzen)", "Zahl noch prüfen"].map(
      (place) => [place, "placeholder-likely"] as const,
    ),
    ...["Mo., 3.2.2026", "Mi, 03.02.2026", "Montag, 3. Feb. 2026", "Montag, 3.2.2026"].map(
      (day) => [`Wir tagen am ${day}.`, "weekday-wrong"] as const,
    ),
    ["Am Montag, dem 31. Februar 2026, ist Sitzung.", "day-impossible"],
    ["Am 31.04.2026 ist Sitzung.", "day-impossible"],
    ["Stefan Müller kam, Stephan Müller ging.", "name-two-ways"],
    ["Katharina Kühn kam, Catarina Kühn ging.", "name-two-ways"],
  ])("and these do not: %s", (text, code) => {
    expect(said(text)).toContain(code);
  });

  it("reads English days in both orders of speech", () => {
    expect(said("We meet on Tuesday, 3 February 2026.", "en")).toEqual([]);
    expect(said("We meet on Monday the 3rd of February 2026.", "en")).toEqual(["weekday-wrong"]);
    for (const day of ["Monday, February 3, 2026", "Mon, Feb. 3rd, 2026", "Mon 3 Feb 2026"])
      expect(said(`We meet on ${day}, at 9:00.`, "en")).toEqual(["weekday-wrong"]);
    expect(said("In March 2026 we may meet on Tuesday, February 3, at 9:00.", "en")).toEqual([]);
    expect(said("It fell on February 30, 2026.", "en")).toEqual(["day-impossible"]);
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

  const labelled = (label: string): string[] =>
    checkLinks(anArticle({ blocks: [link("https://amt.example/", label)] })).map(({ code }) => code);
  it.each([
    ...["hier", "→ hier", "Hier klicken!", "mehr erfahren", "Weitere Informationen", "»mehr«", "PDF", "zum Artikel"],
    ...["lesen Sie mehr", "unter diesem Link", "find out more", "more info", "→", "this page"],
  ])("are told of a link that is called %s", (label) => expect(labelled(label)).toEqual(["link-vague"]));

  it.each(["die Satzung als PDF", "www.amt.example", "Anmeldung zum Lehrgang", "mehr Geld für Schulen", "Pegel hier"])(
    "are told of none that is called %s",
    (label) => expect(labelled(label)).toEqual([]),
  );

  it.each(["tel:+4930123", "mailto:post@amt.example?subject=utm_source"])("follows nobody at %s", (url) => {
    expect(checkLinks(anArticle({ blocks: [link(url)] }))).toEqual([]);
  });
});
