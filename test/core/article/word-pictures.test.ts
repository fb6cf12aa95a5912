import { describe, expect, it } from "vitest";
import type { Block } from "../../../core/article/article.ts";
import { readWord } from "../../../core/article/word.ts";
import { another, blocksOf, codes, jpeg, outline, png, read, sentence, textOf, title, words } from "./read-word.ts";
import { paragraph, relation, row, run, shown, style, table, wordFile } from "./word-files.ts";

const media = { "image1.png": png, "image2.jpeg": jpeg };

describe("pictures in a Word document", () => {
  const figures = (blocks: readonly Block[]) =>
    blocks.flatMap((block) => (block.type === "figure" ? [block.picture] : []));

  it("keep their description, the photo's own name and the caption below them", async () => {
    const { reading, picture } = await readWord(
      "beitrag.docx",
      wordFile({
        media,
        styles: style("Beschriftung", "caption"),
        body: [
          title,
          paragraph(sentence),
          paragraph(shown("image1.png", { alt: "Der Schalter", name: "IMG_1234.HEIC" })),
          paragraph("Abbildung 1: Ein heller Schalter (Foto: Jana Krahl)", "Beschriftung"),
          paragraph(another),
          paragraph(shown("image2.jpeg", { name: "Grafik 3" })),
          paragraph("Blick in den Saal"),
          paragraph(sentence),
        ].join(""),
      }),
    );
    expect(figures(reading.text.blocks)).toEqual([
      { name: "IMG_1234.png", alt: "Der Schalter", caption: [words("Ein heller Schalter")], credit: "Jana Krahl" },
      { name: "bild-2.jpg", alt: null, caption: [words("Blick in den Saal")], credit: null },
    ]);
    expect(reading.pictures).toEqual([
      { name: "IMG_1234.png", bytes: png.length },
      { name: "bild-2.jpg", bytes: jpeg.length },
    ]);
    expect(await picture("bild-2.jpg")).toEqual(jpeg);
    await expect(picture("fremd.jpg")).rejects.toMatchObject({ code: "word-broken" });
  });

  it("open the article where they stand before its first word, and carry one name where they stand twice", async () => {
    const again = shown("image1.png", { decorative: true });
    const reading = await read({
      media,
      body:
        title +
        paragraph(shown("image1.png", { alt: "Der Schalter" })) +
        paragraph(sentence) +
        paragraph(again) +
        paragraph(another),
    });
    expect(reading.text.hero).toMatchObject({ name: "bild-1.png", alt: "Der Schalter" });
    expect(figures(reading.text.blocks)).toMatchObject([{ name: "bild-1.png", alt: "" }]);
    expect(reading.pictures).toHaveLength(1);
  });

  it("forget the description a machine wrote", async () => {
    const alt = "Ein Bild, das Text enthält. Automatisch generierte Beschreibung";
    const reading = await read({
      media,
      body: title + paragraph(sentence) + paragraph(shown("image1.png", { alt })) + paragraph(another),
    });
    expect(figures(reading.text.blocks)).toMatchObject([{ alt: null }]);
  });

  it("side by side are a gallery; in a table that only arranges them they stand one after the other", async () => {
    const both = paragraph(shown("image1.png") + shown("image2.jpeg")) + paragraph("Zwei Schalter. Fotos: Jana Krahl");
    const arranged = table(
      row([`<w:tc>${paragraph(shown("image1.png"))}</w:tc>`, `<w:tc>${paragraph(shown("image2.jpeg"))}</w:tc>`]),
      row(["Schalter eins", "Schalter zwei"]),
    );
    expect((await blocksOf({ media, body: title + paragraph(sentence) + both }))[1]).toMatchObject({
      ...{ type: "gallery", caption: [words("Zwei Schalter.")] },
      pictures: [{ credit: "Jana Krahl" }, { credit: "Jana Krahl" }],
    });
    expect(figures(await blocksOf({ media, body: title + paragraph(sentence) + arranged }))).toMatchObject([
      { name: "bild-1.png", caption: [words("Schalter eins")] },
      { name: "bild-2.jpg", caption: [words("Schalter zwei")] },
    ]);
  });

  it("that lie beside the text are awaited where their caption stands", async () => {
    const reading = await read(
      title + paragraph(sentence) + paragraph("BU: Der Schalter im Winter (Foto: Jana Krahl)") + paragraph(another),
    );
    expect(figures(reading.text.blocks)).toEqual([
      { name: "bild-1", alt: null, caption: [words("Der Schalter im Winter")], credit: "Jana Krahl" },
    ]);
  });

  it("that are linked, cropped, drawings of points Word keeps as EMF, or none at all are told", async () => {
    const linked = shown("rX", { linked: true });
    const reading = await read({
      media: {
        ...media,
        "image3.emf": Uint8Array.from([1, 0, 0, 0, 9, 9, 9, 9]),
        "image4.png": Uint8Array.from([1, 2, 3, 4]),
      },
      relations: relation("rX", "image", "file:///C:/Fotos/a.jpg", true),
      body:
        title +
        paragraph(sentence) +
        [linked, shown("image1.png", { cropped: true }), shown("image3.emf"), shown("image4.png")]
          .map((each) => paragraph(each))
          .join(""),
    });
    expect(codes(reading)).toEqual(["word-linked-picture", "word-cropped", "word-vector", "word-picture"]);
    expect(reading.notes[0]?.details.place).toBe("Wer dienstags kommt, hat eine Frage und einen …");
  });
});

describe("captions in a Word document", () => {
  const styles = style("Beschriftung", "caption");

  it("belong to the table they stand at", async () => {
    const each = table(row(["Jahr", "Zahl"], "<w:tblHeader/>"), row(["2025", "12"]));
    const caption = paragraph("Tabelle 1: Besuche", "Beschriftung");
    for (const body of [caption + each, each + caption]) {
      const blocks = await blocksOf({ styles, body: title + paragraph(sentence) + body + paragraph(another) });
      expect(blocks).toMatchObject([
        {},
        { type: "table", caption: [words("Tabelle 1: Besuche")] },
        { type: "paragraph" },
      ]);
    }
  });

  it("without a picture await one, under a name no picture of the document has", async () => {
    const text = await textOf({
      styles,
      media: { "image1.png": png },
      body: [
        title,
        paragraph(sentence),
        paragraph("Der Saal im Winter", "Beschriftung"),
        paragraph(another),
        paragraph(shown("image1.png")),
        paragraph(sentence),
      ].join(""),
    });
    expect(text.blocks).toMatchObject([
      {},
      { type: "figure", picture: { name: "bild-2", caption: [words("Der Saal im Winter")] } },
      {},
      { type: "figure", picture: { name: "bild-1.png", caption: [] } },
      {},
    ]);
  });

  it("and tables too wide for any page keep their words", async () => {
    const wide = table(row(Array.from({ length: 61 }, (_, index) => `Zelle ${index}`)), row(["allein"]));
    const reading = await read(title + paragraph(sentence) + wide);
    expect(outline(reading.text.blocks)).toHaveLength(63);
    expect(codes(reading)).toEqual(["word-wide-table"]);
  });

  it("stand where the text calls their file by name", async () => {
    const blocks = await blocksOf(
      title +
        paragraph("Am Freitag bleibt das Rathaus geschlossen, am Montag sind alle wieder da. Foto: rathaus.jpg") +
        paragraph(sentence) +
        paragraph("Der Eingang am Markt (Bild: IMG_2034.HEIC)") +
        paragraph(another) +
        paragraph("[hier Foto Eingang Nord.png einfügen]") +
        paragraph(sentence),
    );
    expect(outline(blocks)).toEqual([
      "Am Freitag bleibt das Rathaus geschlossen, am Montag sind alle wieder da.",
      "figure",
      sentence,
      "figure",
      another,
      "figure",
      sentence,
    ]);
    const pictures = blocks.flatMap((block) => (block.type === "figure" ? [block.picture] : []));
    expect(pictures.map(({ name }) => name)).toEqual(["rathaus.jpg", "IMG_2034.HEIC", "Eingang Nord.png"]);
    expect(pictures[1]?.caption).toEqual([words("Der Eingang am Markt")]);
    expect(pictures.every(({ credit }) => credit === null)).toBe(true);
  });

  it("are not all there is, where one paragraph ends with who took them", async () => {
    const notice = "Am Freitag bleibt das Rathaus geschlossen. Foto: Jana Krahl";
    expect(outline(await blocksOf(title + paragraph(notice)))).toEqual([notice]);
  });

  it("stand above pictures with a number, and below tables", async () => {
    const blocks = await blocksOf({
      media,
      body: [
        title,
        paragraph(sentence),
        paragraph("Abb. 1: Der Festzug auf der Dorfstraße"),
        paragraph(shown("image1.png")),
        paragraph(another),
        table(row(["Jahr", "Zahl"]), row(["2026", "12"])),
        paragraph("Tabelle 1: Auszug aus dem Haushalt, Quelle: Kämmerei"),
        paragraph(sentence),
      ].join(""),
    });
    expect(outline(blocks)).toEqual([sentence, "figure", another, "table", sentence]);
    expect(blocks[1]).toMatchObject({
      picture: { name: "bild-1.png", caption: [words("Der Festzug auf der Dorfstraße")] },
    });
    expect(blocks[3]).toMatchObject({ caption: [words("Tabelle 1: Auszug aus dem Haushalt, Quelle: Kämmerei")] });
  });

  it("end before the photographer, who keeps his brackets; several photographers made the pictures side by side", async () => {
    const cells = row([
      `<w:tc>${paragraph(shown("image1.png"))}</w:tc>`,
      `<w:tc>${paragraph(shown("image2.jpeg"))}</w:tc>`,
    ]);
    const blocks = await blocksOf({
      media,
      body: [
        title,
        paragraph(sentence),
        table(cells, row(["Die Mühle", "Der Pegel"])),
        paragraph("Fotos: J. Krahl (2), Heimatverein (1)"),
        paragraph(another),
        paragraph(shown("image2.jpeg")),
        paragraph(run("Jörg Hanschke, Foto: privat", "<w:i/>")),
        paragraph(sentence),
      ].join(""),
    });
    expect(blocks.flatMap((block) => (block.type === "figure" ? [block.picture] : []))).toMatchObject([
      { caption: [words("Die Mühle")], credit: "J. Krahl (2), Heimatverein (1)" },
      { caption: [words("Der Pegel")], credit: "J. Krahl (2), Heimatverein (1)" },
      { caption: [words("Jörg Hanschke")], credit: "privat" },
    ]);
  });
});
