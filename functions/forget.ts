import { dayFrom } from "../core/subscriber/retention.ts";
import type { Change, Cloud, FunctionMaker, Key } from "./cloud/cloud.ts";
import { onAws } from "./cloud/on-aws.ts";
import { forgetEvidenceOf } from "./forget/evidence.ts";
import { forgottenUntil, notesOf, saveForgotten, type ToForget } from "./records/forgetting.ts";
import { countGrowth } from "./records/growth.ts";
import { inBatches } from "./records/in-batches.ts";
import { saltKey } from "./records/keys.ts";
import { listPublications } from "./records/publications.ts";
import { listOlderSuppressions } from "./records/suppression-list.ts";

/**
 * Every night: what has to be gone by today is gone, day after day since the last night. A night that is too short leaves
 * the rest to the next: whatever is done, its note is done with. Then readers are counted.
 */
export const forget: FunctionMaker =
  (cloud) =>
  async (_, { deadline }) => {
    const today = cloud.clock.now().toISOString().slice(0, 10);
    let forgotten = 0;
    for (let day = await firstDay(cloud, today); day <= today; day = dayFrom(day, 1)) {
      const done = await forgetDay(cloud, day, deadline);
      forgotten += done.forgotten;
      if (!done.isWhole) return console.warn({ forgotten, nextTime: day });
      // Today's may still grow.
      if (day < today) await saveForgotten(cloud, day);
    }
    if (forgotten > 0) console.info({ forgotten });
    await countAll(cloud, deadline);
    if (!(await listOlderSuppressions(cloud, lateFor(cloud, deadline)))) console.warn({ unlisted: "suppressions" });
  };

const lateFor =
  ({ clock }: Cloud, deadline: Date) =>
  (): boolean =>
    clock.now().getTime() > deadline.getTime() - reserveMilliseconds;

/** The quiet of the night is used to count who reads: the desk shows how a publication grows. A count too long for one night goes on the next. */
async function countAll(cloud: Cloud, deadline: Date): Promise<void> {
  const isLate = lateFor(cloud, deadline);
  for (const publication of await listPublications(cloud))
    if (isLate() || !(await countGrowth(cloud, publication, isLate))) return console.warn({ uncounted: publication });
}

/** Notes are made for days to come: before the first night none lies further back. */
const firstNight = 40;

async function firstDay(cloud: Cloud, today: string): Promise<string> {
  const until = await forgottenUntil(cloud);
  return until === undefined ? dayFrom(today, -firstNight) : dayFrom(until, 1);
}

/** Nothing new is begun when less than this is left. */
const reserveMilliseconds = 15_000;
const together = 400;

async function forgetDay(cloud: Cloud, day: string, deadline: Date): Promise<{ forgotten: number; isWhole: boolean }> {
  // Without its salt what was counted of networks that day says nothing any more.
  await cloud.table.each([{ remove: saltKey(dayFrom(day, -1)) }]);
  let [forgotten, hand]: [number, { what: ToForget; key: Key }[]] = [0, []];
  const letGo = async (): Promise<void> => {
    await forgetAll(cloud, hand);
    [forgotten, hand] = [forgotten + hand.length, []];
  };
  for await (const note of notesOf(cloud, day)) {
    hand.push(note);
    if (hand.length < together) continue;
    await letGo();
    if (lateFor(cloud, deadline)()) return { forgotten, isWhole: false };
  }
  await letGo();
  return { forgotten, isWhole: true };
}

/** The note goes last: a run that dies between does it all again. */
async function forgetAll(cloud: Cloud, hand: readonly { what: ToForget; key: Key }[]): Promise<void> {
  await cloud.table.each(hand.flatMap(({ what }): Change[] => (what.is === "row" ? [ifLapsed(what.row)] : [])));
  await inBatches(hand, async ({ what }) => {
    if (what.is === "evidence") await forgetEvidenceOf(cloud, what.addressKey, what.publication);
    if (what.is === "folder") await forgetFilesOf(cloud, what.folder);
  });
  await cloud.table.each(hand.map(({ key }) => ({ remove: key })));
}

async function forgetFilesOf(cloud: Cloud, folder: string): Promise<void> {
  const found = await cloud.files.list(folder);
  await cloud.files.remove(found.map(({ key }) => key));
}

/** A lapsed row counts as absent. Whoever has confirmed meanwhile stays, and whoever asked anew has a note of their own. */
const ifLapsed = (row: Key): Change => ({ remove: row, if: "absent" });

export const handler = onAws(forget);
