import type { Article } from "../article/article.ts";
import { readingMinutes, teaserOf } from "../article/plain.ts";
import { listFormat } from "../formats.ts";
import { planOf } from "../issue/draft.ts";
import type { Issue, IssuePlan } from "../issue/issue.ts";
import { issueTeaser } from "../issue/printed.ts";
import { fill, type Language, words } from "../words.ts";
import { lackingWords, lacksOf } from "./lacking.ts";

/** What stands in an issue, section by section, and where each thing may go from here. */

export interface ArticleLine {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  /** "Lena Voss · 5 Minuten"; what is not in the library says so. */
  readonly facts: string;
  readonly lacking: string | null;
  readonly roles: readonly string[];
  /** Targets for {@link readTarget}; null where there is none. */
  readonly up: string | null;
  readonly down: string | null;
  readonly teaser: { readonly own: string; readonly usual: string };
}
export interface SectionLines {
  readonly name: string;
  readonly up: string | null;
  readonly down: string | null;
  readonly articles: readonly ArticleLine[];
}

type Articles = ReadonlyMap<string, Article>;

export function sectionLines(issue: Issue, articles: Articles, language: Language): SectionLines[] {
  const { sections } = planOf(issue);
  return sections.map(({ name, articles: ids }, index) => ({
    name,
    up: index > 0 ? target([sections[index - 1]?.name ?? null]) : null,
    down: index < sections.length - 1 ? target([sections[index + 2]?.name ?? null]) : null,
    articles: ids.map((id, at) => articleLine(issue, articles, { id, ...waysOf(sections, index, at) }, language)),
  }));
}

/** A line for the editorial, where it stands in no section. */
export function editorialLine(issue: Issue, articles: Articles, language: Language): ArticleLine | null {
  const { editorial: id, sections } = planOf(issue);
  if (id === undefined || sections.some((section) => section.articles.includes(id))) return null;
  return articleLine(issue, articles, { id, up: null, down: null }, language);
}

/** Up past the neighbour above, or into the section before; down alike. */
function waysOf(
  sections: IssuePlan["sections"],
  index: number,
  at: number,
): { up: string | null; down: string | null } {
  const section = sections[index];
  const [before, after] = [sections[index - 1], sections[index + 1]];
  if (!section) return { up: null, down: null };
  const last = section.articles.length - 1;
  const up = at > 0 ? [section.name, section.articles[at - 1] ?? null] : before && [before.name, null];
  const down =
    at < last ? [section.name, section.articles[at + 2] ?? null] : after && [after.name, after.articles[0] ?? null];
  return { up: up ? target(up) : null, down: down ? target(down) : null };
}

/** A place as a button carries it: a section and what stands below it, or only that. */
export const target = (place: readonly (string | null)[]): string => JSON.stringify(place);

/** Undefined for what no button of ours carries. */
export function readTarget(carried: string): readonly (string | null)[] | undefined {
  try {
    const read: unknown = JSON.parse(carried);
    const isPlace = (part: unknown): part is string | null => part === null || typeof part === "string";
    return Array.isArray(read) && read.length > 0 && read.length < 3 && read.every(isPlace) ? read : undefined;
  } catch {
    return undefined;
  }
}

function articleLine(
  issue: Issue,
  articles: Articles,
  { id, up, down }: { id: string; up: string | null; down: string | null },
  language: Language,
): ArticleLine {
  const say = words(language).desk.issue;
  const article = articles.get(id);
  const own = issueTeaser(issue, id) ?? "";
  const line = { id, up, down, url: `/${issue.publication}/articles/${encodeURIComponent(id)}` };
  if (!article) {
    return { ...line, title: id, facts: say.gone, lacking: null, roles: [], teaser: { own, usual: "" } };
  }
  return {
    ...line,
    title: article.title,
    facts: factsOf(article, language),
    lacking: lackingWords(lacksOf(article, issue), language) || null,
    roles: rolesIn(issue, id, language),
    teaser: { own, usual: teaserOf(article) },
  };
}

function factsOf(article: Article, language: Language): string {
  const say = words(language).desk.issue;
  const minutes = readingMinutes(article);
  const names = listFormat(language).format(article.authors.map(({ name }) => name));
  return [names, fill(minutes === 1 ? say.minute : say.minutes, { minutes })].filter(Boolean).join(" · ");
}

/** "Leitartikel", "Editorial": what an article is besides its place. */
function rolesIn(issue: Issue, id: string, language: Language): string[] {
  const say = words(language).desk.issue;
  const lead = issue.lead ?? issue.sections.find(({ articles }) => articles.length > 0)?.articles[0];
  return [...(lead === id ? [say.lead] : []), ...(issue.editorial === id ? [say.editorial] : [])];
}
