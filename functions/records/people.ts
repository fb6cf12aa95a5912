import { type KnownPerson, personSchema } from "../../core/person.ts";
import { Refusal } from "../../core/refusal.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import type { Change, Cloud, Condition, Item, Value } from "../cloud/cloud.ts";
import { peoplePartition, personIdKey, personKey } from "./keys.ts";
import { listPublications } from "./publications.ts";
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
  const pk = peoplePartition(publication);
  const rows = await Array.fromAsync(rowsOf(cloud, { pk, from: "address#", to: "address#~" }), personOf);
  return rows.sort((one, other) => one.name.localeCompare(other.name));
}

/** @throws Refusal `no-person` */
export async function requirePerson(cloud: Cloud, publication: string, id: string): Promise<KnownPerson> {
  const known = (await listPeople(cloud, publication)).find((one) => one.id === id);
  if (!known) throw new Refusal("no-person");
  return known;
}

/** Wherever an address is known. */
export async function peopleAt(
  cloud: Cloud,
  addressKey: AddressKey,
): Promise<{ readonly publication: string; readonly person: KnownPerson }[]> {
  const ids = await listPublications(cloud);
  const found = await Promise.all(ids.map((id) => findPerson(cloud, id, addressKey)));
  return ids.flatMap((publication, index) => {
    const person = found[index];
    return person ? [{ publication, person }] : [];
  });
}

/** Somebody new, if neither their address nor their id is known. */
export const newPersonChanges = (publication: string, person: KnownPerson): Change[] => [
  { put: rowOf(publication, person), if: "absent" },
  { put: { ...personIdKey(publication, person.id), v: 1 }, if: "absent" },
];

/** What is different about somebody now, if nobody else has changed them meanwhile. */
export const changePersonChange = (publication: string, seen: KnownPerson, { name, roles }: Renamed): Change => ({
  patch: personKey(publication, seen.addressKey),
  set: { name, roles: [...roles], version: (seen.version ?? 0) + 1 },
  if: isAsSeen(seen),
});
type Renamed = Pick<KnownPerson, "name" | "roles">;

/** That somebody is still what they were: beside a change that leans on it. */
export const samePersonCheck = (publication: string, seen: KnownPerson): Change => ({
  check: personKey(publication, seen.addressKey),
  if: isAsSeen(seen),
});

/** Rows from before anybody could be changed have no version; "present" would be true of a changed one, too. */
const isAsSeen = ({ id, version = 0 }: KnownPerson): Condition => ({ id, version: version === 0 ? null : version });

/** Their id stays taken, by a row that says nothing else: what they handed in names it. */
export const removePersonChange = (publication: string, seen: KnownPerson): Change => ({
  remove: personKey(publication, seen.addressKey),
  if: isAsSeen(seen),
});

/** Without a version: nobody has changed them yet. Where they are at home the key says. */
const rowOf = (publication: string, { version: _, home: __, ...person }: KnownPerson): Item => ({
  ...personKey(publication, person.addressKey),
  ...(person as unknown as Readonly<Record<string, Value>>),
});

const personOf = ({ pk, sk: _, ...person }: Item): KnownPerson => ({
  ...personSchema.parse(person),
  home: pk.slice(peoplePartition("").length),
});
