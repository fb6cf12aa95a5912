import * as z from "zod";
import { Refusal } from "../refusal.ts";
import { words } from "../words.ts";
import { articleTextSchema } from "./article.ts";
import type { WordReading } from "./word.ts";

/**
 * What became of one Word file, as it is kept until its submission is taken in. Whoever wrote it has had hostile bytes in
 * hand: every part of it is looked at again.
 */
export type Manuscript = WordReading | readonly Refusal[];

export const isRefused = (manuscript: Manuscript): manuscript is readonly Refusal[] => Array.isArray(manuscript);

/** A long article has twenty pictures; more than these, and ingest would not be done in its time. */
const mostPictures = 100;

/** @throws Refusal `word-many-pictures` */
export function demandFewPictures(name: string, { pictures }: WordReading): void {
  if (pictures.length <= mostPictures) return;
  throw new Refusal("word-many-pictures", { name, pictures: pictures.length, most: mostPictures });
}

/** About 150 phone photos as they are; a Lambda holds the file and one picture of it at a time. */
export const maxWordBytes = 100_000_000;

/** @throws Refusal `word-file-large` */
export function demandWordSize(name: string, bytes: number): void {
  if (bytes <= maxWordBytes) return;
  throw new Refusal("word-file-large", { name, megabytes: Math.ceil(bytes / 1e6), most: maxWordBytes / 1e6 });
}

/** A sentence somebody will read: its code is one of ours. */
const saidOf = <C extends string>(sentences: Readonly<Record<C, string>>) =>
  z.strictObject({
    code: z.enum(Object.keys(sentences) as [C, ...C[]]),
    details: z.record(z.string(), z.union([z.string(), z.number()])),
  });
const { refusal, note } = words("de");
const text = articleTextSchema
  .extend({
    kind: articleTextSchema.shape.kind.optional(),
    language: articleTextSchema.shape.language.optional(),
    // Where there is none, ingest assumes one and says so.
    title: z.string().max(500),
  })
  .transform((parsed) => ({ ...parsed, kind: parsed.kind, language: parsed.language }));
const reading = z.strictObject({
  text,
  credit: z.string().nullable(),
  decorative: z.array(z.string()).readonly(),
  notes: z.array(saidOf(note)).readonly(),
  pictures: z.array(z.strictObject({ name: z.string(), bytes: z.int().min(0) })).readonly(),
});
const manuscript = z.discriminatedUnion("state", [
  z.strictObject({ v: z.literal(1), state: z.literal("read"), reading }),
  z.strictObject({
    v: z.literal(1),
    state: z.literal("refused"),
    refusals: z.array(saidOf(refusal)).min(1).readonly(),
  }),
]);

/** JSON of a manuscript. */
export function printManuscript(read: Manuscript): string {
  if (!isRefused(read)) return JSON.stringify({ v: 1, state: "read", reading: read });
  return JSON.stringify({ v: 1, state: "refused", refusals: read.map(({ code, details }) => ({ code, details })) });
}

/** A text no article can hold is refused, part by part. @throws when it is no manuscript at all */
export function parseManuscript(json: string): Manuscript {
  const { data, error } = manuscript.safeParse(JSON.parse(json));
  if (data)
    return data.state === "read" ? data.reading : data.refusals.map((one) => new Refusal(one.code, one.details));
  const fields = error.issues.map(({ path: [top, part, field] }) =>
    top === "reading" && part === "text" ? field : undefined,
  );
  if (fields.some((field) => field === undefined)) throw new Error("not what was read out of a Word file");
  return [...new Set(fields)].map((field) => new Refusal("article-bounds", { field: String(field) }));
}
