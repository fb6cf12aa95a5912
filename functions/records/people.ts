import { type KnownPerson, personSchema } from "../../core/person.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import type { Change, Cloud, Item, Value } from "../cloud/cloud.ts";
import { personIdKey, personKey } from "./keys.ts";
import { rowsOf } from "./rows.ts";

/** The people a publication knows: a row under the key of their address, and one that keeps their id theirs. */

export async function findPerson(
  cloud: Cloud,
  publication: string,
  addressKey: AddressKey,
): Promise<KnownPerson | undefined> {
  const [row] = await cloud.table.get([personKey(publication, addressKey)], { consistent: true });
  return row && personOf(row);
}

/** All of them, in the order of their names. */
export async function listPeople(cloud: Cloud, publication: string): Promise<KnownPerson[]> {
  const { pk } = personKey(publication, "");
  const rows = await Array.fromAsync(rowsOf(cloud, { pk, from: "address#", to: "address#~" }), personOf);
  return rows.sort((one, other) => one.name.localeCompare(other.name));
}

/** Somebody new, if neither their address nor their id is known. */
export const newPersonChanges = (publication: string, person: KnownPerson): Change[] => [
  { put: rowOf(publication, person), if: "absent" },
  { put: { ...personIdKey(publication, person.id), v: 1 }, if: "absent" },
];

export const renameChange = (publication: string, { addressKey, name }: KnownPerson): Change => ({
  patch: personKey(publication, addressKey),
  set: { name },
  if: "present",
});

/** Their id stays taken: what they handed in names it. */
export const removePersonChange = (publication: string, { addressKey }: KnownPerson): Change => ({
  remove: personKey(publication, addressKey),
});

const rowOf = (publication: string, person: KnownPerson): Item => ({
  ...personKey(publication, person.addressKey),
  ...(person as unknown as Readonly<Record<string, Value>>),
});

const personOf = ({ pk: _, sk: __, ...person }: Item): KnownPerson => personSchema.parse(person);
