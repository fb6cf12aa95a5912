import { slot } from "../edition/slots.ts";
import type { Publication } from "../publication.ts";
import { fill, type Language, words } from "../words.ts";
import type { Said } from "./answer.ts";

/** Somebody is asked to look an article through, as it will appear. */
export interface ReviewAsked {
  readonly is: "review";
  readonly publication: Publication;
  readonly article: string;
  /** Who asks, by name. */
  readonly by: string;
  /** What they ask to look at above all; "" where nothing. */
  readonly words: string;
  /** As people write it: "30. Dezember 2026". */
  readonly until: string;
}

export function review({ publication, article, by, words: asked, until }: ReviewAsked, language: Language): Said {
  const { review: say } = words(language).answer;
  const details = { publication: publication.title, article, by, until };
  return {
    subject: fill(say.subject, details),
    preheader: fill(say.preheader, details),
    title: say.title,
    asked: fill(say.asked, details),
    items: [{ title: article, detail: "" }],
    button: { label: say.button, url: slot("confirmUrl") },
    after: [
      ...(asked === "" ? [] : [fill(say.words, { ...details, words: asked })]),
      fill(say.valid, details),
      say.alone,
    ],
  };
}
