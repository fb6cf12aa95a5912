import * as z from "zod";
import { digestOf } from "../digest.ts";
import type { Details, NoteCode, RefusalCode } from "../refusal.ts";

/** Files an author hands in: waiting, ingested or refused. One submission makes one article of the same id. */

/** Letters, digits, spaces, ".", "_", "-"; one segment. "#" and "/" would tear keys and paths. */
export const submissionId = z
  .string()
  .max(120)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u)
  .refine((id) => !id.includes("..") && id === id.normalize("NFC").trim());

/** One segment, NFC, at most 200 characters, nothing a path or a header could trip over. */
export const isFileName = (name: string): boolean =>
  name.length > 0 &&
  name.length <= 200 &&
  name === name.normalize("NFC") &&
  name === name.trim() &&
  !/[\p{Cc}/\\]|^\.\.?$/u.test(name);

/**
 * The file an author means: "bilder/Mein%20Foto.jpg" is "Mein Foto.jpg", because a submission has no folders.
 * Undefined when no file can be meant.
 */
export function fileNameOf(typed: string): string | undefined {
  const name = unescaped(typed).normalize("NFC").split(/[/\\]/).at(-1)?.trim() ?? "";
  return isFileName(name) ? name : undefined;
}

function unescaped(typed: string): string {
  try {
    return decodeURIComponent(typed);
  } catch {
    return typed;
  }
}

/** A file as listed: its etag (or any hash) changes with its content. */
export interface ListedFile {
  readonly name: string;
  readonly bytes: number;
  readonly etag: string;
  /** When it came; undefined where nobody looked. */
  readonly modifiedAt?: string;
}

/**
 * Hash over NFC names and contents: the same files in any order have the same id.
 *
 * @param reading etag of what was read out of a Word file among them: that it came is news
 */
export function contentId(files: readonly Pick<ListedFile, "name" | "etag">[], reading?: string): string {
  const named = files.map(({ name, etag }) => JSON.stringify([name.normalize("NFC"), etag]));
  const lines = [...named, ...(reading === undefined ? [] : [JSON.stringify([reading])])].sort();
  return digestOf(lines.join("\n"));
}

const code = <C extends string>() => z.custom<C>((value) => typeof value === "string");
const details = z.custom<Details>((value) => typeof value === "object" && value !== null);
const noteSchema = z.object({ code: code<NoteCode>(), details });
const refusalSchema = z.object({ code: code<RefusalCode>(), details });

/** What a printed page says about itself before its text begins. */
const mastheadSchema = z.strictObject({
  /** Bold and light half of the wordmark; together they are the title. */
  titleParts: z.tuple([z.string(), z.string()]),
  subtitle: z.string(),
  claim: z.string(),
  number: z.int().nullable(),
  year: z.int().nullable(),
  theme: z.string(),
  publisherName: z.string(),
  /** Every line that was read as masthead, as it stood there: no word is lost. */
  lines: z.array(z.string()).readonly(),
});
export type Masthead = z.infer<typeof mastheadSchema>;

/** What is kept of the mail whose files these are. */
const mailSchema = z.object({
  /** The last mail that brought files; its own, so that it is taken in once. */
  id: z.string(),
  files: z.array(z.string()).readonly(),
  /** A covering letter: the editor reads it, it is not printed. */
  words: z.string(),
  notes: z.array(noteSchema).readonly(),
});

/** An author was asked for it, and got a personal link. */
const askedSchema = z.object({
  /** "2026-02" */
  issue: z.string(),
  /** The last day on which the link takes files. */
  until: z.iso.date(),
  /** What the editors wrote beside it; "" where nothing. */
  words: z.string().max(2000),
  /** The link is good for nothing any more. */
  isRevoked: z.boolean(),
});
export type AskedFor = z.infer<typeof askedSchema>;

/** What is kept of a submission that was begun at the desk, before there was any file. */
const deskSchema = z.object({
  /** The desk's origin: letters to its author lead back there. */
  url: z.string(),
  /** What it is about, in its author's words; "" where nobody said. */
  title: z.string().max(300),
  asked: askedSchema.optional(),
});

const common = {
  v: z.literal(1),
  version: z.int().min(1),
  publication: z.string(),
  id: z.string(),
  /** The person who handed it in; "operator" for files put straight into the bucket. */
  by: z.string(),
  at: z.string(),
  contentId: z.string(),
  /** The same of its files alone, whatever was read out of them. Rows from before there was one say so by none. */
  filesId: z.string().optional(),
  notes: z.array(noteSchema).readonly(),
  mail: mailSchema.optional(),
  desk: deskSchema.optional(),
};

export const submissionSchema = z.discriminatedUnion("state", [
  z.object({
    ...common,
    state: z.literal("waiting"),
    /** Names of pictures the text names; empty while the text itself has not come. */
    waitingFor: z.array(z.string()).readonly(),
  }),
  z.object({
    ...common,
    state: z.literal("ingested"),
    revision: z.int().min(1),
    masthead: mastheadSchema.nullable(),
  }),
  z.object({ ...common, state: z.literal("refused"), refusals: z.array(refusalSchema).min(1).readonly() }),
]);
export type Submission = z.infer<typeof submissionSchema>;
export const submissionStates = ["waiting", "refused", "ingested"] as const satisfies readonly Submission["state"][];

/** What files do not say and no new reading of them may forget. */
export const besideFiles = ({ mail, desk }: Submission): Pick<Submission, "mail" | "desk"> => ({
  ...(mail && { mail }),
  ...(desk && { desk }),
});

/** Nobody has handed in a file yet: {@link contentId} is of none. */
export const isEmpty = ({ contentId }: Submission): boolean => contentId === "";

/** Whether a submission's row speaks of the files that lie there now, read to their end. */
export const isRead = (
  { contentId: read, filesId = read, notes }: Submission,
  files: readonly Pick<ListedFile, "name" | "etag">[],
): boolean => files.length === 0 || (filesId === contentId(files) && !notes.some(({ code }) => code === "being-read"));
