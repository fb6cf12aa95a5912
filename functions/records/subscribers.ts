import { rounds } from "../../core/delivery/delivery.ts";
import type { AddressKey, Moved, Subscriber } from "../../core/subscriber/subscriber.ts";
import { unsubscribe } from "../../core/subscriber/unsubscribe.ts";
import { type Change, type Cloud, Conflict, type Item, type Value } from "../cloud/cloud.ts";
import { enterJournal } from "./journal.ts";
import { consentKey, subscriberKey, suppressionKey } from "./keys.ts";

/** Subscribers live in the sixteen rounds of their publication, one row an address. */

export const rowOfSubscriber = (subscriber: Subscriber): Item => ({
  ...subscriberKey(subscriber.publication, subscriber.addressKey),
  ...(subscriber as unknown as Record<string, Value>),
});

export const subscriberOfRow = ({ pk: _, sk: __, ...row }: Item): Subscriber => row as unknown as Subscriber;

export async function readSubscriber(
  cloud: Cloud,
  publication: string,
  addressKey: AddressKey,
): Promise<Subscriber | undefined> {
  const [row] = await cloud.table.get([subscriberKey(publication, addressKey)], { consistent: true });
  return row && subscriberOfRow(row);
}

/** Everybody the publication knows, by round. For people to look at; a delivery goes by batches. */
export async function listSubscribers(cloud: Cloud, publication: string): Promise<Subscriber[]> {
  const all: Subscriber[] = [];
  for (const round of rounds) {
    let after = "";
    for (let isLast = false; !isLast; ) {
      const page = await subscribersAfter(cloud, publication, round, after, 1000);
      all.push(...page.subscribers);
      after = page.subscribers.at(-1)?.addressKey ?? after;
      isLast = page.isLast;
    }
  }
  return all;
}

/** A page of one round's subscribers in key order, from behind `after`. */
export async function subscribersAfter(
  cloud: Cloud,
  publication: string,
  round: string,
  after: string,
  limit: number,
): Promise<{ subscribers: Subscriber[]; isLast: boolean }> {
  const pk = `subscribers#${publication}#${round}`;
  // Every key is 22 signs long and no sign sorts below "-": this lies between `after` and its successor.
  const from = `${after}-`;
  const { items, next } = await cloud.table.query({ pk, from, limit, consistent: true });
  return { subscribers: items.map(subscriberOfRow), isLast: next === undefined };
}

export async function suppressedAmong(cloud: Cloud, keys: readonly AddressKey[]): Promise<ReadonlySet<AddressKey>> {
  const rows = await cloud.table.get(keys.map(suppressionKey), { consistent: true });
  return new Set(keys.filter((_, index) => rows[index] !== undefined));
}

/** How often a change is tried again when somebody else changed the row meanwhile. */
const tries = 4;

/**
 * A reader leaves, at once: the row forgets address and name, and the withdrawal is filed as evidence. Who left
 * before, or was never here, stays as they are. An old link follows its reader to a new address.
 *
 * @throws when it could not be written: the reader must be told to try again
 */
export async function leave(cloud: Cloud, publication: string, addressKey: AddressKey): Promise<void> {
  for (let left = tries; left > 0; left--) {
    const subscriber = await whereNow(cloud, publication, addressKey);
    if (!subscriber || subscriber.state === "unsubscribed") return;
    const at = cloud.clock.now().toISOString();
    await enterJournal(cloud, { kind: "left", at, publication, addressKey: subscriber.addressKey });
    try {
      return await cloud.table.write(leaving(subscriber, at));
    } catch (conflict) {
      if (!(conflict instanceof Conflict)) throw conflict;
    }
  }
  throw new Error("a subscriber's row changed again and again");
}

function leaving(subscriber: Exclude<Subscriber, Moved>, at: string): Change[] {
  const { publication, addressKey, version, language } = subscriber;
  const evidence = { ...consentKey(addressKey, publication, `${at}#withdrawn`), v: 1, at, language, form: "link" };
  return [
    { put: rowOfSubscriber(unsubscribe(subscriber, at)), if: { version } },
    { put: evidence, if: "absent" },
  ];
}

/** More than this many changes of address in a row are a circle. */
const farthest = 8;

async function whereNow(
  cloud: Cloud,
  publication: string,
  addressKey: AddressKey,
): Promise<Exclude<Subscriber, Moved> | undefined> {
  let key = addressKey;
  for (let steps = 0; steps < farthest; steps++) {
    const subscriber = await readSubscriber(cloud, publication, key);
    if (subscriber?.state !== "moved") return subscriber;
    key = subscriber.movedTo;
  }
  return undefined;
}
