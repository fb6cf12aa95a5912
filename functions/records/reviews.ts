import type { Review } from "../../core/desk/review.ts";
import { digestOf } from "../../core/digest.ts";
import type { Change, Cloud, Item, Value } from "../cloud/cloud.ts";
import { forgetRow } from "./forgetting.ts";
import { reviewKey, reviewLinkKey } from "./keys.ts";
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

/** Answers the token of a new personal link: 256 random bits, kept as their hash; nobody can read it again. */
export async function makeReviewLink(cloud: Cloud, place: ReviewPlace, until: string): Promise<string> {
  const halves = [cloud.clock.id(), cloud.clock.id()];
  const token = Buffer.concat(halves.map((half) => Buffer.from(half, "base64url"))).toString("base64url");
  const key = reviewLinkKey(digestOf(token));
  const { publication, article, review } = place;
  await cloud.table.each([forgetRow(until, key)]);
  await cloud.table.write([{ put: { ...key, v: 1, publication, article, review, expiresAt: until }, if: "absent" }]);
  return token;
}

/** Undefined: never made, or too old. */
export async function readReviewLink(cloud: Cloud, token: string): Promise<ReviewPlace | undefined> {
  if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return undefined;
  const [row] = await cloud.table.get([reviewLinkKey(digestOf(token))], { consistent: true });
  if (!row) return undefined;
  return { publication: String(row.publication), article: String(row.article), review: String(row.review) };
}
