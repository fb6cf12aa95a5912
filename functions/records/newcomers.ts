import { exclusionOf } from "../../core/delivery/audience.ts";
import type { Delivery } from "../../core/delivery/delivery.ts";
import type { RestGroup } from "../../core/delivery/rest.ts";
import type { AddressKey, Subscriber } from "../../core/subscriber/subscriber.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { batchesOf } from "./batches.ts";
import { readDeliveries } from "./deliveries.ts";
import type { ForWhom } from "./issue-control.ts";
import { withoutOriginal } from "./received.ts";
import { type RoundPlace, readRounds } from "./rounds.ts";
import { subscribersAfter, suppressedAmong } from "./subscribers.ts";

/** A reader an issue could go to who was in none of its freezes. */
export interface Newcomer {
  readonly addressKey: AddressKey;
  readonly group: Extract<RestGroup, "joined" | "moved">;
}

/** Readers looked at together. */
const pageSize = 400;

/**
 * The readers of a round behind `after` who confirmed since an issue was frozen. Who has only changed their address is
 * one of them when the issue never reached the old one.
 *
 * @param pass the one that is being planned: its own batches count too, those of one that never came to its end do not
 */
export async function* newcomers(
  cloud: Cloud,
  place: RoundPlace & ForWhom,
  { after, pass }: { readonly after: string; readonly pass?: number },
): AsyncGenerator<Newcomer> {
  const planned = await plannedIn(cloud, place, pass);
  let from = after;
  for (let isLast = false; !isLast; ) {
    const page = await subscribersAfter(cloud, place.publication, place.round, from, pageSize);
    const strangers = page.subscribers.filter(({ addressKey }) => !planned.has(addressKey));
    yield* await newAmong(cloud, place, strangers);
    from = page.subscribers.at(-1)?.addressKey ?? from;
    isLast = page.isLast;
  }
}

async function plannedIn(cloud: Cloud, place: RoundPlace, pass: number | undefined): Promise<ReadonlySet<AddressKey>> {
  const frozen = (await readRounds(cloud, place)).find(({ round }) => round === place.round)?.batches ?? 0;
  const planned = new Set<AddressKey>();
  let number = 0;
  for await (const batch of batchesOf(cloud, place))
    if (number++ < frozen || batch.pass === pass) for (const key of batch.keys) planned.add(key);
  return planned;
}

async function newAmong(
  cloud: Cloud,
  place: RoundPlace & ForWhom,
  strangers: readonly Subscriber[],
): Promise<Newcomer[]> {
  const now = cloud.clock.now().toISOString();
  const suppressed = await suppressedAmong(
    cloud,
    strangers.map(({ addressKey }) => addressKey),
  );
  const without = await withoutOriginal(cloud, place, strangers);
  const invited = strangers.filter(
    (one) => !without.has(one.addressKey) && !exclusionOf(one, suppressed.has(one.addressKey), now, place.topic),
  );
  const deliveries = await readDeliveries(cloud, place, [...new Set(invited.flatMap(earlierOf))]);
  const reached = new Set(
    deliveries.flatMap((delivery) => (delivery && hasReached(delivery) ? [delivery.addressKey] : [])),
  );
  return invited.flatMap((one): Newcomer[] => {
    const earlier = earlierOf(one);
    if (earlier.some((key) => reached.has(key))) return [];
    return [{ addressKey: one.addressKey, group: earlier.length > 0 ? "moved" : "joined" }];
  });
}

/** The addresses a reader had before. */
const earlierOf = (subscriber: Subscriber): readonly AddressKey[] =>
  "movedFrom" in subscriber ? (subscriber.movedFrom ?? []) : [];

/** What nobody can tell may have reached them: then they are not new. */
const hasReached = (delivery: Delivery): boolean =>
  delivery.state !== "rejected" && delivery.state !== "bounced" && delivery.state !== "skipped";
