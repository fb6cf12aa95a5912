import { describe, expect, it } from "vitest";
import { another, blocksOf, outline, read, sentence, textOf, title, words } from "./read-word.ts";
import { bold, paragraph, row, run, style, table } from "./word-files.ts";

describe("the head of a Word document", () => {
  const styles =
    [...["Dachzeile", "Vorspann", "Autor", "Funktion", "Bildunterschrift", "Bildnachweis", "Infokasten"]]
      .map((name) => style(name, name))
      .join("") +
    style("Untertitel", "Subtitle") +
    style("Zitat", "Quote");

  it("is read from the styles of a German Word", async () => {
    const text = await textOf({
      styles,
      body: [
        paragraph("Bürgerbüro", "Dachzeile"),
        title,
        paragraph("Besuch in Niederlommatz", "Untertitel"),
        paragraph("Zuhören kostet Zeit.", "Vorspann"),
        paragraph("Von Thomas Śěrak", "Autor"),
        paragraph("Leiter des Bürgerbüros", "Funktion"),
        paragraph(sentence),
      ].join(""),
    });
    expect(text).toMatchObject({
      kicker: "Bürgerbüro",
      title: "Ein Schalter, der zuhört",
      subtitle: "Besuch in Niederlommatz",
      lead: [words("Zuhören kostet Zeit.")],
      authors: [{ name: "Thomas Śěrak", roleAtTime: "Leiter des Bürgerbüros" }],
    });
    expect(outline(text.blocks)).toEqual([sentence]);
  });

  it.each([
    ["Title", "Heading1", "Heading2"],
    ["TITEL", "überschrift 1", "ÜBERSCHRIFT 2"],
    ["Titel", "Heading_20_1", "Heading_20_2"],
    ["Title1", "berschrift1", "berschrift2"],
  ])("is read from styles called %s, %s and %s", async (first, second, third) => {
    const named = style("a", first) + style("b", second.replace("_20_", " ")) + style("c", third.replace("_20_", " "));
    const body = [
      paragraph("Ein Titel", "a"),
      paragraph("Eins", "b"),
      paragraph(sentence),
      paragraph("Zwei", "c"),
      paragraph(another),
    ];
    const blocks = await blocksOf({ styles: named, body: body.join("") });
    expect(outline(blocks).slice(-4)).toEqual(["heading2: Eins", sentence, "heading3: Zwei", another]);
  });

  it("takes the only heading of the first level above the text for the title", async () => {
    const text = await textOf(
      paragraph("Ein Titel", "berschrift1") +
        paragraph(sentence) +
        paragraph("Was kommt", "berschrift2") +
        paragraph(another),
    );
    expect([text.title, ...outline(text.blocks)]).toEqual(["Ein Titel", sentence, "heading2: Was kommt", another]);
  });

  it("follows a style of one's own to the one it is based on, and an outline level where there is none", async () => {
    const own =
      style("Hausueberschrift", "Hausüberschrift", '<w:basedOn w:val="berschrift1"/>') +
      style("Absatzkopf", "Absatzkopf", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>');
    const body =
      title +
      paragraph("Eins", "Hausueberschrift") +
      paragraph(sentence) +
      paragraph("Zwei", "Absatzkopf") +
      paragraph(another);
    expect(outline(await blocksOf({ styles: own, body }))).toEqual([
      "heading2: Eins",
      sentence,
      "heading3: Zwei",
      another,
    ]);
  });

  it("is guessed where there are no styles: the largest line is the title, a name below it the author", async () => {
    const text = await textOf(
      paragraph("Bürgerbüro") +
        paragraph(run("Ein Schalter, der zuhört", '<w:sz w:val="40"/>')) +
        paragraph("Von Max Muster, Bürgermeister") +
        paragraph(sentence) +
        paragraph(another),
    );
    expect(text).toMatchObject({
      kicker: "Bürgerbüro",
      title: "Ein Schalter, der zuhört",
      authors: [{ name: "Max Muster", roleAtTime: "Bürgermeister" }],
    });
    expect(outline(text.blocks)).toEqual([sentence, another]);
  });

  it("is guessed from the first line in bold, and read like a pasted text where nothing stands out", async () => {
    const byLook = await textOf(bold("Ein Schalter, der zuhört") + paragraph(sentence) + paragraph(another));
    const byWords = await textOf(paragraph("Ein Schalter, der zuhört") + paragraph(sentence) + paragraph(another));
    for (const text of [byLook, byWords]) {
      expect([text.title, ...outline(text.blocks)]).toEqual(["Ein Schalter, der zuhört", sentence, another]);
    }
  });

  it("is read from the table some authors put on top", async () => {
    const reading = await read(
      table(
        row(["Titel:", "Ein Schalter, der zuhört"]),
        row(["Dachzeile", "Bürgerbüro"]),
        row(["Autorin", "Eva Beispiel, Stadträtin"]),
        row(["Fotos", "Jana Krahl"]),
      ) + paragraph(sentence),
    );
    expect(reading.text).toMatchObject({
      ...{ title: "Ein Schalter, der zuhört", kicker: "Bürgerbüro" },
      authors: [{ name: "Eva Beispiel", roleAtTime: "Stadträtin" }],
    });
    expect(reading.credit).toBe("Jana Krahl");
    expect(outline(reading.text.blocks)).toEqual([sentence]);
  });

  it("takes “Text und Fotos” for the author and for every picture's credit, wherever it stands", async () => {
    const reading = await read(
      title + paragraph(sentence) + paragraph(another) + paragraph("Text und Fotos: Eva Beispiel"),
    );
    expect(reading.text.authors).toMatchObject([{ name: "Eva Beispiel" }]);
    expect(reading.credit).toBe("Eva Beispiel");
    expect(outline(reading.text.blocks)).toEqual([sentence, another]);
  });
});
