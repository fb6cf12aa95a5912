import { beforeAll, describe, expect, it } from "vitest";
import { articleTextSchema } from "../../core/article/article.ts";
import { readWord, type WordReading } from "../../core/article/word.ts";
import type { PeerDocument } from "./a-peer-document.ts";
import { readByPandoc, savedByLibreOffice } from "./office.ts";
import { lacking, wordsOfPandoc, wordsOfReading } from "./words.ts";
import { writtenInLibreOffice } from "./written-in-libreoffice.ts";
import { writtenWithDocx } from "./written-with-docx.ts";

const documents: readonly PeerDocument[] = [...writtenWithDocx, ...writtenInLibreOffice];

/** Twenty documents with the structures Word files have, read by our reader and by pandoc. */
describe("a Word file", () => {
  const files = new Map<string, Uint8Array>();
  const readings = new Map<string, WordReading>();
  beforeAll(async () => {
    for (const { name, write } of writtenWithDocx) files.set(name, await write());
    const saved = savedByLibreOffice(
      writtenInLibreOffice.map(({ name, ending, body }) => ({ name: name + ending, body })),
    );
    for (const [index, { name }] of writtenInLibreOffice.entries()) files.set(name, saved[index] ?? new Uint8Array());
    for (const [name, file] of files) readings.set(name, (await readWord(`${name}.docx`, file)).reading);
  });
  const of = (name: string) => {
    const [file, reading] = [files.get(name), readings.get(name)];
    return file && reading ? { file, reading } : expect.unreachable();
  };

  it("is one of twenty, half of them saved by LibreOffice", () => {
    expect([writtenWithDocx.length, writtenInLibreOffice.length]).toEqual([10, 10]);
  });

  it.each(documents)(
    "loses no word that pandoc reads, but those its notes name: $name",
    ({ name, leftOut = [], overlooked = [] }) => {
      const { file, reading } = of(name);
      const words = wordsOfPandoc(readByPandoc(file));
      expect(words.length).toBeGreaterThan(15);
      expect(lacking([...words, ...overlooked], wordsOfReading(reading))).toEqual(leftOut);
      expect(lacking(overlooked, words).length).toBeGreaterThanOrEqual(Math.min(1, overlooked.length));
    },
  );

  it.each(documents)("is told its author as it is, no more and no less: $name", ({ name, notes }) => {
    expect(
      of(name)
        .reading.notes.map(({ code }) => code)
        .sort(),
    ).toEqual([...notes].sort());
  });

  it("says m³ and H₂O where LibreOffice only raised and lowered letters", () => {
    const text = JSON.stringify(of("html-inlines").reading.text);
    expect(text).toContain('{"type":"sup","content":[{"type":"text","text":"3"}]}');
    expect(text).toContain('{"type":"sub","content":[{"type":"text","text":"2"}]}');
  });

  it.each(documents)("becomes a sound article: $name", ({ name }) => {
    const { text } = of(name).reading;
    expect(text.title).not.toBe("");
    expect(articleTextSchema.safeParse({ ...text, kind: "report", language: "de" }).error).toBeUndefined();
  });
});
