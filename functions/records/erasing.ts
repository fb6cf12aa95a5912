import type { AddressKey, Subscriber } from "../../core/subscriber/subscriber.ts";
import { unsubscribe } from "../../core/subscriber/unsubscribe.ts";
import type { Change, Cloud, Key } from "../cloud/cloud.ts";
import { readAtAddress } from "./at-address.ts";
import { evidenceRow } from "./consents.ts";
import { erasureChange } from "./erasures.ts";
import { forgetEvidence } from "./forgetting.ts";
import { enterJournal } from "./journal.ts";
import { movingKey, requestKey, subscriberKey, undoKey } from "./keys.ts";
import { listPublications } from "./publications.ts";
import { rowOfSubscriber } from "./subscribers.ts";
import { untilWritten } from "./until-written.ts";

/**
 * Forgets a reader in every publication (GDPR 17), at the address they moved to as well: keys and evidence stay, and hold
 * no address. Answers how many letters an outbox on this machine forgot, those to addresses they came from among them.
 *
 * @param address as `readAddress` spells it, where somebody named it
 * @throws when it could not be written: it may be tried again
 */
export const eraseReader = async (cloud: Cloud, addressKey: AddressKey, address?: string): Promise<number> =>
  eraseFromAll(cloud, await listPublications(cloud), addressKey, {
    ...(address !== undefined && { address }),
    begin: async (key, at) => {
      await enterJournal(cloud, { kind: "erased", at, addressKey: key });
      await cloud.table.each([erasureChange(key, at)]);
    },
  });

/**
 * The same in one publication, where others hold data of the same reader: theirs stay. The row that is left keeps imports
 * off, as of everybody who left; so the journal says that they left.
 */
export const eraseReaderAt = (
  cloud: Cloud,
  publication: string,
  addressKey: AddressKey,
  address: string,
): Promise<number> =>
  eraseFromAll(cloud, [publication], addressKey, {
    ...{ address, publication },
    begin: (key, at) => enterJournal(cloud, { kind: "left", at, publication, addressKey: key }),
  });

interface Erasing {
  readonly address?: string;
  /** Letters of others stay. */
  readonly publication?: string;
  /** Before anything of a key is forgotten. */
  readonly begin: (addressKey: AddressKey, at: string) => Promise<void>;
}

async function eraseFromAll(
  cloud: Cloud,
  publications: readonly string[],
  addressKey: AddressKey,
  { address, publication, begin }: Erasing,
): Promise<number> {
  const keys = new Set([addressKey]);
  const [earlier, addresses] = [new Set<AddressKey>(), new Set(address === undefined ? [] : [address])];
  // A set that grows while it is walked: whoever moved is followed.
  for (const key of keys) {
    await begin(key, cloud.clock.now().toISOString());
    for (const one of publications) {
      const found = await eraseFrom(cloud, one, key);
      if (found?.state === "moved") keys.add(found.movedTo);
      if (!found || !("address" in found)) continue;
      addresses.add(found.address);
      for (const key of found.movedFrom ?? []) earlier.add(key);
    }
  }
  return cloud.forget({
    ...{ addresses: [...addresses], addressKeys: [...keys, ...earlier] },
    ...(publication !== undefined && { publication }),
  });
}

/** Forgets in one publication; answers who was there. */
const eraseFrom = (cloud: Cloud, publication: string, addressKey: AddressKey): Promise<Subscriber | undefined> =>
  untilWritten(async () => {
    const { settled, waiting } = await readAtAddress(cloud, publication, addressKey);
    const subscriber = settled ?? waiting;
    const at = cloud.clock.now().toISOString();
    const isKnown = subscriber?.state === "confirmed" || subscriber?.state === "pending";
    const changes = isKnown ? leaving(subscriber, at) : [stays(publication, addressKey, subscriber)];
    await cloud.table.write([...changes, ...keysBeside(publication, addressKey).map((remove) => ({ remove }))]);
    return subscriber;
  });

/** Nobody confirms in this very moment. */
const stays = (publication: string, addressKey: AddressKey, subscriber: Subscriber | undefined): Change => ({
  check: subscriberKey(publication, addressKey),
  if: subscriber ? { version: subscriber.version } : "absent",
});

function leaving(subscriber: Subscriber, at: string): Change[] {
  const { publication, addressKey, version, language } = subscriber;
  return [
    { put: rowOfSubscriber(unsubscribe(subscriber, at)), if: { version } },
    evidenceRow(addressKey, { kind: "withdrawn", publication, at, language, form: "erased" }),
    forgetEvidence(addressKey, publication, at),
  ];
}

/** Every row beside a subscriber's own that holds their address. */
export const keysBeside = (publication: string, addressKey: AddressKey): Key[] =>
  [requestKey, movingKey, undoKey].map((keyIn) => keyIn(addressKey, publication));
