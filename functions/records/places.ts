import { articlesOf } from "../../core/issue/draft.ts";
import { type IssuePlan, idOfIssue } from "../../core/issue/issue.ts";
import type { Change, Cloud } from "../cloud/cloud.ts";
import { headingsKey, placesKey } from "./keys.ts";

/**
 * In which issues articles stand. A row an article names every issue that ever named it, written before the issue is: so
 * it may name one too many and never one too few, and the issue itself decides.
 */

/** To be done before an issue with this plan is written. What is noted already is not written again. */
export async function notePlaces({ table }: Cloud, plan: IssuePlan): Promise<void> {
  const { publication } = plan;
  const [issue, articles] = [idOfIssue(plan), articlesOf(plan)];
  const keys = [headingsKey(publication), ...articles.map((article) => placesKey(publication, article))];
  const [headings, ...places] = await table.get(keys, { consistent: true });
  const changes: Change[] = articles
    .filter((_, index) => places[index]?.[issue] === undefined)
    .map((article) => ({ patch: placesKey(publication, article), set: { [issue]: true } }));
  const names = plan.sections.map(({ name }) => mark + name).filter((field) => headings?.[field] === undefined);
  if (names.length > 0)
    changes.push({ patch: headingsKey(publication), set: Object.fromEntries(names.map((field) => [field, true])) });
  if (changes.length > 0) await table.each(changes);
}

/** A heading may be called as a row's own fields are. */
export const mark = "is ";
