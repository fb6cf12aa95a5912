import { slugOf } from "../article/slug.ts";
import type { Language } from "../words.ts";

/** "AW:", "Re[2]:", "WG:", and whatever stacks up of them. */
const prefixes = /^(?:\s*(?:re|aw|antw|antwort|wg|fw|fwd)(?:\[\d+\])?\s*:)+\s*/i;
/** Stands in the subject of a receipt; an answer to it brings it back. */
const named = /\[(\d{4}-\d{2}-\d{2}-[a-z0-9-]{1,100})\]/;

/** A forwarded mail's words are somebody's article, and no quote. */
export const isForwarded = (subject: string): boolean => /^\s*(?:wg|fw|fwd)\s*:/i.test(subject);

/** The submission an author names, if any. */
export const submissionNamed = (subject: string): string | undefined => named.exec(subject)?.[1];

/** What the author wrote there themselves. */
export const ownSubject = (subject: string): string =>
  subject.replace(prefixes, "").replace(named, "").replace(/\s+/g, " ").trim();

/** "2026-11-30-ein-schalter-der-zuhoert". @param day where the publication is at home */
export const submissionIdOf = (subject: string, day: string, language: Language): string =>
  `${day}-${slugOf(ownSubject(subject), language)}`;
