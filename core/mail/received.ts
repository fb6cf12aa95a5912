import type { Submission } from "../article/submission.ts";
import { dateFormat } from "../formats.ts";
import type { Publication } from "../publication.ts";
import { type Note, note } from "../refusal.ts";
import type { HandedIn } from "./hand-in.ts";

/** A submission as it stands once a mail's files belong to it, and what is kept of the mail itself. */

export type MailOf = NonNullable<Submission["mail"]>;

/** The editor reads a covering letter, not a book. */
const mostLetters = 5_000;

/** @param before what earlier mails to the same submission said */
export const mailOf = (id: string, { files, words, notes }: HandedIn, before?: MailOf): MailOf => ({
  id,
  files: files.map(({ name }) => name),
  words: [before?.words ?? "", words].filter(Boolean).join("\n\n").slice(0, mostLetters).toWellFormed(),
  notes,
});

/** Waits for its files to be read. `contentId` is of no files at all. */
export const newSubmission = (
  { publication, id, by, at }: Pick<Submission, "publication" | "id" | "by" | "at">,
  from: Pick<Submission, "mail" | "desk">,
): Submission => ({
  ...{ v: 1, version: 1, publication, id, by, at, contentId: "", notes: [], ...from },
  ...{ state: "waiting", waitingFor: [] },
});

/** "2026-11-30", where the publication is at home. */
export const dayAt = ({ timeZone }: Pick<Publication, "timeZone">, now: Date): string =>
  dateFormat("sv-SE", { dateStyle: "short", timeZone }).format(now);

/** Said of a covering letter, so that its author knows where it went. */
export const coveringNote = (words: string): Note[] => (words === "" ? [] : [note("mail-words-aside")]);
