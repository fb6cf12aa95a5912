import type { SuppressionReason } from "../../core/delivery/suppression.ts";
import { readAddress } from "../../core/email-address.ts";
import { Refusal } from "../../core/refusal.ts";
import type { ActName, Person, Thing } from "../../core/rights.ts";
import { addressKeyOf, addressSecret } from "../../core/subscriber/link.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { actRow, demand } from "../records/acts.ts";
import { enterJournal } from "../records/journal.ts";
import { suppressionKey } from "../records/keys.ts";
import { listPublications } from "../records/publications.ts";
import { suppress } from "../records/suppressions.ts";

/** A suppression as it stands, for the whole deployment. */
export interface Suppression {
  readonly addressKey: AddressKey;
  readonly reason: string;
  readonly at: string;
}

/** Undefined for an address that may be written to. @throws Refusal `address-…` */
export async function readSuppression(cloud: Cloud, address: string): Promise<Suppression | undefined> {
  const addressKey = addressKeyOf(addressSecret(await cloud.secrets.read("address")), readAddress(address));
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
  const things = await thingsFor(cloud, person, "suppress", address);
  const standing = await readSuppression(cloud, address);
  if (standing) return { ...standing, isNew: false };
  const addressKey = things.addressKey;
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
  const things = await thingsFor(cloud, person, "unsuppress", address);
  const standing = await readSuppression(cloud, address);
  if (!standing) throw new Refusal("not-suppressed");
  const { addressKey, reason, at } = standing;
  // The journal first: an older table put back must not bring the suppression back unseen.
  await enterJournal(cloud, { kind: "unsuppressed", at: cloud.clock.now().toISOString(), addressKey });
  await cloud.table.write([{ remove: suppressionKey(addressKey), if: { at } }]);
  await enter(cloud, person, "unsuppress", things, { reason });
  return standing;
}

interface Things {
  readonly addressKey: AddressKey;
  readonly all: readonly Thing[];
}

/** It concerns every publication, so each has it among its acts, under the key of the address. */
async function thingsFor(cloud: Cloud, person: Person, act: ActName, address: string): Promise<Things> {
  const addressKey = addressKeyOf(addressSecret(await cloud.secrets.read("address")), readAddress(address));
  const publications = await listPublications(cloud);
  if (publications.length === 0) throw new Refusal("no-publications");
  const all = publications.map((publication): Thing => ({ publication, kind: "subscribers", id: addressKey }));
  for (const thing of all) demand(person, act, thing);
  return { addressKey, all };
}

const enter = (cloud: Cloud, person: Person, act: ActName, { all }: Things, details: { reason: string }) =>
  cloud.table.each(all.map((thing) => actRow(cloud.clock, person, act, thing, details)));
