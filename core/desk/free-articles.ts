import { articlesOf } from "../issue/draft.ts";
import type { Issue } from "../issue/issue.ts";

/** What lists know of an article. */
export interface Card {
  readonly id: string;
  readonly title: string;
  readonly authors: readonly string[];
  readonly changedAt: string;
}

/** Articles that stand in no issue, the newest first. @param words of a title or an author; every one must be there */
export function freeArticles<Some extends Card>(
  cards: readonly Some[],
  issues: readonly Issue[],
  words: string,
): Some[] {
  const planned = new Set(issues.filter(({ status }) => status !== "cancelled").flatMap(articlesOf));
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  return cards
    .filter(({ id }) => !planned.has(id))
    .filter(({ title, authors }) => wanted.every((word) => plain([title, ...authors].join(" ")).includes(word)))
    .sort((one, other) => (one.changedAt < other.changedAt ? 1 : -1));
}

/** "Śěrak" is found by "serak". */
const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
