import { readAddress } from "../../core/email-address.ts";
import type { ActName, Person, Thing } from "../../core/rights.ts";
import { addressKeyOf, addressSecret } from "../../core/subscriber/link.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { actRow, demand } from "../records/acts.ts";
import { eraseReader } from "../records/erasing.ts";
import { listPublications } from "../records/publications.ts";
import { readSubscriber } from "../records/subscribers.ts";
import { readerFile } from "./reader.ts";

/** Who is forgotten with an address: the same reader at addresses they moved to, or came from. */
export interface Erased {
  /** Publications that knew them. */
  readonly publications: readonly string[];
  readonly addressKeys: readonly AddressKey[];
  readonly addresses: readonly string[];
}
/** How many letters in an outbox on this machine were theirs. */
export interface ErasedNow extends Erased {
  readonly letters: number;
}

/** Looks whom erasing an address would forget. @throws Refusal `address-…`, `reader-unknown`, `not-allowed` */
export async function whoIsErased(cloud: Cloud, person: Person, address: string): Promise<Erased> {
  const spelled = readAddress(address);
  const { publications } = await readerFile(cloud, person, spelled);
  const first = addressKeyOf(addressSecret(await cloud.secrets.read("address")), spelled);
  const keys = new Set([first]);
  const addresses = new Set([spelled]);
  // A set that grows while it is walked: moves are followed both ways.
  for (const key of keys) {
    for (const publication of await listPublications(cloud)) {
      const found = await readSubscriber(cloud, publication, key);
      if (!found) continue;
      if (found.state === "moved") keys.add(found.movedTo);
      if ("address" in found) addresses.add(found.address);
      if ("movedFrom" in found) for (const earlier of found.movedFrom ?? []) keys.add(earlier);
    }
  }
  const known = publications.filter(({ subscriber }) => subscriber).map(({ publication }) => publication);
  return { publications: known, addressKeys: [...keys], addresses: [...addresses] };
}

/**
 * Forgets a reader in every publication (GDPR 17). Keys, evidence and a suppression stay and hold no address; no import
 * ever brings it back, its reader may.
 *
 * @throws Refusal `address-…`, `reader-unknown`, `not-allowed`
 */
export async function eraseAddress(cloud: Cloud, person: Person, address: string): Promise<ErasedNow> {
  const erased = await whoIsErased(cloud, person, address);
  const act: ActName = "erase";
  const [addressKey = ""] = erased.addressKeys;
  const things = (await listPublications(cloud)).map(
    (publication): Thing => ({ publication, kind: "subscribers", id: addressKey }),
  );
  for (const thing of things) demand(person, act, thing);
  const letters = await eraseReader(cloud, addressKey, readAddress(address));
  await cloud.table.each(things.map((thing) => actRow(cloud.clock, person, act, thing)));
  return { ...erased, letters };
}
