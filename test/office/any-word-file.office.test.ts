import { beforeAll, describe, expect, it } from "vitest";
import { readWord } from "../../core/article/word.ts";
import { anyWordFile } from "../core/article/any-word-file.ts";
import fc from "../lots.ts";
import { readByPandoc, savedByLibreOffice } from "./office.ts";
import { lacking, wordsOfPandoc, wordsOfReading } from "./words.ts";

const count = 20;

/** Documents nobody would write, as LibreOffice writes them again. */
describe("any Word file", () => {
  const chosen = fc.sample(anyWordFile, { numRuns: count, seed: Number(process.env.SEED ?? 20_261_123) });
  let saved: readonly Uint8Array[] = [];
  beforeAll(async () => {
    const files = await Promise.all(chosen.map(({ write }) => write()));
    saved = savedByLibreOffice(files.map((body, index) => ({ name: `${index}.docx`, body })));
  });

  it.each(chosen.map((document, index) => ({ ...document, index })))(
    "says to us every word it says to pandoc, saved by LibreOffice: number $index",
    async ({ index, unseen }) => {
      const file = saved[index] ?? new Uint8Array();
      const theirs = wordsOfPandoc(readByPandoc(file)).filter(isOurs);
      const ours = wordsOfReading((await readWord("beitrag.docx", file)).reading);
      expect(theirs.length).toBeGreaterThan(20);
      expect(lacking(theirs, ours).filter((word) => !unseen.includes(word))).toEqual([]);
      expect(unseen.filter((word) => ours.includes(word))).toEqual([]);
    },
  );
});

/** "Waba": words the documents were made of; numbers of lists are LibreOffice's. */
const isOurs = (word: string): boolean => /^W[a-z]{4}$/.test(word);
