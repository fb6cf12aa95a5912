import { type Article, type ArticleText, articleSchema, type Image } from "../../core/article/article.ts";
import { slugOf, slugTry } from "../../core/article/slug.ts";
import { digestOf } from "../../core/digest.ts";
import { type Change, type Cloud, Conflict, type Item } from "../cloud/cloud.ts";
import { inBatches } from "./in-batches.ts";
import { articleFile, articleKey, revisionKey, slugKey } from "./keys.ts";
import { rowsOf } from "./rows.ts";

/** The library. A card per article that knows the newest revision; every revision is a row and a file, and stays. */

/** What lists show of an article. */
export interface ArticleCard {
  readonly v: 1;
  /** Counts every change; a change that names an older one is refused. */
  readonly version: number;
  readonly publication: string;
  readonly id: string;
  readonly slug: string;
  readonly revision: number;
  readonly digest: string;
  readonly title: string;
  readonly kind: ArticleText["kind"];
  readonly language: ArticleText["language"];
  readonly authors: readonly string[];
  readonly changedAt: string;
}

/** Undefined where there is no such article. */
export async function readCard(cloud: Cloud, publication: string, id: string): Promise<ArticleCard | undefined> {
  const [row] = await cloud.table.get([articleKey(publication, id)], { consistent: true });
  return row && cardOf(row);
}

/** Every article of a publication, in the order of their ids. */
export async function listArticles(cloud: Cloud, publication: string): Promise<ArticleCard[]> {
  const { pk } = articleKey(publication, "");
  const cards: ArticleCard[] = [];
  for await (const row of rowsOf(cloud, { pk, from: "article#", to: "article#\u{10ffff}" })) cards.push(cardOf(row));
  return cards;
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

export interface Revision {
  readonly publication: string;
  readonly id: string;
  readonly text: ArticleText;
  readonly images: Readonly<Record<string, Image>>;
  readonly origin: Article["origin"];
}

/**
 * Writes the next revision over the card that was read, with the rows that belong to the change. A first revision
 * claims its slug, "-2", "-3" … where others hold it; later ones keep it.
 *
 * @throws Conflict when someone else changed the article or one of the other rows meanwhile
 */
export async function saveRevision(
  cloud: Cloud,
  card: ArticleCard | undefined,
  revision: Revision,
  besides: (saved: ArticleCard) => readonly Change[],
): Promise<ArticleCard> {
  for (let turn = 1; ; turn += 1) {
    const wanted = card?.slug ?? slugTry(slugOf(revision.text.title, revision.text.language), turn);
    const saved = await writeFile(cloud, card, wanted, revision);
    try {
      await cloud.table.write([...claims(card, saved), ...besides(saved)]);
      return saved;
    } catch (conflict) {
      const isSlugTaken = !card && conflict instanceof Conflict && conflict.failed.every(({ index }) => index === 0);
      if (!isSlugTaken) throw conflict;
    }
  }
}

async function writeFile(
  cloud: Cloud,
  card: ArticleCard | undefined,
  wanted: string,
  revision: Revision,
): Promise<ArticleCard> {
  const { publication, id, text, images, origin } = revision;
  const number = (card?.revision ?? 0) + 1;
  const article: Article = { ...text, v: 1, publication, id, slug: wanted, revision: number, images, origin };
  const body = JSON.stringify(articleSchema.parse(article));
  const digest = digestOf(body);
  await cloud.files.write(articleFile(publication, id, number, digest), body, { type: "application/json" });
  return {
    ...{ v: 1, version: (card?.version ?? 0) + 1, publication, id, slug: wanted, revision: number, digest },
    ...{ title: text.title, kind: text.kind, language: text.language },
    authors: text.authors.map(({ name }) => name),
    changedAt: cloud.clock.now().toISOString(),
  };
}

/** The slug first: `saveRevision` knows it by its place. */
function claims(card: ArticleCard | undefined, saved: ArticleCard): Change[] {
  const { publication, id, revision, digest, changedAt } = saved;
  return [
    ...(card ? [] : [{ put: { ...slugKey(publication, saved.slug), v: 1, article: id }, if: "absent" as const }]),
    { put: { ...articleKey(publication, id), ...saved }, if: card ? { version: card.version } : "absent" },
    { put: { ...revisionKey(publication, id, revision), v: 1, revision, digest, changedAt }, if: "absent" },
  ];
}

function cardOf({ pk: _, sk: __, ...card }: Item): ArticleCard {
  return card as unknown as ArticleCard;
}
