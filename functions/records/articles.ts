import { type Article, type ArticleText, articleSchema } from "../../core/article/article.ts";
import type { Lacks } from "../../core/article/lacks.ts";
import type { Cloud, Item } from "../cloud/cloud.ts";
import { inBatches } from "./in-batches.ts";
import { articleKey, revisionKey } from "./keys.ts";
import { articleFile } from "./paths.ts";
import { allOf } from "./rows.ts";

/** The library. A card per article that knows the revision that counts; every revision is a row and a file, and stays. */

/** What lists show of an article. */
export interface ArticleCard {
  readonly v: 1;
  /** Counts every change; a change that names an older one is refused. */
  readonly version: number;
  readonly publication: string;
  readonly id: string;
  readonly slug: string;
  /** The one that counts. */
  readonly revision: number;
  /** The highest there is, where a later one was set aside. */
  readonly newest?: number;
  /** The last that was read out of files. */
  readonly files?: number;
  /** People mended it since: files that come later are set aside, they replace nothing. */
  readonly isMended?: boolean;
  /** Read out of later files, and waits for somebody to decide. */
  readonly offered?: number;
  readonly digest: string;
  readonly title: string;
  readonly kind: ArticleText["kind"];
  readonly language: ArticleText["language"];
  readonly authors: readonly string[];
  /** For whoever searches; cards of before the desk have neither. */
  readonly kicker?: string;
  readonly lacks?: Lacks;
  readonly changedAt: string;
}

/** Undefined where there is no such article. */
export async function readCard(cloud: Cloud, publication: string, id: string): Promise<ArticleCard | undefined> {
  const [row] = await cloud.table.get([articleKey(publication, id)], { consistent: true });
  return row && cardOf(row);
}

/** Cards by id, in that order; one that does not exist is not in the answer. */
export async function readCards(cloud: Cloud, publication: string, ids: readonly string[]): Promise<ArticleCard[]> {
  const rows = await cloud.table.get(
    ids.map((id) => articleKey(publication, id)),
    { consistent: true },
  );
  return rows.flatMap((row) => (row ? [cardOf(row)] : []));
}

/** Every article of a publication, in the order of their ids. */
export async function listArticles(cloud: Cloud, publication: string): Promise<ArticleCard[]> {
  const { pk } = articleKey(publication, "");
  return allOf(cloud, { pk, from: "article#", to: "article#\u{10ffff}" }, cardOf);
}

/** The newest revision, or the one named. Undefined where there is none. */
export async function readArticle(
  cloud: Cloud,
  publication: string,
  id: string,
  revision?: number,
): Promise<Article | undefined> {
  const key = revision === undefined ? articleKey(publication, id) : revisionKey(publication, id, revision);
  const [row] = await cloud.table.get([key], { consistent: true });
  if (!row) return undefined;
  const file = await cloud.files.read(articleFile(publication, id, Number(row.revision), String(row.digest)));
  if (!file) throw new Error(`article ${publication} ${id} lacks the file of revision ${row.revision}`);
  return articleSchema.parse(JSON.parse(new TextDecoder().decode(file.body)));
}

/** Articles by id; one that does not exist is not in the answer. */
export async function readArticles(
  cloud: Cloud,
  publication: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Article>> {
  const articles = await inBatches(ids, (id) => readArticle(cloud, publication, id));
  return new Map(articles.flatMap((article) => (article ? [[article.id, article] as const] : [])));
}

function cardOf({ pk: _, sk: __, ...card }: Item): ArticleCard {
  return card as unknown as ArticleCard;
}
