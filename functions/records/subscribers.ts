import { rounds } from "../../core/delivery/delivery.ts";
import type { WithdrawalForm } from "../../core/subscriber/consent.ts";
import { farthest } from "../../core/subscriber/move.ts";
import type { AddressKey, Confirmed, Moved, Subscriber } from "../../core/subscriber/subscriber.ts";
import { unsubscribe } from "../../core/subscriber/unsubscribe.ts";
import type { Change, Cloud, Item, Value } from "../cloud/cloud.ts";
import { evidenceRow } from "./consents.ts";
import { forgetEvidence, forgetRow } from "./forgetting.ts";
import { enterJournal } from "./journal.ts";
import { requestKey, subscriberKey, suppressionKey, undoKey } from "./keys.ts";
import { untilWritten } from "./until-written.ts";

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

/**
 * A reader leaves, at once: the row forgets address and name, and the withdrawal is filed as evidence. Who left
 * before, or was never here, stays as they are. An old link follows its reader to a new address; a request that still
 * waited is withdrawn too.
 *
 * @throws when it could not be written: the reader must be told to try again
 */
export const leave = (
  cloud: Cloud,
  publication: string,
  addressKey: AddressKey,
  form: WithdrawalForm = "link",
): Promise<void> =>
  untilWritten(async () => {
    const subscriber = await whereNow(cloud, publication, addressKey);
    if (!subscriber) return;
    const request = requestKey(subscriber.addressKey, publication);
    const stays: Change = {
      check: subscriberKey(publication, subscriber.addressKey),
      if: { version: subscriber.version },
    };
    if (subscriber.state === "unsubscribed") return cloud.table.write([{ remove: request }, stays]);
    const at = cloud.clock.now().toISOString();
    await enterJournal(cloud, { kind: "left", at, publication, addressKey: subscriber.addressKey });
    await cloud.table.write([...leaving(subscriber, at, form), { remove: request }]);
  });

function leaving(subscriber: Exclude<Subscriber, Moved>, at: string, form: WithdrawalForm): Change[] {
  const { publication, addressKey, version, language } = subscriber;
  return [
    { put: rowOfSubscriber(unsubscribe(subscriber, at)), if: { version } },
    evidenceRow(addressKey, { kind: "withdrawn", publication, at, language, form }),
    forgetEvidence(addressKey, publication, at),
    ...(subscriber.state === "confirmed" ? keepForUndo(subscriber, at) : []),
  ];
}

/** How long leaving can be taken back. */
export const undoMinutes = 10;

/** What leaving forgets; a read never sees it any more once the time is over. */
function keepForUndo(reader: Confirmed, leftAt: string): Change[] {
  const expiresAt = new Date(Date.parse(leftAt) + undoMinutes * 60_000).toISOString();
  const key = undoKey(reader.addressKey, reader.publication);
  const row = { v: 1, leftAt, reader: reader as unknown as Value, expiresAt };
  return [{ put: { ...key, ...row } }, forgetRow(expiresAt, key)];
}

/** A reader by a link of any age: who moved is found at their new address. */
export async function whereNow(
  cloud: Cloud,
  publication: string,
  addressKey: AddressKey,
): Promise<Exclude<Subscriber, Moved> | undefined> {
  let key = addressKey;
  for (let steps = 0; steps <= farthest; steps++) {
    const subscriber = await readSubscriber(cloud, publication, key);
    if (subscriber?.state !== "moved") return subscriber;
    key = subscriber.movedTo;
  }
  return undefined;
}
