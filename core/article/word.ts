import { Refusal } from "../refusal.ts";
import type { MarkdownReading } from "./markdown.ts";

/** What was read out of a Word document: its text, and the pictures that lie in it. */
export interface WordReading extends MarkdownReading {
  readonly pictures: readonly WordPicture[];
}
export interface WordPicture {
  readonly name: string;
  readonly bytes: number;
}
export interface WordDocument {
  readonly reading: WordReading;
  picture(name: string): Promise<Uint8Array>;
}

/** STAND-IN until branch word lands. */
export async function readWord(name: string, _bytes: Uint8Array): Promise<WordDocument> {
  throw new Refusal("word-too-hard", { name });
}
