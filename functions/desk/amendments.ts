import type { Article } from "../../core/article/article.ts";
import { rebuildWeb } from "../../core/edition/rebuild.ts";
import {
  type Amendments,
  attach,
  bringBack,
  correct,
  demandPublic,
  isWithdrawn,
  revisionShown,
  withdraw,
} from "../../core/issue/amend.ts";
import { admitDownload, type OfferedDownload } from "../../core/issue/download.ts";
import { articlesOf, planOf } from "../../core/issue/draft.ts";
import { correctedBy } from "../../core/issue/erratum.ts";
import { type Issue, issueLabel } from "../../core/issue/issue.ts";
import { Refusal } from "../../core/refusal.ts";
import type { ActName, Person, Thing } from "../../core/rights.ts";
import { onTheWall } from "../../core/wall-clock.ts";
import { type Cloud, Conflict, type Value } from "../cloud/cloud.ts";
import { house } from "../house.ts";
import { actRow, demand } from "../records/acts.ts";
import { type AmendmentsRow, amendmentsChange, publishInForce, readAmendments } from "../records/amendments.ts";
import { readArticle, readCard } from "../records/articles.ts";
import { saveDownload } from "../records/downloads.ts";
import { type EditionPlace, readManifest, saveEdition } from "../records/editions.ts";
import { inBatches } from "../records/in-batches.ts";
import { type Place, readControl } from "../records/issue-control.ts";
import { requireIssue } from "../records/issues.ts";
import { requirePublication } from "../records/publications.ts";
import { publishShelf, replaceOnShelf } from "../records/shelf.ts";

/** What people do to an issue that is public: its letters left and stay; its pages are made anew, and both are kept. */

/** An issue with what became of it, as a page shows it. */
export interface AmendedIssue {
  readonly issue: Issue;
  readonly amendments: AmendmentsRow;
  readonly articles: readonly AmendedArticle[];
  /** False while pages say less than the amendments: a run died between them. */
  readonly isPublished: boolean;
}
export interface AmendedArticle {
  readonly id: string;
  readonly title: string;
  /** The revision its page is printed from, and the newest in the library. */
  readonly shown: number;
  readonly newest: number;
  readonly isWithdrawn: boolean;
}

/** @throws Refusal `no-issue`, `not-public`, `not-allowed` */
export async function amendmentsOf(cloud: Cloud, person: Person, place: Place): Promise<AmendedIssue> {
  demand(person, "read-issues", thingOf(place));
  const { issue, amendments, sent } = await stateOf(cloud, place);
  const revisions = (await readManifest(cloud, sent))?.revisions ?? {};
  const cards = await inBatches(articlesOf(issue), (id) => readCard(cloud, place.publication, id));
  const articles = cards.flatMap((card) => {
    if (!card) return [];
    const shown = revisionShown(amendments, card.id) ?? revisions[card.id] ?? card.revision;
    const { id, title, revision: newest } = card;
    return [{ id, title, shown, newest, isWithdrawn: isWithdrawn(amendments, id) }];
  });
  return { issue, amendments, articles, isPublished: amendments.web === amendments.publicWeb };
}

/** How an amendment says which version of them the person saw. */
interface Seen {
  readonly seen: number;
}

/**
 * Prints a dated note below an article, and the article from another revision where one is named.
 *
 * @throws Refusal `not-public`, `not-in-issue`, `is-withdrawn`, `words-missing`, `revision-missing`, `moved-on`, `not-allowed`
 */
export async function correctArticle(
  cloud: Cloud,
  person: Person,
  place: Place,
  { article, text, revision, seen }: Seen & { article: string; text: string; revision?: number },
): Promise<AmendmentsRow> {
  demand(person, "correct", thingOf(place));
  const state = await stateOf(cloud, place);
  const shown = await revisionNow(cloud, state, article);
  const date = await today(cloud, place.publication);
  const next = correct(state, { article, date, text, revision: revision ?? shown });
  return amend(cloud, person, state, { seen, next, act: "correct", details: { article, revision: revision ?? shown } });
}

/** Takes an article from the web; a sentence stands in its place. @throws as {@link correctArticle} */
export async function withdrawArticle(
  cloud: Cloud,
  person: Person,
  place: Place,
  { article, text, seen }: Seen & { article: string; text: string },
): Promise<AmendmentsRow> {
  demand(person, "withdraw", thingOf(place));
  const state = await stateOf(cloud, place);
  const next = withdraw(state, { article, date: await today(cloud, place.publication), text });
  return amend(cloud, person, state, { seen, next, act: "withdraw", details: { article } });
}

/** The article is public again. @throws Refusal `not-public`, `not-withdrawn`, `moved-on`, `not-allowed` */
export async function bringArticleBack(
  cloud: Cloud,
  person: Person,
  place: Place,
  { article, seen }: Seen & { article: string },
): Promise<AmendmentsRow> {
  demand(person, "withdraw", thingOf(place));
  const state = await stateOf(cloud, place);
  const next = bringBack(state, article);
  return amend(cloud, person, state, { seen, next, act: "withdraw", details: { article, isBack: true } });
}

/** Offers the printed issue, or any other file, beside an issue that is public. @throws Refusal `download-…`, `not-public`, `moved-on`, `not-allowed` */
export async function attachDownload(
  cloud: Cloud,
  person: Person,
  place: Place,
  { offered, seen }: Seen & { offered: OfferedDownload },
): Promise<AmendmentsRow> {
  demand(person, "correct", thingOf(place));
  const state = await stateOf(cloud, place);
  const download = admitDownload(offered);
  const next = attach(state, download);
  await saveDownload(cloud, place.publication, download, offered.body);
  return amend(cloud, person, state, { seen, next, act: "correct", details: { file: download.file } });
}

/** Makes public what a run that died left half done. Twice is the same as once. @throws Refusal `not-public`, `not-allowed` */
export async function publishAmendments(cloud: Cloud, person: Person, place: Place): Promise<void> {
  demand(person, "correct", thingOf(place));
  await makePublic(cloud, await stateOf(cloud, place));
}

interface State {
  readonly place: Place;
  readonly issue: Issue;
  readonly amendments: AmendmentsRow;
  /** The edition whose letters left. */
  readonly sent: EditionPlace;
  readonly startedAt: string;
}

async function stateOf(cloud: Cloud, place: Place): Promise<State> {
  const [issue, control, amendments] = await Promise.all([
    requireIssue(cloud, place.publication, place.issue),
    readControl(cloud, place),
    readAmendments(cloud, place),
  ]);
  demandPublic(issue);
  if (!control) throw new Refusal("not-public", { issue: issueLabel(issue) });
  const { fingerprint, language, startedAt } = control;
  return { place, issue, amendments, sent: { ...place, fingerprint, language }, startedAt };
}

interface Step extends Seen {
  readonly next: Amendments;
  readonly act: ActName;
  readonly details: Readonly<Record<string, Value>>;
}

/** Makes the pages, notes the amendment with its act, and brings the pages out. */
async function amend(cloud: Cloud, person: Person, state: State, step: Step): Promise<AmendmentsRow> {
  const { place, issue, amendments, sent } = state;
  const movedOn = new Refusal("moved-on", { thing: issueLabel(issue) });
  if (step.seen !== amendments.version) throw movedOn;
  const { files, manifest } = rebuildWeb(await inputFor(cloud, state, step.next), step.next);
  await saveEdition(cloud, { ...sent, fingerprint: manifest.fingerprint }, files, manifest);
  const row = { ...amendments, ...step.next, web: manifest.fingerprint };
  const act = actRow(cloud.clock, person, step.act, thingOf(place), { ...step.details, web: manifest.fingerprint });
  try {
    await cloud.table.write([amendmentsChange(place, row), act]);
  } catch (conflict) {
    throw conflict instanceof Conflict ? movedOn : conflict;
  }
  await makePublic(cloud, state);
  return readAmendments(cloud, place);
}

/** What pages are made of: everything as it was sent, but for the revisions that were named since. */
async function inputFor(cloud: Cloud, state: State, next: Amendments) {
  const { place, issue, sent } = state;
  const [publication, manifest] = await Promise.all([
    requirePublication(cloud, place.publication),
    readManifest(cloud, sent),
  ]);
  const found = await inBatches(articlesOf(issue), async (id): Promise<[string, Article]> => {
    const revision = revisionShown(next, id) ?? manifest?.revisions?.[id];
    const article = await readArticle(cloud, place.publication, id, revision);
    if (!article) throw new Refusal("revision-missing", { article: id, revision: revision ?? 1 });
    return [id, article];
  });
  return { publication, issue: planOf(issue), articles: new Map(found), house: house() };
}

async function makePublic(cloud: Cloud, { sent, startedAt }: State): Promise<void> {
  const place = await publishInForce(cloud, sent);
  if (correctedBy(place.issue) !== undefined) return;
  await replaceOnShelf(cloud, place, startedAt);
  await publishShelf(cloud, house(), place.publication);
}

async function revisionNow(cloud: Cloud, { place, amendments, sent }: State, article: string): Promise<number> {
  const named = revisionShown(amendments, article) ?? (await readManifest(cloud, sent))?.revisions?.[article];
  return named ?? (await readCard(cloud, place.publication, article))?.revision ?? 1;
}

async function today(cloud: Cloud, publication: string): Promise<string> {
  const { timeZone } = await requirePublication(cloud, publication);
  return onTheWall(cloud.clock.now(), timeZone).slice(0, "2026-03-02".length);
}

const thingOf = ({ publication, issue }: Place): Thing => ({ publication, kind: "issue", id: issue });
