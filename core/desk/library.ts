import type { ArticleText } from "../article/article.ts";
import { type Lacks, lacks } from "../article/lacks.ts";
import { issueLabel } from "../issue/issue.ts";
import { fill, type Language, words } from "../words.ts";
import { type Standing, type Stands, sectionOf } from "./standing.ts";

/** The library: every article of a publication, what state it is in and what it still lacks. */

/** What lists show of an article, as its card has it. */
export interface Listed {
  readonly id: string;
  readonly title: string;
  readonly kicker?: string;
  readonly kind: ArticleText["kind"];
  readonly authors: readonly string[];
  readonly lacks?: Lacks;
  readonly offered?: number;
  readonly changedAt: string;
}

export const standings = ["free", "planned", "published", "withdrawn"] as const satisfies readonly Standing[];

/** What somebody looks for; "" is everything. */
export interface Filter {
  readonly state: Standing | "";
  readonly kind: ArticleText["kind"] | "";
  /** Of the issue it stands in. */
  readonly section: string;
  readonly author: string;
  readonly text: string;
  /** Only those that lack something. */
  readonly isLacking: boolean;
}

export interface Found {
  readonly articles: readonly Listed[];
  readonly total: number;
  readonly isMore: boolean;
}

/** Every heading articles stand under, as readers know them. */
export const sectionsIn = (stands: ReadonlyMap<string, Stands>): readonly string[] => {
  const issues = new Set([...stands.values()].map(({ issue }) => issue));
  const names = [...issues].flatMap(({ sections }) => sections.map(({ name }) => name));
  return [...new Set(names)].sort((one, other) => one.localeCompare(other, "de"));
};

/** As many as somebody looks over without losing the thread. */
export const articlesOnPage = 50;

/**
 * The newest change first.
 *
 * @param stands where articles stand; one that is not in it is free
 * @param page from 1
 */
export function search(
  all: readonly Listed[],
  stands: ReadonlyMap<string, Stands>,
  filter: Filter,
  page: number,
): Found {
  const [text, author] = [filter.text, filter.author].map(bare) as [string, string];
  const found = all.filter(
    (one) =>
      (filter.kind === "" || one.kind === filter.kind) &&
      (filter.section === "" || sectionOf(one.id, stands.get(one.id)) === filter.section) &&
      (author === "" || one.authors.some((name) => bare(name).includes(author))) &&
      (text === "" || bare([one.title, one.kicker ?? "", one.id, ...one.authors].join(" ")).includes(text)) &&
      (!filter.isLacking || Object.keys(one.lacks ?? {}).length > 0) &&
      (filter.state === "" || (stands.get(one.id)?.standing ?? "free") === filter.state),
  );
  const sorted = found.sort((one, other) => (one.changedAt < other.changedAt ? 1 : -1));
  const start = (page - 1) * articlesOnPage;
  const articles = sorted.slice(start, start + articlesOnPage);
  return { articles, total: found.length, isMore: start + articlesOnPage < found.length };
}

/** Without capitals and accents: who looks for "Serak" finds Śěrak. */
const bare = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[-_\s]+/g, " ")
    .trim()
    .toLowerCase();

/** "Alt-Text (2), Nachweis"; "" where nothing is lacking or nobody looked yet. */
export function lackSentence(lacking: Lacks | undefined, language: Language): string {
  const say = words(language).desk.articles.lack;
  const parts = lacks.flatMap((lack) => {
    const count = lacking?.[lack] ?? 0;
    return count === 0 ? [] : [count === 1 ? say[lack] : fill(say.many, { lack: say[lack], count })];
  });
  return parts.length === 0 ? "" : fill(say.sentence, { lacks: parts.join(", ") });
}

export interface StateShown {
  readonly label: string;
  readonly tone: "quiet" | "good" | "asks" | "stops";
}

/** "frei", "in Ausgabe 02|26", "erschienen in 01|26". */
export function stateShown(stands: Stands | undefined, language: Language): StateShown {
  const say = words(language).desk.articles.standing;
  if (!stands) return { label: say.free, tone: "quiet" };
  const label = fill(say[stands.standing], { issue: issueLabel(stands.issue) });
  return { label, tone: stands.standing === "published" ? "good" : "quiet" };
}
