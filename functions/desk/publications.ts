import { paletteFor } from "../../core/edition/palette.ts";
import type { Publication } from "../../core/publication.ts";
import type { Person, Thing } from "../../core/rights.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { house } from "../house.ts";
import { actRow, demand } from "../records/acts.ts";
import { publicationsOffering, savePublication } from "../records/publications.ts";
import { publishShelf } from "../records/shelf.ts";

/**
 * Founds a publication, or replaces its settings. Its pages say so at once: imprint and privacy stand before anybody is
 * asked to consent.
 *
 * @throws Refusal `weak-accent` with the nearest colour that can be read, `language-fixed`, `not-allowed`
 */
export async function found(cloud: Cloud, person: Person, publication: Publication): Promise<void> {
  const thing: Thing = { publication: publication.id, kind: "publication", id: publication.id };
  demand(person, "found", thing);
  paletteFor(publication.accent, house().palette);
  await savePublication(cloud, publication, [actRow(cloud.clock, person, "found", thing)]);
  await publishShelves(cloud, publication.id);
}

/** Every page that says what the settings say: the publication's own, and those of its sisters that offer it. */
export async function publishShelves(cloud: Cloud, publication: string): Promise<void> {
  await publishShelf(cloud, house(), publication);
  for (const { id } of await publicationsOffering(cloud, publication)) await publishShelf(cloud, house(), id);
}
