import { reviewLines } from "../../../core/desk/article-view.ts";
import type { Named } from "../../../core/desk/name-of.ts";
import type { Review } from "../../../core/desk/review.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { offeredNames } from "../../records/people-listed.ts";
import type { Opened } from "../articles.ts";
import { isAnswerCurrent } from "../reviews.ts";
import type { DeskContext } from "./desk-env.ts";

/** "Zur Durchsicht" on an article's page. */

/** Anybody else is asked by their address. */
const reviewersOffered = 40;

/** What somebody had typed into the form that asks. */
export type Asked = Readonly<Record<"name" | "address" | "words" | "person" | "problem", string>>;

interface Reviewed extends Pick<Opened, "article" | "submission"> {
  readonly reviews: readonly Review[];
  readonly people: readonly Named[];
}

/** Who was asked and what they said, and the form that asks. */
export async function reviewsView(
  cloud: Cloud,
  c: DeskContext,
  { article, people, submission, reviews }: Reviewed,
  asked: Asked | undefined,
): Promise<object> {
  const { publication, language } = c.var;
  const chosen = asked?.person ?? submission?.by ?? "";
  const [offered, ...current] = await Promise.all([
    offeredNames(cloud, publication.id, chosen, reviewersOffered),
    ...reviews.map((review) => isAnswerCurrent(cloud, review, article)),
  ]);
  const now = cloud.clock.now().toISOString();
  return {
    form: cloud.clock.id(),
    lines: reviewLines(reviews, current, { publication, language, now, people }),
    people: offered.map(({ id, name }) => ({ id, name, isChosen: id === chosen })),
    ...{ isOpen: asked !== undefined, problem: asked?.problem ?? null },
    ...{ name: asked?.name ?? "", address: asked?.address ?? "", words: asked?.words ?? "" },
  };
}
