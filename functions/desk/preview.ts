import { digestOf } from "../../core/digest.ts";
import { type Preview, preview } from "../../core/edition/preview.ts";
import { articlesOf, planOf } from "../../core/issue/draft.ts";
import type { Issue } from "../../core/issue/issue.ts";
import type { Publication } from "../../core/publication.ts";
import type { Person } from "../../core/rights.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { house } from "../house.ts";
import { demand } from "../records/acts.ts";
import { readCards } from "../records/articles.ts";
import type { Place } from "../records/issue-control.ts";
import { requireIssue } from "../records/issues.ts";
import { requirePublication } from "../records/publications.ts";
import { articlesNow } from "./articles-now.ts";

/** An issue as it would look now, made in memory and kept nowhere else. */

/** Everything a look depends on, told by a stamp: the same stamp, the same preview. */
export interface Standing {
  readonly publication: Publication;
  readonly issue: Issue;
  readonly stamp: string;
}

/** Reads rows only. @throws Refusal `no-issue`, `not-allowed` */
export async function standingOf(cloud: Cloud, person: Person, place: Place): Promise<Standing> {
  demand(person, "read-issues", { publication: place.publication, kind: "issue", id: place.issue });
  const [publication, issue] = await Promise.all([
    requirePublication(cloud, place.publication),
    requireIssue(cloud, place.publication, place.issue),
  ]);
  const cards = await readCards(cloud, place.publication, articlesOf(issue));
  const words = cards.map(({ id, digest }) => `${id} ${digest}`);
  return { publication, issue, stamp: digestOf(JSON.stringify([publication, planOf(issue), words])).slice(0, 32) };
}

/** Of the last looks, by their stamps. Two people at one issue, or three frames of one page, wait for one build. */
const kept = new Map<string, Promise<Preview | undefined>>();
const mostKept = 4;

/**
 * Mail, text and web edition of the plan as it stands. A second look costs nothing.
 *
 * @returns `preview` undefined while there is nothing to show
 * @throws Refusal `no-issue`, `not-allowed`
 */
export async function previewIssue(
  cloud: Cloud,
  person: Person,
  place: Place,
): Promise<Standing & { readonly preview: Preview | undefined }> {
  const standing = await standingOf(cloud, person, place);
  const { stamp } = standing;
  const looked = kept.get(stamp) ?? look(cloud, standing);
  kept.delete(stamp);
  kept.set(stamp, looked);
  for (const oldest of [...kept.keys()].slice(0, -mostKept)) kept.delete(oldest);
  try {
    return { ...standing, preview: await looked };
  } catch (trouble) {
    kept.delete(stamp);
    throw trouble;
  }
}

async function look(cloud: Cloud, { publication, issue }: Standing): Promise<Preview | undefined> {
  const articles = await articlesNow(cloud, publication.id, articlesOf(issue));
  return preview({ publication, issue: planOf(issue), articles, house: house() });
}
