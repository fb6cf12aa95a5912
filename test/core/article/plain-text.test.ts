import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ArticleText, Block } from "../../../core/article/article.ts";
import { picturesOf } from "../../../core/article/contents.ts";
import { decodeText } from "../../../core/article/encoding.ts";
import { plain, plainBlocks } from "../../../core/article/plain.ts";
import { type PlainReading, readPlainText } from "../../../core/article/plain-text.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const ours = (name: string) => join(import.meta.dirname, "texts", name);
const read = (path: string): PlainReading => readPlainText(decodeText(path, readFileSync(path)).text);

const headings = (blocks: readonly Block[]) =>
  blocks.flatMap((block) => (block.type === "heading" ? [plain(block.content)] : []));
const captions = (reading: PlainReading) =>
  picturesOf({ ...reading.text, kind: "report", language: "de" })
    .filter(({ name }) => name.startsWith("bild"))
    .map(({ caption, credit }) => [plain(caption), credit]);

/** Labels that became structure: a credit is a credit without the word. */
const labels = new Set([
  "alle",
  "fotos",
  "foto",
  "photo",
  "von",
  "by",
  "text",
  "und",
  "autorin",
  "http",
  "https",
  "www",
  "mailto",
  "tel",
  "telefon",
  "bild",
  "interview",
]);
const wordsIn = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu)?.map((word) => word.toLowerCase()) ?? [];
const counted = (words: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const word of words) if (!labels.has(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
};

function wordsKept({ text, masthead, setAside }: PlainReading): string[] {
  const article: ArticleText = { ...text, kind: text.kind ?? "report", language: "de" };
  const pictures = picturesOf(article);
  const hero = article.hero ? [plain(article.hero.caption)] : [];
  const labelled = article.linkBox?.entries.flatMap(({ label, url }) => [label, url ?? ""]) ?? [];
  const links = JSON.stringify(article.blocks).match(/"url":"[^"]+"/g) ?? [];
  return wordsIn(
    [
      ...(masthead?.lines ?? []),
      ...setAside,
      ...[text.kicker, text.title, text.subtitle, plain(text.lead), ...hero, ...plainBlocks(text.blocks)],
      ...text.authors.flatMap(({ name, roleAtTime }) => [name, roleAtTime]),
      ...pictures.map(({ credit }) => credit ?? ""),
      ...[text.linkBox?.title ?? "", ...labelled, ...links],
    ].join(" "),
  );
}

/** A word broken by a column is one word; the number of a list's item is its place, that of a picture too. */
function wordsLost(path: string): string[] {
  const file = decodeText(path, readFileSync(path))
    .text.replace(/(\p{L})-\n\s*(?=\p{Ll})/gu, "$1")
    .replace(/^\d\. (?!\p{L}+ \d{4})/gmu, "")
    .replace(/^Abb\. \d: /gmu, "");
  const kept = counted(wordsKept(read(path)));
  return [...counted(wordsIn(file))].filter(([word, count]) => (kept.get(word) ?? 0) < count).map(([word]) => word);
}

const reference = join(root, "..", "shared", "reference", "sachsenlandkurier-01-26.txt");
const isThere = existsSync(reference);

describe.skipIf(!isThere)(
  `the reference article${isThere ? "" : " (skipped: the file is not beside the repository)"}`,
  () => {
    const reading = isThere ? read(reference) : read(ours("english.txt"));
    const { text } = reading;

    it("is read with its masthead", () => {
      expect(reading.masthead).toMatchObject({
        ...{ titleParts: ["SACHSENLAND", "kurier"], number: 1, year: 2026, theme: "Digitale Transformation" },
        subtitle: expect.stringMatching(/^Organ des .* e\. V\.$/),
        claim: expect.stringMatching(/^Kommunalzeitschrift für /),
        publisherName: expect.stringMatching(/^Sächsischer Städte- und \S+$/),
      });
    });

    it("is read with title and author", () => {
      expect(text.title).toBe("Sachsen-Anhalt und Sachsen – Gemeinsamkeit als Erfolgsfaktor");
      expect(text.authors).toEqual([
        {
          name: "Lisa Kulemann",
          roleAtTime: "Projektleiterin Digital-Lotsen Sachsen-Anhalt",
          portrait: { name: "portrait", alt: null, caption: [], credit: "privat" },
        },
      ]);
    });

    it("awaits two pictures", () => {
      expect(captions(reading)).toEqual([
        [expect.stringMatching(/^Erster Kurs /), "Lisa Kulemann"],
        [expect.stringMatching(/^Impressionen /), "Lisa Kulemann"],
      ]);
    });

    it("is read with its five headings", () => {
      expect(headings(text.blocks)).toEqual([
        "Menschen – Prozesse – IT",
        expect.stringMatching(/^Das Digital-Lotsen-Programm /),
        "Länderübergreifende Zusammenarbeit",
        expect.stringMatching(/^Abschlussveranstaltung/),
        "Gemeinsam",
      ]);
      expect(text.blocks.flatMap((block) => (block.type === "heading" ? [block.level] : []))).toEqual([2, 2, 2, 2, 2]);
    });

    it("mends the paragraph the page break cut", () => {
      expect(plainBlocks(text.blocks).filter((paragraph) => paragraph.includes("angeboten werden."))).toHaveLength(1);
    });

    it("ends in a link box of seven entries, four of them with a target", () => {
      const entries = text.linkBox?.entries ?? [];
      expect(entries.map(({ kind }) => kind)).toEqual(["web", "mail", "web", "web", "text", "text", "text"]);
      expect(entries.filter(({ url }) => url !== null)).toHaveLength(4);
      expect(reading.notes.filter(({ code }) => code === "link-dead")).toHaveLength(3);
    });

    it("loses no word", () => {
      expect(wordsLost(reference)).toEqual([]);
    });
  },
);

describe("texts copied out of printed pages", () => {
  it("reads a page of two columns with running heads", () => {
    const { text, masthead, setAside, ...reading } = read(ours("zweispaltig.txt"));
    expect(masthead).toMatchObject({
      titleParts: ["RATHAUSBOTE", ""],
      number: 3,
      year: 2026,
      subtitle: "Mitteilungsblatt der Stadt Hohenfurt",
    });
    expect(text).toMatchObject({
      kicker: "AUS DEN KOMMUNEN",
      title: "Ein Dach für alle Vereine",
      authors: [{ name: "Max Muster" }],
    });
    expect(plainBlocks(text.blocks)[0]).toMatch(/Dampflokomotiven .* Jugendfeuerwehr .* Stadt- und Kreisverwaltung/);
    expect(plainBlocks(text.blocks)[1]).toMatch(/die Wünsche der Vereine unter einen Hut/);
    expect(setAside).toEqual(["12 | Rathausbote 3/2026", "13 | Rathausbote 3/2026"]);
    expect(headings(text.blocks)).toEqual(["WAS DER UMBAU GEKOSTET HAT"]);
    expect(captions({ text, masthead, setAside, ...reading })).toEqual([
      ["Blick in den Probenraum des Musikvereins", "Jana Krahl"],
    ]);
    expect(text.linkBox).toMatchObject({
      title: "Kontakt",
      entries: [{ url: null }, { kind: "tel" }, { kind: "mail" }, { kind: "web" }],
    });
  });

  it("reads an interview with the names before the colons", () => {
    const { text } = read(ours("interview.txt"));
    expect(text).toMatchObject({ kind: "interview", authors: [{ name: "Jördis Mühlbach" }] });
    const [opening, interview] = text.blocks;
    expect(opening?.type).toBe("paragraph");
    if (interview?.type !== "interview") throw new Error("no interview");
    expect(interview.turns.map(({ speaker }) => speaker)).toEqual(["Bruhns", "Bruhns", "Bruhns", "Bruhns"]);
    expect(interview.turns[1]?.answer).toHaveLength(2);
    expect(interview.turns[2]?.answer[1]).toMatchObject({ type: "figure", picture: { credit: "Jördis Mühlbach" } });
  });

  it("reads text wrapped at 72 columns with lists and dates", () => {
    const { text } = read(ours("umbrochen.txt"));
    expect(text).toMatchObject({
      title: "Leihen statt kaufen",
      subtitle: expect.stringContaining("zieht Bilanz"),
      linkBox: null,
    });
    expect(text.authors).toEqual([
      { name: "Dr. Svenja Albers", roleAtTime: "Leiterin der Stadtbibliothek", portrait: null },
    ]);
    expect(headings(text.blocks)).toEqual(["Wie es begann", "So leiht man aus", "Die nächsten Reparaturtage"]);
    const lists = text.blocks.filter((block) => block.type === "list");
    expect(lists.map(({ ordered, items }) => [ordered, items.length])).toEqual([
      [false, 3],
      [true, 3],
      [false, 3],
    ]);
    expect(plainBlocks(lists)[0]).toBe("Werkzeug, vor allem Bohrmaschinen und Schlagschrauber");
  });

  it("reads over a form feed and a picture", () => {
    const reading = read(ours("seitenumbruch.txt"));
    const { text } = reading;
    expect(text).toMatchObject({
      kicker: "WALD UND KLIMA",
      authors: [{ roleAtTime: "Revierleiter im Kommunalwald", portrait: { credit: "privat" } }],
    });
    expect(plainBlocks(text.blocks)[0]).toMatch(/und dabei auch Arten zu pflanzen/);
    expect(captions(reading)).toEqual([
      ["Die Fichten am Kohlberg vor der Fällung im Herbst", "Archiv Forstamt"],
      ["Schülerinnen und Schüler der Oberschule beim Pflanztag", "Lukas Kretschmer"],
    ]);
    expect(headings(text.blocks)).toEqual(["Pflanzen mit der Schule"]);
  });

  it.each([
    ["a list", ["1. Zelt", "2. Zelt"]],
    ["headings that count", ["Teil 1", "Teil 2", "Teil 3"]],
    ["hours", ["Beginn um 10 Uhr", "Beginn um 14 Uhr"]],
    ["days", ["Samstag, 3. Mai", "Samstag, 10. Mai"]],
    ["prices", ["Eintritt 5 €", "Eintritt 8 €"]],
  ])("takes %s for words, though nothing but the number changes", (_, lines) => {
    const between = "Der Rat hat am Abend beschlossen, was lange vorbereitet war, und alle waren zufrieden.";
    const source = ["Das Fest am Fluss", between, ...lines.flatMap((line) => [line, between])].join("\n\n");
    expect(readPlainText(source).setAside).toEqual([]);
  });

  it("still leaves out a running head that counts its pages", () => {
    const source = ["Am Fluss", "Ein Absatz.", "Stadtblick 14", "Noch einer.", "Stadtblick 15", "Ende."].join("\n\n");
    expect(readPlainText(source).setAside).toEqual(["Stadtblick 14", "Stadtblick 15"]);
  });

  it("reads English", () => {
    const reading = read(ours("english.txt"));
    expect(reading.text).toMatchObject({
      title: "Small Town, Long Table",
      authors: [{ name: "Helen Marsh", roleAtTime: "Town Clerk" }],
    });
    expect(captions(reading)).toEqual([["The mayor laid the first tablecloth herself", "Tom Ridley"]]);
    expect(reading.text.linkBox).toMatchObject({
      title: "Further information",
      entries: [{ kind: "web" }, { kind: "mail" }],
    });
  });

  it("reads a head set in one block, a folio of wide gaps and a pull quote", () => {
    const reading = read(ours("kopfblock.txt"));
    const { text, masthead } = reading;
    expect(masthead).toMatchObject({
      ...{ titleParts: ["UFERPOST", ""], number: 3, year: 2025 },
      subtitle: "Nachrichtenblatt des Zweckverbandes Oberes Muldental",
    });
    expect(reading.setAside).toEqual(["12  UFERPOST 3/2025"]);
    expect(text).toMatchObject({ kicker: "WASSER & ABWASSER", title: "Der Kanal unter der Schulstraße" });
    expect(text.subtitle).toMatch(/^Warum Rabenau .* sondern von innen .* was das kostet$/u);
    expect(text.authors.map(({ name }) => name)).toEqual(["Marthe Quellmalz", "Dr. Jörg Anders"]);
    expect(headings(text.blocks).slice(0, 2)).toEqual(["Was die Kamera sah", "Was die Anlieger zahlen"]);
    expect(text.blocks.find(({ type }) => type === "quote")).toMatchObject({
      source: [{ text: "Enno Stübner, Leiter des Bauhofs" }],
    });
    expect(text.linkBox?.entries.map(({ kind }) => kind)).toEqual(["text", "tel", "mail", "web"]);
    expect(text.linkBox?.entries[1]?.label).toBe("03737 4420-17");
  });

  it("reads a kicker in small letters and a name in capitals", () => {
    const { text } = read(ours("ortszeile.txt"));
    expect(text).toMatchObject({
      ...{ kicker: "Aus dem Landkreis Vorderau", title: "Feuerwehr findet Nachwuchs im Kletterwald" },
      authors: [{ name: "Sabine Krautwald" }],
    });
    expect(plain(text.lead)).toMatch(/^Ein Tag zwischen Seilen .* gelernt hat\.$/u);
    expect(headings(text.blocks)).toEqual(["Drei Dinge, die sich bewährt haben"]);
  });

  it("prints a paragraph although a credit follows below it", () => {
    const { text, masthead } = read(ours("kopfzeile.txt"));
    expect(masthead).toMatchObject({ titleParts: ["Stadtspiegel", ""], number: 11, year: 2025 });
    expect(text).toMatchObject({ kicker: "PERSONALIA", title: "Neuer Kämmerer in Brachfeld" });
    expect(text.blocks.map(({ type }) => type)).toEqual(["paragraph", "paragraph", "figure"]);
  });

  it("takes the name of a file for the file, not for who took the picture", () => {
    const { text } = readPlainText(
      "Das Rathaus ist zu\n\nAm Freitag bleibt das Rathaus geschlossen, am Montag sind alle Ämter wieder da. Das gilt auch für die Bibliothek und den Bauhof.\n\nFoto: rathaus.jpg\n\nAm Dienstag ist dafür bis in den Abend hinein geöffnet, auch im Winter und bei Schnee.\n",
    );
    expect(text.blocks[1]).toMatchObject({ type: "figure", picture: { name: "rathaus.jpg", credit: null } });
  });

  it("reads an interview whose questions only a line end parts from their answers", () => {
    const reading = read(ours("fragen.txt"));
    const { text } = reading;
    expect(reading.setAside).toEqual(["Seite 7"]);
    expect(text).toMatchObject({
      ...{ kind: "interview", kicker: "IM GESPRÄCH MIT DER STADTBAURÄTIN", title: "„Leerstand ist ein Rohstoff“" },
      authors: [{ name: "Paula Sonntag" }],
    });
    const interview = text.blocks.find((block) => block.type === "interview");
    expect(interview?.turns.map(({ question }) => plain(question))).toEqual([
      expect.stringMatching(/^Frau Dvořák, .* noch zu retten\?$/u),
      "Was unterscheidet das von einer Subvention?",
      "Und wenn die Eigentümer nicht mitmachen?",
    ]);
    expect(text.blocks.at(-1)).toMatchObject({ type: "infobox", title: [{ text: "INFO" }] });
  });

  it.each([
    "zweispaltig",
    "interview",
    "umbrochen",
    "seitenumbruch",
    "english",
    "kopfblock",
    "fragen",
    "ortszeile",
    "kopfzeile",
  ])("loses no word of %s", (name) => {
    expect(wordsLost(ours(`${name}.txt`))).toEqual([]);
  });
});

describe("a notice of one short sentence", () => {
  it("is text below its title, and no subtitle with nothing below it", () => {
    const { text } = readPlainText("Titel\n\nEin Absatz mit genug Text.\n");
    expect([text.title, text.subtitle, plainBlocks(text.blocks)]).toEqual([
      "Titel",
      "",
      ["Ein Absatz mit genug Text."],
    ]);
  });

  it("is text though a photographer stands below it", () => {
    const only = "Ein Absatz, der lang genug ist, um einer zu sein, und der endet.";
    const { text } = readPlainText(`Am Fluss\nVon Anna Beispiel\n\n${only}\n\nFoto: Měrćin Šołta\n`);
    const picture = { name: "bild-1", alt: null, caption: [], credit: "Měrćin Šołta" };
    expect(text.blocks).toEqual([
      { type: "paragraph", content: [{ type: "text", text: only }] },
      { type: "figure", picture },
    ]);
  });

  it("leaves a line without a stop to be the subtitle it is", () => {
    expect(readPlainText("Titel\n\nWas wir vorhaben\n").text.subtitle).toBe("Was wir vorhaben");
  });
});

describe("a masthead", () => {
  it.each(["Ausgabe 03|26", "Heft 3/2026", "AUSGABE\n03|26"])("keeps its number, however it stands: %s", (line) => {
    const { masthead } = readPlainText(
      `STADTbote\n\nOrgan des Stadtbundes e. V.\n\n${line}\n\nEin Titel\n\nDer Text beginnt hier und endet auch hier.`,
    );
    expect(masthead).toMatchObject({ number: 3, year: 2026 });
  });
});
