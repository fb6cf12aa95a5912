import { parentPort, workerData } from "node:worker_threads";
import { readWord, type WordDocument, type WordReading } from "../core/article/word.ts";
import { type Details, Refusal, type RefusalCode } from "../core/refusal.ts";

/** In a thread of its own: reads one Word file, tells what it read, and then hands over one picture after the other. */

export interface WordInHand {
  readonly name: string;
  readonly bytes: Uint8Array;
}
/** First the reading, or why there is none; then a picture for every name asked for. */
export type WordAnswer =
  | { readonly reading: WordReading }
  | { readonly picture: Uint8Array }
  | { readonly refused: { readonly code: RefusalCode; readonly details: Details } };

const door = parentPort;
if (!door) throw new Error("only a thread of its own reads Word files");

async function orRefused(answer: () => Promise<WordAnswer>): Promise<void> {
  try {
    tell(await answer());
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    tell({ refused: { code: refusal.code, details: refusal.details } });
  }
}

/** A picture's bytes change hands instead of being copied: they are always its own. */
const tell = (answer: WordAnswer): void =>
  door?.postMessage(answer, "picture" in answer ? [answer.picture.buffer as ArrayBuffer] : []);

let document: WordDocument | undefined;
door.on("message", (name: string) =>
  orRefused(async () => {
    const picture = await document?.picture(name);
    // A slice of something larger would take all of it along.
    return { picture: Uint8Array.from(picture ?? []) };
  }),
);
const { name, bytes } = workerData as WordInHand;
await orRefused(async () => {
  document = await readWord(name, bytes);
  return { reading: document.reading };
});
