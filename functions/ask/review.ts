import { longDayOf } from "../../core/edition/web/dates.ts";
import type { ReviewAsk } from "../../core/subscriber/ask.ts";
import { addressKeyOf, addressSecret } from "../../core/subscriber/link.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { readCard } from "../records/articles.ts";
import { deskMailKey } from "../records/keys.ts";
import { findPerson, listPeople } from "../records/people.ts";
import { findPublication } from "../records/publications.ts";
import { makeReviewLink, readReview } from "../records/reviews.ts";
import type { AnswerTo } from "./answer-to.ts";
import { isSilenced } from "./silenced.ts";

/** Undefined: what they were asked is over, or they are not to be written to. */
export async function toReviewer(cloud: Cloud, ask: ReviewAsk): Promise<AnswerTo | undefined> {
  const { publication: id, article, review: reviewId, desk } = ask;
  const place = { publication: id, article, review: reviewId };
  const [publication, card, review, address, people] = await Promise.all([
    findPublication(cloud, id),
    readCard(cloud, id, article),
    readReview(cloud, place),
    addressOf(cloud, ask),
    listPeople(cloud, id),
  ]);
  if (!publication || !card || !review || review.answer || address === undefined) return undefined;
  const addressKey = addressKeyOf(addressSecret(await cloud.secrets.read("address")), address);
  if (await isSilenced(cloud, addressKey)) return undefined;
  const { language, title } = publication;
  const by = people.find((person) => person.id === review.askedBy)?.name ?? title;
  const until = longDayOf(new Date(review.until), publication.timeZone, language);
  return {
    asked: { is: "review", publication, article: card.title, by, words: review.words, until },
    key: deskMailKey(addressKey, id, reviewId),
    ...{ addressKey, address, language, token: undefined },
    makeLink: async () => new URL(`/r/review/${await makeReviewLink(cloud, place, review.until)}`, desk).href,
  };
}

const addressOf = async (cloud: Cloud, { publication, to }: ReviewAsk): Promise<string | undefined> =>
  "address" in to ? to.address : (await findPerson(cloud, publication, to.addressKey))?.address;
