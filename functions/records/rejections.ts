import { counted, type Rejections } from "../../core/delivery/rejections.ts";
import type { Cloud, Conflict, Item, Value } from "../cloud/cloud.ts";
import type { Place } from "./issue-control.ts";
import { rejectionsKey } from "./keys.ts";

/** Rejections of an issue in a row, one small row that its walks share. */

const tries = 20;

/** Enters what became of a few letters; answers the row as it stands then. Nothing is written where nothing changed. */
export async function enterRejections(
  cloud: Cloud,
  place: Place,
  seen: Parameters<typeof counted>[1],
): Promise<Rejections | undefined> {
  let standing = await readRejections(cloud, place);
  for (let left = tries; left > 0; left--) {
    const next = counted(standing, seen);
    if (next.inARow === (standing?.inARow ?? 0)) return standing;
    const key = rejectionsKey(place.publication, place.issue);
    const row = { ...key, ...(next as unknown as Record<string, Value>), version: next.version + 1 };
    const [outcome] = await cloud.table.each([
      { put: row, if: standing === undefined ? "absent" : { version: standing.version } },
    ]);
    if (outcome === "done") return next;
    const found = (outcome as Conflict).failed[0]?.found;
    standing = found && rejectionsOfRow(found);
  }
  return standing;
}

/** Somebody has seen to it: they are counted from nothing again. */
export async function forgetRejections(cloud: Cloud, { publication, issue }: Place): Promise<void> {
  await cloud.table.each([{ remove: rejectionsKey(publication, issue) }]);
}

export async function readRejections(cloud: Cloud, { publication, issue }: Place): Promise<Rejections | undefined> {
  const [row] = await cloud.table.get([rejectionsKey(publication, issue)], { consistent: true });
  return row && rejectionsOfRow(row);
}

const rejectionsOfRow = ({ pk: _, sk: __, ...row }: Item): Rejections => row as unknown as Rejections;
