import { describe, expect, it } from "vitest";
import type { Block } from "../../../core/article/article.ts";
import { plain } from "../../../core/article/plain.ts";
import { readPlainText } from "../../../core/article/plain-text.ts";
import { readHandIn } from "../../../core/mail/hand-in.ts";
import { noteSentence } from "../../../core/words.ts";
import { aMail } from "../mail/mails.ts";
import { blocksOf, title } from "./read-word.ts";
import { outcomeOf } from "./submitted.ts";
import { paragraph } from "./word-files.ts";

const opening =
  "Am Freitag bleibt das Rathaus geschlossen, am Montag sind alle Ämter wieder da. Das gilt auch für die Bibliothek.";
const ending = "Am Dienstag ist dafür bis in den Abend hinein geöffnet, auch im Winter und bei Schnee auf allen Wegen.";

/** "rathaus.jpg: Der Eingang" for a picture, else the words; one line a block. */
const outline = (blocks: readonly Block[]): string[] =>
  blocks.map((block) => {
    if (block.type === "figure") return [block.picture.name, plain(block.picture.caption)].filter(Boolean).join(": ");
    return "content" in block ? plain(block.content) : block.type;
  });
const reading = (middle: string) => readPlainText(`Das Rathaus ist zu\n\n${opening}\n\n${middle}\n\n${ending}\n`);
const between = (middle: string) => outline(reading(middle).text.blocks).slice(1, -1);
const notes = (middle: string) => reading(middle).notes.map(({ code }) => code);

describe("a line that names the file of a picture, in plain text,", () => {
  it.each([
    ["a blank line above it", "Der Eintritt ist frei.\n\nFoto: rathaus.jpg"],
    ["the same line", "Der Eintritt ist frei. Foto: rathaus.jpg"],
  ])("leaves a sentence with %s to the text", (_, middle) => {
    expect(between(middle)).toEqual(["Der Eintritt ist frei.", "rathaus.jpg"]);
    expect(notes(middle)).toEqual([]);
  });

  it("leaves a paragraph that it ends to the text, above and below", () => {
    const { text } = readPlainText(`Das Rathaus ist zu\n\n${opening}\nFoto: rathaus.jpg\n${ending}\n`);
    expect(outline(text.blocks)).toEqual([opening, "rathaus.jpg", ending]);
    const long = `${opening} Kommen Sie gern. Kommen Sie alle.`;
    expect(between(`${long} Foto: rathaus.jpg`)).toEqual([long, "rathaus.jpg"]);
  });

  it.each(["Der Bürgermeister am Eingang\nFoto: rathaus.jpg", "Foto: rathaus.jpg\nDer Bürgermeister am Eingang"])(
    "takes a short line beside it for the caption, as it stands: %j",
    (middle) => {
      expect(between(middle)).toEqual(["rathaus.jpg: Der Bürgermeister am Eingang"]);
      expect(notes(middle)).toEqual([]);
    },
  );

  it.each([
    ["a sentence just above", "Die Feuerwehr übt am See.\nFoto: rathaus.jpg", "Die Feuerwehr übt am See."],
    ["a sentence just below", "Foto: rathaus.jpg\nDie Feuerwehr übt am See.", "Die Feuerwehr übt am See."],
    ["what may be a heading", "Die Feuerwehr am See\n\nFoto: rathaus.jpg", "Die Feuerwehr am See"],
  ])("says so where it takes %s for the caption", (_, middle, caption) => {
    expect(between(middle)).toEqual([`rathaus.jpg: ${caption}`]);
    const [said] = reading(middle).notes;
    expect(said).toMatchObject({ code: "caption-beside-file", details: { caption, name: "rathaus.jpg" } });
    expect(said && noteSentence("de", said)).toContain(`„${caption}“ steht neben „Foto: rathaus.jpg“`);
  });

  it("and stands below an author, brings the portrait", () => {
    const { text } = readPlainText(
      `Ein Titel\n\nJana Krahl\nBürgermeisterin\nFoto: krahl.jpg\n\n${opening}\n\n${ending}\n`,
    );
    expect(text.authors).toMatchObject([{ name: "Jana Krahl", portrait: { name: "krahl.jpg", credit: null } }]);
  });
});

describe("a picture nothing names finds its place as its note says", () => {
  const photo = "Krahl & Söhne, 2026.jpg";
  const line = `Foto: ${photo}`;

  it("in plain text", () => expect(between(line)).toEqual([photo]));

  it("in Word", async () => {
    const blocks = await blocksOf(title + [opening, line, ending].map((text) => paragraph(text)).join(""));
    expect(outline(blocks)).toEqual([opening, photo, ending]);
  });

  it("in a mail", async () => {
    const text = `Das Rathaus ist zu\n\n${opening}\n\n${line}\n\n${ending}`;
    const { files } = await readHandIn(aMail({ text }), [photo]);
    const words = Buffer.from(files.find(({ name }) => name.endsWith(".txt"))?.body ?? "").toString();
    expect(outline(readPlainText(words).text.blocks)).toEqual([opening, photo, ending]);
  });

  it("in Markdown, by an image of its name", async () => {
    const outcome = await outcomeOf({ "t.md": `# Titel\n\n${opening}\n\n![](<${photo}>)\n` });
    expect(outcome).toMatchObject({ state: "waiting", waitingFor: [photo] });
  });
});

describe("who made photos that the text does not name", () => {
  const codesOf = async (text: string) => (await outcomeOf({ "text.md": text })).notes.map(({ code }) => code);
  const head = "---\ntitel: Am Fluss\nfotos: Jana Krahl\n---\n\nEin Satz über den Fluss.\n";

  it("is told, where no picture could take the name", async () => {
    expect(await codesOf(head)).toContain("credit-unplaced");
    expect(await codesOf(head.replace("fotos: Jana Krahl\n", ""))).not.toContain("credit-unplaced");
    expect(await codesOf(`${head}\n![Der Fluss](bild-1 "Hochwasser")\n`)).not.toContain("credit-unplaced");
  });
});
