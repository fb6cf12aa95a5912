import { slugTry } from "../../core/article/slug.ts";
import type { Problems } from "../../core/desk/change-settings.ts";
import { type FoundingStep, foundedAs, judgeStep, openStep } from "../../core/desk/founding.ts";
import type { Typed } from "../../core/desk/settings.ts";
import { demandReader, readAddress } from "../../core/email-address.ts";
import { type KnownPerson, personIdFrom } from "../../core/person.ts";
import { type Publication, publicationId } from "../../core/publication.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Person } from "../../core/rights.ts";
import { addressKeyOf, addressSecret } from "../../core/subscriber/link.ts";
import { readName } from "../../core/subscriber/name.ts";
import { type Cloud, Conflict } from "../cloud/cloud.ts";
import { house } from "../house.ts";
import { actRow, demand } from "../records/acts.ts";
import { isFenced } from "../records/fence.ts";
import {
  type Founder,
  findFounder,
  founderFoundedChange,
  founderTypedChange,
  newFounderChange,
  removeFounderChange,
} from "../records/founders.ts";
import { newPersonChanges } from "../records/people.ts";
import { findPublication, newPublicationChanges } from "../records/publications.ts";
import { publishShelves } from "./publications.ts";

/**
 * Lets somebody found one publication at the desk: how a deployment gets its first admin. Twice is once.
 *
 * @throws Refusal `address-…`, `not-allowed`
 */
export async function inviteFounder(
  cloud: Cloud,
  person: Person,
  typed: { readonly address: string; readonly name: string },
): Promise<Founder> {
  demand(person, "found", { publication: "*", kind: "publication", id: "*" });
  const address = readAddress(typed.address);
  demandReader(address);
  const name = readName(typed.name) || address.slice(0, address.indexOf("@"));
  const addressKey = addressKeyOf(addressSecret(await cloud.secrets.read("address")), address);
  await cloud.directory.admit(address);
  await cloud.table.each([newFounderChange(cloud.clock, { addressKey, name, address })]);
  return (await findFounder(cloud, addressKey)) ?? { addressKey, name, address, typed: {}, version: 1 };
}

/** Keeps what was typed in a step, right or wrong: whoever leaves comes back to it. @throws Conflict */
export async function keepStep(
  cloud: Cloud,
  founder: Founder,
  step: FoundingStep,
  typed: Typed,
): Promise<{ readonly founder: Founder; readonly problems: Problems }> {
  const all = { ...founder.typed, ...typed };
  await cloud.table.write([founderTypedChange(cloud.clock, founder, all)]);
  const kept = { ...founder, typed: all, version: founder.version + 1 };
  return { founder: kept, problems: judgeStep(step, all, house().palette) };
}

/**
 * Founds what a founder typed, with the founder as the one who may do everything in it. Answers its id.
 *
 * @throws Refusal `founding-open` where a step is not done
 */
export async function foundPublication(cloud: Cloud, founder: Founder): Promise<string> {
  if (openStep(founder.typed, house().palette)) throw new Refusal("founding-open");
  const id = founder.founded ?? (await enter(cloud, founder));
  await publishShelves(cloud, id);
  await cloud.table.write([removeFounderChange(founder)]);
  return id;
}

/** Under the first id that is free. */
async function enter(cloud: Cloud, founder: Founder): Promise<string> {
  await isFenced(cloud); // a new table is marked as ours before anything is entered in its journal
  const named = foundedAs(founder.typed);
  for (let turn = 1; ; turn += 1) {
    const id = idOf(named, turn);
    if (!publicationId.safeParse(id).success || (await findPublication(cloud, id))) continue;
    try {
      await cloud.table.write(foundingChanges(cloud, founder, foundedAs(founder.typed, id)));
      return id;
    } catch (conflict) {
      const isIdTaken = conflict instanceof Conflict && conflict.failed.every(({ index }) => index === 0);
      if (!isIdTaken) throw conflict;
    }
  }
}

const longestId = 28;
const idOf = ({ id }: Publication, turn: number): string => slugTry(id.slice(0, longestId).replace(/-+$/, ""), turn);

function foundingChanges(cloud: Cloud, founder: Founder, publication: Publication) {
  const { name, address, addressKey } = founder;
  const roles = ["editor", "publisher", "admin"] as const;
  const person: KnownPerson = { v: 1, id: personIdFrom(cloud.clock.id()), name, address, addressKey, roles };
  const thing = { publication: publication.id, kind: "publication", id: publication.id } as const;
  return [
    ...newPublicationChanges(publication),
    ...newPersonChanges(publication.id, person),
    actRow(cloud.clock, person, "found", thing),
    founderFoundedChange(founder, publication.id),
  ];
}
