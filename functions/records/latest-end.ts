import { counted, nobody, nothing, plusFrozen, plusTally } from "../../core/delivery/account.ts";
import { sendingDays } from "../../core/delivery/delivery.ts";
import { estimateSeconds } from "../../core/delivery/estimate.ts";
import { laneDay, laneRate } from "../../core/delivery/rate.ts";
import { coldStart, isWarm, today, type WarmUp } from "../../core/delivery/warm-up.ts";
import type { Cloud } from "../cloud/cloud.ts";
import type { Control, Place } from "./issue-control.ts";
import { requirePublication } from "./publications.ts";
import { figuresNow } from "./rate.ts";
import { readRounds } from "./rounds.ts";
import { readWarmUp } from "./warm-up.ts";

/** So much longer than estimated an issue may take before somebody is asked. */
const mostOverEstimate = 2;
const leastHours = 48;

/**
 * When an issue that goes on now is stopped and somebody asked: long after it should have been done, and long before the
 * ledger forgets its first readers.
 */
export async function latestEnd(cloud: Cloud, issue: Place & Pick<Control, "startedAt">): Promise<string> {
  const seconds = Math.max(leastHours * 3600, mostOverEstimate * (await secondsLeft(cloud, issue)));
  const latest = Date.parse(issue.startedAt) + sendingDays * 86_400_000;
  return new Date(Math.min(cloud.clock.now().getTime() + seconds * 1000, latest)).toISOString();
}

/** How long the letters that wait will take by rate, day quota and warm-up. */
export async function secondsLeft(cloud: Cloud, place: Place): Promise<number> {
  const frozen = await readRounds(cloud, place);
  const { planned } = frozen.reduce(plusFrozen, nobody);
  return secondsFor(cloud, place, planned - counted(frozen.map(({ tally }) => tally).reduce(plusTally, nothing)));
}

/** How long so many letters of a publication take. */
export async function secondsFor(
  cloud: Cloud,
  { publication }: Pick<Place, "publication">,
  letters: number,
): Promise<number> {
  const [rate, { sender }] = await Promise.all([figuresNow(cloud, "editions"), requirePublication(cloud, publication)]);
  const domain = sender.from.slice(sender.from.lastIndexOf("@") + 1);
  const warmUp = cloud.mail.isJudged && !sender.isKnown ? await warmUpToday(cloud, domain) : undefined;
  const { perSecond, perDay, sentInLastDay } = rate.quota;
  return estimateSeconds(letters, {
    perSecond: laneRate("editions", { perSecond }),
    perDay: perDay === null ? Number.POSITIVE_INFINITY : laneDay("editions", { perDay }),
    sentInLastDay,
    warmUp: warmUp && !isWarm(warmUp) ? warmUp : undefined,
  });
}

/** Nobody knows a domain that has sent nothing yet. */
async function warmUpToday(cloud: Cloud, domain: string): Promise<WarmUp> {
  const now = cloud.clock.now();
  return today((await readWarmUp(cloud, domain)) ?? coldStart(now), now, 0);
}
