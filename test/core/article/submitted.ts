import { createHash } from "node:crypto";
import { decide, type Outcome, readText } from "../../../core/article/ingest.ts";
import { type MadePicture, makePicture } from "../../../core/article/picture.ts";
import { sortFiles } from "../../../core/article/sort-files.ts";
import { Refusal } from "../../../core/refusal.ts";
import { noteSentence, refusalSentence } from "../../../core/words.ts";

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** What becomes of files, without any cloud. */
export async function outcomeOf(files: Files): Promise<Outcome> {
  const bodies = new Map(Object.entries(files).map(([name, body]) => [name, Buffer.from(body)]));
  const etag = (body: Uint8Array) => createHash("sha256").update(body).digest("hex");
  const sorted = sortFiles([...bodies].map(([name, body]) => ({ name, bytes: body.length, etag: etag(body) })));
  const reading = readText(sorted, sorted.text && bodies.get(sorted.text.stored));
  const pictures = new Map<string, MadePicture | Refusal>();
  for (const { name, stored } of sorted.pictures) pictures.set(name, await pictureOf(name, bodies.get(stored)));
  return decide(reading, pictures);
}

async function pictureOf(name: string, bytes: Uint8Array = new Uint8Array()): Promise<MadePicture | Refusal> {
  try {
    return await makePicture(name, bytes);
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal;
    throw refusal;
  }
}

/** Every sentence an author gets, in both languages. */
export function sentences(outcome: Outcome): { de: string; en: string } {
  const refusals = outcome.state === "refused" ? outcome.refusals : [];
  const say = (language: "de" | "en") =>
    [
      ...refusals.map((refusal) => refusalSentence(language, refusal)),
      ...outcome.notes.map((each) => noteSentence(language, each)),
    ].join("\n");
  return { de: say("de"), en: say("en") };
}
