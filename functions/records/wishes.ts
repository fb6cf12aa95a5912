import type { Review } from "../../core/desk/review.ts";
import type { Change, Cloud } from "../cloud/cloud.ts";
import { forgetRow } from "./forgetting.ts";
import { reviewWishKey } from "./keys.ts";

/** Reviews that ask for changes, once more in a partition of their own: who looks for them knows no article. */
export interface WishPlace {
  readonly article: string;
  readonly review: string;
  /** The revision they spoke of: a later one is what an editor made of it. */
  readonly revision: number;
}

/** So long it is worth being told of on the first page; the review itself stays longer. */
const keptDays = 60;

/** What an answer does to them: it becomes one, or is none any more. */
export function wishChanges({ publication, article, id, answer }: Review): Change[] {
  const key = reviewWishKey(publication, article, id);
  if (!answer || answer.agrees) return [{ remove: key }];
  const until = new Date(Date.parse(answer.at) + keptDays * 86_400_000).toISOString();
  const { at, revision } = answer;
  return [{ put: { ...key, v: 1, article, review: id, at, revision, expiresAt: until } }, forgetRow(until, key)];
}

/** The newest first. */
export async function listWishes(cloud: Cloud, publication: string, most: number): Promise<WishPlace[]> {
  const { pk } = reviewWishKey(publication, "", "");
  const { items } = await cloud.table.query({ pk, limit: most, consistent: true });
  return items
    .toSorted((one, other) => (String(one.at) < String(other.at) ? 1 : -1))
    .map(({ article, review, revision }) => ({
      ...{ article: String(article), review: String(review), revision: Number(revision) },
    }));
}
