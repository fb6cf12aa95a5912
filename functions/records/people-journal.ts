import type { EntryOf } from "../../core/delivery/journal.ts";
import { digestOf } from "../../core/digest.ts";
import type { KnownPerson } from "../../core/person.ts";
import { Refusal } from "../../core/refusal.ts";
import { type Change, type Cloud, Conflict } from "../cloud/cloud.ts";
import { enterJournal } from "./journal.ts";
import { findPerson } from "./people.ts";

/** What the journal holds of people: an older table would let in again whom somebody has let go. */

export type PersonEntry = EntryOf<"removed"> | EntryOf<"appointed">;

/**
 * Enters what becomes of somebody, and writes it. Where somebody else was quicker the journal has said what was not done;
 * so it says once more what stands.
 *
 * @param next undefined where they are removed
 * @throws Refusal `person-changed`
 */
export async function writePerson(
  cloud: Cloud,
  publication: string,
  { seen, next }: { readonly seen: KnownPerson; readonly next: KnownPerson | undefined },
  changes: readonly Change[],
): Promise<void> {
  const enteredAt = cloud.clock.now().getTime();
  await enter(cloud, publication, next ?? { ...seen, version: versionOf(seen) + 1 }, { isGone: !next, at: enteredAt });
  try {
    await cloud.table.write(changes);
  } catch (conflict) {
    if (!(conflict instanceof Conflict)) throw conflict;
    const standing = await findPerson(cloud, publication, seen.addressKey);
    // The last entry counts, so this one has to be later.
    const at = Math.max(enteredAt + 1, cloud.clock.now().getTime());
    if (standing) await enter(cloud, publication, standing, { isGone: false, at });
    throw new Refusal("person-changed", { name: seen.name });
  }
}

interface Entered {
  readonly isGone: boolean;
  /** Milliseconds. */
  readonly at: number;
}
function enter(cloud: Cloud, publication: string, known: KnownPerson, { isGone, at }: Entered): Promise<void> {
  const { addressKey, id, roles } = known;
  const entry = {
    publication,
    addressKey,
    person: digestOf(id),
    version: versionOf(known),
    at: new Date(at).toISOString(),
  };
  return enterJournal(
    cloud,
    isGone ? { ...entry, kind: "removed" } : { ...entry, kind: "appointed", roles: [...roles] },
  );
}

const versionOf = ({ version = 0 }: KnownPerson): number => version;

/** Whether an entry speaks of somebody, and not of whoever had their address before. */
export const isAbout = ({ person }: PersonEntry, { id }: KnownPerson): boolean => person === digestOf(id);
