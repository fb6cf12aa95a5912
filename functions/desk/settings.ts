import { type Problems, readSection } from "../../core/desk/change-settings.ts";
import { type SectionName, stateOf, type Typed, typedOf } from "../../core/desk/settings.ts";
import type { Publication } from "../../core/publication.ts";
import type { Person, Thing } from "../../core/rights.ts";
import { type Cloud, Conflict } from "../cloud/cloud.ts";
import { house } from "../house.ts";
import { actRow, demand } from "../records/acts.ts";
import { replacePublication, requireVersioned } from "../records/publications.ts";
import { publishShelves } from "./publications.ts";

/** What became of a change: nothing is lost where it was not saved, for whoever typed it is shown it again. */
export type SettingsChange =
  | { readonly status: "saved"; readonly publication: Publication }
  | { readonly status: "wrong"; readonly problems: Problems; readonly standing: Publication }
  | { readonly status: "moved-on"; readonly standing: Publication };

/**
 * Changes one section of a publication's settings; its pages say so at once. Somebody who changes another section at
 * the same time is no conflict.
 *
 * @param change `seen` is what the form was made from, {@link stateOf} the section
 * @throws Refusal `not-allowed`, `no-publication`
 */
export async function changePublication(
  cloud: Cloud,
  person: Person,
  id: string,
  change: { readonly section: SectionName; readonly seen: string; readonly typed: Typed },
): Promise<SettingsChange> {
  const thing: Thing = { publication: id, kind: "publication", id };
  demand(person, "change-publication", thing);
  const { section, seen, typed } = change;
  const standing = await requireVersioned(cloud, id);
  if (stateOf(standing.publication, section) !== seen) return { status: "moved-on", standing: standing.publication };
  const read = readSection(standing.publication, section, typed, house().palette);
  if ("problems" in read) return { status: "wrong", problems: read.problems, standing: standing.publication };
  const fields = changedFields(section, standing.publication, read.changed);
  if (fields.length === 0) return { status: "saved", publication: standing.publication };
  const act = actRow(cloud.clock, person, "change-publication", thing, { section, fields });
  try {
    await replacePublication(cloud, { ...standing, publication: read.changed }, [act]);
  } catch (conflict) {
    if (!(conflict instanceof Conflict)) throw conflict;
    return changePublication(cloud, person, id, change);
  }
  await publishShelves(cloud, id);
  return { status: "saved", publication: read.changed };
}

/** By name: what they say stands on the publication's own pages, and some of it is about people. */
function changedFields(section: SectionName, before: Publication, after: Publication): string[] {
  const [one, other] = [typedOf(before, section), typedOf(after, section)];
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((name) => one[name] !== other[name]);
}
