import type { Article } from "../article/article.ts";
import type { PictureWords } from "../article/mend.ts";
import { acceptedFiles } from "../article/offered.ts";
import { isStillSo } from "../article/put-pictures.ts";
import { isEmpty, type ListedFile, type Submission } from "../article/submission.ts";
import { textFormatNamed } from "../article/text-format.ts";
import { fileFacts, longDayOf } from "../edition/web/dates.ts";
import { coveringNote } from "../mail/received.ts";
import { sentencesOf } from "../sentences.ts";
import { fill, type Language, noteSentence, refusalSentence, words } from "../words.ts";
import { pictureFields } from "./article-view.ts";
import { askedSentence, commissionView } from "./commission.ts";
import type { Stands } from "./standing.ts";
import { statusOf } from "./submission-status.ts";
import { labelOf, stateOf } from "./submissions.ts";
import { type UnderstoodPicture, understood } from "./understood.ts";

/** One submission: what came, what Kurier understood, what is missing. */

export interface ShownSubmission {
  readonly now: Date;
  readonly language: Language;
  readonly publication: { readonly id: string; readonly timeZone: string };
  readonly submission: Submission;
  readonly files: readonly ListedFile[];
  /** The newest revision; undefined until there is one. */
  readonly article: Article | undefined;
  /** Where the article stands; undefined in the library alone. */
  readonly stands: Stands | undefined;
  /** Who handed it in, in people's words. */
  readonly author: string;
  /** The page's own path: forms are posted below it. */
  readonly at: string;
  /** Whether files may be brought. */
  readonly mayBring: boolean;
  /** The form for one file; undefined where none may be brought. */
  readonly form: { readonly url: string; readonly fields: Readonly<Record<string, string>> } | undefined;
  /** The article's page, for whoever may open it. */
  readonly articleUrl: string | undefined;
  /** Where the article is shown as readers will see it. */
  readonly previewUrl: string | undefined;
  /** Whether whoever looks may send or take back its link. */
  readonly mayCommission: boolean;
  /** Whether whoever looks may say what pictures show. */
  readonly mayDescribe: boolean;
  /** What was typed and not taken, and why. */
  readonly refused?: Untaken | undefined;
}

export interface Untaken {
  readonly sentence: string;
  /** Pasted words. */
  readonly text?: string;
  /** What was said of pictures. */
  readonly pictures?: readonly PictureWords[];
}

export function submissionView(shown: ShownSubmission) {
  const { language, publication, submission, files, article, at, mayBring } = shown;
  const status = statusOf(submission, { files, revision: article?.revision, stands: shown.stands });
  const isReading = status.name === "reading";
  return {
    title: labelOf(submission, article?.title, language),
    ...{
      at,
      mayBring,
      isReading,
      readingSentence: readingSentence(shown),
      state: stateOf(status, language),
      author: shown.author,
    },
    ...{
      day: longDayOf(new Date(submission.at), publication.timeZone, language),
      stand: standOf(submission, files, isLateReading(shown)),
    },
    asked: submission.desk?.asked ? askedSentence(submission.desk.asked, language) : null,
    // Editors read them where the link is.
    askedWords: (!shown.mayCommission && submission.desk?.asked?.words) || null,
    commission: shown.mayCommission ? commissionView(submission, language) : null,
    problems: problemsOf(submission, language, isReading),
    notes: notesOf(shown, isReading),
    isEmpty: isEmpty(submission) && files.length === 0,
    understood: article && submission.state === "ingested" ? understoodView(article, language) : null,
    missing: article && submission.state === "ingested" && shown.mayDescribe ? missingView(article, shown) : null,
    ...{ articleUrl: shown.articleUrl, previewUrl: shown.previewUrl },
    files: files.map(({ name, bytes, etag }) => ({
      ...{ name, etag, bytes, facts: fileFacts(name, bytes, language) },
      mayGo: mayBring && files.length > 1,
    })),
    ...{ accept: acceptedFiles, form: formView(shown.form) },
    paste: pasteView(shown),
    refusal: shown.refused?.text === undefined ? (shown.refused?.sentence ?? null) : null,
  };
}

/** So long one is usually read; a machine with many large photos before it takes longer. */
const usualReadingSeconds = 120;

function isLateReading({ files, now }: ShownSubmission): boolean {
  const came = files.map(({ modifiedAt }) => Date.parse(modifiedAt ?? "")).filter((at) => !Number.isNaN(at));
  return came.length > 0 && now.getTime() - Math.max(...came) > usualReadingSeconds * 1000;
}

function readingSentence(shown: ShownSubmission): string {
  const say = words(shown.language).desk.submission;
  return isLateReading(shown) ? say.readingLate : say.reading;
}

/** Changes whenever there is something new to see. */
const standOf = ({ version }: Submission, files: readonly ListedFile[], isLate: boolean): string =>
  [version, ...(isLate ? ["late"] : []), ...files.map(({ etag }) => etag.replaceAll('"', "").slice(0, 12))].join("-");

/** Why there is no article, and which pictures are waited for. */
function problemsOf(submission: Submission, language: Language, isReading: boolean): string[] {
  if (isReading) return [];
  if (submission.state === "refused")
    return sentencesOf(language, submission.refusals, (one) => refusalSentence(language, one));
  if (submission.state !== "waiting" || submission.waitingFor.length === 0) return [];
  return [fill(words(language).desk.submission.waitingFor, { pictures: submission.waitingFor.join(", ") })];
}

function notesOf({ submission, article, language }: ShownSubmission, isReading: boolean): string[] {
  const { mail, notes } = submission;
  const standing = notes.filter((one) => isStillSo(one, article));
  const all = [...coveringNote(mail?.words ?? ""), ...(mail?.notes ?? []), ...(isReading ? [] : standing)];
  return sentencesOf(language, all, (one) => noteSentence(language, one));
}

function understoodView(article: Article, language: Language) {
  const { authors, letters, pictures, ...head } = understood(article);
  const say = words(language).desk.submission;
  return {
    ...{ ...head, revision: article.revision },
    authors: authors.map(({ name, role }) => [name, role].filter(Boolean).join(", ")),
    length: fill(say.letters, { letters: new Intl.NumberFormat(language).format(letters) }),
    pictures: pictures.map((picture, index) => pictureView(picture, index, language)),
    asks: pictures.some(({ asks }) => asks.length > 0),
  };
}

function pictureView(picture: UnderstoodPicture, index: number, language: Language) {
  const say = words(language).desk.submission;
  const has = (what: UnderstoodPicture["asks"][number]): boolean => picture.asks.includes(what);
  return {
    ...picture,
    kind: picture.isPortrait ? say.portrait : picture.isDecorative ? say.decorative : "",
    askField: { caption: has("caption"), credit: has("credit"), alt: has("alt") },
    id: `picture-${index + 1}`,
    asks: picture.asks.length > 0,
  };
}

/** A form for what nobody said of the pictures yet; what somebody typed when another was quicker stands in it again. */
function missingView(article: Article, { publication, refused, language }: ShownSubmission) {
  const asks = new Map(understood(article).pictures.map((picture) => [picture.name, picture.asks]));
  const typed = new Map((refused?.pictures ?? []).map((one) => [one.name, one]));
  const pictures = pictureFields(article, publication.id, language, refused?.pictures).flatMap((picture) => {
    const said = typed.get(picture.name);
    const isAsked = (field: "caption" | "credit" | "alt"): boolean =>
      picture.places !== null || (asks.get(picture.name) ?? []).includes(field) || said?.[field] !== undefined;
    const ask = { caption: isAsked("caption"), credit: isAsked("credit"), alt: isAsked("alt") };
    return ask.caption || ask.credit || ask.alt ? [{ ...picture, ask }] : [];
  });
  return pictures.length > 0 ? { revision: article.revision, pictures } : null;
}

const formView = (form: ShownSubmission["form"]) =>
  form ? { url: form.url, fields: Object.entries(form.fields).map(([name, value]) => ({ name, value })) } : null;

/** The etag of the text that stands there goes along: nothing is replaced that its author has not seen. */
function pasteView({ files, refused, language }: ShownSubmission) {
  const [standing] = files.filter(({ name }) => textFormatNamed(name) !== undefined);
  const say = words(language).desk.submission;
  const wasTyped = refused?.text !== undefined;
  return {
    seen: standing?.etag ?? "",
    hint: [say.pasteHint, ...(standing ? [fill(say.replaces, { name: standing.name })] : [])].join(" "),
    ...{ text: refused?.text ?? "", problem: wasTyped ? (refused?.sentence ?? "") : "", isOpen: wasTyped || !standing },
  };
}
