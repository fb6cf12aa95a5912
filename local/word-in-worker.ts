import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { WordDocument } from "../core/article/word.ts";
import { Refusal } from "../core/refusal.ts";
import type { OpenWord } from "../functions/read-word.ts";
import type { WordAnswer, WordInHand } from "./word-worker.ts";

/** As on AWS, where the function of its own has so long for all of it. */
const answerMilliseconds = 30_000;
/** Of what JavaScript holds, in megabytes; bytes of pictures are not among it, and the reader counts them itself. */
const resourceLimits = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 64 };

/**
 * Opens Word files in a thread of their own, so that no file takes the server down or holds it up: a thread that takes too
 * much memory or too long is ended.
 */
export const wordInWorker =
  (worker: URL = new URL("./word-worker.ts", import.meta.url), milliseconds = answerMilliseconds): OpenWord =>
  async (name, bytes, use) => {
    const own = Uint8Array.from(bytes);
    const workerData: WordInHand = { name, bytes: own };
    const thread = new Worker(worker, { workerData, transferList: [own.buffer], resourceLimits, stdin: false });
    try {
      return await use(await documentIn(thread, name, milliseconds));
    } finally {
      await thread.terminate();
    }
  };

async function documentIn(thread: Worker, name: string, milliseconds: number): Promise<WordDocument> {
  const answer = (): Promise<WordAnswer> => answerOf(thread, name, milliseconds);
  const first = await answer();
  if (!("reading" in first)) throw new Error("a reader handed over a picture before its text");
  return {
    reading: first.reading,
    async picture(wanted) {
      thread.postMessage(wanted);
      const next = await answer();
      if (!("picture" in next)) throw new Error("a reader handed over a text for a picture");
      return next.picture;
    },
  };
}

/** @throws Refusal `word-too-hard`, and every refusal of the reader */
async function answerOf(thread: Worker, name: string, milliseconds: number): Promise<WordAnswer> {
  const [answer] = (await once(thread, "message", { signal: AbortSignal.timeout(milliseconds) }).catch(
    (trouble: Error & { code?: string }) => {
      const isTooHard = trouble.name === "AbortError" || trouble.code === "ERR_WORKER_OUT_OF_MEMORY";
      throw isTooHard ? new Refusal("word-too-hard", { name }) : trouble;
    },
  )) as [WordAnswer];
  if ("refused" in answer) throw new Refusal(answer.refused.code, answer.refused.details);
  return answer;
}
