import type { Publication } from "../../core/publication.ts";
import type { Person, Thing } from "../../core/rights.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { actRow, demand } from "../records/acts.ts";
import { savePublication } from "../records/publications.ts";

/** Founds a publication, or replaces its settings. */
export async function found(cloud: Cloud, person: Person, publication: Publication): Promise<void> {
  const thing: Thing = { publication: publication.id, kind: "publication", id: publication.id };
  demand(person, "found", thing);
  await savePublication(cloud, publication, [actRow(cloud.clock, person, "found", thing)]);
}
