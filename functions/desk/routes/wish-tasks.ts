import type { Review } from "../../../core/desk/review.ts";
import type { Task } from "../../../core/desk/start.ts";
import { declinedTask, type SaidNo, wishTask } from "../../../core/desk/wishes.ts";
import { articlesOf } from "../../../core/issue/draft.ts";
import { type Issue, idOfIssue } from "../../../core/issue/issue.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { latestRequests } from "../../records/approval-requests.ts";
import { readCards } from "../../records/articles.ts";
import { namesOf } from "../../records/people-listed.ts";
import { readReview } from "../../records/reviews.ts";
import { listWishes } from "../../records/wishes.ts";
import type { DeskContext } from "./desk-env.ts";

/** Looked through, and shown: of what was wished long ago most has been done. */
const mostLookedAt = 80;
const mostShown = 8;

/** Changes somebody wishes for and nobody has made yet: by a review of an article, or instead of an approval. */
export async function wishTasks(cloud: Cloud, c: DeskContext, issues: readonly Issue[]): Promise<Task[]> {
  const [declined, wished] = await Promise.all([declinedOf(cloud, c, issues), wishedOf(cloud, c, issues)]);
  return [...declined, ...wished].slice(0, mostShown);
}

/** Of a build that is still the one to be approved. */
async function declinedOf(cloud: Cloud, { var: { language } }: DeskContext, issues: readonly Issue[]): Promise<Task[]> {
  const built = issues.filter((issue) => issue.status === "built");
  const tasks = built.map(async (issue) => {
    const place = { publication: issue.publication, issue: idOfIssue(issue) };
    const requests = await latestRequests(cloud, place, mostShown);
    return requests.flatMap(({ name, answer, fingerprint }): SaidNo[] =>
      answer?.is === "declined" && fingerprint === issue.fingerprint ? [{ name, words: answer.words, issue }] : [],
    );
  });
  return (await Promise.all(tasks)).flat().map((said) => declinedTask(said, language));
}

/** Of the words that stand there now, in what has not appeared yet. */
async function wishedOf(cloud: Cloud, c: DeskContext, issues: readonly Issue[]): Promise<Task[]> {
  const { publication, language } = c.var;
  const all = await listWishes(cloud, publication.id, mostLookedAt);
  const found = await readCards(cloud, publication.id, [...new Set(all.map(({ article }) => article))]);
  const cards = new Map(found.map((card) => [card.id, card]));
  const appeared = new Set(issues.filter(({ status }) => status === "sent").flatMap(articlesOf));
  const open = all
    .filter(({ article, revision }) => cards.get(article)?.revision === revision && !appeared.has(article))
    .slice(0, mostShown);
  const reviews = await Promise.all(open.map((place) => readReview(cloud, { publication: publication.id, ...place })));
  const standing = reviews.filter((review): review is Review => review !== undefined);
  const people = await namesOf(
    cloud,
    publication.id,
    standing.flatMap(({ of }) => ("person" in of ? [of.person] : [])),
  );
  return standing.map((review) =>
    wishTask(review, { title: cards.get(review.article)?.title ?? "", people, language }),
  );
}
