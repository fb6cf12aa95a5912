import { slot } from "../edition/slots.ts";
import { longDay } from "../edition/web/dates.ts";
import type { Publication } from "../publication.ts";
import { fill, type Language, words } from "../words.ts";
import type { Said } from "./answer.ts";

/** Letters to authors that nobody of them asked for: an article is wanted of them, or has appeared. */

export interface Commission {
  readonly is: "commission";
  readonly publication: Publication;
  /** "02|26" */
  readonly issue: string;
  /** The last day on which the link takes files. */
  readonly until: string;
  /** What it is about, and what the editors wrote beside it; "" where nothing. */
  readonly title: string;
  readonly words: string;
  /** It is the second letter. */
  readonly reminds: boolean;
}

export function commission(
  { publication, issue, until, title, words: said, reminds }: Commission,
  language: Language,
): Said {
  const { commission: say } = words(language).answer;
  const day = longDay(until, language);
  const details = { publication: publication.title, issue, day };
  return {
    subject: fill(reminds ? say.reminderSubject : say.subject, details),
    preheader: fill(say.preheader, details),
    title: fill(reminds ? say.reminderTitle : say.title, details),
    asked: fill(reminds ? say.reminderAsked : say.asked, details),
    items: title || said ? [{ title: title || say.about, detail: said }] : [],
    button: { label: say.button, url: slot("confirmUrl") },
    after: [say.how, fill(say.valid, details), say.ignore],
  };
}

export interface Appeared {
  readonly is: "appeared";
  readonly publication: Publication;
  /** "02|26" */
  readonly issue: string;
  readonly theme: string;
  readonly url: string;
  readonly articles: readonly { readonly title: string }[];
}

export function appeared({ publication, issue, theme, url, articles }: Appeared, language: Language): Said {
  const { appeared: say } = words(language).answer;
  const details = { publication: publication.title, issue, theme };
  return {
    subject: fill(say.subject, details),
    preheader: fill(say.preheader, details),
    title: say.title,
    asked: fill(say.asked, details),
    items: articles.map(({ title }) => ({ title, detail: "" })),
    button: { label: say.button, url },
    after: [say.thanks],
  };
}
