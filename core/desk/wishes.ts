import { shorten } from "../article/plain.ts";
import { type Issue, issueLabel } from "../issue/issue.ts";
import { fill, type Language, words } from "../words.ts";
import { issueUrl } from "./issue-frame.ts";
import { type Named, nameOf } from "./name-of.ts";
import type { Review } from "./review.ts";
import type { Task } from "./start.ts";

/** Somebody wishes for changes: it waits for an editor, with the way to where their words stand. */

/** Of what they wrote; the rest is read where it stands. */
const longestQuote = 140;

/** Instead of approving a build. */
export interface SaidNo {
  readonly issue: Issue;
  readonly name: string;
  readonly words: string;
}

export function declinedTask({ issue, name, words: said }: SaidNo, language: Language): Task {
  return {
    url: `${issueUrl(issue)}/sending#approval`,
    label: `${issueLabel(issue)} ${issue.theme.title}`,
    what: wishOf(name, said, language),
    state: { label: words(language).desk.sending.answers.states.declined, tone: "stops" },
  };
}

/** @param review one whose answer asks for changes @param title of its article */
export function wishTask(
  review: Review,
  {
    title,
    people,
    language,
  }: { readonly title: string; readonly people: readonly Named[]; readonly language: Language },
): Task {
  const { of, publication, article, answer } = review;
  const name = "name" in of ? of.name : nameOf(people, of.person, language);
  return {
    url: `/${publication}/articles/${encodeURIComponent(article)}#review`,
    label: title,
    what: wishOf(name, answer?.words ?? "", language),
    state: { label: words(language).desk.article.review.state.wishes, tone: "stops" },
  };
}

/** In one line: it is read whole where it stands. */
const wishOf = (name: string, said: string, language: Language): string =>
  fill(words(language).desk.start.wish, { name, words: shorten(said.replace(/\s+/g, " ").trim(), longestQuote) });
