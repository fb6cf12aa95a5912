import type { KnownPerson } from "../../../core/person.ts";
import type { Person, Thing } from "../../../core/rights.ts";
import type { AddressKey } from "../../../core/subscriber/subscriber.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { actRow } from "../../records/acts.ts";
import { listFounders } from "../../records/founders.ts";
import { changePersonChanges, findPerson, listPeople } from "../../records/people.ts";
import { isAbout, type PersonEntry } from "../../records/people-journal.ts";
import { listPublications } from "../../records/publications.ts";
import { closeSessionsOf } from "../../records/sessions.ts";
import { forgetPerson } from "../forget-person.ts";

/** Who may do what at the desk, as it was last: an older table knows people who were let go, and roles that were taken away. */

/** Nobody stays signed in: a session that was ended stands in an older table again. Answers how many were ended. */
export async function endAllSessions(cloud: Cloud): Promise<number> {
  const known = new Set<AddressKey>((await listFounders(cloud)).map(({ addressKey }) => addressKey));
  for (const publication of await listPublications(cloud))
    for (const { addressKey } of await listPeople(cloud, publication)) known.add(addressKey);
  let ended = 0;
  for (const addressKey of known) ended += await closeSessionsOf(cloud, addressKey);
  return ended;
}

/** One entry more: what the journal says last of somebody counts. Two of one moment stand in the order of their versions. */
export function plusWord(last: Map<string, PersonEntry>, entry: PersonEntry): void {
  const name = `${entry.publication} ${entry.person}`;
  const known = last.get(name);
  if (known && (known.at > entry.at || (known.at === entry.at && known.version > entry.version))) return;
  last.set(name, entry);
}

/** Answers whether the table did not know it. @param person who restores */
export async function tellOfPerson(cloud: Cloud, person: Person, entry: PersonEntry): Promise<boolean> {
  const known = await findPerson(cloud, entry.publication, entry.addressKey);
  if (!known || !isAbout(entry, known)) return false;
  if (entry.kind === "removed") await remove(cloud, person, entry.publication, known);
  else if ((known.version ?? 0) < entry.version) await appoint(cloud, person, entry, known);
  else return false;
  return true;
}

const remove = (cloud: Cloud, person: Person, publication: string, known: KnownPerson): Promise<void> =>
  forgetPerson(cloud, publication, known, (changes) =>
    cloud.table.write([...changes, actRow(cloud.clock, person, "remove-person", thingOf(publication, known))]),
  );

async function appoint(
  cloud: Cloud,
  person: Person,
  { publication, roles, version }: Extract<PersonEntry, { kind: "appointed" }>,
  known: KnownPerson,
): Promise<void> {
  const act = actRow(cloud.clock, person, "change-person", thingOf(publication, known), { roles: [...roles] });
  await cloud.table.write([...changePersonChanges(publication, known, { ...known, roles, version }), act]);
}

const thingOf = (publication: string, { id }: KnownPerson): Thing => ({ publication, kind: "person", id });
