import { issueName } from "./keys.ts";

/** Every path of the files, in one place. Publication in every path. */

/** A mail as it came in, until something was made of it. */
export const mailFile = (publication: string, id: string): string => `mail/${publication}/${id}`;
export const submissionFolder = (publication: string, submission: string): string =>
  `submissions/${publication}/${submission}/`;
/** What was read out of one Word file, by the hash of its name and content; gone after a month. */
export const readingFolder = (publication: string, submission: string, digest: string): string =>
  `readings/${publication}/${submission}/${digest}/`;
/** `digest` is the hash of the text: two ingests at once never write into each other's file. */
export const articleFile = (publication: string, article: string, revision: number, digest: string): string =>
  `articles/${publication}/${article}/${String(revision).padStart(6, "0")}-${digest.slice(0, 16)}.json`;
/** A list of readers as it was brought to the desk; gone as soon as they are taken in, or after a day. */
export const importFolder = (publication: string, id: string): string => `imports/${publication}/${id}/`;
/** A file for readers on its way to an issue; its id is no list's, for who attaches files need not see readers. */
export const attachmentFolder = (publication: string, id: string): string =>
  importFolder(publication, `attachment-${id}`);
/** A logo as it was brought to the desk: one file for each ground, the last one that came. */
export const logoFolder = (publication: string): string => `logos/${publication}/`;
export const logoFile = (publication: string, ground: string): string => logoFolder(publication) + ground;
/** A picture exactly as it was handed in, less nothing: private. */
export const originalFile = (publication: string, sha256: string): string => `originals/${publication}/${sha256}`;
/** What was public and is kept back, under the path it had: private. */
export const withheldFile = (publication: string, path: string): string => `withheld/${publication}/${path}`;
/** A file readers may take along, before anybody may have it: private. */
export const downloadFile = (publication: string, sha256: string): string => `downloads/${publication}/${sha256}`;
export const editionFolder = (publication: string, issue: string, fingerprint: string, language: string): string =>
  `editions/${publication}/${issue}/${fingerprint}/${language}/`;
/** A file somebody is to fetch by a link, with readers' addresses in it: private, and gone the day after. */
export const handoutFolder = (publication: string, id: string): string => `handouts/${publication}/${id}/`;
/** What the world sees below a publication's base address. */
export const publicFile = (publication: string, path: string): string => `public/${publication}/${path}`;
/** What no restored table may forget; in the order it was written. */
export const journalFolder = "journal/";
export const journalFile = (at: string, id: string): string =>
  `${journalFolder}${at.slice(0, 10).replaceAll("-", "/")}/${at}-${id}.json`;
/** What became of the readers of one round, kept for good. */
export const ledgerFile = (publication: string, issue: string, round: string): string =>
  `ledger/${issueName(publication, issue)}/${round}.ndjson.gz`;
