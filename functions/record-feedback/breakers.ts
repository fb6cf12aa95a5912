import { brokenBy, isSound, mayBreak } from "../../core/delivery/breakers.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { issueAccount } from "../records/account.ts";
import { reactionsOf, readReactions, saveStop } from "../records/feedback.ts";
import { type Place, readControl, waitBecause } from "../records/issue-control.ts";
import { readRounds } from "../records/rounds.ts";

/**
 * Stops an issue whose letters come back or are complained of too often. Whoever resumes it has seen how many: it stops
 * again when too many more react, counted from then on. What comes while it waits was seen too.
 */
export async function stopWhenBroken(cloud: Cloud, place: Place): Promise<void> {
  const control = await readControl(cloud, place);
  if (control?.state !== "sending" && control?.state !== "paused") return;
  const { counts, lastStop } = await readReactions(cloud, place);
  const reactions = async () =>
    reactionsOf(counts, (await issueAccount(cloud, place.publication, place.issue))?.accepted ?? 0);
  if (control.state === "paused") {
    if (lastStop) await saveStop(cloud, place, await reactions(), lastStop);
    return;
  }
  // The account reads every batch in work: only when the rounds alone do not show that all is well.
  if (!mayBreak(counts, lastStop) || isSound(reactionsOf(counts, await acceptedAtLeast(cloud, place)), lastStop))
    return;
  const now = await reactions();
  const reason = brokenBy(now, lastStop);
  if (!reason) return;
  await waitBecause(cloud, place, reason);
  await saveStop(cloud, place, now, lastStop);
}

const acceptedAtLeast = async (cloud: Cloud, place: Place): Promise<number> =>
  (await readRounds(cloud, place)).reduce((sum, { tally }) => sum + tally.accepted, 0);
