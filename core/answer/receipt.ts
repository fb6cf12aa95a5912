import type { Submission } from "../article/submission.ts";
import { slot } from "../edition/slots.ts";
import { absoluteAt } from "../edition/web/address.ts";
import { coveringNote } from "../mail/received.ts";
import { type Publication, paths } from "../publication.ts";
import type { Details, Note, RefusalCode } from "../refusal.ts";
import { sentencesOf } from "../sentences.ts";
import { fill, type Language, noteSentence, refusalSentence, words } from "../words.ts";
import type { Said } from "./answer.ts";

/** Answers to mails that came to the address for submissions. */

export interface Receipt {
  readonly is: "receipt";
  readonly publication: Publication;
  /** Of the author's mail. */
  readonly subject: string;
  /** Undefined where none was made of it. */
  readonly submission: Submission | undefined;
  /** Whether its row speaks of all that lies there. */
  readonly isRead: boolean;
  readonly refused: { readonly code: RefusalCode; readonly details: Details } | undefined;
}

/** Names and notes a mail holds without becoming a list nobody reads. */
const mostSaid = 20;

/** What an author hears: what came, what was made of it, and what they can do. */
export function receipt({ subject, submission, isRead, refused }: Receipt, language: Language): Said {
  const { receipt: say } = words(language).answer;
  if (!submission) return refusal(subject, refused, language);
  const files = submission.mail?.files ?? [];
  const shown = files.slice(0, mostSaid).map((title) => ({ title, detail: "" }));
  const more = files.length - shown.length;
  return {
    subject: fill(say.subject, { subject: subject || submission.id, submission: submission.id }),
    preheader: say.preheader,
    title: say.title,
    asked: fill(files.length > 0 ? say.asked : say.nothing, { subject }),
    items: more > 0 ? [...shown, { title: fill(say.more, { files: more }), detail: "" }] : shown,
    button: null,
    after: [
      ...(isRead ? outcome(submission, language, say.waiting) : [say.reading]),
      ...hints(submission, isRead, language),
      say.reply,
    ],
  };
}

/** What an author brought at the desk. */
export interface HandedIn {
  readonly is: "handed-in";
  readonly publication: Publication;
  /** As its author knows it: the article's title, or what they called it. */
  readonly title: string;
  readonly submission: Submission;
  readonly files: readonly string[];
}

/** The same for what was brought at the desk; it leads back there. */
export function handedIn({ title, submission, files }: HandedIn, language: Language): Said {
  const { receipt: say } = words(language).answer;
  const shown = files.slice(0, mostSaid).map((name) => ({ title: name, detail: "" }));
  const more = files.length - shown.length;
  return {
    subject: fill(say.deskSubject, { title }),
    preheader: say.preheader,
    title: say.title,
    asked: fill(say.deskAsked, { title }),
    items: more > 0 ? [...shown, { title: fill(say.more, { files: more }), detail: "" }] : shown,
    button: { label: say.deskButton, url: slot("confirmUrl") },
    after: [...outcome(submission, language, say.deskWaiting), ...hints(submission, true, language)],
  };
}

function refusal(subject: string, refused: Receipt["refused"], language: Language): Said {
  const { receipt: say } = words(language).answer;
  return {
    subject: fill(say.refusedSubject, { subject }),
    preheader: say.refusedPreheader,
    title: say.refusedTitle,
    asked: fill(say.refusedAsked, { subject }),
    ...{ items: [], button: null },
    after: refused ? [refusalSentence(language, refused)] : [],
  };
}

function outcome(submission: Submission, language: Language, waiting: string): string[] {
  const { receipt: say } = words(language).answer;
  if (submission.state === "ingested") return [say.ingested];
  if (submission.state === "refused") return [say.refused, ...refusalsOf(submission, language)];
  const { waitingFor } = submission;
  return waitingFor.length > 0 ? [fill(waiting, { pictures: waitingFor.slice(0, mostSaid).join(", ") })] : [];
}

const refusalsOf = ({ refusals }: Extract<Submission, { state: "refused" }>, language: Language): string[] =>
  sentencesOf(language, refusals, (one) => refusalSentence(language, one)).slice(0, mostSaid);

/** Notes of an earlier reading would speak of files that are no more. */
function hints({ mail, notes }: Submission, isRead: boolean, language: Language): string[] {
  const all: Note[] = [...coveringNote(mail?.words ?? ""), ...(mail?.notes ?? []), ...(isRead ? notes : [])];
  const sentences = sentencesOf(language, all, (one) => noteSentence(language, one)).slice(0, mostSaid);
  return sentences.length > 0 ? [words(language).answer.receipt.hints, ...sentences] : [];
}

/** Somebody nobody knows: told where they are, and that nothing of theirs is kept. */
export function stranger({ title, submissions, sender, ...publication }: Publication, language: Language): Said {
  const { stranger: say } = words(language).answer;
  const details = { publication: title, address: submissions ?? sender.from, desk: sender.replyTo };
  return {
    subject: fill(say.subject, details),
    preheader: say.preheader,
    title: say.title,
    asked: fill(say.asked, details),
    items: [],
    button: submissions === undefined ? null : { label: say.button, url: submitUrl(publication) },
    after: [fill(say.desk, details), say.once],
  };
}

const submitUrl = ({ baseUrl, language }: Pick<Publication, "baseUrl" | "language">): string =>
  absoluteAt(baseUrl)(`${paths[language].submit}/`);
