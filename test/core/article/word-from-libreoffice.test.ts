import { describe, expect, it } from "vitest";
import { readWord } from "../../../core/article/word.ts";
import { wordFile } from "./word-files.ts";

const level = (format: string, text: string, more = ""): string =>
  `<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/>${more}</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>`;
const numbered = (style: string, text: string): string =>
  `<w:p><w:pPr><w:pStyle w:val="${style}"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`;
const body = [
  '<w:p><w:pPr><w:pStyle w:val="Titel"/></w:pPr><w:r><w:t>Die neue Halle</w:t></w:r></w:p>',
  "<w:p><w:r><w:t>Sie steht seit dem Frühjahr am Anger, und alle Vereine haben einen Schlüssel.</w:t></w:r></w:p>",
  numbered("berschrift1", "Wer sie nutzt"),
  numbered("Standard", "Turner am Montag"),
].join("");
const read = async (numbering: string) => (await readWord("halle.docx", wordFile({ body, numbering }))).reading;

describe("numbers in a Word document", () => {
  it.each([
    ["LibreOffice counts headings without a number", level("none", "%1")],
    ["a number that shows nothing", level("decimal", "")],
  ])("are not missed where none stood: %s", async (_, numbering) => {
    const { text, notes } = await read(numbering);
    expect(notes).toEqual([]);
    expect(text.blocks.map(({ type }) => type)).toEqual(["paragraph", "heading", "paragraph"]);
  });

  it.each([
    ["numbers", level("decimal", "%1."), true],
    ["a picture for a bullet", level("bullet", "", '<w:lvlPicBulletId w:val="0"/>'), false],
    ["a word before each", level("none", "Schritt"), true],
  ])("make a list, and are told of where a heading loses them: %s", async (_, numbering, ordered) => {
    const { text, notes } = await read(numbering);
    expect(notes.map(({ code }) => code)).toEqual(["word-numbers"]);
    expect(text.blocks.at(-1)).toMatchObject({ type: "list", ordered });
  });
});

describe("letters LibreOffice raised or lowered", () => {
  const run = (text: string, look = ""): string =>
    `<w:r><w:rPr>${look}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;
  const shifted = (by: number, size: number): string => `<w:position w:val="${by}"/><w:sz w:val="${size}"/>`;
  const readLine = async (...runs: string[]) => {
    const line = `<w:p>${run("Die Gebühr steht seit Mai in der Satzung, und sie gilt für alle: ")}${runs.join("")}${run(".")}</w:p>`;
    const { text } = (await readWord("wasser.docx", wordFile({ body: `${title("Wasser")}${line}` }))).reading;
    return JSON.stringify(text.blocks);
  };
  const title = (text: string): string =>
    `<w:p><w:pPr><w:pStyle w:val="Titel"/></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`;

  it("are exponents and indices where they are smaller too", async () => {
    expect(await readLine(run("m"), run("3", shifted(8, 14)))).toContain(
      '{"type":"sup","content":[{"type":"text","text":"3"}]}',
    );
    expect(await readLine(run("H"), run("2", shifted(-2, 14)))).toContain(
      '{"type":"sub","content":[{"type":"text","text":"2"}]}',
    );
  });

  it("stay what they are where they are as large as the text", async () => {
    expect(await readLine(run("hoch", shifted(2, 22)), run("tief", '<w:position w:val="-6"/>'))).not.toMatch(
      /"su[bp]"/,
    );
  });
});

describe("a row of a table", () => {
  const row = (text: string, properties = ""): string =>
    `<w:tr><w:trPr>${properties}</w:trPr>${[text, "14"].map((each) => `<w:tc><w:p><w:r><w:t>${each}</w:t></w:r></w:p></w:tc>`).join("")}</w:tr>`;

  it.each([
    ['<w:tblHeader w:val="false"/>', 0],
    ['<w:tblHeader w:val="0"/>', 0],
    ["<w:tblHeader/>", 2],
  ])("is a head only where it says so: %s", async (properties, count) => {
    const table = `<w:tbl>${row("Turner", properties)}${row("Kegler")}</w:tbl>`;
    const { text } = (await readWord("verein.docx", wordFile({ body: `${body}${table}` }))).reading;
    const found = text.blocks.find((block) => block.type === "table");
    expect([found?.head.filter((cell) => cell.length > 0).length, found?.rows.length]).toEqual([
      count,
      count > 0 ? 1 : 2,
    ]);
  });
});
