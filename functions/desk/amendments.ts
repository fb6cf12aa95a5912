import { articleAddress } from "../../core/edition/web/address.ts";
import {
  attach,
  bringBack,
  correct,
  detach,
  isWithdrawn,
  replace,
  revisionShown,
  withdraw,
} from "../../core/issue/amend.ts";
import { admitDownload, type OfferedDownload } from "../../core/issue/download.ts";
import { articlesOf } from "../../core/issue/draft.ts";
import type { Issue } from "../../core/issue/issue.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Person, Thing } from "../../core/rights.ts";
import { onTheWall } from "../../core/wall-clock.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { demand } from "../records/acts.ts";
import { type AmendmentsRow, isSeenWhole } from "../records/amendments.ts";
import { readCard } from "../records/articles.ts";
import { saveDownload } from "../records/downloads.ts";
import { readManifest } from "../records/editions.ts";
import { inBatches } from "../records/in-batches.ts";
import type { Place } from "../records/issue-control.ts";
import { requirePublication } from "../records/publications.ts";
import { amend, makePublic, type State, stateOf } from "./amending.ts";

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
  /** Its page, or what stands in its place. */
  readonly url: string;
  /** The revision its page is printed from, and the newest in the library. */
  readonly shown: number;
  readonly newest: number;
  readonly isWithdrawn: boolean;
}

/** @throws Refusal `no-issue`, `not-public`, `not-allowed` */
export async function amendmentsOf(cloud: Cloud, person: Person, place: Place): Promise<AmendedIssue> {
  demand(person, "read-issues", thingOf(place));
  const { issue, amendments, sent } = await stateOf(cloud, place);
  const [manifest, publication] = await Promise.all([
    readManifest(cloud, sent),
    requirePublication(cloud, place.publication),
  ]);
  const revisions = manifest?.revisions ?? {};
  const cards = await inBatches(articlesOf(issue), (id) => readCard(cloud, place.publication, id));
  const articles = cards.flatMap((card) => {
    if (!card) return [];
    const shown = revisionShown(amendments, card.id) ?? revisions[card.id] ?? card.revision;
    const { id, title, revision: newest } = card;
    const url = `${publication.baseUrl}/${articleAddress(publication, issue, card.slug)}`;
    return [{ id, title, url, shown, newest, isWithdrawn: isWithdrawn(amendments, id) }];
  });
  return { issue, amendments, articles, isPublished: isSeenWhole(amendments) };
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

/**
 * Offers the printed issue, or any other file, beside an issue that is public.
 *
 * @param replaces the file in whose place it comes
 * @throws Refusal `download-…`, `label-missing`, `not-public`, `moved-on`, `not-allowed`
 */
export async function attachDownload(
  cloud: Cloud,
  person: Person,
  place: Place,
  { offered, replaces, seen }: Seen & { offered: OfferedDownload; replaces?: string | undefined },
): Promise<AmendmentsRow> {
  demand(person, "correct", thingOf(place));
  if (replaces === undefined && offered.label === "") throw new Refusal("label-missing");
  const state = await stateOf(cloud, place);
  const download = admitDownload(offered);
  const next = replaces === undefined ? attach(state, download) : replace(state, replaces, download);
  await saveDownload(cloud, place.publication, download, offered.body);
  return amend(cloud, person, state, { seen, next, act: "correct", details: { file: replaces ?? download.file } });
}

/** Offers a file no more. @throws Refusal `download-gone`, `download-in-letters`, `not-public`, `moved-on`, `not-allowed` */
export async function detachDownload(
  cloud: Cloud,
  person: Person,
  place: Place,
  { file, seen }: Seen & { file: string },
): Promise<AmendmentsRow> {
  demand(person, "correct", thingOf(place));
  const state = await stateOf(cloud, place);
  const next = detach(state, file);
  return amend(cloud, person, state, { seen, next, act: "correct", details: { file, isGone: true } });
}

/** Makes public what a run that died left half done. Twice is the same as once. @throws Refusal `not-public`, `not-allowed` */
export async function publishAmendments(cloud: Cloud, person: Person, place: Place): Promise<void> {
  demand(person, "correct", thingOf(place));
  await makePublic(cloud, await stateOf(cloud, place));
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
