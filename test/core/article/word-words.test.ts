import { describe, expect, it } from "vitest";
import { articleTextSchema } from "../../../core/article/article.ts";
import { readWord } from "../../../core/article/word.ts";
import fc from "../../lots.ts";
import { anyWordFile } from "./any-word-file.ts";

const wordsIn = (text: string): string[] =>
  text.match(/W[a-z]{4}(?![a-z])|w[a-z]{4}(?=@)/g)?.map((word) => word.toLowerCase()) ?? [];

describe("a Word document", () => {
  it("loses no word a reader saw, but those its notes name, and brings none that was hidden", async () => {
    await fc.assert(
      fc.asyncProperty(anyWordFile, async ({ write, seen, unseen }) => {
        const { reading } = await readWord("beitrag.docx", await write());
        const article = { ...reading.text, kind: "report", language: "de", title: reading.text.title || "–" };
        articleTextSchema.parse(article);
        const kept = new Set(wordsIn(JSON.stringify([article, reading.credit, reading.notes])));
        expect(seen.filter((word) => !kept.has(word.toLowerCase()))).toEqual([]);
        expect(unseen.filter((word) => kept.has(word.toLowerCase()))).toEqual([]);
      }),
      { numRuns: Number(process.env.RUNS ?? 60) },
    );
  }, 120_000);
});
