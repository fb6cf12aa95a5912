import { nothing } from "../../core/delivery/account.ts";
import { cutBatches, endOfRound, startOfRound } from "../../core/delivery/batch.ts";
import { type Delivery, rounds } from "../../core/delivery/delivery.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import type { Value } from "../../functions/cloud/cloud.ts";
import { putBatch } from "../../functions/records/batches.ts";
import { rowOfDelivery } from "../../functions/records/deliveries.ts";
import type { Control } from "../../functions/records/issue-control.ts";
import { controlKey, roundOf } from "../../functions/records/keys.ts";
import { putRound, type Round } from "../../functions/records/rounds.ts";
import type { TestCloud } from "../cloud/test-cloud.ts";
import { place } from "./an-issue-to-send.ts";

/** Rows as a planner and its workers leave them, written by hand: for what only reads them. */

export async function freeze(
  cloud: TestCloud,
  freezes: readonly (readonly AddressKey[])[],
  control: Partial<Control> = {},
): Promise<void> {
  const begun: Control = {
    ...{ v: 1, ...place, state: "sending", epoch: 2, resend: 0, rest: [], notAfter: null, waits: null, revoked: [] },
    ...{ fingerprint: "f".repeat(64), language: "de", startedAt: cloud.clock.now().toISOString(), heldUntil: "" },
    ...control,
  };
  const row = { ...controlKey(place.publication, place.issue), ...(begun as unknown as Record<string, Value>) };
  await cloud.table.write([{ put: row }]);
  for (const round of rounds) await freezeRound(cloud, round, freezes);
}

async function freezeRound(
  cloud: TestCloud,
  round: string,
  freezes: readonly (readonly AddressKey[])[],
): Promise<void> {
  const starts: number[] = [];
  let [batches, planned] = [0, 0];
  for (const keys of freezes) {
    starts.push(batches);
    const ours = keys.filter((key) => roundOf(key) === round).sort();
    const cut = cutBatches(
      startOfRound,
      ours.map((addressKey) => ({ addressKey, exclusion: undefined })),
      endOfRound,
    );
    for (const batch of cut) await putBatch(cloud, { ...place, round }, batches++, batch);
    planned += ours.length;
  }
  const frozen: Round = {
    ...{ v: 1, round, phase: "walking", turn: 0, heldUntil: null, wakeAt: null, pass: 0, freezes: starts },
    ...{ spent: { milliseconds: 0, reads: 0, writes: 0 }, next: 0, batches, candidates: planned, planned },
    ...{ excluded: {}, tally: nothing },
  };
  await putRound(cloud, { ...place, round }, frozen);
}

type Ending = Delivery extends infer One ? (One extends Delivery ? Omit<One, keyof Begun> : never) : never;
type Begun = Pick<Delivery, "v" | "addressKey" | "attempt" | "attemptNo" | "claimedAt">;

/** What became of a reader's letter. */
export async function deliver(cloud: TestCloud, addressKey: AddressKey, ending: Ending): Promise<void> {
  const claimedAt = cloud.clock.now().toISOString();
  const begun: Begun = { v: 1, addressKey, attempt: cloud.clock.id(), attemptNo: 1, claimedAt };
  await cloud.table.write([{ put: rowOfDelivery(place, { ...begun, ...ending } as Delivery) }]);
}
