import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { articleTextSchema } from "../../../core/article/article.ts";
import { readWord } from "../../../core/article/word.ts";
import { Refusal } from "../../../core/refusal.ts";
import fc from "../../lots.ts";
import { anyWordFile } from "./any-word-file.ts";

/** Where a part is cut, and what stands there afterwards. */
const cut = fc.record({
  part: fc.constantFrom(
    "word/document.xml",
    "word/styles.xml",
    "word/numbering.xml",
    "word/footnotes.xml",
    "word/_rels/document.xml.rels",
  ),
  from: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 0, max: 200 }),
  instead: fc.constantFrom(
    "",
    "<w:p>",
    "</w:p>",
    "</w:tbl>",
    "<w:tc/>",
    '"',
    ">",
    "&#0;",
    "&amp;",
    "<![CDATA[",
    "<!--",
    'w:val="-1"',
    '<w:numId w:val="99"/>',
  ),
});

describe("a Word document somebody has cut about in", () => {
  it("is read or refused, and never breaks anything", async () => {
    await fc.assert(
      fc.asyncProperty(anyWordFile, fc.array(cut, { minLength: 1, maxLength: 3 }), async ({ write }, cuts) => {
        const parts = unzipSync(await write());
        for (const { part, from, length, instead } of cuts) {
          const xml = strFromU8(parts[part] ?? new Uint8Array());
          const start = Math.floor(from * xml.length);
          parts[part] = strToU8(xml.slice(0, start) + instead + xml.slice(start + length));
        }
        const outcome = await readWord("beitrag.docx", zipSync(parts)).catch((error: unknown) => error);
        if (outcome instanceof Refusal) return;
        if (outcome instanceof Error) throw outcome;
        const { text } = (outcome as Awaited<ReturnType<typeof readWord>>).reading;
        const problems =
          articleTextSchema.safeParse({ ...text, kind: "report", language: "de", title: text.title || "–" }).error
            ?.issues ?? [];
        expect(problems.filter(({ code }) => code !== "too_big")).toEqual([]);
      }),
      { numRuns: Number(process.env.RUNS ?? 60) },
    );
  }, 120_000);
});
