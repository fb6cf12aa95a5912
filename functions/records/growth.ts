import { countReaders, type Growth, grown, nobodyCounted, type ReaderCount } from "../../core/subscriber/growth.ts";
import { nextInWalk, startOfWalk, type WalkPosition } from "../../core/subscriber/walk.ts";
import type { Cloud, Item, Value } from "../cloud/cloud.ts";
import { growthKey } from "./keys.ts";
import { subscribersAfter } from "./subscribers.ts";

/** A publication's readers, counted whole at night: nobody who opens a page walks over all of them. */

interface GrowthRow {
  readonly version: number;
  readonly growth?: Growth;
  /** A count that was too long for one run goes on from here. */
  readonly under?: { readonly position: WalkPosition; readonly count: ReaderCount };
}

/** Undefined before the first count. */
export const readGrowth = async (cloud: Cloud, publication: string): Promise<Growth | undefined> =>
  (await readRow(cloud, publication)).growth;

const pageSize = 400;

/**
 * Counts all readers, or goes on with a count that was not done. Answers false when it was too late to end it: the next
 * run goes on. Of two at once one is in vain.
 */
export async function countGrowth(cloud: Cloud, publication: string, isLate: () => boolean): Promise<boolean> {
  const row = await readRow(cloud, publication);
  let { position, count } = row.under ?? { position: startOfWalk, count: nobodyCounted };
  for (;;) {
    const page = await subscribersAfter(cloud, publication, position.round, position.after, pageSize);
    count = countReaders(count, page.subscribers);
    const next = nextInWalk(position.round, page.isLast ? undefined : page.subscribers.at(-1)?.addressKey);
    if (!next) break;
    position = next;
    if (isLate()) {
      await save(cloud, publication, { ...row, under: { position, count } });
      return false;
    }
  }
  const growth = grown(row.growth, count, cloud.clock.now().toISOString());
  await save(cloud, publication, { version: row.version, growth });
  return true;
}

async function readRow(cloud: Cloud, publication: string): Promise<GrowthRow> {
  const [row] = await cloud.table.get([growthKey(publication)], { consistent: true });
  return row ? (row as unknown as GrowthRow) : { version: 0 };
}

async function save(cloud: Cloud, publication: string, { version, growth, under }: GrowthRow): Promise<void> {
  const put: Item = {
    ...growthKey(publication),
    ...{ v: 1, version: version + 1 },
    ...(growth && { growth: growth as unknown as Value }),
    ...(under && { under: under as unknown as Value }),
  };
  await cloud.table.each([{ put, if: version === 0 ? "absent" : { version } }]);
}
