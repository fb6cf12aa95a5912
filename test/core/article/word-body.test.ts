import { describe, expect, it } from "vitest";
import { plain } from "../../../core/article/plain.ts";
import { another, blocksOf, codes, outline, read, sentence, textOf, title, words } from "./read-word.ts";
import { bold, paragraph, relation, row, run, style, table } from "./word-files.ts";

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
