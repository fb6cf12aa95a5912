import type { Named } from "../../core/desk/name-of.ts";
import type { KnownPerson } from "../../core/person.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Cloud, Item } from "../cloud/cloud.ts";
import { personKey, personWhoKey } from "./keys.ts";
import { inLists } from "./lists.ts";
import { pageAfter } from "./page-after.ts";
import { personOf } from "./people.ts";
import { rowsOf } from "./rows.ts";

/** People as they are looked up and looked through. */

/** The names of those with these ids, as far as they are still known. */
export async function namesOf(
  cloud: Cloud,
  publication: string,
  ids: Iterable<string | undefined>,
): Promise<readonly Named[]> {
  const wanted = [...new Set(ids)].filter((id) => id !== "");
  const keys = wanted.flatMap((id) => (id === undefined ? [] : [personWhoKey(publication, id)]));
  const { rows } = keys.length > 0 ? await inLists(cloud, publication, keys) : { rows: [] };
  return rows.flatMap((row) => (row ? [namedIn(row)] : []));
}

/** @throws Refusal `no-person` */
export async function requirePerson(cloud: Cloud, publication: string, id: string): Promise<KnownPerson> {
  const { rows } = await inLists(cloud, publication, [personWhoKey(publication, id)]);
  const [known] = await peopleIn(cloud, publication, rows);
  if (!known) throw new Refusal("no-person");
  return known;
}

/** Some of them, in the order of their names. @param after what an earlier page answered as `next` */
export async function pageOfPeople(
  cloud: Cloud,
  publication: string,
  stretch: Stretch,
): Promise<{ readonly people: readonly KnownPerson[]; readonly next?: string }> {
  const { items, next } = await byName(cloud, publication, stretch);
  return { people: await peopleIn(cloud, publication, items), ...(next !== undefined && { next }) };
}

/** Whom a field offers: the first by name, and whoever is chosen already. More nobody looks through in a field. */
export async function offeredNames(
  cloud: Cloud,
  publication: string,
  chosen: string | undefined,
  limit: number,
): Promise<readonly Named[]> {
  const { items } = await byName(cloud, publication, { limit });
  const first = items.map(namedIn);
  const isThere = chosen === undefined || first.some(({ id }) => id === chosen);
  return isThere ? first : [...first, ...(await namesOf(cloud, publication, [chosen]))];
}

/** Who makes issues, in the order of names, and whoever asks. */
export async function teamWith(cloud: Cloud, publication: string, asking: string): Promise<KnownPerson[]> {
  const key = personWhoKey(publication, asking);
  const { rows } = await inLists(cloud, publication, [key]);
  const team = await Array.fromAsync(rowsOf(cloud, { pk: key.pk, from: "team#", to: "team#\u{10ffff}" }));
  const isThere = team.some(({ id }) => id === asking);
  return peopleIn(cloud, publication, isThere ? team : [...team, ...rows]);
}

interface Stretch {
  readonly limit: number;
  readonly after?: string | undefined;
}

async function byName(cloud: Cloud, publication: string, { limit, after }: Stretch) {
  await inLists(cloud, publication);
  const { pk } = personKey(publication, "");
  return pageAfter(cloud, { pk, from: "name#", to: "name#\u{10ffff}", limit, consistent: true }, after);
}

async function peopleIn(
  cloud: Cloud,
  publication: string,
  places: readonly (Item | undefined)[],
): Promise<KnownPerson[]> {
  const keys = places.flatMap((place) => (place ? [personKey(publication, String(place.addressKey))] : []));
  const rows = await cloud.table.get(keys, { consistent: true });
  return rows.flatMap((row) => (row ? [personOf(row)] : []));
}

const namedIn = ({ id, name }: Item): Named => ({ id: String(id), name: String(name) });
