import type { Accepted, Sending } from "../../core/delivery/delivery.ts";
import type { Table } from "../../functions/cloud/cloud.ts";
import { replaceDelivery, rowOfDelivery } from "../../functions/records/deliveries.ts";
import { subscriberKey, suppressionKey } from "../../functions/records/keys.ts";

const batch = 40;
const place = { publication: "elblandbote", issue: "2026-01" };

/**
 * What the ledger asks of the table for letters, batch after batch: one read of subscribers and suppressions, a claim
 * each, a record each.
 */
export async function withLedger(
  table: Table,
  letters: number,
  lanes: number,
  send: (reader: number) => Promise<unknown>,
): Promise<void> {
  for (let first = 0; first < letters; first += batch) {
    const readers = Array.from({ length: batch }, (_, index) => first + index);
    const claims = readers.map(sending);
    await table.get(
      claims.flatMap(({ addressKey }) => [subscriberKey(place.publication, addressKey), suppressionKey(addressKey)]),
      { consistent: true },
    );
    await table.each(claims.map((claim) => ({ put: rowOfDelivery(place, claim), if: "absent" })));
    const left = [...readers];
    const lane = async (): Promise<void> => {
      for (let reader = left.shift(); reader !== undefined; reader = left.shift()) await send(reader);
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    await table.each(claims.map((claim) => replaceDelivery(place, claim, accepted(claim))));
  }
}

const at = "2026-11-23T09:00:00.000Z";

const sending = (reader: number): Sending => ({
  ...{ v: 1, addressKey: String(reader).padStart(22, "a"), attempt: "m".repeat(22), attemptNo: 1, claimedAt: at },
  ...{ state: "sending", leaseUntil: at },
});

const accepted = ({ state: _, leaseUntil: __, ...common }: Sending): Accepted => ({
  ...{
    ...common,
    state: "accepted",
    messageId: "0107018f3a5b1c2d-5f0a1b2c-3d4e-5f60-7182-93a4b5c6d7e8-000000",
    acceptedAt: at,
  },
});
