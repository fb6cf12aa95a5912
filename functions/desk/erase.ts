import { readAddress } from "../../core/email-address.ts";
import type { Person, Thing } from "../../core/rights.ts";
import { addressKeyOf, addressSecret } from "../../core/subscriber/link.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { actRow, demand } from "../records/acts.ts";
import { eraseReader, eraseReaderAt } from "../records/erasing.ts";
import { isHeldElsewhere } from "../records/known.ts";
import { listPublications } from "../records/publications.ts";
import { readSubscriber } from "../records/subscribers.ts";
import { homeOf } from "./home.ts";
import { readerFileOf } from "./reader.ts";

/** Who is forgotten with an address: the same reader at addresses they moved to, or came from. */
export interface Erased {
  /** Publications that knew them, of those that forget them. */
  readonly publications: readonly string[];
  readonly addressKeys: readonly AddressKey[];
  readonly addresses: readonly string[];
  /** Others hold data of them that stay: they are not for this person to forget, or to know of. */
  readonly isHeldElsewhere: boolean;
}
/** How many letters in an outbox on this machine were theirs. */
export interface ErasedNow extends Erased {
  readonly letters: number;
}

/**
 * Looks whom erasing an address would forget: in the publication somebody is of, for whoever runs the machine in all.
 *
 * @throws Refusal `address-…`, `reader-unknown`, `not-allowed`
 */
export async function whoIsErased(cloud: Cloud, person: Person, address: string): Promise<Erased> {
  const spelled = readAddress(address);
  const [home, all] = [homeOf(person), await listPublications(cloud)];
  const ids = home === undefined ? all : [home];
  const first = addressKeyOf(addressSecret(await cloud.secrets.read("address")), spelled);
  const file = await readerFileOf(cloud, person, first, ids, home === undefined ? undefined : 0);
  const { addressKeys, addresses } = await sameReader(cloud, ids, first, spelled);
  const known = file.publications.filter(({ subscriber }) => subscriber).map(({ publication }) => publication);
  return {
    ...{ publications: known, addressKeys, addresses },
    isHeldElsewhere: home !== undefined && (await isHeldElsewhere(cloud, home, addressKeys)),
  };
}

async function sameReader(
  cloud: Cloud,
  publications: readonly string[],
  first: AddressKey,
  address: string,
): Promise<Pick<Erased, "addressKeys" | "addresses">> {
  const [keys, addresses] = [new Set([first]), new Set([address])];
  // A set that grows while it is walked: moves are followed both ways.
  for (const key of keys) {
    for (const publication of publications) {
      const found = await readSubscriber(cloud, publication, key);
      if (!found) continue;
      if (found.state === "moved") keys.add(found.movedTo);
      if ("address" in found) addresses.add(found.address);
      if ("movedFrom" in found) for (const earlier of found.movedFrom ?? []) keys.add(earlier);
    }
  }
  return { addressKeys: [...keys], addresses: [...addresses] };
}

/**
 * Forgets a reader (GDPR 17): in the publication somebody is of, for whoever runs the machine in all. Keys, evidence and a
 * suppression stay and hold no address; no import ever brings it back, its reader may.
 *
 * @throws Refusal `address-…`, `reader-unknown`, `not-allowed`
 */
export async function eraseAddress(cloud: Cloud, person: Person, address: string): Promise<ErasedNow> {
  const home = homeOf(person);
  const things = (home === undefined ? await listPublications(cloud) : [home]).map(
    (publication): Thing => ({ publication, kind: "subscribers", id: publication }),
  );
  for (const thing of things) demand(person, "erase", thing);
  const erased = await whoIsErased(cloud, person, address);
  const [addressKey = ""] = erased.addressKeys;
  const spelled = readAddress(address);
  // Where nobody else holds anything it is the whole of them that is forgotten.
  const letters =
    home !== undefined && erased.isHeldElsewhere
      ? await eraseReaderAt(cloud, home, addressKey, spelled)
      : await eraseReader(cloud, addressKey, spelled);
  await cloud.table.each(things.map((thing) => actRow(cloud.clock, person, "erase", { ...thing, id: addressKey })));
  return { ...erased, letters };
}
