import { demandReader, readAddress } from "../../core/email-address.ts";
import { type KnownPerson, personIdFrom } from "../../core/person.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Person, Role, Thing } from "../../core/rights.ts";
import { addressKeyOf, addressSecret } from "../../core/subscriber/link.ts";
import { readName } from "../../core/subscriber/name.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import { type Change, type Cloud, Conflict } from "../cloud/cloud.ts";
import { actRow, demand } from "../records/acts.ts";
import { changePersonChanges, findPerson, listPeople, newPersonChanges, samePersonCheck } from "../records/people.ts";
import { writePerson } from "../records/people-journal.ts";
import { requirePerson } from "../records/people-listed.ts";
import { forgetPerson } from "./forget-person.ts";

/** An id that is another's already is one in a trillion. */
const mostLots = 5;

/** Whom a form or a command line names. */
export interface Named {
  readonly address: string;
  readonly name: string;
  readonly roles?: readonly Role[];
  /** Whoever is known already stays as they are. */
  readonly mustBeNew?: boolean;
}

/**
 * Makes somebody known to a publication, as an author unless it is said otherwise; whoever is known already gets the name,
 * and the roles that were named.
 *
 * @throws Refusal `address-…`, `not-allowed`, `person-known`, `person-changed`, `last-admin`
 */
export async function addPerson(
  cloud: Cloud,
  person: Person,
  publication: string,
  typed: Named,
): Promise<KnownPerson & { readonly isNew: boolean }> {
  const address = readAddress(typed.address);
  demandReader(address);
  const name = readName(typed.name) || address.slice(0, address.indexOf("@"));
  const addressKey = await keyOf(cloud, address);
  const known = await findPerson(cloud, publication, addressKey);
  if (known && typed.mustBeNew) throw new Refusal("person-known", { name: known.name });
  const { roles = known?.roles ?? ["author"] } = typed;
  const now = known
    ? await change(cloud, person, publication, known, { name, roles })
    : await enter(cloud, person, publication, { v: 1, name, address, addressKey, roles });
  // Where the issuer is ours it has to know them, too. Should that fail, the same again makes it good.
  await cloud.directory.admit(address);
  return { ...now, isNew: !known };
}

/** Under an id nobody ever had. */
async function enter(
  cloud: Cloud,
  person: Person,
  publication: string,
  added: Omit<KnownPerson, "id">,
): Promise<KnownPerson> {
  for (let left = mostLots; left > 0; left -= 1) {
    const known = { ...added, id: personIdFrom(cloud.clock.id()) };
    const thing = thingOf(publication, known.id);
    demand(person, "add-person", thing);
    try {
      const act = actRow(cloud.clock, person, "add-person", thing, { roles: [...known.roles] });
      await cloud.table.write([...newPersonChanges(publication, known), act]);
      return known;
    } catch (conflict) {
      const isIdTaken = conflict instanceof Conflict && conflict.failed.every(({ index }) => index === 1);
      if (!isIdTaken) throw conflict;
    }
  }
  throw new Error(`no id is free for a person of ${publication}`);
}

/** What a form said of somebody, and how they stood when it was shown. */
export interface Changed {
  readonly name: string;
  readonly roles: readonly Role[];
  /** 0 where they were never changed. */
  readonly version?: number;
}

/**
 * Gives somebody another name and other roles.
 *
 * @throws Refusal `no-person`, `not-allowed`, `last-admin`, `person-changed` when somebody else was quicker
 */
export async function changePerson(
  cloud: Cloud,
  person: Person,
  publication: string,
  id: string,
  { name, roles, version = 0 }: Changed,
): Promise<KnownPerson> {
  const known = await requirePerson(cloud, publication, id);
  if ((known.version ?? 0) !== version) throw new Refusal("person-changed", { name: known.name });
  return change(cloud, person, publication, known, { name: readName(name) || known.name, roles });
}

async function change(
  cloud: Cloud,
  person: Person,
  publication: string,
  known: KnownPerson,
  changed: Pick<KnownPerson, "name" | "roles">,
): Promise<KnownPerson> {
  const thing = thingOf(publication, known.id);
  demand(person, "change-person", thing);
  const next = { ...known, ...changed, version: (known.version ?? 0) + 1 };
  const isAdminGone = known.roles.includes("admin") && !next.roles.includes("admin");
  const other = isAdminGone ? await otherAdmin(cloud, person, publication, known) : [];
  await writePerson(cloud, publication, { seen: known, next }, [
    ...changePersonChanges(publication, known, next),
    actRow(cloud.clock, person, "change-person", thing, { roles: [...next.roles] }),
    ...other,
  ]);
  return next;
}

/**
 * A publication keeps somebody who looks after its people: that there is another one is written down with the change, or
 * two could take the right from each other. Whoever runs the machine can always name a new one.
 *
 * @throws Refusal `last-admin`
 */
async function otherAdmin(cloud: Cloud, person: Person, publication: string, leaving: KnownPerson): Promise<Change[]> {
  if (person.roles.includes("operator")) return [];
  const people = await listPeople(cloud, publication);
  const other = people.find(({ id, roles }) => id !== leaving.id && roles.includes("admin"));
  if (!other) throw new Refusal("last-admin", { name: leaving.name });
  return [samePersonCheck(publication, other)];
}

/**
 * Forgets an author's name and address, the letters they got and those they wrote beside their articles, and ends their
 * sessions. What they handed in to be printed stays.
 *
 * @param typed their address, or their id
 * @throws Refusal `address-…`, `no-person`, `not-allowed`, `last-admin`, `person-changed`
 */
export async function removePerson(
  cloud: Cloud,
  person: Person,
  publication: string,
  typed: string,
): Promise<KnownPerson> {
  const known = await requirePersonAt(cloud, publication, typed);
  const thing = thingOf(publication, known.id);
  demand(person, "remove-person", thing);
  const other = known.roles.includes("admin") ? await otherAdmin(cloud, person, publication, known) : [];
  const act = actRow(cloud.clock, person, "remove-person", thing);
  await forgetPerson(cloud, publication, known, (changes) =>
    writePerson(cloud, publication, { seen: known, next: undefined }, [...changes, act, ...other]),
  );
  return known;
}

/** Somebody by their address, or by their id. @throws Refusal `no-person`, `address-…` */
export async function requirePersonAt(cloud: Cloud, publication: string, typed: string): Promise<KnownPerson> {
  if (!typed.includes("@")) return requirePerson(cloud, publication, typed);
  const known = await findPerson(cloud, publication, await keyOf(cloud, readAddress(typed)));
  if (!known) throw new Refusal("no-person");
  return known;
}

const thingOf = (publication: string, id: string): Thing => ({ publication, kind: "person", id });

const keyOf = async (cloud: Cloud, address: string): Promise<AddressKey> =>
  addressKeyOf(addressSecret(await cloud.secrets.read("address")), address);
