import { articlesOf } from "../issue/draft.ts";
import { type Issue, idOfIssue } from "../issue/issue.ts";

/** Where articles stand: free in the library, in issues, before readers. */

/** From its approval on an issue is what it is: an author changes nothing behind the back of whoever signed it off. */
const closed: ReadonlySet<Issue["status"]> = new Set(["approved", "scheduled", "sending", "paused", "sent"]);
/** Readers have it, or are getting it. */
const out: ReadonlySet<Issue["status"]> = new Set(["sending", "paused", "sent"]);
export const isOut = ({ status }: Issue): boolean => out.has(status);

/** The issues an article stands in, the newest first; a cancelled one holds nothing. */
export const issuesWith = (article: string, issues: readonly Issue[]): Issue[] =>
  issues
    .filter((issue) => issue.status !== "cancelled" && articlesOf(issue).includes(article))
    .sort((one, other) => (idOfIssue(one) < idOfIssue(other) ? 1 : -1));

export const closedIssue = (article: string, issues: readonly Issue[]): Issue | undefined =>
  issuesWith(article, issues).find(({ status }) => closed.has(status));

export type Standing = "free" | "planned" | "published" | "withdrawn";
/** By the id of an issue: the articles in whose place a sentence stands on the web. */
export type Withdrawn = ReadonlyMap<string, ReadonlySet<string>>;

export interface Stands {
  readonly standing: Exclude<Standing, "free">;
  readonly issue: Issue;
}

/**
 * Every article that stands in an issue, by the one that counts most: what readers have stays published, whatever it is
 * planned for besides. All others are free.
 */
export function standingsIn(issues: readonly Issue[], withdrawn: Withdrawn = new Map()): ReadonlyMap<string, Stands> {
  const all = new Map<string, Stands>();
  const oldestFirst = issues
    .filter(({ status }) => status !== "cancelled")
    .toSorted((one, other) => (idOfIssue(one) < idOfIssue(other) ? -1 : 1));
  for (const issue of oldestFirst) {
    const isPublic = isOut(issue);
    for (const article of articlesOf(issue)) {
      if (!isPublic && all.has(article) && all.get(article)?.standing !== "planned") continue;
      const isGone = isPublic && withdrawn.get(idOfIssue(issue))?.has(article);
      all.set(article, { standing: isGone ? "withdrawn" : isPublic ? "published" : "planned", issue });
    }
  }
  return all;
}

/** Under which heading an article stands there; undefined for an editorial, and for one that is free. */
export const sectionOf = (article: string, stands: Stands | undefined): string | undefined =>
  stands?.issue.sections.find(({ articles }) => articles.includes(article))?.name;

/** Built before the article got the words it has now. */
export const isBuiltBefore = (issue: Issue, changedAt: string): boolean =>
  "builtAt" in issue && issue.builtAt < changedAt;
