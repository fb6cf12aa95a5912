import type { KnownPerson } from "../../core/person.ts";
import type { Publication } from "../../core/publication.ts";
import { may } from "../../core/rights.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { peopleAt } from "../records/people.ts";
import { publicationsBeside, requirePublication } from "../records/publications.ts";

/** What somebody may offer beside a publication on its order form. */
export type Offerable = Pick<Publication, "id" | "title">;

/**
 * Other publications of the deployment whose settings are theirs to change too, and those offered already: readers who
 * order there are asked in the name of both.
 */
export async function offerableBeside(
  cloud: Cloud,
  { addressKey }: KnownPerson,
  publication: Publication,
): Promise<Offerable[]> {
  const [here, offered] = await Promise.all([peopleAt(cloud, addressKey), publicationsBeside(cloud, publication)]);
  const theirs = here.filter(({ publication: id, person }) => {
    const isNew = id !== publication.id && !offered.some((one) => one.id === id);
    return isNew && may(person, "change-publication", { publication: id, kind: "publication", id });
  });
  const found = await Promise.all(theirs.map((one) => requirePublication(cloud, one.publication)));
  return [...offered, ...found].map(({ id, title }) => ({ id, title }));
}
