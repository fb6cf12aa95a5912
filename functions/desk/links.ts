import type { Person } from "../../core/rights.ts";
import { linkRing } from "../../core/subscriber/link.ts";
import { type Rotation, rotated } from "../../core/subscriber/link-rotation.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { actRow, demand } from "../records/acts.ts";
import { listPublications } from "../records/publications.ts";
import { randomToken } from "../records/random-token.ts";

/** Where the keys that sign links may be changed. Apart from the cloud: no function of ours has the right. */
export interface LinkKeys {
  read(): Promise<string>;
  replace(text: string): Promise<void>;
}

/**
 * Puts a new key before those that sign links. It signs ten minutes later, when everybody who verifies has heard of it;
 * so of two people who rotate at once, one is forgotten before anything was signed with their key.
 *
 * @throws Refusal `not-allowed`
 */
export async function rotateLinks(cloud: Cloud, person: Person, keys: LinkKeys): Promise<Omit<Rotation, "text">> {
  const publications = await listPublications(cloud);
  const things = publications.map((id) => ({ publication: id, kind: "publication", id }) as const);
  for (const thing of things) demand(person, "rotate-links", thing);
  const key = randomToken(cloud.clock);
  const fresh = { kid: cloud.clock.id().slice(0, 6), key };
  const { text, ...rotation } = rotated(await keys.read(), fresh, cloud.clock.now());
  linkRing(text); // what nobody could read must not take the place of what everybody can
  await keys.replace(text);
  const details = { kid: fresh.kid, dropped: rotation.dropped };
  await cloud.table.each(things.map((thing) => actRow(cloud.clock, person, "rotate-links", thing, details)));
  return rotation;
}
