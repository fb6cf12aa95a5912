import { describe, expect, it } from "vitest";
import { another, blocksOf, codes, jpeg, outline, png, read, sentence, textOf, title, words } from "./read-word.ts";
import { bold, paragraph, row, run, shown, table } from "./word-files.ts";

describe("a Word document as authors really make them", () => {
  it("has its portrait beside the author's name, and its hero below", async () => {
    const text = await textOf({
      media: { "image1.png": png, "image2.jpeg": jpeg },
      body: [
        title,
        paragraph("Eva Beispiel"),
        paragraph("Leiterin des Bürgerbüros"),
        paragraph(shown("image1.png")),
        paragraph("Foto: privat"),
        paragraph(shown("image2.jpeg")),
        paragraph("Der Schalter. Foto: Jana Krahl"),
        paragraph(sentence),
      ].join(""),
    });
    expect(text.authors).toMatchObject([
      {
        name: "Eva Beispiel",
        roleAtTime: "Leiterin des Bürgerbüros",
        portrait: { name: "bild-1.png", credit: "privat" },
      },
    ]);
    expect(text.hero).toMatchObject({ name: "bild-2.jpg", caption: [words("Der Schalter.")], credit: "Jana Krahl" });
  });

  it("opens with a standfirst in bold, which is told", async () => {
    const reading = await read(title + bold(another) + paragraph(sentence));
    expect(reading.text.lead).toEqual([words(another)]);
    expect(outline(reading.text.blocks)).toEqual([sentence]);
    expect(codes(reading)).toEqual(["word-lead-proposed"]);
  });

  it("begins with a large letter that Word keeps in a paragraph of its own", async () => {
    const initial = paragraph("W", undefined, '<w:framePr w:dropCap="drop" w:lines="3"/>');
    expect(outline(await blocksOf(title + initial + paragraph(sentence.slice(1)) + paragraph(another)))).toEqual([
      sentence,
      another,
    ]);
  });

  it("sets its title on two lines", async () => {
    const body = paragraph("Ein Schalter,", "Titel") + paragraph("der zuhört", "Titel") + paragraph(sentence);
    expect((await textOf(body)).title).toBe("Ein Schalter, der zuhört");
  });

  it("keeps a line across the page alone, and the words beside one", async () => {
    const line = '<w:r><w:pict><v:rect o:hr="t"/></w:pict></w:r>';
    const blocks = await blocksOf(title + paragraph(sentence) + paragraph(line) + paragraph(run(another) + line));
    expect(outline(blocks)).toEqual([sentence, "separator", another]);
  });

  it("sets columns of numbers to the right", async () => {
    const right = (text: string) => `<w:tc>${paragraph(text, undefined, '<w:jc w:val="right"/>')}</w:tc>`;
    const [, block] = await blocksOf(
      title + paragraph(sentence) + table(row(["Jahr", "Zahl"], "<w:tblHeader/>"), row(["2025", right("12")])),
    );
    expect(block).toMatchObject({ align: [null, "right"] });
  });

  it("reads the signs of Wingdings, typed or inserted", async () => {
    const typed = run(" \uf0e0", '<w:rFonts w:ascii="Wingdings"/>');
    const inserted = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>';
    const reading = await read(title + paragraph(run(sentence) + typed + inserted));
    expect(outline(reading.text.blocks)).toEqual([`${sentence} 🡪✓`]);
  });

  it("says which fonts were mixed", async () => {
    const mixed = await read(title + paragraph(run(`${sentence} `) + run("anders", '<w:rFonts w:ascii="Papyrus"/>')));
    expect(mixed.notes).toEqual([{ code: "word-fonts", details: { fonts: "Papyrus" } }]);
    const one = await read(title + paragraph(run(sentence, '<w:rFonts w:ascii="Arial"/>')));
    expect(one.notes).toEqual([]);
  });

  it("comes and goes in whole rows of a table", async () => {
    const deleted = row(["alt", "weg"], '<w:del w:id="1" w:author="Max Muster"/>');
    const reading = await read(title + paragraph(sentence) + table(row(["a", "b"]), deleted, row(["c", "d"])));
    expect(JSON.stringify(reading.text)).not.toMatch(/alt"|weg/);
    expect(codes(reading)).toEqual(["word-changes"]);
  });

  it("asks and answers without names, and the questions are not taken for a standfirst or for headings", async () => {
    const questions = [
      "Sie haben im Januar begonnen, Frau Nguyen. Was hat Sie überrascht?",
      "Wer kommt?",
      "Was bleibt?",
    ];
    const labelled = questions.flatMap((question, index) => [
      paragraph(`Frage ${index + 1}: ${question}`),
      paragraph(`Antwort: ${another}`),
    ]);
    const inBold = questions.flatMap((question) => [bold(question), paragraph(another)]);
    for (const turns of [labelled, inBold]) {
      const reading = await read(
        title + turns.join("") + paragraph("Das Gespräch führte Jana Krahl.") + paragraph("Text und Fotos: Jana Krahl"),
      );
      const [block] = reading.text.blocks;
      expect(reading.text.authors.map(({ name }) => name)).toEqual(["Jana Krahl"]);
      expect(block?.type === "interview" ? block.turns : []).toEqual(
        questions.map((question) => ({
          question: [words(question)],
          ...{ speaker: "", answer: [{ type: "paragraph", content: [words(another)] }] },
        })),
      );
      expect(reading.text.lead).toEqual([]);
      expect(codes(reading)).toEqual([]);
    }
  });

  it("has the paragraphs a pasted mail had, without its head, greeting and signature, and without the column it was broken to", async () => {
    const soft = (...lines: string[]) => paragraph(lines.map((line) => run(line)).join("<w:r><w:br/></w:r>"));
    const reading = await read(
      soft("Von: Petra Handrik &lt;p.handrik@auenrode.example&gt;", "An: Redaktion", "Betreff: Flohmarkt") +
        soft(
          ...["Hallo Frau Weiß,", "", "hier der Text:", "", "Bücherflohmarkt im Pfarrhaus", ""],
          ...[
            "Am 21. und 22. März öffnet das Pfarrhaus in Auenrode wieder seine",
            "Türen. Der Erlös geht an den Verein.",
          ],
          ...["", "Pfarrhaus", "Kirchweg 3"],
        ) +
        soft("Viele Grüße", "Petra Handrik", "Tel. 035244 123"),
    );
    expect(reading.text.title).toBe("Bücherflohmarkt im Pfarrhaus");
    expect(outline(reading.text.blocks)).toEqual([
      "Am 21. und 22. März öffnet das Pfarrhaus in Auenrode wieder seine Türen. Der Erlös geht an den Verein.",
      expect.stringMatching(/^Pfarrhaus\s+Kirchweg 3$/),
    ]);
    expect(JSON.stringify(reading)).not.toMatch(/handrik@|035244/);
    expect(codes(reading)).toEqual(["word-mail"]);
  });

  it("is headed by its own title, not by the word Pressemitteilung or the letterhead above it", async () => {
    const large = (text: string, size: number) => paragraph(run(text, `<w:b/><w:sz w:val="${size}"/>`));
    const reading = await read(
      table(row(["Pressestelle Telefon 4711", "Niederlommatz, 12.03.2026"])) +
        large("PRESSEMITTEILUNG Nr. 12/2026", 28) +
        large("Der Deich ist fertig", 26) +
        bold(another) +
        paragraph(sentence),
    );
    expect(reading.text).toMatchObject({ title: "Der Deich ist fertig", kicker: "PRESSEMITTEILUNG Nr. 12/2026" });
    expect(reading.text.lead).toEqual([words(another)]);
    expect(outline(reading.text.blocks)).toEqual([sentence]);
    expect(codes(reading)).toEqual(["word-letterhead", "word-lead-proposed"]);
  });
});
