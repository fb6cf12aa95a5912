import { counted, type Rejections } from "../../core/delivery/rejections.ts";
import type { Cloud } from "../cloud/cloud.ts";
import type { Place } from "./issue-control.ts";
import { rejectionsKey } from "./keys.ts";
import { readShared, writeShared } from "./shared-row.ts";

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
    const found = await writeShared(cloud, rejectionsKey(place.publication, place.issue), standing, next);
    if (found === "written") return next;
    standing = found;
  }
  return standing;
}

/** Somebody has seen to it: they are counted from nothing again. */
export async function forgetRejections(cloud: Cloud, { publication, issue }: Place): Promise<void> {
  await cloud.table.each([{ remove: rejectionsKey(publication, issue) }]);
}

export const readRejections = (cloud: Cloud, { publication, issue }: Place): Promise<Rejections | undefined> =>
  readShared<Rejections>(cloud, rejectionsKey(publication, issue));
