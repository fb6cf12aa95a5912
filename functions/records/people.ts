import { type KnownPerson, personSchema } from "../../core/person.ts";
import type { Role } from "../../core/rights.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import type { Change, Cloud, Condition, Item, Value } from "../cloud/cloud.ts";
import { peoplePartition, personIdKey, personKey, personListKey, personWhoKey } from "./keys.ts";
import { movedPlaces } from "./moved-places.ts";
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
  ...movedPlaces([], personPlaces(publication, person)),
];

/** What is different about somebody now, if nobody else has changed them meanwhile. @param next of a later version */
export function changePersonChanges(publication: string, seen: KnownPerson, next: KnownPerson): Change[] {
  const { name, roles, version = 0 } = next;
  const places = personPlaces(publication, { ...seen, name, roles, version });
  return [
    {
      patch: personKey(publication, seen.addressKey),
      set: { name, roles: [...roles], version },
      if: isAsSeen(seen),
    },
    ...movedPlaces(personPlaces(publication, seen), places),
  ];
}

/** That somebody is still what they were: beside a change that leans on it. */
export const samePersonCheck = (publication: string, seen: KnownPerson): Change => ({
  check: personKey(publication, seen.addressKey),
  if: isAsSeen(seen),
});

/** Rows from before anybody could be changed have no version; "present" would be true of a changed one, too. */
const isAsSeen = ({ id, version = 0 }: KnownPerson): Condition => ({ id, version: version === 0 ? null : version });

/** Their id stays taken, by a row that says nothing else: what they handed in names it. */
export const removePersonChanges = (publication: string, seen: KnownPerson): Change[] => [
  { remove: personKey(publication, seen.addressKey), if: isAsSeen(seen) },
  ...movedPlaces(personPlaces(publication, seen), []),
];

/** By their id and in the order of names, with what lists show of them. Their address stands in neither. */
export function personPlaces(publication: string, person: KnownPerson): Item[] {
  const { id, name, roles, addressKey, version = 0 } = person;
  const row = { v: 1, id, name, addressKey, version };
  const lists = roles.some(isOfTeam) ? (["name", "team"] as const) : (["name"] as const);
  return [
    { ...personWhoKey(publication, id), ...row },
    ...lists.map((list) => ({ ...personListKey(publication, list, sortable(name), id), ...row })),
  ];
}

/** Who makes issues. */
const isOfTeam = (role: Role): boolean => role === "editor" || role === "publisher";

/** "Śěrak" stands beside "Serak"; the id tells namesakes apart, and keys are short. */
const sortable = (name: string): string =>
  name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().slice(0, 60).toWellFormed();

/** Without a version: nobody has changed them yet. Where they are at home the key says. */
const rowOf = (publication: string, { version: _, home: __, ...person }: KnownPerson): Item => ({
  ...personKey(publication, person.addressKey),
  ...(person as unknown as Readonly<Record<string, Value>>),
});

export const personOf = ({ pk, sk: _, ...person }: Item): KnownPerson => ({
  ...personSchema.parse(person),
  home: pk.slice(peoplePartition("").length),
});
