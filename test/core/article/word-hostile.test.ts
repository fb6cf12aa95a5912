import { beforeAll, describe, expect, it } from "vitest";
import { readWord } from "../../../core/article/word.ts";
import { Refusal } from "../../../core/refusal.ts";
import { refusalSentence } from "../../../core/words.ts";
import { growthDuring } from "../../peak-memory.ts";
import { type Hostile, hostileWordFiles } from "./hostile-word-files.ts";

const files = await hostileWordFiles();

const refusalOf = async (bytes: Uint8Array): Promise<unknown> =>
  readWord("beitrag.docx", bytes).catch((error: unknown) => error);

/** What reading an honest text of some pages takes as well. */
const mostMegabytes = 60;

describe("a Word file that is not what it says", () => {
  // Libraries are loaded and compiled once; no file is to blame for that.
  beforeAll(async () => {
    for (const { bytes } of files) if (bytes.length < 5000) await refusalOf(bytes);
  });

  it.each(files.map((file) => [file.what, file] as const))(
    "is refused in a sentence of its own: %s",
    async (_, file) => {
      let refusal: unknown;
      const growth = await growthDuring(async () => {
        refusal = await refusalOf(file.bytes);
      });
      expect(refusal).toBeInstanceOf(Refusal);
      expect(refusal).toMatchObject({ code: file.refused, details: { name: "beitrag.docx" } });
      for (const language of ["de", "en"] as const) {
        const sentence = refusalSentence(language, refusal as Refusal);
        expect(sentence).toContain("beitrag.docx");
        expect(sentence).not.toMatch(/[{}]/);
      }
      expect(growth ?? 0).toBeLessThan(mostMegabytes);
    },
  );

  it("is refused wherever it was torn", async () => {
    const whole = (files.find(({ what }) => what === "half a document") as Hostile).bytes;
    for (let length = 0; length < whole.length; length += 97) {
      expect(await refusalOf(whole.subarray(0, length))).toBeInstanceOf(Refusal);
    }
  });
});
