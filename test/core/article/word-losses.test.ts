import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { readWord } from "../../../core/article/word.ts";
import { another, codes, outline, png, read, sentence, title, words } from "./read-word.ts";
import { bold, type Parts, paragraph, partsOf, relation, run, shown, style } from "./word-files.ts";

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
    const bytes = zipSync({
      ...parts,
      "word/document.xml": renamed(parts["word/document.xml"] as Uint8Array),
      "word/styles.xml": renamed(parts["word/styles.xml"] as Uint8Array),
    });
    const { reading } = await readWord("beitrag.docx", bytes);
    expect([reading.text.title, ...outline(reading.text.blocks)]).toEqual(["Ein Schalter, der zuhört", sentence]);
  });
});
