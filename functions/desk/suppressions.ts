import type { SuppressionReason } from "../../core/delivery/suppression.ts";
import type { LiftingReason } from "../../core/desk/suppressions-view.ts";
import { readAddress } from "../../core/email-address.ts";
import { Refusal } from "../../core/refusal.ts";
import type { ActName, Person, Thing } from "../../core/rights.ts";
import { addressKeyOf, addressSecret } from "../../core/subscriber/link.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { actRow, demand } from "../records/acts.ts";
import { enterJournal } from "../records/journal.ts";
import { suppressionKey, suppressionListKey } from "../records/keys.ts";
import { listPublications } from "../records/publications.ts";
import { readSubscriber } from "../records/subscribers.ts";
import { type Suppression, suppress, suppressionsPage } from "../records/suppressions.ts";

export type { Suppression } from "../records/suppressions.ts";

/** Undefined for an address that may be written to. @throws Refusal `address-…` */
export const readSuppression = async (cloud: Cloud, address: string): Promise<Suppression | undefined> =>
  suppressionOf(cloud, await keyOf(cloud, address));

export async function suppressionOf(cloud: Cloud, addressKey: AddressKey): Promise<Suppression | undefined> {
  const [row] = await cloud.table.get([suppressionKey(addressKey)], { consistent: true });
  return row && { addressKey, reason: String(row.reason), at: String(row.at) };
}

/**
 * Never writes to an address again, in any publication. One that is suppressed already stays so for its first reason.
 *
 * @throws Refusal `address-…`, `no-publications`, `not-allowed`
 */
export async function suppressAddress(
  cloud: Cloud,
  person: Person,
  address: string,
  reason: SuppressionReason,
): Promise<Suppression & { readonly isNew: boolean }> {
  return suppressKey(cloud, person, await keyOf(cloud, address), reason);
}

/** The same by the key of an address. @throws Refusal `no-publications`, `not-allowed` */
export async function suppressKey(
  cloud: Cloud,
  person: Person,
  addressKey: AddressKey,
  reason: SuppressionReason,
): Promise<Suppression & { readonly isNew: boolean }> {
  const things = await thingsFor(cloud, person, "suppress", addressKey);
  const standing = await suppressionOf(cloud, addressKey);
  if (standing) return { ...standing, isNew: false };
  await suppress(cloud, new Map([[addressKey, reason]]));
  await enter(cloud, person, "suppress", things, { reason });
  return { addressKey, reason, at: cloud.clock.now().toISOString(), isNew: true };
}

/**
 * Lets an address be written to again.
 *
 * @throws Refusal `address-…`, `not-suppressed`, `no-publications`, `not-allowed`
 */
export async function unsuppressAddress(cloud: Cloud, person: Person, address: string): Promise<Suppression> {
  return liftSuppression(cloud, person, await keyOf(cloud, address), "works");
}

/** The same by the key of an address. @throws Refusal `not-suppressed`, `no-publications`, `not-allowed` */
export async function liftSuppression(
  cloud: Cloud,
  person: Person,
  addressKey: AddressKey,
  why: LiftingReason,
): Promise<Suppression> {
  const things = await thingsFor(cloud, person, "unsuppress", addressKey);
  const standing = await suppressionOf(cloud, addressKey);
  if (!standing) throw new Refusal("not-suppressed");
  const { reason, at } = standing;
  // The journal first: an older table put back must not bring the suppression back unseen.
  await enterJournal(cloud, { kind: "unsuppressed", at: cloud.clock.now().toISOString(), addressKey });
  await cloud.table.write([
    { remove: suppressionKey(addressKey), if: { at } },
    { remove: suppressionListKey(at, addressKey) },
  ]);
  await enter(cloud, person, "unsuppress", things, { reason, why });
  return standing;
}

/** A suppression with the reader it is of, where the publication knows them. */
export interface ListedSuppression extends Suppression {
  readonly address: string | null;
}

/** A page of the list, the newest first. @throws Refusal `not-allowed` */
export async function listSuppressions(
  cloud: Cloud,
  person: Person,
  publication: string,
  page: { readonly limit: number; readonly after?: string },
): Promise<{ readonly suppressions: readonly ListedSuppression[]; readonly next?: string }> {
  demand(person, "read-subscribers", { publication, kind: "subscribers", id: publication });
  const { suppressions, next } = await suppressionsPage(cloud, page);
  const readers = await Promise.all(
    suppressions.map(({ addressKey }) => readSubscriber(cloud, publication, addressKey)),
  );
  const listed = suppressions.map((one, index): ListedSuppression => {
    const reader = readers[index];
    return { ...one, address: reader && "address" in reader ? reader.address : null };
  });
  return { suppressions: listed, ...(next !== undefined && { next }) };
}

const keyOf = async (cloud: Cloud, address: string): Promise<AddressKey> =>
  addressKeyOf(addressSecret(await cloud.secrets.read("address")), readAddress(address));

/** It concerns every publication, so each has it among its acts, under the key of the address. */
async function thingsFor(
  cloud: Cloud,
  person: Person,
  act: ActName,
  addressKey: AddressKey,
): Promise<readonly Thing[]> {
  const publications = await listPublications(cloud);
  if (publications.length === 0) throw new Refusal("no-publications");
  const all = publications.map((publication): Thing => ({ publication, kind: "subscribers", id: addressKey }));
  for (const thing of all) demand(person, act, thing);
  return all;
}

const enter = (
  cloud: Cloud,
  person: Person,
  act: ActName,
  all: readonly Thing[],
  details: { reason: string; why?: string },
) => cloud.table.each(all.map((thing) => actRow(cloud.clock, person, act, thing, details)));
