import { slot } from "../edition/slots.ts";
import type { Publication } from "../publication.ts";
import { fill, type Language, words } from "../words.ts";
import { type Said, spokenTime } from "./answer.ts";

/** What is sent to somebody without an account who is to approve an issue. */
export interface Approving {
  readonly is: "approval";
  readonly publication: Publication;
  /** "01|26" */
  readonly issue: string;
  readonly theme: string;
  readonly name: string;
  /** Who asks; undefined where nobody of that name is known. */
  readonly asker: string | undefined;
  /** Until then the link is good: an instant. */
  readonly until: string;
}

export function approval({ publication, issue, theme, name, asker, until }: Approving, language: Language): Said {
  const { approval: say } = words(language).answer;
  const { title, timeZone } = publication;
  const details = { publication: title, issue, name, asker: asker ?? title };
  return {
    subject: fill(say.subject, details),
    preheader: fill(say.preheader, details),
    title: fill(say.title, details),
    asked: fill(say.asked, details),
    items: [{ title: theme, detail: fill(say.issue, details) }],
    button: { label: say.button, url: slot("confirmUrl") },
    after: [say.choice, fill(say.valid, { until: spokenTime(until, timeZone, language) }), say.ignore],
  };
}
