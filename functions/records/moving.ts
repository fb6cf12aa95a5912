import type { MoveAsk } from "../../core/subscriber/ask.ts";
import { addressKeyOf, addressSecret } from "../../core/subscriber/link.ts";
import { move } from "../../core/subscriber/move.ts";
import { confirmBy } from "../../core/subscriber/subscribe.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { putSettled, readAtAddress } from "./at-address.ts";
import { evidenceRow } from "./consents.ts";
import { enterJournal } from "./journal.ts";
import { movingKey } from "./keys.ts";
import { whereNow } from "./subscribers.ts";
import { lifting } from "./suppressions.ts";
import { readToken, type TokenFor, useToken } from "./tokens.ts";
import { untilWritten } from "./until-written.ts";

/** What asking for another address left behind; `from` is where the reader is now. */
export type MoveAsked = Omit<Extract<TokenFor, { is: "move" }>, "is">;

/**
 * A new address waits to be confirmed there; the reader stays where they are. Undefined when there is nobody to move, or
 * nothing to change.
 */
export async function askToMove(cloud: Cloud, ask: MoveAsk): Promise<MoveAsked | undefined> {
  const { publication, address, at: requestedAt } = ask;
  const reader = await whereNow(cloud, publication, ask.from);
  if (reader?.state !== "confirmed" || reader.address === address) return undefined;
  const addressKey = addressKeyOf(addressSecret(await cloud.secrets.read("address")), address);
  const from = reader.addressKey;
  const row = { v: 1, from, address, requestedAt, expiresAt: confirmBy(requestedAt) };
  await cloud.table.write([{ put: { ...movingKey(addressKey, publication), ...row } }]);
  return { publication, from, addressKey };
}

/**
 * The reader pressed the button of the mail to their new address: the old row points there and holds no address any more.
 * Undefined: no such link, or whoever asked is no reader any more, or somewhere else.
 */
export const moveReader = (
  cloud: Cloud,
  token: string,
): Promise<{ readonly publication: string; readonly addressKey: AddressKey } | "used" | undefined> =>
  untilWritten(async () => {
    const held = await readToken(cloud, token);
    if (held?.what.is !== "move") return undefined;
    if (held.isUsed) return "used";
    const { publication, from, addressKey } = held.what;
    const [here, there, address] = await Promise.all([
      readAtAddress(cloud, publication, from),
      readAtAddress(cloud, publication, addressKey),
      readMoving(cloud, held.what),
    ]);
    if (here.settled?.state !== "confirmed" || address === undefined) return undefined;
    const at = cloud.clock.now().toISOString();
    const { moved, arrived } = move(here.settled, there, { addressKey, address }, at);
    // The journal first: nothing more may go to the old address, whichever table is put back.
    await enterJournal(cloud, { kind: "moved", at, publication, from, to: addressKey });
    const evidence = { kind: "moved", publication, at, from, to: addressKey } as const;
    await cloud.table.write([
      useToken(cloud, token, held.what),
      ...putSettled(here, moved),
      ...putSettled(there, arrived),
      { remove: movingKey(addressKey, publication) },
      ...[from, addressKey].map((key) => evidenceRow(key, evidence)),
      ...(await lifting(cloud, addressKey)),
    ]);
    return { publication, addressKey };
  });

/** The address that waits, unless somebody else has asked for it since. */
export async function readMoving(
  cloud: Cloud,
  { publication, addressKey, from }: MoveAsked,
): Promise<string | undefined> {
  const [row] = await cloud.table.get([movingKey(addressKey, publication)], { consistent: true });
  return row?.from === from ? String(row.address) : undefined;
}
