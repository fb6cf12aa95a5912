import { saysTheSame } from "../../core/article/mend.ts";
import { type Review, reviewKeptUntil, reviewUntil } from "../../core/desk/review.ts";
import { digestOf } from "../../core/digest.ts";
import { demandReader, readAddress } from "../../core/email-address.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Person } from "../../core/rights.ts";
import { readName } from "../../core/subscriber/name.ts";
import type { Language } from "../../core/words.ts";
import { type Cloud, Conflict } from "../cloud/cloud.ts";
import { actRow } from "../records/acts.ts";
import { readArticle } from "../records/articles.ts";
import { countOne } from "../records/caps.ts";
import { forgetRow } from "../records/forgetting.ts";
import { reviewKey } from "../records/keys.ts";
import { namesOf, requirePerson } from "../records/people-listed.ts";
import { type ReviewPlace, readReview, readReviewLink, reviewChange } from "../records/reviews.ts";
import { untilWritten } from "../records/until-written.ts";
import { wishChanges } from "../records/wishes.ts";
import { type ArticlePlace, demandSeen, open, openToMend } from "./articles.ts";

/** "Zur Durchsicht": asking somebody whether an article may appear like this, and their answer. */

export interface Asking {
  /** The revision the editor saw. */
  readonly revision: number;
  /** Somebody the publication knows, or anybody else by name and address. */
  readonly whom: { readonly person: string } | { readonly name: string; readonly address: string };
  /** What to look at above all. */
  readonly words: string;
  /** Where the desk stands, and the language it was used in. */
  readonly desk: URL;
  readonly language?: Language | undefined;
  /** Names the form it was asked by: pressed twice, one form asks once. */
  readonly form?: string | undefined;
}

const longestWords = 2000;
/** Letters to people who may know nothing of us, and to machines that count what we send. */
const mostPerHour = 60;

interface Reviewer {
  readonly of: Review["of"];
  readonly to: { readonly addressKey: string } | { readonly address: string };
}

/**
 * Asks by mail, with a personal link.
 *
 * @throws Refusal `no-person`, `address-…`, `article-moved-on`, `review-too-often`, `no-article`, `not-allowed`
 */
export async function askReview(
  cloud: Cloud,
  person: Person,
  place: ArticlePlace,
  { revision, whom, words, desk, language, form }: Asking,
): Promise<Review> {
  const opened = await openToMend(cloud, person, place, "ask-review");
  const id = form ? idOf(form, revision, whom) : cloud.clock.id();
  const asked = await readReview(cloud, { ...place, review: id });
  if (asked) return asked;
  await demandSeen(cloud, opened, revision);
  const { of, to } = await reviewerOf(cloud, place.publication, whom);
  if ((await countOne(cloud, { what: "review", ours: place.publication })) > mostPerHour)
    throw new Refusal("review-too-often", { most: mostPerHour });
  const at = cloud.clock.now().toISOString();
  const review: Review = {
    ...{ v: 1, version: 1, id, ...place, of },
    ...{ askedBy: person.id, askedAt: at, revision: opened.card.revision, ...(language && { askedIn: language }) },
    ...{ words: words.trim().slice(0, longestWords).toWellFormed(), until: reviewUntil(at) },
  };
  const act = actRow(cloud.clock, person, "ask-review", opened.thing, { review: review.id, revision });
  const lapse = forgetRow(reviewKeptUntil(at), reviewKey(place.publication, place.article, review.id));
  try {
    await cloud.table.write([reviewChange(review), lapse, act]);
  } catch (conflict) {
    const quicker = conflict instanceof Conflict ? await readReview(cloud, { ...place, review: id }) : undefined;
    if (quicker) return quicker;
    throw conflict;
  }
  const ask = { v: 1, id: review.id, is: "review", at, ...place, review: review.id, to, desk: desk.origin };
  await cloud.queues.confirmations.add([ask]);
  return review;
}

/** Of one press, however often it is pressed; whoever goes back and names somebody else presses anew. */
const idOf = (form: string, revision: number, whom: Asking["whom"]): string =>
  digestOf(JSON.stringify([form, revision, whom])).slice(0, 22);

async function reviewerOf(cloud: Cloud, publication: string, whom: Asking["whom"]): Promise<Reviewer> {
  if ("person" in whom) {
    const known = await requirePerson(cloud, publication, whom.person);
    return { of: { person: known.id }, to: { addressKey: known.addressKey } };
  }
  const address = readAddress(whom.address);
  demandReader(address);
  return { of: { name: readName(whom.name) || address.slice(0, address.indexOf("@")) }, to: { address } };
}

export interface Answering {
  /** The revision they saw. */
  readonly revision: number;
  readonly agrees: boolean;
  readonly words: string;
  /** Where the desk stands: whoever asked is told by mail, with a link there. */
  readonly desk: URL;
}

/**
 * Takes down what somebody answered by their link; whoever thinks better of it answers again.
 *
 * @throws Refusal `no-review` where the link is none, `review-wordless`; `article-moved-on` when other words stand there by now
 */
export async function answerReview(
  cloud: Cloud,
  token: string,
  { revision, agrees, words, desk }: Answering,
): Promise<Review> {
  const place = await requireLink(cloud, token);
  const said = words.trim().slice(0, longestWords).toWellFormed();
  if (!agrees && said === "") throw new Refusal("review-wordless");
  const answered = await untilWritten(async () => {
    const [opened, review] = await Promise.all([open(cloud, place), requireReview(cloud, place)]);
    await demandSeen(cloud, opened, revision);
    const at = cloud.clock.now().toISOString();
    const answer = { agrees, words: said, at, revision: opened.card.revision };
    const next: Review = { ...review, version: review.version + 1, answer };
    const who: Person = { id: "person" in review.of ? review.of.person : `review-${review.id}`, roles: [] };
    const details = { review: review.id, agrees, revision: answer.revision };
    const act = actRow(cloud.clock, who, "answer-review", opened.thing, details);
    await cloud.table.write([reviewChange(next), act, ...wishChanges(next)]);
    return next;
  });
  await tellAsker(cloud, answered, desk);
  return answered;
}

/** One letter an answer. */
async function tellAsker(
  cloud: Cloud,
  { publication, article, id, version, answer }: Review,
  desk: URL,
): Promise<void> {
  const of = { kind: "review", article, review: id };
  const ask = {
    v: 1,
    id: `${id}-${version}`,
    is: "answered",
    at: answer?.at ?? "",
    publication,
    of,
    desk: desk.origin,
  };
  await cloud.queues.confirmations.add([ask]);
}

/** @throws Refusal `no-review` */
export async function requireLink(cloud: Cloud, token: string): Promise<ReviewPlace> {
  const place = await readReviewLink(cloud, token);
  if (!place) throw new Refusal("no-review");
  return place;
}

/** @throws Refusal `no-review` */
export async function requireReview(cloud: Cloud, place: ReviewPlace): Promise<Review> {
  const review = await readReview(cloud, place);
  const { of } = review ?? {};
  // Whoever was removed holds a link to nothing.
  const isGone = of && "person" in of && (await namesOf(cloud, place.publication, [of.person])).length === 0;
  if (!review || isGone) throw new Refusal("no-review");
  return review;
}

/** Whether the words a review was answered to are those that stand there now. */
export async function isAnswerCurrent(
  cloud: Cloud,
  { publication, article, answer }: Review,
  standing: Parameters<typeof saysTheSame>[0] & { readonly revision: number },
): Promise<boolean> {
  if (!answer || answer.revision === standing.revision) return true;
  const seen = await readArticle(cloud, publication, article, answer.revision);
  return seen !== undefined && saysTheSame(seen, standing);
}
