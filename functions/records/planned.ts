import type { Batch } from "../../core/delivery/batch.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { batchesOf, readBatch } from "./batches.ts";
import type { Round, RoundPlace } from "./rounds.ts";

/** Whom a round was planned for: each freeze wrote its readers in key order, its batches behind those of the one before. */

/** Everybody planned, in key order. @param round undefined while it is being frozen: then whoever stands there already */
export async function* plannedOf(
  cloud: Cloud,
  place: RoundPlace,
  round: Round | undefined,
): AsyncGenerator<AddressKey> {
  const freezes = freezesOf(round).map(({ first, end }) => keysOf(cloud, place, first, end));
  const heads = await Promise.all(freezes.map((keys) => keys.next()));
  for (;;) {
    const least = heads.reduce((min, { done, value }) => (!done && value < min ? value : min), behindAllKeys);
    if (least === behindAllKeys) return;
    yield least;
    for (const [index, keys] of freezes.entries())
      while (!heads[index]?.done && heads[index]?.value === least) heads[index] = await keys.next();
  }
}

const behindAllKeys = "~";

interface Stretch {
  readonly first: number;
  readonly end: number;
}

const freezesOf = (round: Round | undefined): Stretch[] =>
  (round?.freezes ?? [0]).map((first, index, all) => ({
    first,
    end: all[index + 1] ?? round?.batches ?? Number.POSITIVE_INFINITY,
  }));

async function* keysOf(cloud: Cloud, place: RoundPlace, first: number, end: number): AsyncGenerator<AddressKey> {
  let number = first;
  for await (const { keys } of batchesOf(cloud, place, first)) {
    if (number++ >= end) return;
    yield* keys;
  }
}

/**
 * In which freeze somebody was planned, 0 the first; undefined: in none. Halves the batches of each freeze instead of
 * reading them all.
 */
export async function freezeOf(
  cloud: Cloud,
  place: RoundPlace,
  round: Round,
  addressKey: AddressKey,
): Promise<number | undefined> {
  for (const [number, freeze] of freezesOf(round).entries()) {
    const batch = await batchAround(cloud, place, freeze, addressKey);
    if (batch?.keys.includes(addressKey)) return number;
  }
  return undefined;
}

async function batchAround(
  cloud: Cloud,
  place: RoundPlace,
  { first, end }: Stretch,
  addressKey: AddressKey,
): Promise<Batch | undefined> {
  let [low, high] = [first, end - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const batch = await readBatch(cloud, place, middle);
    if (addressKey <= batch.after) high = middle - 1;
    else if (addressKey > batch.last) low = middle + 1;
    else return batch;
  }
  return undefined;
}
