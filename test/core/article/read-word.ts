import { expect } from "vitest";
import { articleTextSchema, type Block, type Inline } from "../../../core/article/article.ts";
import { plain } from "../../../core/article/plain.ts";
import { readWord, type WordReading } from "../../../core/article/word.ts";
import { noteSentence } from "../../../core/words.ts";
import { type Parts, paragraph, wordFile } from "./word-files.ts";

/** Small documents and what is read out of them; every reading fits the schema, every note has its sentence. */

export const sentence = "Wer dienstags kommt, hat eine Frage und einen Zettel in der Hand, und beides wird gebraucht.";
export const another =
  "Am Mittwoch ist geschlossen, am Donnerstag dafür bis in den Abend hinein geöffnet, auch im Winter.";
export const title = paragraph("Ein Schalter, der zuhört", "Titel");
export const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]);
export const jpeg = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0, 0, 0]);

export async function read(parts: Parts | string): Promise<WordReading> {
  const { reading } = await readWord("beitrag.docx", wordFile(typeof parts === "string" ? { body: parts } : parts));
  for (const note of reading.notes)
    for (const language of ["de", "en"] as const) expect(noteSentence(language, note)).not.toMatch(/[{}]/);
  const text = { ...reading.text, title: reading.text.title || "–", kind: "report", language: "de" };
  expect(articleTextSchema.safeParse(text).error?.issues).toBeUndefined();
  return reading;
}
export const textOf = async (parts: Parts | string): Promise<WordReading["text"]> => (await read(parts)).text;
export const blocksOf = async (parts: Parts | string): Promise<readonly Block[]> => (await textOf(parts)).blocks;
export const codes = ({ notes }: WordReading): string[] => notes.map(({ code }) => code);
/** "heading2: Was kommt", one line a block. */
export const outline = (blocks: readonly Block[]): string[] =>
  blocks.map((block) => {
    if (block.type === "heading") return `heading${block.level}: ${plain(block.content)}`;
    return block.type === "paragraph" ? plain(block.content) : block.type;
  });
export const words = (text: string): Inline => ({ type: "text", text });
