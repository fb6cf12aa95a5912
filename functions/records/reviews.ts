import type { Review } from "../../core/desk/review.ts";
import type { Change, Cloud, Item, Value } from "../cloud/cloud.ts";
import { reviewKey, reviewLinkKey } from "./keys.ts";
import { behindLink, makeLink } from "./personal-links.ts";
import { rowsOf } from "./rows.ts";

/** Who was asked to look an article through, and the personal links they were asked with. */

/** The newest first. */
export async function listReviews(cloud: Cloud, publication: string, article: string): Promise<Review[]> {
  const { pk, sk } = reviewKey(publication, article, "");
  const all = await Array.fromAsync(rowsOf(cloud, { pk, from: sk, to: `${sk}~`, consistent: true }), reviewOf);
  return all.sort((one, other) => (one.askedAt < other.askedAt ? 1 : -1));
}

export interface ReviewPlace {
  readonly publication: string;
  readonly article: string;
  readonly review: string;
}

export async function readReview(
  cloud: Cloud,
  { publication, article, review }: ReviewPlace,
): Promise<Review | undefined> {
  const [row] = await cloud.table.get([reviewKey(publication, article, review)], { consistent: true });
  return row && reviewOf(row);
}

/** The row's change, over the version it was read at. */
export const reviewChange = (review: Review): Change => ({
  put: {
    ...reviewKey(review.publication, review.article, review.id),
    ...(review as unknown as Readonly<Record<string, Value>>),
  },
  if: review.version === 1 ? "absent" : { version: review.version - 1 },
});

const reviewOf = ({ pk: _, sk: __, ...review }: Item): Review => review as unknown as Review;

/** Answers the token of a new personal link; nobody can read it again. */
export const makeReviewLink = (
  cloud: Cloud,
  { publication, article, review }: ReviewPlace,
  until: string,
): Promise<string> => makeLink(cloud, reviewLinkKey, { publication, article, review }, until);

/** Undefined: never made, too old, or of another table. */
export async function readReviewLink(cloud: Cloud, token: string): Promise<ReviewPlace | undefined> {
  const row = await behindLink(cloud, reviewLinkKey, token);
  return row && { publication: String(row.publication), article: String(row.article), review: String(row.review) };
}
