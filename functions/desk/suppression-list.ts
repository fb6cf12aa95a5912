import type { Person } from "../../core/rights.ts";
import { wordSeenAt } from "../../core/subscriber/suppressed.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { demand } from "../records/acts.ts";
import { whoKnows } from "../records/known.ts";
import { type ListedSuppression, suppressionsPage } from "../records/suppression-list.ts";
import type { SuppressionSeen } from "./suppressions.ts";

/** A suppression with the reader it is of, where the publication knows them. */
export interface SuppressionOnList extends SuppressionSeen {
  readonly address: string | null;
}

/** Of a list of the whole deployment, so many lines are looked at before it is said how far one got. */
const mostLookedAt = 600;
const pageSize = 100;

/**
 * A page of the suppressions that concern a publication, the newest first: those it made itself, and those of its readers.
 *
 * @returns `next` while more may follow, though none of those may concern it
 * @throws Refusal `not-allowed`
 */
export async function listSuppressions(
  cloud: Cloud,
  person: Person,
  publication: string,
  { limit, after }: { readonly limit: number; readonly after?: string },
): Promise<{ readonly suppressions: readonly SuppressionOnList[]; readonly next?: string }> {
  demand(person, "read-subscribers", { publication, kind: "subscribers", id: publication });
  const found: SuppressionOnList[] = [];
  let place = after;
  for (let lookedAt = 0; lookedAt < mostLookedAt; lookedAt += pageSize) {
    const page = await suppressionsPage(cloud, { limit: pageSize, after: place });
    const seen = await concerning(cloud, publication, page.lines);
    for (const one of seen) {
      if (found.length === limit) return { suppressions: found, ...(place !== undefined && { next: place }) };
      found.push(one.shown);
      place = one.place;
    }
    if (page.next === undefined) return { suppressions: found };
    place = page.next;
  }
  return { suppressions: found, ...(place !== undefined && { next: place }) };
}

async function concerning(
  cloud: Cloud,
  publication: string,
  lines: readonly ListedSuppression[],
): Promise<readonly { readonly shown: SuppressionOnList; readonly place: string }[]> {
  const known = await whoKnows(
    cloud,
    publication,
    lines.map(({ suppression: { addressKey } }) => addressKey),
  );
  return lines.flatMap(({ suppression, word, place }, index) => {
    const { here, isElsewhere } = known[index] ?? { here: undefined, isElsewhere: true };
    // Each stands on it once: by the word this publication sees.
    const seen = wordSeenAt(suppression, publication, { here: here !== undefined, elsewhere: isElsewhere });
    if (seen === undefined || seen !== word) return [];
    const { addressKey } = suppression;
    const address = here?.address === undefined ? null : String(here.address);
    return [{ shown: { addressKey, reason: word.reason, at: word.at, address }, place }];
  });
}
