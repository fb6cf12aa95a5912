import { slot } from "../edition/slots.ts";
import { oneLine } from "../edition/visible.ts";
import type { Publication } from "../publication.ts";
import { fill, type Language, words } from "../words.ts";
import type { Said } from "./answer.ts";

/** Whoever asked somebody to look through an article, or to approve an issue, hears what they said. */
export interface Answered {
  readonly is: "answered";
  readonly publication: Publication;
  /** What was said, and of what: an article by its title, or an issue as "01|26". */
  readonly answer: "agreed" | "wishes" | "approved" | "declined";
  readonly what: string;
  /** Who said it, by name. */
  readonly name: string;
  /** What they wrote beside it; "" where nothing. */
  readonly words: string;
}

export function answered({ publication, answer, what, name, words: wrote }: Answered, language: Language): Said {
  const { answered: say } = words(language).answer;
  const details = { publication: publication.title, what, name };
  const isOfArticle = answer === "agreed" || answer === "wishes";
  return {
    subject: fill(say[answer].subject, details),
    preheader: fill(say.preheader, details),
    title: fill(say[answer].title, details),
    asked: fill(say[answer].asked, details),
    items: wrote === "" ? [] : [{ title: fill(say.words, details), detail: oneLine(wrote) }],
    button: { label: isOfArticle ? say.article : say.issue, url: slot("confirmUrl") },
    after: [say[answer].next],
  };
}
