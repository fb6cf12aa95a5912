import type { ConfirmMail, SendingMail } from "../../core/subscriber/confirm-mail.ts";
import { countedDays, type Mailed, mayBeMailed, plusMailed } from "../../core/subscriber/mail-caps.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import { type Change, type Cloud, Conflict, type Item, type Key, type Value } from "../cloud/cloud.ts";
import { mailedKey } from "./keys.ts";
import { untilWritten } from "./until-written.ts";

/** Answers to one address: each its own row, and one row that counts them. */

/** Rows of answers are kept as long as answers count. */
export const keptUntil = (now: Date): string => new Date(now.getTime() + countedDays * 86_400_000).toISOString();

const mailOfRow = ({ pk: _, sk: __, ...row }: Item): ConfirmMail => row as unknown as ConfirmMail;
const rowOf = (key: Key, mail: ConfirmMail): Item => ({ ...key, ...(mail as unknown as Record<string, Value>) });

export async function readMail(cloud: Cloud, key: Key): Promise<ConfirmMail | undefined> {
  const [row] = await cloud.table.get([key], { consistent: true });
  return row && mailOfRow(row);
}

interface Counted {
  readonly version: number;
  readonly mailed: readonly Mailed[];
}

async function readMailed(cloud: Cloud, addressKey: AddressKey): Promise<Counted> {
  const [row] = await cloud.table.get([mailedKey(addressKey)], { consistent: true });
  return { version: Number(row?.version ?? 0), mailed: (row?.mailed ?? []) as unknown as Mailed[] };
}

/** Whether one more answer may go to an address. */
export const hasRoom = async (cloud: Cloud, addressKey: AddressKey, id: string): Promise<boolean> =>
  mayBeMailed((await readMailed(cloud, addressKey)).mailed, id, cloud.clock.now());

export interface Claim {
  readonly key: Key;
  readonly seen: ConfirmMail | undefined;
  readonly next: SendingMail;
  readonly addressKey: AddressKey;
  /** Anybody could have asked for it: it counts. A reader's welcome does not. */
  readonly isCounted: boolean;
}

/**
 * Takes an attempt: the row of the answer and its place in the count are written together. False: another run was
 * faster, or the address has had enough.
 */
export const claimMail = (cloud: Cloud, { key, seen, next, addressKey, isCounted }: Claim): Promise<boolean> =>
  untilWritten(async () => {
    const counted = isCounted && !seen ? await countChange(cloud, addressKey, next.id) : [];
    if (!counted) return false;
    try {
      const condition = seen ? { attempt: seen.attempt, state: seen.state } : "absent";
      await cloud.table.write([{ put: rowOf(key, next), if: condition }, ...counted]);
      return true;
    } catch (conflict) {
      const met = conflict instanceof Conflict && conflict.failed.find(({ index }) => index === 0);
      if (!met) throw conflict; // only the count has changed: it is looked at again
      // Our own attempt standing there: the first try of a write that was repeated had succeeded.
      return met.found?.attempt === next.attempt;
    }
  });

/** Undefined: no room. */
async function countChange(cloud: Cloud, addressKey: AddressKey, id: string): Promise<Change[] | undefined> {
  const now = cloud.clock.now();
  const { version, mailed } = await readMailed(cloud, addressKey);
  if (!mayBeMailed(mailed, id, now)) return undefined;
  const next = { v: 1, version: version + 1, mailed: plusMailed(mailed, id, now) as unknown as Value };
  const put = { ...mailedKey(addressKey), ...next, expiresAt: keptUntil(now) };
  return [{ put, if: version === 0 ? "absent" : { version } }];
}

/** What became of an attempt. */
export async function settleMail(cloud: Cloud, key: Key, seen: ConfirmMail, next: ConfirmMail): Promise<void> {
  await cloud.table.each([{ put: rowOf(key, next), if: { attempt: seen.attempt, state: seen.state } }]);
}

/** Nothing left: what stood there before stands there again. */
export async function takeMailBack(
  cloud: Cloud,
  key: Key,
  seen: ConfirmMail,
  before: ConfirmMail | undefined,
): Promise<void> {
  const condition = { attempt: seen.attempt, state: seen.state };
  await cloud.table.each([before ? { put: rowOf(key, before), if: condition } : { remove: key, if: condition }]);
}
