import type { Article, ArticleText, Image } from "../../core/article/article.ts";
import { readMending, saysTheSame, uncut } from "../../core/article/mend.ts";
import { closedIssue } from "../../core/desk/standing.ts";
import { issueLabel } from "../../core/issue/issue.ts";
import { type Note, Refusal } from "../../core/refusal.ts";
import { type ActName, may, operator, type Person, type Thing } from "../../core/rights.ts";
import { type Change, type Cloud, Conflict } from "../cloud/cloud.ts";
import { actRow, demand } from "../records/acts.ts";
import { type ArticleCard, readArticle, readCard } from "../records/articles.ts";
import { dropDraftChange } from "../records/drafts.ts";
import { issuesNaming } from "../records/issues-naming.ts";
import { rewordings } from "../records/issues-with.ts";
import { type Origin, saveRevision } from "../records/revisions.ts";
import { readSubmission, type Submission } from "../records/submissions.ts";
import { untilWritten } from "../records/until-written.ts";

/** What people do to articles of the library. */

export interface ArticlePlace {
  readonly publication: string;
  readonly article: string;
}

/** An article as somebody opened it. */
export interface Opened {
  readonly card: ArticleCard;
  readonly article: Article;
  readonly thing: Thing;
  readonly submission: Submission | undefined;
}

/**
 * An article for whoever may see it: editors every one, authors theirs.
 *
 * @throws Refusal `no-article`, `not-allowed`
 */
export async function openArticle(cloud: Cloud, person: Person, place: ArticlePlace): Promise<Opened> {
  const opened = await open(cloud, place);
  if (!may(person, "read-library", opened.thing)) demand(person, "read-submission", opened.thing);
  return opened;
}

/**
 * The same to be changed, by authors only until an issue with it was approved.
 *
 * @throws Refusal `no-article`, `not-allowed`, `article-closed`
 */
export async function openToMend(
  cloud: Cloud,
  person: Person,
  place: ArticlePlace,
  act: ActName = "edit-article",
): Promise<Opened> {
  const opened = await open(cloud, place);
  demand(person, act, opened.thing);
  if (may(person, "read-library", opened.thing)) return opened;
  const issue = closedIssue(place.article, await issuesNaming(cloud, place.publication, [place.article]));
  if (issue) throw new Refusal("article-closed", { article: opened.card.title, issue: issueLabel(issue) });
  return opened;
}

/** Whoever looks; every verb asks for its own right. @throws Refusal `no-article` */
export async function open(cloud: Cloud, { publication, article: id }: ArticlePlace): Promise<Opened> {
  const [card, submission] = await Promise.all([
    readCard(cloud, publication, id),
    readSubmission(cloud, publication, id),
  ]);
  const article = card && (await readArticle(cloud, publication, id, card.revision));
  if (!article) throw new Refusal("no-article", { article: id });
  // Without a submission it is nobody's: an unnamed owner would be everybody.
  return { card, article, submission, thing: { publication, kind: "article", id, by: submission?.by ?? operator.id } };
}

export interface Mended {
  /** The card as it stands now; undefined where nothing was saved. */
  readonly card: ArticleCard | undefined;
  readonly refusals: readonly Refusal[];
  readonly notes: readonly Note[];
}

/**
 * Saves an article's words as somebody typed them, over the revision they were shown. The same words again change nothing.
 * What cannot be read is answered with its reasons, and nothing is saved.
 *
 * @throws Refusal `article-moved-on` with `seen` and `stands`, `article-scheduled`, `article-closed`, `no-article`, `not-allowed`
 */
export async function mendArticle(
  cloud: Cloud,
  person: Person,
  place: ArticlePlace,
  { revision, markdown }: { readonly revision: number; readonly markdown: string },
): Promise<Mended> {
  const opened = await openToMend(cloud, person, place);
  await demandSeen(cloud, opened, revision);
  const { text, refusals, notes } = readMending(opened.article, markdown);
  if (!text || refusals.length > 0) return { card: undefined, refusals, notes };
  const { images } = opened.article;
  const card = await saveAs(cloud, person, opened, { how: "words", text, images, seen: revision });
  return { card, refusals: [], notes };
}

/** Whoever saw an older revision that says the same has seen this one. @throws Refusal `article-moved-on` */
export async function demandSeen(cloud: Cloud, { card, article }: Opened, revision: number): Promise<void> {
  if (card.revision === revision) return;
  const seen = await readArticle(cloud, card.publication, card.id, revision);
  if (seen && saysTheSame(seen, article)) return;
  throw movedOn(card, revision);
}

const movedOn = ({ title, revision: stands }: ArticleCard, seen: number): Refusal =>
  new Refusal("article-moved-on", { article: title, seen, stands });

export interface Saving {
  readonly how: Exclude<Origin, "files" | "cut">;
  readonly text: ArticleText;
  readonly images: Readonly<Record<string, Image>>;
  /** The revision it was made over. */
  readonly seen: number;
  /** Which one is brought back. */
  readonly from?: number;
  /** Which one out of files counts from now on. */
  readonly takes?: number;
}

/**
 * Saves a person's revision with its act, and throws their draft away; builds and approvals of issues it stands in are void.
 *
 * @throws Refusal `article-moved-on`, `article-scheduled`
 */
export async function saveAs(cloud: Cloud, person: Person, opened: Opened, saving: Saving): Promise<ArticleCard> {
  const { card, article, thing } = opened;
  const { how, text, images, from, takes } = saving;
  const draft = dropDraftChange(card.publication, card.id, person.id);
  if (takes === undefined && saysTheSame(text, article)) {
    await cloud.table.write([draft]);
    return card;
  }
  const { publication, id } = card;
  const made = { publication, id, text, images, origin: article.origin, how, by: person.id };
  const named = { ...(from !== undefined && { from }), ...(takes !== undefined && { takes }) };
  const write = async (): Promise<ArticleCard> => {
    const voids = await rewordings(cloud, { publication, article: id, title: card.title });
    return saveRevision(cloud, card, { ...made, ...named }, ({ revision }): Change[] => [
      ...[draft, actRow(cloud.clock, person, "edit-article", thing, { revision, how })],
      ...voids,
    ]);
  };
  const saved = await orMovedOn(card, saving.seen, () => untilWritten(write));
  await askForCuts(cloud, { ...article, ...text, images });
  return saved;
}

/** Somebody saved between our reading and our writing. */
export async function orMovedOn<T>(card: ArticleCard, seen: number, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (conflict) {
    if (conflict instanceof Conflict) throw movedOn({ ...card, revision: card.revision + 1 }, seen);
    throw conflict;
  }
}

/** Pictures are cut where they are read: at ingest, which has room for them. Until then the guess stands in. */
async function askForCuts(cloud: Cloud, article: Article): Promise<void> {
  if (uncut(article).length === 0) return;
  await cloud.queues.arrivals.add([{ v: 1, is: "cut", publication: article.publication, article: article.id }]);
}

/** The words of an article, without what the library knows of it. */
export function textOf(article: Article): ArticleText {
  const {
    v: _,
    publication: __,
    id: ___,
    slug: ____,
    revision: _____,
    images: ______,
    origin: _______,
    ...text
  } = article;
  return text;
}
