import { describe, expect, it } from "vitest";
import { articleTextSchema, type Block, type Inline } from "../../../core/article/article.ts";
import { plain } from "../../../core/article/plain.ts";
import { readWord, type WordReading } from "../../../core/article/word.ts";
import { noteSentence } from "../../../core/words.ts";
import { bold, type Parts, paragraph, relation, row, run, shown, style, table, wordFile } from "./word-files.ts";

const sentence = "Wer dienstags kommt, hat eine Frage und einen Zettel in der Hand, und beides wird gebraucht.";
const another = "Am Mittwoch ist geschlossen, am Donnerstag dafür bis in den Abend hinein geöffnet, auch im Winter.";
const title = paragraph("Ein Schalter, der zuhört", "Titel");
const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]);
const jpeg = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0, 0, 0]);

async function read(parts: Parts | string): Promise<WordReading> {
  const { reading } = await readWord("beitrag.docx", wordFile(typeof parts === "string" ? { body: parts } : parts));
  for (const note of reading.notes)
    for (const language of ["de", "en"] as const) expect(noteSentence(language, note)).not.toMatch(/[{}]/);
  const text = { ...reading.text, title: reading.text.title || "–", kind: "report", language: "de" };
  expect(articleTextSchema.safeParse(text).error?.issues).toBeUndefined();
  return reading;
}
const textOf = async (parts: Parts | string): Promise<WordReading["text"]> => (await read(parts)).text;
const blocksOf = async (parts: Parts | string): Promise<readonly Block[]> => (await textOf(parts)).blocks;
const codes = ({ notes }: WordReading): string[] => notes.map(({ code }) => code);
/** "heading2: Was kommt", one line a block. */
const outline = (blocks: readonly Block[]): string[] =>
  blocks.map((block) => {
    if (block.type === "heading") return `heading${block.level}: ${plain(block.content)}`;
    return block.type === "paragraph" ? plain(block.content) : block.type;
  });
const words = (text: string): Inline => ({ type: "text", text });

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

describe("the body of a Word document", () => {
  it("keeps bold, italics, raised and lowered letters, links and line breaks", async () => {
    const [block] = await blocksOf({
      relations: relation("r9", "hyperlink", "https://stadt.example/a", true),
      body:
        title +
        paragraph(
          [
            run("Fett", "<w:b/>"),
            run(" schräg", "<w:i/>"),
            run("2", '<w:vertAlign w:val="superscript"/>'),
            run("3", '<w:vertAlign w:val="subscript"/>'),
            "<w:r><w:br/></w:r>",
            `<w:hyperlink r:id="r9">${run("mehr dazu")}</w:hyperlink>`,
            run(` und ${sentence}`),
          ].join(""),
        ),
    });
    expect(block).toEqual({
      type: "paragraph",
      content: [
        { type: "strong", content: [words("Fett")] },
        words(" "),
        { type: "em", content: [words("schräg")] },
        { type: "sup", content: [words("2")] },
        { type: "sub", content: [words("3")] },
        { type: "break" },
        { type: "link", url: "https://stadt.example/a", content: [words("mehr dazu")] },
        words(` und ${sentence}`),
      ],
    });
  });

  it("reads the field Word 97 made of a link", async () => {
    const field = (type: string) => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
    const instruction =
      '<w:r><w:instrText xml:space="preserve"> HYPERLINK "https://stadt.example" </w:instrText></w:r>';
    const content =
      field("begin") + instruction + field("separate") + run("Stadt") + field("end") + run(` ${sentence}`);
    const [block] = await blocksOf(title + paragraph(content));
    expect(block).toMatchObject({ content: [{ type: "link", url: "https://stadt.example" }, words(` ${sentence}`)] });
  });

  const numbering = [
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>',
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
  ].join("");
  const entry = (text: string, level: number) =>
    paragraph(text, undefined, `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="1"/></w:numPr>`);

  it("keeps lists in lists, and goes on counting after a paragraph between", async () => {
    const body = [
      title,
      entry("eins", 0),
      entry("darin", 1),
      entry("zwei", 0),
      paragraph(sentence),
      entry("drei", 0),
    ].join("");
    const [list, , rest] = await blocksOf({ body, numbering });
    expect(list).toMatchObject({
      ...{ type: "list", ordered: true, start: 1 },
      items: [
        [{ type: "paragraph" }, { type: "list", ordered: false, items: [[{ content: [words("darin")] }]] }],
        [{ content: [words("zwei")] }],
      ],
    });
    expect(rest).toMatchObject({ type: "list", start: 3 });
  });

  it("makes a list of bullets somebody typed", async () => {
    const [list] = await blocksOf(title + paragraph("• Ausweis") + paragraph("• Foto") + paragraph(sentence));
    expect(list).toMatchObject({
      type: "list",
      items: [[{ content: [words("Ausweis")] }], [{ content: [words("Foto")] }]],
    });
  });

  it("keeps the header row of a table, marked or in bold", async () => {
    const marked = table(row(["Jahr", "Zahl"], "<w:tblHeader/>"), row(["2025", "12"]));
    const inBold = table(row(["Jahr", "Zahl"].map((text) => `<w:tc>${bold(text)}</w:tc>`)), row(["2025", "12"]));
    for (const each of [marked, inBold]) {
      const [, block] = await blocksOf(title + paragraph(sentence) + each);
      expect(block).toMatchObject({
        type: "table",
        head: [[words("Jahr")], [words("Zahl")]],
        rows: [[[words("2025")], [words("12")]]],
      });
    }
  });

  it("says that merged cells and tables in cells were taken apart, and loses none of their words", async () => {
    const wide = `<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>${paragraph("über beide")}</w:tc>`;
    const tall = (more: string) => `<w:tc><w:tcPr><w:vMerge${more}/></w:tcPr>${paragraph(more ? "hoch" : "")}</w:tc>`;
    const inner = `<w:tc>${table(row(["innen links", "innen rechts"]))}${paragraph("darunter")}</w:tc>`;
    const reading = await read(
      title +
        paragraph(sentence) +
        table(row([wide]), row([tall(' w:val="restart"'), "b"]), row([tall(""), "c"]), row([inner, "d"])),
    );
    const [, block] = reading.text.blocks;
    const cells = block?.type === "table" ? block.rows.map((cells) => cells.map(plain)) : [];
    expect(cells).toEqual([
      ["über beide", ""],
      ["hoch", "b"],
      ["", "c"],
      ["innen links innen rechts darunter", "d"],
    ]);
    expect(codes(reading)).toEqual(["word-merged-cells", "word-nested-table"]);
  });

  it("numbers footnotes and endnotes in the order of the text", async () => {
    const note = (kind: string, id: number, text: string) => `<w:${kind} w:id="${id}">${paragraph(text)}</w:${kind}>`;
    const mark = (kind: string, id: number) =>
      `<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:${kind}Reference w:id="${id}"/></w:r>`;
    const text = await textOf({
      footnotes: note("footnote", 4, "Satzung von 2025.") + note("footnote", 2, "Ebenda."),
      endnotes: note("endnote", 2, "Am Ende."),
      body:
        title +
        paragraph(
          run("Erst") +
            mark("footnote", 2) +
            run(", dann") +
            mark("endnote", 2) +
            run(", dann") +
            mark("footnote", 4) +
            run(` ${sentence}`),
        ),
    });
    expect(text.notes.map(plain)).toEqual(["Ebenda.", "Am Ende.", "Satzung von 2025."]);
    expect(text.blocks[0]).toMatchObject({
      content: [
        words("Erst"),
        { type: "noteRef", number: 1 },
        words(", dann"),
        { type: "noteRef", number: 2 },
        {},
        {},
        {},
      ],
    });
  });

  it("knows quotes with their source, boxes by style, in one cell and in a frame of text", async () => {
    const reading = await read({
      styles: style("Zitat", "Quote") + style("Infokasten", "Infokasten"),
      body: [
        title,
        paragraph(sentence),
        paragraph("Wir hören zu.", "Zitat"),
        paragraph("– Eva Beispiel", "Zitat"),
        paragraph(run("Zur Sache", "<w:b/>"), "Infokasten"),
        paragraph("Offen ab acht.", "Infokasten"),
        paragraph(another),
        table(row([`<w:tc>${bold("Kurz gesagt")}${paragraph("Es wird besser.")}</w:tc>`])),
        paragraph(sentence),
      ].join(""),
    });
    expect(reading.text.blocks).toMatchObject([
      {},
      { type: "quote", blocks: [{ content: [words("Wir hören zu.")] }], source: [words("Eva Beispiel")] },
      { type: "infobox", title: [words("Zur Sache")], blocks: [{ content: [words("Offen ab acht.")] }] },
      {},
      { type: "infobox", title: [words("Kurz gesagt")], blocks: [{ content: [words("Es wird besser.")] }] },
      {},
    ]);
    expect(codes(reading)).toEqual([]);
  });

  it("proposes short paragraphs in bold as headings, and says so once", async () => {
    const reading = await read(
      title +
        paragraph(sentence) +
        bold("Was sich ändert") +
        paragraph(another) +
        bold("Was bleibt") +
        paragraph(sentence),
    );
    expect(outline(reading.text.blocks)).toEqual([
      sentence,
      "heading2: Was sich ändert",
      another,
      "heading2: Was bleibt",
      sentence,
    ]);
    expect(reading.notes).toEqual([{ code: "word-heading-proposed", details: { count: 2, place: "Was sich ändert" } }]);
  });

  it("hears an interview, its questions in bold or with names before a colon", async () => {
    const inBold = ["Warum zuhören?", "Wer kommt?", "Was bleibt?"]
      .flatMap((question) => [bold(question), paragraph(another)])
      .join("");
    const named = ["Warum zuhören?", "Wer kommt?", "Was bleibt?"]
      .flatMap((question) => [
        paragraph(run(`Kurier: ${question}`, "<w:b/>")),
        paragraph(run("Beispiel: ", "<w:b/>") + run(another)),
      ])
      .join("");
    const [first, second] = [await textOf(title + inBold), await textOf(title + named)];
    for (const text of [first, second]) {
      expect(text.kind).toBe("interview");
      const [block] = text.blocks;
      const turns = block?.type === "interview" ? block.turns : [];
      expect(turns).toHaveLength(3);
      expect(turns[0]?.answer).toEqual([{ type: "paragraph", content: [words(another)] }]);
    }
    expect(second.blocks[0]).toMatchObject({ turns: [{ speaker: "Beispiel" }, {}, {}] });
  });

  it("makes the addresses at the end a link box, with the targets of its links", async () => {
    const text = await textOf({
      relations: relation("r9", "hyperlink", "https://stadt.example/lotsen", true),
      body:
        title +
        paragraph(sentence) +
        bold("Kontakt") +
        paragraph(`<w:hyperlink r:id="r9">${run("Digital-Lotsen")}</w:hyperlink>`) +
        paragraph("buergerbuero@stadt.example"),
    });
    expect(text.linkBox).toEqual({
      title: "Kontakt",
      entries: [
        { kind: "web", label: "Digital-Lotsen", url: "https://stadt.example/lotsen" },
        { kind: "mail", label: "buergerbuero@stadt.example", url: "mailto:buergerbuero@stadt.example" },
      ],
    });
    expect(outline(text.blocks)).toEqual([sentence]);
  });
});

describe("pictures in a Word document", () => {
  const media = { "image1.png": png, "image2.jpeg": jpeg };
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

describe("what a Word document holds and an article does not", () => {
  const told = async (parts: Parts | string): Promise<string[]> => codes(await read(parts));
  const inside = (content: string): string => title + paragraph(run(`${sentence} `) + content);

  it("never prints hidden text, by itself or by its style", async () => {
    const styles = style("Geheim", "Geheim", "<w:rPr><w:vanish/></w:rPr>");
    const reading = await read({
      styles,
      body: inside(run("streng geheim", "<w:vanish/>")) + paragraph("auch geheim", "Geheim"),
    });
    expect(JSON.stringify(reading.text)).not.toContain("geheim");
    expect(reading.notes).toMatchObject([{ code: "word-hidden", details: { count: 2 } }]);
  });

  it("takes in what was inserted, leaves out what was deleted, and says so", async () => {
    const changed = `<w:ins w:author="Max Muster">${run("neu ")}</w:ins><w:del w:author="Max Muster"><w:r><w:delText>alt</w:delText></w:r></w:del><w:moveFrom>${run("früher")}</w:moveFrom>`;
    const reading = await read(inside(changed));
    expect(outline(reading.text.blocks)).toEqual([`${sentence} neu`]);
    expect(reading.notes).toEqual([
      { code: "word-changes", details: { count: 3, place: "Wer dienstags kommt, hat eine Frage und einen …" } },
    ]);
  });

  it("drops comments, page furniture and whoever wrote the file, and says so without a name", async () => {
    const reading = await read({
      comments: `<w:comment w:id="1" w:author="Max Muster">${paragraph("Stimmt das?")}</w:comment>`,
      header: paragraph("Entwurf vom Rathaus"),
      creator: "Max Muster",
      body: inside('<w:commentRangeStart w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>'),
    });
    expect(codes(reading)).toEqual(["word-comments", "word-furniture", "word-person"]);
    expect(JSON.stringify(reading)).not.toMatch(/Muster|Stimmt/);
    expect(reading.notes[1]?.details.lines).toBe("Entwurf vom Rathaus");
  });

  it.each([
    [
      "an automatic number before a heading",
      "word-numbers",
      {
        numbering:
          '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
        body:
          title +
          paragraph("Eins", "berschrift1", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>') +
          paragraph(sentence),
      },
    ],
    ["a formula", "word-formula", { body: inside("<m:oMath><m:r><m:t>a²+b²=c²</m:t></m:r></m:oMath>") }],
    [
      "a chart",
      "word-chart",
      {
        body: inside(
          '<w:r><w:drawing><wp:inline><wp:docPr id="1"/><a:graphic><a:graphicData><c:chart r:id="r1"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>',
        ),
      },
    ],
    [
      "SmartArt",
      "word-smartart",
      {
        body: inside(
          '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><dgm:relIds r:dm="r1"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>',
        ),
      },
    ],
    [
      "a drawn line",
      "word-drawing",
      {
        body: inside(
          "<w:r><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp/></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>",
        ),
      },
    ],
    [
      "an object of another program",
      "word-object",
      { body: inside('<w:r><w:object><v:shape/><o:OLEObject Type="Embed"/></w:object></w:r>') },
    ],
    ["colour", "word-look", { body: inside(run("rot", '<w:color w:val="FF0000"/>')) }],
    ["a page break", "word-page-break", { body: inside('<w:r><w:br w:type="page"/></w:r>') }],
    [
      "a sign of a symbol font",
      "word-symbol",
      { body: inside('<w:r><w:sym w:font="Hausschrift" w:char="F0FE"/></w:r>') },
    ],
    ["struck words", "word-struck", { body: inside(run("durchgestrichen", "<w:strike/>")) }],
    [
      "a link that harms",
      "word-link",
      {
        relations: relation("r9", "hyperlink", "javascript:alert(1)", true),
        body: inside(`<w:hyperlink r:id="r9">${run("hier")}</w:hyperlink>`),
      },
    ],
    [
      "a link to one's own disk",
      "word-link",
      {
        relations: relation("r9", "hyperlink", "file:///C:/Akte.docx", true),
        body: inside(`<w:hyperlink r:id="r9">${run("hier")}</w:hyperlink>`),
      },
    ],
    ["another document", "word-embedded", { body: `${inside("")}<w:altChunk r:id="r1"/>` }],
    [
      "a table of contents",
      "word-contents",
      {
        body: `${title}<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>${paragraph("Eins 3")}</w:sdtContent></w:sdt>${paragraph(sentence)}`,
      },
    ],
  ] as const)("tells %s once", async (_, code, parts) => {
    const reading = await read(parts);
    expect(reading.notes).toMatchObject([{ code, details: { count: 1 } }]);
    expect(reading.notes[0]?.details.place).not.toBe("–");
    expect(JSON.stringify(reading.text.blocks)).toContain("Wer dienstags kommt");
  });

  it("keeps the words of a text box after the paragraph it hangs on, once, though the file has it twice", async () => {
    const box = `<w:txbxContent>${bold("Zur Sache")}${paragraph("Offen ab acht.")}</w:txbxContent>`;
    const content = `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>${box}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>${box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>`;
    const reading = await read(inside(content));
    expect(reading.text.blocks).toMatchObject([
      { type: "paragraph" },
      { type: "infobox", title: [words("Zur Sache")], blocks: [{ content: [words("Offen ab acht.")] }] },
    ]);
    expect(codes(reading)).toEqual(["word-box"]);
  });

  it("has foreign words read in their language, unless the file calls everything foreign", async () => {
    const some = await read(inside(run("Freedom of the press", '<w:lang w:val="en-GB"/>')));
    expect(some.text.blocks[0]).toMatchObject({
      content: [words(`${sentence} `), { type: "lang", language: "en-GB", content: [words("Freedom of the press")] }],
    });
    expect(codes(some)).toEqual(["word-language"]);
    const all =
      title +
      paragraph(run(sentence, '<w:lang w:val="en-US"/>')) +
      paragraph(run(another, '<w:lang w:val="en-US"/>')) +
      paragraph("Kurz.");
    expect(await told(all)).toEqual([]);
  });

  it("reads fields, controls and change-proof wrappings for their words", async () => {
    const wrapped = [
      `<w:fldSimple w:instr=" PAGE ">${run("sieben ")}</w:fldSimple>`,
      `<w:sdt><w:sdtPr/><w:sdtContent>${run("acht ")}</w:sdtContent></w:sdt>`,
      `<w:smartTag>${run("neun ")}</w:smartTag>`,
      "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Klicken Sie hier</w:t></w:r></w:sdtContent></w:sdt>",
    ].join("");
    const reading = await read(inside(wrapped));
    expect(outline(reading.text.blocks)).toEqual([`${sentence} sieben acht neun`]);
  });

  it("takes a document's own bookmarks for nothing, whatever they are called", async () => {
    const forged = '<w:bookmarkStart w:id="0" w:name="picture:0"/><w:bookmarkStart w:id="1" w:name="paragraph:0"/>';
    const reading = await read({
      media: { "image1.png": png },
      body: title + paragraph(shown("image1.png")) + paragraph(forged + run(sentence)),
    });
    expect(reading.text.blocks).toEqual([{ type: "paragraph", content: [words(sentence)] }]);
  });

  it("reads a strict document with prefixes of its own", async () => {
    const strict = (await import("fflate")).zipSync;
    const { partsOf } = await import("./word-files.ts");
    const parts = partsOf({ body: title + paragraph(sentence) });
    const renamed = (bytes: Uint8Array) =>
      new TextEncoder().encode(
        new TextDecoder()
          .decode(bytes)
          .replace(/(<\/?|\s|xmlns:)w(?=[:=])/g, "$1x")
          .replaceAll(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
          ),
      );
    const bytes = strict({
      ...parts,
      "word/document.xml": renamed(parts["word/document.xml"] as Uint8Array),
      "word/styles.xml": renamed(parts["word/styles.xml"] as Uint8Array),
    });
    const { reading } = await readWord("beitrag.docx", bytes);
    expect([reading.text.title, ...outline(reading.text.blocks)]).toEqual(["Ein Schalter, der zuhört", sentence]);
  });
});

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
});
