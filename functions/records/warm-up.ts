import {
  coldStart,
  giveBackToday,
  isPast,
  isWarm,
  takeToday,
  today,
  tomorrow,
  type WarmUp,
} from "../../core/delivery/warm-up.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { warmUpKey } from "./keys.ts";
import { readShared, writeShared } from "./shared-row.ts";

/** How far mailbox providers know a sender's domain: one row a domain, from its first letter on. */

/** Others may be faster this often. */
const tries = 40;

export type Allowed = { readonly count: number } | { readonly until: number };

/**
 * Takes of the day's allowance; all that is wanted once the domain is known.
 *
 * @param bounceShare asked for only when a new day begins
 */
export async function takeAllowance(
  cloud: Cloud,
  domain: string,
  wanted: number,
  bounceShare: () => Promise<number>,
): Promise<Allowed> {
  let standing = await readWarmUp(cloud, domain);
  for (let left = tries; left > 0; left--) {
    if (standing && isWarm(standing)) return { count: wanted };
    const now = cloud.clock.now();
    const begun = standing ?? coldStart(now);
    const current = today(begun, now, isPast(begun, now) ? await bounceShare() : 0);
    const { count, warmUp } = takeToday(current, wanted);
    if (count === 0) return { until: tomorrow(current) };
    const found = await writeShared(cloud, warmUpKey(domain), standing, warmUp);
    if (found === "written") return { count };
    standing = found;
  }
  throw new Error(`the warm-up of ${domain} changed again and again`);
}

/** Gives back what a walk that ended did not use. Lost where the table stumbles: then the day has a few letters fewer. */
export async function giveAllowanceBack(cloud: Cloud, domain: string, unused: number): Promise<void> {
  let standing = await readWarmUp(cloud, domain);
  for (let left = tries; left > 0 && standing && !isPast(standing, cloud.clock.now()); left--) {
    const found = await writeShared(cloud, warmUpKey(domain), standing, giveBackToday(standing, unused));
    if (found === "written") return;
    standing = found;
  }
}

export const readWarmUp = (cloud: Cloud, domain: string): Promise<WarmUp | undefined> =>
  readShared<WarmUp>(cloud, warmUpKey(domain));
