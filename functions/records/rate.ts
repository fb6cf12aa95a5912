import {
  askedAgain,
  type Lane,
  openRate,
  type Rate,
  speedNow,
  type Taking,
  take,
  throttled,
} from "../../core/delivery/rate.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { rateKey } from "./keys.ts";
import { readShared, writeShared } from "./shared-row.ts";

/** The carrier's rate, one row a lane, shared by everything this deployment sends. */

/** The carrier is asked this often; those who send do not ask all at the same moment. */
const askedEveryMilliseconds = 60_000;
const spreadMilliseconds = 15_000;
/** Figures this old are better than none while the carrier does not answer. */
const oldestMilliseconds = 10 * 60_000;
/** Others may be faster this often. */
const tries = 40;
/** Whoever was outrun that often comes back later: a slow table with many walkers is no fault. */
const outrunMilliseconds = 2000;

/** Takes the next free places for `wanted` letters or fewer. @throws when the carrier tells no figures */
export async function takePlaces(cloud: Cloud, lane: Lane, wanted: number): Promise<Taking> {
  let standing = await readRate(cloud, lane);
  for (let left = tries; ; left--) {
    const rate = await upToDate(cloud, standing);
    const now = cloud.clock.now().getTime();
    const taking = take(rate, lane, wanted, now);
    if (left === 0) return { is: "too-soon", at: now + outrunMilliseconds, perSecond: speedNow(rate, lane, now) };
    // What the carrier said just now is kept for the others too.
    const next = taking.is === "taken" ? taking.rate : rate;
    if (next === standing) return taking;
    const found = await writeShared(cloud, rateKey(lane), standing, next);
    if (found === "written") return taking;
    standing = found;
  }
}

/** The carrier said "too fast": everybody goes slower. */
export async function slowDown(cloud: Cloud, lane: Lane): Promise<void> {
  let standing = await readRate(cloud, lane);
  for (let left = tries; left > 0 && standing; left--) {
    const found = await writeShared(cloud, rateKey(lane), standing, throttled(standing, cloud.clock.now().getTime()));
    if (found === "written") return;
    standing = found;
  }
}

/** The carrier's figures, asked for where they are old: who begins an issue asks for all its rounds. */
export async function figuresNow(cloud: Cloud, lane: Lane): Promise<Rate> {
  const standing = await readRate(cloud, lane);
  const rate = await upToDate(cloud, standing);
  if (rate !== standing) await writeShared(cloud, rateKey(lane), standing, rate);
  return rate;
}

/** How fast letters leave now, for people to look at; undefined before the first one. */
export const readRate = (cloud: Cloud, lane: Lane): Promise<Rate | undefined> => readShared<Rate>(cloud, rateKey(lane));

async function upToDate(cloud: Cloud, standing: Rate | undefined): Promise<Rate> {
  const now = cloud.clock.now().getTime();
  const age = now - (standing?.askedAt ?? Number.NEGATIVE_INFINITY);
  if (standing && age < askedEveryMilliseconds + ((cloud.clock.id().charCodeAt(0) * 997) % spreadMilliseconds))
    return standing;
  try {
    const quota = await cloud.mail.quota();
    return standing ? askedAgain(standing, quota, now) : openRate(quota, now);
  } catch (fault) {
    if (standing && age < oldestMilliseconds) return standing;
    throw fault;
  }
}
