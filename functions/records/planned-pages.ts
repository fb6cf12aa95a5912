import type { Batch } from "../../core/delivery/batch.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { readBatches } from "./batches.ts";
import type { Round, RoundPlace } from "./rounds.ts";

/** Whom a round was planned for, from behind any key, so that whoever walks over all readers may go on another day. */

export interface PlannedPage {
  /** By key, in which freeze they were planned: 0 the first. */
  readonly freezes: ReadonlyMap<AddressKey, number>;
  /** Everybody behind `after` up to this key is there. */
  readonly until: string;
  /** Where each freeze was found, for whoever asks for the next page: nothing has to be looked for again. */
  readonly found: readonly number[];
}

interface Stretch {
  readonly first: number;
  readonly end: number;
}
interface Part {
  readonly batches: readonly Batch[];
  readonly until: string;
  readonly found: number;
}

const behindAllKeys = "~";
/** Two more than the keys of a page of 400 fill. */
const batchesAtOnce = 12;

/** @param round undefined while it is being frozen: then whoever stands there already. @param found as the page before answered */
export async function plannedAfter(
  cloud: Cloud,
  place: RoundPlace,
  round: Round | undefined,
  after: AddressKey | "",
  found: readonly number[] = [],
): Promise<PlannedPage> {
  const stretches = (round?.freezes ?? [0]).map((first, index, all) => ({
    first,
    end: all[index + 1] ?? round?.batches ?? Number.POSITIVE_INFINITY,
  }));
  const parts = await Promise.all(
    stretches.map((stretch, index) => partAfter(cloud, place, stretch, after, found[index])),
  );
  const freezes = new Map<AddressKey, number>();
  for (const [freeze, { batches }] of parts.entries())
    for (const key of batches.flatMap(({ keys }) => keys))
      if (key > after && !freezes.has(key)) freezes.set(key, freeze);
  const until = parts.reduce((least, part) => (part.until < least ? part.until : least), behindAllKeys);
  return { freezes, until, found: parts.map((part) => part.found) };
}

async function partAfter(
  cloud: Cloud,
  place: RoundPlace,
  stretch: Stretch,
  after: string,
  found: number | undefined,
): Promise<Part> {
  let from = found ?? (await firstBehind(cloud, place, stretch, after));
  for (;;) {
    const count = Math.min(batchesAtOnce, stretch.end - from);
    const batches = await readBatches(cloud, place, from, count);
    const until = batches.length < batchesAtOnce ? behindAllKeys : (batches.at(-1)?.last ?? behindAllKeys);
    const passed = batches.filter(({ last }) => last <= after).length;
    if (passed < batches.length || until === behindAllKeys)
      return { batches: batches.slice(passed), until, found: from + passed };
    from += passed;
  }
}

/** The first batch that reaches behind a key: by halving, where it is known how many there are. */
async function firstBehind(cloud: Cloud, place: RoundPlace, { first, end }: Stretch, after: string): Promise<number> {
  if (after === "" || end === Number.POSITIVE_INFINITY) return first;
  let [low, high] = [first, end];
  while (low < high) {
    const middle = (low + high) >> 1;
    const [batch] = await readBatches(cloud, place, middle, 1);
    if (batch && batch.last <= after) low = middle + 1;
    else high = middle;
  }
  return low;
}
