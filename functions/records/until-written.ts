import { Conflict } from "../cloud/cloud.ts";

/** How often a change is tried again when somebody else changed the row meanwhile. */
const tries = 4;

/** Reads, decides and writes; all of it anew where a row changed in between. @throws Conflict when that goes on */
export async function untilWritten<T>(work: () => Promise<T>): Promise<T> {
  for (let left = tries; ; left--) {
    try {
      return await work();
    } catch (conflict) {
      if (!(conflict instanceof Conflict) || left === 1) throw conflict;
    }
  }
}
