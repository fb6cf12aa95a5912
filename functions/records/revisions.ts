import { type Article, type ArticleText, articleSchema, type Image } from "../../core/article/article.ts";
import { lacksOf } from "../../core/article/lacks.ts";
import { slugOf, slugTry } from "../../core/article/slug.ts";
import { digestOf } from "../../core/digest.ts";
import { type Change, type Cloud, Conflict, type Item } from "../cloud/cloud.ts";
import type { ArticleCard } from "./articles.ts";
import { revisionKey, slugKey } from "./keys.ts";
import { cardChanges } from "./library.ts";
import { oneArticleMore } from "./lists.ts";
import { articleFile } from "./paths.ts";

/** Revisions of articles: a row and a file each, and both stay. */

/**
 * How a revision came about: read out of files, mended in the editor, pictures described, cut anew around a focal
 * point, an earlier one brought back.
 */
export type Origin = "files" | "words" | "pictures" | "cut" | "restored";

/** One line of an article's history. */
export interface RevisionLine {
  readonly revision: number;
  readonly changedAt: string;
  /** Those of before the desk were all read out of files. */
  readonly how: Origin;
  /** A person's id; undefined where nobody noted it. */
  readonly by?: string;
  /** Which one it brought back. */
  readonly from?: number;
}

/** The newest revisions of an article first. @param before only those that came before this one */
export async function latestRevisions(
  { table }: Cloud,
  publication: string,
  id: string,
  { limit, before = 1_000_000 }: { readonly limit: number; readonly before?: number },
): Promise<RevisionLine[]> {
  const { pk, sk: from } = revisionKey(publication, id, 0);
  const { sk: to } = revisionKey(publication, id, Math.max(0, before - 1));
  const { items } = await table.query({ pk, from, to, limit, newestFirst: true, consistent: true });
  return items.map(lineOf);
}

/** Some of them, by their numbers; one that does not exist is not in the answer. */
export async function readRevisions(
  { table }: Cloud,
  publication: string,
  id: string,
  revisions: readonly number[],
): Promise<RevisionLine[]> {
  const rows = await table.get(revisions.map((revision) => revisionKey(publication, id, revision)));
  return rows.flatMap((row) => (row ? [lineOf(row)] : []));
}

const lineOf = ({ revision, changedAt, how, by, from }: Item): RevisionLine => ({
  ...{ revision: Number(revision), changedAt: String(changedAt), how: (how ?? "files") as Origin },
  ...(by === undefined ? {} : { by: String(by) }),
  ...(from === undefined ? {} : { from: Number(from) }),
});

export interface Revision {
  readonly publication: string;
  readonly id: string;
  readonly text: ArticleText;
  readonly images: Readonly<Record<string, Image>>;
  readonly origin: Article["origin"];
  /** Files, where nothing is said. */
  readonly how?: Origin;
  readonly by?: string;
  /** Which one is brought back. */
  readonly from?: number;
  /** What a person mended stays mended, whatever the files say; unless that is what they took. */
  readonly takes?: number;
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
    if (await isEntered(cloud, card, saved, revision, besides(saved))) return saved;
  }
}

/** False: the slug of a new article is taken. Others that were counted in the same moment are waited for. */
async function isEntered(
  cloud: Cloud,
  card: ArticleCard | undefined,
  saved: ArticleCard,
  revision: Revision,
  besides: readonly Change[],
): Promise<boolean> {
  const { publication, slug, id } = saved;
  const claim: Change = { put: { ...slugKey(publication, slug), v: 1, article: id }, if: "absent" };
  const changes = [...cardChanges(card, saved), revisionRow(saved, revision), ...besides];
  for (;;) {
    const first = card ? [] : [claim, await oneArticleMore(cloud, publication)];
    try {
      await cloud.table.write([...first, ...changes]);
      return true;
    } catch (conflict) {
      const failed = conflict instanceof Conflict ? conflict.failed.map(({ index }) => index) : [];
      if (failed.length === 0 || failed.some((index) => index >= first.length)) throw conflict;
      if (failed.includes(0)) return false;
    }
  }
}

/**
 * Keeps what was read out of later files beside the text that people have mended: a revision like every other, which
 * counts only once somebody takes it. Answers the card with the revision that was set aside as `offered`.
 *
 * @throws Conflict as above
 */
export async function setAside(
  cloud: Cloud,
  card: ArticleCard,
  revision: Revision,
  besides: (aside: number) => readonly Change[],
): Promise<ArticleCard> {
  const made = await writeFile(cloud, card, card.slug, revision);
  const offered = made.revision;
  const next: ArticleCard = { ...card, version: card.version + 1, newest: offered, files: offered, offered };
  await cloud.table.write([...cardChanges(card, next), revisionRow(made, revision), ...besides(offered)]);
  return next;
}

/** What was set aside is not taken; it stays among the revisions. @throws Conflict */
export async function dropOffer(cloud: Cloud, card: ArticleCard, besides: readonly Change[]): Promise<ArticleCard> {
  const { offered: _, ...kept } = card;
  const next: ArticleCard = { ...kept, version: card.version + 1 };
  await cloud.table.write([...cardChanges(card, next), ...besides]);
  return next;
}

async function writeFile(
  cloud: Cloud,
  card: ArticleCard | undefined,
  wanted: string,
  revision: Revision,
): Promise<ArticleCard> {
  const { publication, id, text, images, origin } = revision;
  const number = (card?.newest ?? card?.revision ?? 0) + 1;
  const written: Article = { ...text, v: 1, publication, id, slug: wanted, revision: number, images, origin };
  const article = articleSchema.parse(written);
  const body = JSON.stringify(article);
  const digest = digestOf(body);
  await cloud.files.write(articleFile(publication, id, number, digest), body, { type: "application/json" });
  return {
    ...{ v: 1, version: (card?.version ?? 0) + 1, publication, id, slug: wanted, revision: number, digest },
    ...{ title: text.title, kind: text.kind, language: text.language, kicker: text.kicker },
    authors: text.authors.map(({ name }) => name),
    lacks: lacksOf(article),
    changedAt: cloud.clock.now().toISOString(),
    ...standing(card, number, revision),
  };
}

/** What a card knows of files and people once this revision counts. */
function standing(
  card: ArticleCard | undefined,
  number: number,
  { how = "files", takes, by }: Revision,
): Pick<ArticleCard, "files" | "isMended" | "offered"> {
  if (how === "files" && by === undefined) return { files: number };
  if (takes !== undefined) return { files: takes };
  const files = card?.files ?? card?.revision;
  const { offered, isMended = false } = card ?? {};
  return {
    ...(files !== undefined && { files }),
    // Cutting a picture changes no word.
    isMended: isMended || how !== "cut",
    ...(offered !== undefined && { offered }),
  };
}

const revisionRow = (
  { publication, id, revision, digest, changedAt }: ArticleCard,
  { how = "files", by, from }: Revision,
): Change => ({
  put: {
    ...{ ...revisionKey(publication, id, revision), v: 1, revision, digest, changedAt, how },
    ...(by !== undefined && { by }),
    ...(from !== undefined && { from }),
  },
  if: "absent",
});
