import type { Cloud } from "../cloud/cloud.ts";
import { readAmendments } from "../records/amendments.ts";
import { isAnyWithheld, release, withhold } from "../records/pictures.ts";
import { picturesEver, picturesInForce } from "../records/pictures-shown.ts";
import type { State } from "./amending.ts";

/** Pictures of an article that was withdrawn go with it, where no other article of any issue shows them, and come back with it. */

/** Before the pages that show them. */
export async function showReturned(cloud: Cloud, { place, issue, sent }: State): Promise<void> {
  if (!(await isAnyWithheld(cloud, place.publication))) return;
  const [inForce, ever] = await Promise.all([
    picturesInForce(cloud, place.publication),
    readAmendments(cloud, sent).then((amendments) => picturesEver(cloud, sent, issue, amendments)),
  ]);
  await release(
    cloud,
    place.publication,
    ever.filter((picture) => inForce.has(picture)),
  );
}

/** After the pages that showed them. Answers whether any had to go. */
export async function hideWithdrawn(cloud: Cloud, { place, issue, sent }: State): Promise<boolean> {
  const { publication } = place;
  const amendments = await readAmendments(cloud, sent);
  if (amendments.withdrawals.length === 0) return false;
  const ever = await picturesEver(cloud, sent, issue, amendments);
  const inForce = await picturesInForce(cloud, publication);
  const gone = ever.filter((picture) => !inForce.has(picture));
  await withhold(cloud, publication, gone);
  // Somebody may have brought an article back, or built an issue with one of them, in this very moment.
  const since = await picturesInForce(cloud, publication);
  await release(
    cloud,
    publication,
    gone.filter((picture) => since.has(picture)),
  );
  return true;
}
