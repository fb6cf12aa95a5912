import { slugOf, slugTry } from "../../core/article/slug.ts";
import { demandReader, readAddress } from "../../core/email-address.ts";
import type { KnownPerson } from "../../core/person.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Person, Thing } from "../../core/rights.ts";
import { addressKeyOf, addressSecret } from "../../core/subscriber/link.ts";
import { readName } from "../../core/subscriber/name.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import { type Cloud, Conflict } from "../cloud/cloud.ts";
import { actRow, demand } from "../records/acts.ts";
import { findPerson, newPersonChanges, removePersonChange, renameChange } from "../records/people.ts";
import { listSubmissions, readSubmission, type Submission, submissionChange } from "../records/submissions.ts";
import { untilWritten } from "../records/until-written.ts";

/** Others with the same name come first at most so often. */
const mostNamesakes = 100;

/**
 * Makes somebody known to a publication as an author; whoever is known already gets the name.
 *
 * @throws Refusal `address-…`, `not-allowed`
 */
export async function addPerson(
  cloud: Cloud,
  person: Person,
  publication: string,
  typed: { readonly address: string; readonly name: string },
): Promise<KnownPerson & { readonly isNew: boolean }> {
  const address = readAddress(typed.address);
  demandReader(address);
  const name = readName(typed.name) || address.slice(0, address.indexOf("@"));
  const addressKey = await keyOf(cloud, address);
  const known = await findPerson(cloud, publication, addressKey);
  if (known) return { ...(await rename(cloud, person, publication, { ...known, name })), isNew: false };
  const added = { v: 1, name, address, addressKey, roles: ["author"] } as const;
  return { ...(await enter(cloud, person, publication, added)), isNew: true };
}

/** Under the first id that is free. */
async function enter(
  cloud: Cloud,
  person: Person,
  publication: string,
  added: Omit<KnownPerson, "id">,
): Promise<KnownPerson> {
  for (let turn = 1; turn <= mostNamesakes; turn += 1) {
    const known = { ...added, id: slugTry(slugOf(added.name), turn) };
    const thing = thingOf(publication, known.id);
    demand(person, "add-person", thing);
    try {
      const act = actRow(cloud.clock, person, "add-person", thing);
      await cloud.table.write([...newPersonChanges(publication, known), act]);
      return known;
    } catch (conflict) {
      const isIdTaken = conflict instanceof Conflict && conflict.failed.every(({ index }) => index === 1);
      if (!isIdTaken) throw conflict;
    }
  }
  throw new Error(`no id is free for a person of ${publication}`);
}

async function rename(cloud: Cloud, person: Person, publication: string, known: KnownPerson): Promise<KnownPerson> {
  const thing = thingOf(publication, known.id);
  demand(person, "add-person", thing);
  await cloud.table.write([renameChange(publication, known), actRow(cloud.clock, person, "add-person", thing)]);
  return known;
}

/**
 * Forgets an author's name and address, the letters they got and those they wrote beside their articles. What they
 * handed in to be printed stays.
 *
 * @throws Refusal `address-…`, `no-person`, `not-allowed`
 */
export async function removePerson(
  cloud: Cloud,
  person: Person,
  publication: string,
  typed: string,
): Promise<KnownPerson> {
  const known = await findPerson(cloud, publication, await keyOf(cloud, readAddress(typed)));
  if (!known) throw new Refusal("no-person");
  const thing = thingOf(publication, known.id);
  demand(person, "remove-person", thing);
  // First: as long as they are known it may be tried again.
  await forgetCoveringLetters(cloud, publication, known.id);
  const act = actRow(cloud.clock, person, "remove-person", thing);
  await cloud.table.write([removePersonChange(publication, known), act]);
  await cloud.forget({ addresses: [known.address], addressKeys: [known.addressKey] });
  return known;
}

async function forgetCoveringLetters(cloud: Cloud, publication: string, author: string): Promise<void> {
  const theirs = (await listSubmissions(cloud, publication)).filter(({ by, mail }) => by === author && mail?.words);
  for (const { id } of theirs)
    await untilWritten(async () => {
      const row = await readSubmission(cloud, publication, id);
      if (!row?.mail) return;
      const next: Submission = { ...row, version: row.version + 1, mail: { ...row.mail, words: "" } };
      await cloud.table.write([submissionChange(next)]);
    });
}

const thingOf = (publication: string, id: string): Thing => ({ publication, kind: "person", id });

const keyOf = async (cloud: Cloud, address: string): Promise<AddressKey> =>
  addressKeyOf(addressSecret(await cloud.secrets.read("address")), address);
