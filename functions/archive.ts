import { isAtRest } from "../core/delivery/account.ts";
import { rounds } from "../core/delivery/delivery.ts";
import { wakeSchema } from "../core/delivery/turn.ts";
import type { Cloud, FunctionMaker } from "./cloud/cloud.ts";
import { onAws } from "./cloud/on-aws.ts";
import { house } from "./house.ts";
import { issueAccount } from "./records/account.ts";
import { type Control, closeSending, readControl } from "./records/issue-control.ts";
import { readRounds } from "./records/rounds.ts";
import { publishShelf } from "./records/shelf.ts";

/**
 * Closes the books of an issue: when its sixteen rounds are balanced and the sums agree it is sent, or stays cancelled,
 * and is open work no more. Rung for by the round that is balanced last; woken earlier, it does nothing.
 */
export const archive: FunctionMaker = (cloud) => async (event) => {
  const place = wakeSchema.parse(event);
  const control = await readControl(cloud, place);
  if (control?.state !== "sending" && control?.state !== "cancelled") return;
  const unresolved = await unresolvedAtRest(cloud, control);
  if (unresolved === undefined) return;
  await publishShelf(cloud, house(), place.publication);
  await closeSending(cloud, control, unresolved);
};

/** How many deliveries nobody can tell the fate of; undefined while anything is still under way. */
async function unresolvedAtRest(cloud: Cloud, { publication, issue, state }: Control): Promise<number | undefined> {
  const frozen = await readRounds(cloud, { publication, issue });
  if (frozen.some(({ phase }) => phase === "walking")) return undefined;
  // Cancelled before everything was frozen: nobody was written to.
  if (frozen.length < rounds.length) return state === "cancelled" ? 0 : undefined;
  const account = await issueAccount(cloud, publication, issue);
  if (!account || !isAtRest(account)) throw new Error(`${publication} ${issue} is balanced and not at rest`);
  return account.unresolved;
}

export const handler = onAws(archive);
