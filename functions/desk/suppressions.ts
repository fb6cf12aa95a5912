import type { SuppressionReason } from "../../core/delivery/suppression.ts";
import type { LiftingReason } from "../../core/desk/suppressions-view.ts";
import { readAddress } from "../../core/email-address.ts";
import { Refusal } from "../../core/refusal.ts";
import type { ActName, Person, Thing } from "../../core/rights.ts";
import { addressKeyOf, addressSecret } from "../../core/subscriber/link.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import {
  leftAt,
  type Suppression,
  type SuppressionSeen,
  type SuppressionWord,
  wordOf,
  wordSeenAt,
} from "../../core/subscriber/suppressed.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { actRow, demand } from "../records/acts.ts";
import { isHeldElsewhere, publicationsKnowing, whoKnows } from "../records/known.ts";
import { listPublications } from "../records/publications.ts";
import { readSuppression, suppress, takingBack } from "../records/suppressions.ts";
import { untilWritten } from "../records/until-written.ts";
import { homeOf } from "./home.ts";

export type { SuppressionSeen } from "../../core/subscriber/suppressed.ts";

/**
 * A suppression holds in every publication of the deployment: it only ever protects who reads. Whoever made it may take it
 * back, and sees of it what concerns their own publication; the operator sees and lifts all.
 */

/** Undefined for an address that may be written to, as whoever runs the machine sees it. @throws Refusal `address-…` */
export const suppressionAt = async (cloud: Cloud, address: string): Promise<Suppression | undefined> =>
  readSuppression(cloud, await keyOf(cloud, address));

/** What somebody of a publication learns of it: nothing, where only others know the address. */
export async function suppressionSeen(
  cloud: Cloud,
  publication: string,
  addressKey: AddressKey,
): Promise<(SuppressionSeen & { readonly isLiftable: boolean }) | undefined> {
  const standing = await readSuppression(cloud, addressKey);
  const seen = standing && (await seenBy(cloud, publication, standing));
  if (!seen) return undefined;
  const left = await leftFor(cloud, standing, publication);
  return { ...seen, isLiftable: left.length < standing.words.length };
}

const leftFor = async (cloud: Cloud, standing: Suppression, publication: string): Promise<readonly SuppressionWord[]> =>
  leftAt(standing, publication, await isHeldElsewhere(cloud, publication, [standing.addressKey]));

/**
 * Never writes to an address again, in any publication. Whoever has said so already stays with their first reason.
 *
 * @throws Refusal `address-…`, `no-publications`, `not-allowed`
 */
export async function suppressAddress(
  cloud: Cloud,
  person: Person,
  address: string,
  reason: SuppressionReason,
): Promise<SuppressionSeen & { readonly isNew: boolean }> {
  return suppressKey(cloud, person, await keyOf(cloud, address), reason);
}

/** The same by the key of an address. @throws Refusal `no-publications`, `not-allowed` */
export async function suppressKey(
  cloud: Cloud,
  person: Person,
  addressKey: AddressKey,
  reason: SuppressionReason,
): Promise<SuppressionSeen & { readonly isNew: boolean }> {
  const things = await thingsFor(cloud, person, "suppress", addressKey);
  const home = homeOf(person);
  const standing = await readSuppression(cloud, addressKey);
  const said = standing && wordOf(standing, home);
  if (said) return { addressKey, reason: said.reason, at: said.at, isNew: false };
  await suppress(cloud, new Map([[addressKey, reason]]), home);
  await enter(cloud, person, "suppress", things, { reason });
  return { addressKey, reason, at: cloud.clock.now().toISOString(), isNew: true };
}

/** What stood, and whether letters may go there again: others may have said so, too. */
export type Lifted = SuppressionSeen & { readonly isMailable: boolean };

/**
 * Lets an address be written to again.
 *
 * @throws Refusal `address-…`, `not-suppressed`, `suppressed-elsewhere`, `no-publications`, `not-allowed`
 */
export async function unsuppressAddress(cloud: Cloud, person: Person, address: string): Promise<Lifted> {
  return liftSuppression(cloud, person, await keyOf(cloud, address), "works");
}

/** The same by the key of an address. @throws Refusal `not-suppressed`, `suppressed-elsewhere`, `no-publications`, `not-allowed` */
export async function liftSuppression(
  cloud: Cloud,
  person: Person,
  addressKey: AddressKey,
  why: LiftingReason,
): Promise<Lifted> {
  const things = await thingsFor(cloud, person, "unsuppress", addressKey);
  const home = homeOf(person);
  const lifted = await untilWritten(async () => {
    const standing = await readSuppression(cloud, addressKey);
    const seen = standing && (await seenBy(cloud, home, standing));
    if (!seen) throw new Refusal("not-suppressed");
    const left = home === undefined ? [] : await leftFor(cloud, standing, home);
    if (left.length === standing.words.length) throw new Refusal("suppressed-elsewhere");
    await cloud.table.write(await takingBack(cloud, standing, left));
    return { ...seen, isMailable: left.length === 0 };
  });
  await enter(cloud, person, "unsuppress", things, { reason: lifted.reason, why });
  return lifted;
}

async function seenBy(
  cloud: Cloud,
  home: string | undefined,
  standing: Suppression,
): Promise<SuppressionSeen | undefined> {
  const { addressKey, reason, at } = standing;
  if (home === undefined) return { addressKey, reason, at };
  const [known] = await whoKnows(cloud, home, [addressKey]);
  const isHere = known?.here !== undefined;
  const word = wordSeenAt(standing, home, { here: isHere, elsewhere: known?.isElsewhere ?? true });
  return word && { addressKey, reason: word.reason, at: word.at };
}

const keyOf = async (cloud: Cloud, address: string): Promise<AddressKey> =>
  addressKeyOf(addressSecret(await cloud.secrets.read("address")), readAddress(address));

/** It stands among the acts of where it was done; what the operator does, where the address is known. */
async function thingsFor(
  cloud: Cloud,
  person: Person,
  act: ActName,
  addressKey: AddressKey,
): Promise<readonly Thing[]> {
  const home = homeOf(person);
  const ids = home === undefined ? await concerned(cloud, addressKey) : [home];
  if (ids.length === 0) throw new Refusal("no-publications");
  const all = ids.map((publication): Thing => ({ publication, kind: "subscribers", id: addressKey }));
  for (const thing of all) demand(person, act, thing);
  return all;
}

/** Where nobody knows it, it concerns everybody. */
async function concerned(cloud: Cloud, addressKey: AddressKey): Promise<readonly string[]> {
  const knowing = await publicationsKnowing(cloud, addressKey);
  return knowing.length > 0 ? knowing : listPublications(cloud);
}

const enter = (
  cloud: Cloud,
  person: Person,
  act: ActName,
  all: readonly Thing[],
  details: { reason: string; why?: string },
) => cloud.table.each(all.map((thing) => actRow(cloud.clock, person, act, thing, details)));
