import { type Cloud, Conflict } from "../cloud/cloud.ts";
import { readingTurnKey } from "./keys.ts";

/** A submission is read by one at a time: whoever comes meanwhile leaves word, and the reader looks once more. */

interface Place {
  readonly publication: string;
  readonly submission: string;
}
export interface Turn {
  readonly holder: string;
  /** When it is over, whatever became of who holds it. */
  readonly until: string;
  /** Somebody came meanwhile. */
  readonly isFollowed: boolean;
}

/** The holder's name; undefined while another reads. */
export async function takeTurn(cloud: Cloud, place: Place, until: string): Promise<string | undefined> {
  const holder = cloud.clock.id();
  const row = { ...keyOf(place), v: 1, holder, expiresAt: until };
  return (await holds(cloud, { put: row, if: "absent" })) ? holder : undefined;
}

export async function standingTurn({ table }: Pick<Cloud, "table">, place: Place): Promise<Turn | undefined> {
  const [row] = await table.get([keyOf(place)], { consistent: true });
  if (!row) return undefined;
  return { holder: String(row.holder), until: String(row.expiresAt), isFollowed: row.isFollowed === true };
}

/** False: that turn is over, or somebody left word already. */
export const followTurn = (cloud: Cloud, place: Place, { holder }: Turn): Promise<boolean> =>
  holds(cloud, { patch: keyOf(place), set: { isFollowed: true }, if: { holder, isFollowed: null } });

/** Ends it where nobody came meanwhile. False: somebody did, and it goes on. */
export async function endTurn(cloud: Cloud, place: Place, holder: string): Promise<boolean> {
  if (await holds(cloud, { remove: keyOf(place), if: { holder, isFollowed: null } })) return true;
  // Not ours any more: whoever has it looks for themselves.
  return !(await holds(cloud, { patch: keyOf(place), set: {}, remove: ["isFollowed"], if: { holder } }));
}

/** Ends it whoever came meanwhile; they have to be told otherwise. */
export const dropTurn = async (cloud: Cloud, place: Place, holder: string): Promise<void> =>
  void (await holds(cloud, { remove: keyOf(place), if: { holder } }));

const keyOf = ({ publication, submission }: Place) => readingTurnKey(publication, submission);

async function holds({ table }: Pick<Cloud, "table">, change: Parameters<Cloud["table"]["write"]>[0][number]) {
  try {
    await table.write([change]);
    return true;
  } catch (conflict) {
    if (conflict instanceof Conflict) return false;
    throw conflict;
  }
}
