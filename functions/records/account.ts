import {
  accountOf,
  type IssueAccount,
  nobody,
  nothing,
  plusFrozen,
  plusTally,
  type Tally,
  tallyOf,
} from "../../core/delivery/account.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { readBatch } from "./batches.ts";
import { readDeliveries } from "./deliveries.ts";
import type { Place } from "./issue-control.ts";
import { type Round, readRounds } from "./rounds.ts";

export type { IssueAccount } from "../../core/delivery/account.ts";

/**
 * Where an issue stands, from its sixteen rounds at any size of audience. Undefined before anything was planned.
 *
 * @throws when the books do not agree
 */
export async function issueAccount(
  cloud: Cloud,
  publication: string,
  issue: string,
): Promise<IssueAccount | undefined> {
  const rounds = await readRounds(cloud, { publication, issue });
  if (rounds.length === 0) return undefined;
  const tallies = await Promise.all(rounds.map((round) => tallyNow(cloud, { publication, issue }, round)));
  return accountOf(rounds.reduce(plusFrozen, nobody), tallies.reduce(plusTally, nothing));
}

/** A round's tally, and what the batch its walk is in has so far. */
async function tallyNow(cloud: Cloud, place: Place, round: Round): Promise<Tally> {
  // A later pass changes the books only when it is settled.
  if (round.phase === "balanced" || round.next >= round.batches || round.pass > 0) return round.tally;
  const { keys } = await readBatch(cloud, { ...place, round: round.round }, round.next);
  const deliveries = await readDeliveries(cloud, place, keys);
  return plusTally(round.tally, tallyOf(deliveries.filter((delivery) => delivery !== undefined)));
}
