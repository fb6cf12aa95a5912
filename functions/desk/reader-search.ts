import { readAddress } from "../../core/email-address.ts";
import type { Person } from "../../core/rights.ts";
import { isWanted, type Wanted } from "../../core/subscriber/chosen.ts";
import { addressKeyOf, addressSecret } from "../../core/subscriber/link.ts";
import type { AddressKey, Subscriber } from "../../core/subscriber/subscriber.ts";
import { nextInWalk, shareBefore, type WalkPosition } from "../../core/subscriber/walk.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { demand } from "../records/acts.ts";
import { subscribersAfter } from "../records/subscribers.ts";

/** How far one piece of a walk goes: whatever is reached first. */
const mostFound = 50;
const mostLookedAt = 4000;
/** Where somebody looks for a few among many. */
const pageSize = 400;

export interface FoundReaders {
  readonly readers: readonly Subscriber[];
  /** Looked at in this piece. */
  readonly lookedAt: number;
  /** Undefined: nobody is left. */
  readonly next: WalkPosition | undefined;
  /** Of all readers, how many lie before `next`: 0 to 1. */
  readonly share: number;
}

/** One piece of a walk over all readers: those that are wanted, and how far it got. @throws Refusal `not-allowed` */
export async function findReaders(
  cloud: Cloud,
  person: Person,
  publication: string,
  wanted: Wanted,
  from: WalkPosition,
): Promise<FoundReaders> {
  demand(person, "read-subscribers", { publication, kind: "subscribers", id: publication });
  const readers: Subscriber[] = [];
  const isEverybody = Object.keys(wanted).length === 0;
  let [position, lookedAt]: [WalkPosition | undefined, number] = [from, 0];
  while (position && lookedAt < mostLookedAt) {
    const { round, after }: WalkPosition = position;
    const page = await subscribersAfter(cloud, publication, round, after, isEverybody ? mostFound : pageSize);
    for (const subscriber of page.subscribers) {
      lookedAt += 1;
      if (!isWanted(subscriber, wanted)) continue;
      readers.push(subscriber);
      if (readers.length < mostFound) continue;
      const next = { round, after: subscriber.addressKey };
      return { readers, lookedAt, next, share: shareBefore(next) };
    }
    position = nextInWalk(round, page.isLast ? undefined : page.subscribers.at(-1)?.addressKey);
  }
  return { readers, lookedAt, next: position, share: position ? shareBefore(position) : 1 };
}

/** Whose page an address leads to. The address itself stands in no address of a page. @throws Refusal `address-…`, `not-allowed` */
export async function readerKey(cloud: Cloud, person: Person, publication: string, typed: string): Promise<AddressKey> {
  demand(person, "read-subscribers", { publication, kind: "subscribers", id: publication });
  return addressKeyOf(addressSecret(await cloud.secrets.read("address")), readAddress(typed));
}
