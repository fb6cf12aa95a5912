import type { Act } from "../../core/desk/acts.ts";
import { Refusal } from "../../core/refusal.ts";
import type { ActName, Person, Thing } from "../../core/rights.ts";
import { may } from "../../core/rights.ts";
import type { Change, Clock, Cloud, Item, Value } from "../cloud/cloud.ts";
import { actKey } from "./keys.ts";

/** Who did what to which thing, when; append-only. Written with the change it tells of. */
export function actRow(
  clock: Clock,
  person: Person,
  act: ActName,
  thing: Thing,
  details: Readonly<Record<string, Value>> = {},
): Change {
  const at = clock.now().toISOString();
  return {
    put: {
      ...actKey(thing.publication, at, clock.id()),
      v: 1,
      at,
      by: person.id,
      act,
      kind: thing.kind,
      id: thing.id,
      details,
    },
    if: "absent",
  };
}

/** Whose acts, and about which thing; all of them where neither is named. */
export interface ActFilter {
  readonly by?: string | undefined;
  readonly kind?: string | undefined;
  readonly id?: string | undefined;
}

/** A filter that fits hardly anything looks through so many at a time, and says how far it got. */
const mostLookedAt = 2_000;
const filteredPageSize = 200;

/**
 * Newest first.
 *
 * @param before the key of the last one seen; what came after it is not looked at again
 * @returns `next` while more may follow, though none of those may fit
 */
export async function latestActs(
  cloud: Cloud,
  publication: string,
  { limit, before, filter = {} }: { limit: number; before?: string | undefined; filter?: ActFilter },
): Promise<{ acts: Act[]; next?: string }> {
  const acts: Act[] = [];
  let last = before;
  // Where everything fits, one more than a page tells whether another follows, and one was seen already.
  const isEverything = Object.values(filter).every((value) => value === undefined);
  const pageSize = isEverything ? limit + 2 : filteredPageSize;
  for (let lookedAt = 0; lookedAt < mostLookedAt; lookedAt += pageSize) {
    const rows = await rowsBefore(cloud, publication, last, pageSize);
    for (const row of rows) {
      if (acts.length === limit) return { acts, ...(last !== undefined && { next: last }) };
      last = row.sk;
      if (fits(row, filter)) acts.push(actOf(row));
    }
    if (rows.length < pageSize - 1) return { acts };
  }
  return { acts, ...(last !== undefined && { next: last }) };
}

/** Up to a page of them; bounds hold what they name, and it was seen already. */
async function rowsBefore(
  { table }: Cloud,
  publication: string,
  before: string | undefined,
  limit: number,
): Promise<Item[]> {
  const { pk } = actKey(publication, "", "");
  const upTo = before === undefined ? {} : { from: "0", to: before };
  const { items } = await table.query({ pk, ...upTo, limit, newestFirst: true });
  return items.filter(({ sk }) => sk !== before);
}

const fits = (row: Item, { by, kind, id }: ActFilter): boolean =>
  (by === undefined || row.by === by) &&
  (kind === undefined || row.kind === kind) &&
  (id === undefined || row.id === id);

const actOf = ({ at, by, act, kind, id, details }: Item): Act => ({
  ...{ at: String(at), by: String(by), act: String(act), kind: String(kind), id: String(id) },
  ...(details !== null && typeof details === "object" && { details: details as Readonly<Record<string, unknown>> }),
});

/** @throws Refusal `not-allowed` */
export function demand(person: Person, act: ActName, thing: Thing): void {
  if (!may(person, act, thing)) throw new Refusal("not-allowed", { act });
}
