import { articlesOf } from "../../core/issue/draft.ts";
import type { Issue } from "../../core/issue/issue.ts";
import type { Cloud, Item } from "../cloud/cloud.ts";
import { readIssues } from "./issues.ts";
import { headingsKey, placesKey } from "./keys.ts";
import { inLists } from "./lists.ts";
import { mark } from "./places.ts";

/** The issues that name any of these articles, the oldest first: no other is read. */
export async function issuesNaming(cloud: Cloud, publication: string, articles: readonly string[]): Promise<Issue[]> {
  if (articles.length === 0) return [];
  const keys = articles.map((article) => placesKey(publication, article));
  const { rows } = await inLists(cloud, publication, keys);
  const issues = await readIssues(cloud, publication, [...new Set(rows.flatMap(setIn))].sort());
  const wanted = new Set(articles);
  return issues.filter((issue) => articlesOf(issue).some((article) => wanted.has(article)));
}

const setIn = (row: Item | undefined): string[] =>
  Object.entries(row ?? {}).flatMap(([field, value]) => (value === true ? [field] : []));

/** Every heading articles ever stood under, as readers know them. */
export async function listHeadings(cloud: Cloud, publication: string): Promise<string[]> {
  const { rows } = await inLists(cloud, publication, [headingsKey(publication)]);
  const names = setIn(rows[0]).map((field) => field.slice(mark.length));
  return names.sort((one, other) => one.localeCompare(other, "de"));
}
