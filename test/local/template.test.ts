import { readFileSync } from "node:fs";
import { join } from "node:path";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { finish } from "../../core/article/finish.ts";
import { plain, plainBlocks } from "../../core/article/plain.ts";
import { templatePicture } from "../../core/article/word/placeholders.ts";
import { readWord } from "../../core/article/word.ts";
import { digestOf } from "../../core/digest.ts";
import type { Note } from "../../core/refusal.ts";
import { languages, words } from "../../core/words.ts";
import { templateFile } from "../../local/template.ts";
import { photoOfBusStop, template, written, writtenOver } from "../a-written-template.ts";

const whole = () => writtenOver(template("de"), "de", written, photoOfBusStop());
const read = async (bytes: Uint8Array) => (await readWord("rufbus.docx", bytes)).reading;

describe("the Word template", () => {
  it.each(languages)("in the repository is the one our script makes, to the byte: %s", async (language) => {
    const made = await templateFile(language);
    expect(digestOf(made)).toBe(digestOf(template(language)));
    expect(digestOf(await templateFile(language))).toBe(digestOf(made));
  });

  it.each(languages)("names nobody and no day: %s", (language) => {
    const parts = unzipSync(template(language));
    const said = strFromU8(parts["docProps/core.xml"] ?? new Uint8Array());
    expect(said).toContain(words(language).template.document);
    expect(said).not.toMatch(/creator|modified|created|\d{4}-\d{2}/i);
  });

  it("shows the picture its reader knows again", () => {
    const [picture] = Object.entries(unzipSync(template("de"))).filter(([name]) => name.startsWith("word/media/"));
    expect(picture?.[1].length).toBe(templatePicture.bytes);
    expect(digestOf(picture?.[1] ?? "")).toBe(templatePicture.sha256);
  });

  it.each(languages)("is no article before somebody wrote one: %s", async (language) => {
    const { text, notes, pictures } = await read(template(language));
    expect({ ...text, teaser: "" }).toMatchObject({
      title: "",
      lead: [],
      authors: [],
      hero: null,
      blocks: [],
      linkBox: null,
    });
    expect(pictures).toEqual([]);
    expect(notes.map(({ code }) => code)).toEqual(["word-placeholder"]);
  });

  it("written over becomes an article, without a note", async () => {
    const { text, notes, credit } = await read(whole());
    expect(notes).toEqual([]);
    const { kicker, title, lead, authors, hero, blocks, linkBox } = text;
    expect({ kicker, title, lead: plain(lead) }).toEqual({
      kicker: written.kicker,
      title: written.title,
      lead: written.lead,
    });
    expect(authors).toEqual([{ name: "Jördis Mühlbach", roleAtTime: "Bürgermeisterin von Auenrode", portrait: null }]);
    expect(hero).toMatchObject({ name: "bild-1.jpg", alt: written.alt });
    expect({ caption: plain(hero?.caption ?? []), credit: hero?.credit ?? credit }).toEqual({
      caption: written.caption,
      credit: "Gemeinde Auenrode",
    });
    expect(blocks.map(({ type }) => type)).toEqual([
      ...["paragraph", "heading", "paragraph", "list", "quote", "heading", "list", "table", "infobox"],
    ]);
    expect({ title: linkBox?.title, kinds: linkBox?.entries.map(({ kind }) => kind) }).toEqual({
      title: written.contactTitle,
      kinds: ["mail", "web"],
    });
  });

  it("loses no word that its author wrote", async () => {
    const { text } = await read(whole());
    const all = JSON.stringify(text);
    const lost = Object.entries(written)
      .filter(([place]) => place !== "contactTitle")
      .flatMap(([, sentence]) => sentence.match(/[\p{L}\p{N}]{3,}/gu) ?? [])
      .filter((word) => !all.includes(word) && word !== "Foto");
    expect(lost).toEqual([]);
  });

  it("leaves out what stayed as it was, and says how much and where", async () => {
    const { title, opening } = written;
    const { text, notes } = await read(writtenOver(template("de"), "de", { title, opening }));
    expect({ title: text.title, body: plainBlocks(text.blocks) }).toEqual({ title, body: [opening] });
    expect(notes).toEqual([
      { code: "word-placeholder", details: { count: 25, place: expect.stringContaining("Hier steht die Dachzeile") } },
    ]);
  });

  it("asks for an alt text where the picture was changed and ours was left", async () => {
    const { alt: _, ...others } = written;
    const { text } = await read(writtenOver(template("de"), "de", others, photoOfBusStop()));
    expect(text.hero?.alt).toBeNull();
  });

  it("keeps a picture that was put where our sentence still stands", async () => {
    const file = unzipSync(
      writtenOver(template("de"), "de", { title: written.title, opening: written.opening }, photoOfBusStop()),
    );
    const text = strFromU8(file["word/document.xml"] ?? new Uint8Array());
    const [drawing = ""] = /<w:r><w:drawing>.*?<\/w:drawing><\/w:r>/.exec(text) ?? [];
    const { caption } = words("de").template.place;
    const moved = text.replace(drawing, "").replace(`${caption}</w:t></w:r>`, `${caption}</w:t></w:r>${drawing}`);
    const { hero } = (await read(zipSync({ ...file, "word/document.xml": strToU8(moved) }))).text;
    expect(hero).toMatchObject({ name: "bild-1.jpg", caption: [] });
  });

  it("has tables without the rows nobody filled", async () => {
    const { column, nextColumn, title, opening } = written;
    const { text } = await read(writtenOver(template("de"), "de", { title, opening, column, nextColumn }));
    expect(text.blocks.filter(({ type }) => type === "table")).toMatchObject([{ rows: [] }]);
    const { cell, nextCell } = written;
    const headless = (await read(writtenOver(template("de"), "de", { title, opening, cell, nextCell }))).text.blocks;
    expect(headless.filter(({ type }) => type === "table")).toMatchObject([
      { head: [[], []], rows: Array(2).fill(expect.anything()) },
    ]);
  });

  it("gives intake nothing to mend", async () => {
    const { text } = await read(whole());
    const notes: Note[] = [];
    finish({ ...text, kind: "report", language: "de" }, notes);
    expect(notes).toEqual([]);
  });

  it("keeps its size small enough to be mailed around", () => {
    expect(readFileSync(join(import.meta.dirname, "../../templates/word/vorlage.docx")).length).toBeLessThan(60_000);
  });
});
