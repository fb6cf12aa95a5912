import type { KnownPerson } from "../../core/person.ts";
import type { Person, Thing } from "../../core/rights.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { actRow, demand } from "../records/acts.ts";
import { requirePerson } from "../records/people-listed.ts";
import { addPerson, type Named } from "./people.ts";

/**
 * Makes somebody known and writes to them where the desk stands. Its link opens nothing: whoever follows it signs in.
 *
 * @param desk where the desk stands
 * @throws what {@link addPerson} throws
 */
export async function invite(
  cloud: Cloud,
  person: Person,
  publication: string,
  invited: Named,
  desk: URL,
): Promise<KnownPerson & { readonly isNew: boolean }> {
  const known = await addPerson(cloud, person, publication, invited);
  await writeTo(cloud, person, publication, known, desk);
  return known;
}

/** The same letter once more, to somebody who is known already. @throws Refusal `no-person`, `not-allowed` */
export async function inviteAgain(
  cloud: Cloud,
  person: Person,
  publication: string,
  id: string,
  desk: URL,
): Promise<KnownPerson> {
  const known = await requirePerson(cloud, publication, id);
  demand(person, "invite-person", thingOf(publication, known));
  // Whom a fault of ours kept out of the directory comes in now.
  await cloud.directory.admit(known.address);
  await writeTo(cloud, person, publication, known, desk);
  return known;
}

async function writeTo(
  cloud: Cloud,
  person: Person,
  publication: string,
  known: KnownPerson,
  desk: URL,
): Promise<void> {
  const thing = thingOf(publication, known);
  demand(person, "invite-person", thing);
  await cloud.table.write([actRow(cloud.clock, person, "invite-person", thing)]);
  const at = cloud.clock.now().toISOString();
  const message = { v: 1, id: cloud.clock.id(), is: "invitation", at, publication, addressKey: known.addressKey };
  await cloud.queues.confirmations.add([{ ...message, desk: desk.href }]);
}

const thingOf = (publication: string, { id }: KnownPerson): Thing => ({ publication, kind: "person", id });
