import type { EntryOf } from "../../../core/delivery/journal.ts";
import { move } from "../../../core/subscriber/move.ts";
import type { AtAddress } from "../../../core/subscriber/subscribe.ts";
import type { Moved, Subscriber } from "../../../core/subscriber/subscriber.ts";
import type { Change, Cloud } from "../../cloud/cloud.ts";
import { putSettled, readAtAddress } from "../../records/at-address.ts";
import { evidenceRow } from "../../records/consents.ts";
import { movingKey } from "../../records/keys.ts";
import { readMoving } from "../../records/moving.ts";

/**
 * The old address gets nothing more. The journal holds no address: where the new one still waits in this table, the move
 * is made; else it has to be asked for again.
 */
export async function tellMoved(cloud: Cloud, entry: EntryOf<"moved">): Promise<boolean> {
  const { publication, from, to, at } = entry;
  const [here, there, address] = await Promise.all([
    readAtAddress(cloud, publication, from),
    readAtAddress(cloud, publication, to),
    readMoving(cloud, { publication, from, addressKey: to }),
  ]);
  const known = here.settled ?? here.waiting;
  if (!known || !isOlder(known, at)) return false;
  const evidence = { kind: "moved", publication, at, from, to } as const;
  await cloud.table.each([from, to].map((key) => evidenceRow(key, evidence)));
  const arriving = known.state === "confirmed" && address !== undefined && !hasLeft(there, at);
  await cloud.table.write(
    arriving
      ? arrival(here, there, move(known, there, { addressKey: to, address }, at))
      : [...putSettled(here, gone(known, to))],
  );
  return true;
}

function arrival(here: AtAddress, there: AtAddress, { moved, arrived }: ReturnType<typeof move>): Change[] {
  const waited = { remove: movingKey(arrived.addressKey, arrived.publication) };
  return [...putSettled(here, moved), ...putSettled(there, arrived), waited];
}

const gone = ({ v, version, publication, addressKey, language }: Subscriber, movedTo: string): Moved => ({
  ...{ v, version: version + 1, publication, addressKey, language, state: "moved", movedTo },
});

const isOlder = (known: Subscriber, at: string): boolean =>
  known.state === "confirmed" ? known.confirmedAt <= at : known.state === "pending" && known.requestedAt <= at;

/** After they had moved there. */
const hasLeft = ({ settled }: AtAddress, at: string): boolean =>
  settled?.state === "unsubscribed" && settled.unsubscribedAt >= at;
