import type { Change, Cloud, Table } from "../cloud/cloud.ts";
import type { Spent } from "../records/rounds.ts";

/** What a walk costs: the units the table counts, and a worker's time. */
export interface Meter {
  readonly cloud: Cloud;
  spent(): Spent;
}

/**
 * The cloud with a meter at its table. A row of ours is below the 1 KB of a write unit and the 4 KB of a read unit.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 */
export function metered(cloud: Cloud, before: Spent): Meter {
  const { table, clock } = cloud;
  const begun = clock.now().getTime();
  let { reads, writes } = before;
  /** A read that need not be consistent costs half. */
  const read = (rows: number, isConsistent = false): void => {
    reads += rows * (isConsistent ? 1 : 0.5);
  };
  const counting: Table = {
    id: () => table.id(),
    get: (keys, options) => {
      read(keys.length, options?.consistent);
      return table.get(keys, options);
    },
    async query(query) {
      const page = await table.query(query);
      read(Math.max(1, page.items.length / rowsInUnit), query.consistent);
      return page;
    },
    write: (changes) => {
      // All or nothing is billed double.
      writes += changes.length * (changes.length > 1 ? 2 : 1);
      return table.write(changes);
    },
    each: (changes: readonly Change[]) => {
      writes += changes.length;
      return table.each(changes);
    },
    count: (...given) => {
      writes += 1;
      return table.count(...given);
    },
  };
  return {
    cloud: { ...cloud, table: counting },
    spent: () => ({ milliseconds: before.milliseconds + clock.now().getTime() - begun, reads, writes }),
  };
}

/** A query is billed by the bytes it reads: 4 KB hold about so many deliveries. */
const rowsInUnit = 12;
