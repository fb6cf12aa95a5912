import { describe, expect, it } from "vitest";
import { accountOf, nothing, tallyOf } from "../../../core/delivery/account.ts";
import {
  type Batch,
  type Candidate,
  cutBatches,
  endOfRound,
  startOfRound,
  total,
} from "../../../core/delivery/batch.ts";
import { batchSize, type Delivery } from "../../../core/delivery/delivery.ts";
import { aged, looksAgainAt } from "../../../core/delivery/settle.ts";
import type { ExclusionReason } from "../../../core/subscriber/subscriber.ts";
import fc from "../../lots.ts";

const candidates = fc.uniqueArray(fc.stringMatching(/^[A-Za-z0-9_-]{22}$/), { maxLength: 300 }).chain((keys) =>
  fc
    .array(fc.constantFrom<ExclusionReason | undefined>(undefined, undefined, undefined, "pending", "suppressed"), {
      minLength: keys.length,
      maxLength: keys.length,
    })
    .map((exclusions) =>
      keys.sort().map((addressKey, index): Candidate => ({ addressKey, exclusion: exclusions[index] })),
    ),
);

describe("the batches of a round", () => {
  it("tile the round: no gap, no double, everybody planned or excluded with a reason", () => {
    fc.assert(
      fc.property(candidates, fc.integer({ min: 1, max: 120 }), (readers, pageSize) => {
        const batches: Batch[] = [];
        let after = startOfRound;
        while (after !== endOfRound) {
          const left = readers.filter(({ addressKey }) => addressKey > after);
          const page = left.slice(0, pageSize);
          batches.push(
            ...cutBatches(after, page, page.length === left.length ? endOfRound : (page.at(-1)?.addressKey ?? after)),
          );
          after = batches.at(-1)?.last ?? after;
        }
        batches.forEach((batch, index) => {
          expect(batch.after).toBe(batches[index - 1]?.last ?? startOfRound);
          expect(batch.keys.length).toBeLessThanOrEqual(batchSize);
          for (const key of batch.keys) expect(key > batch.after && key <= batch.last).toBe(true);
        });
        const planned = readers.filter(({ exclusion }) => !exclusion).map(({ addressKey }) => addressKey);
        expect(batches.flatMap(({ keys }) => keys)).toEqual(planned);
        const excluded = batches.reduce((sum, batch) => sum + total(batch.excluded), 0);
        expect(planned.length + excluded).toBe(readers.length);
      }),
      { numRuns: 200 },
    );
  });

  it("of a round without readers are one, and cover it", () => {
    expect(cutBatches(startOfRound, [], endOfRound)).toEqual([
      { after: startOfRound, last: endOfRound, keys: [], excluded: {} },
    ]);
  });
});

describe("an account", () => {
  it("is refused when it does not add up", () => {
    const frozen = { candidates: 3, planned: 2, excluded: { pending: 1 } };
    expect(accountOf(frozen, { ...nothing, accepted: 1 })).toMatchObject({ waiting: 1, accepted: 1 });
    expect(() => accountOf(frozen, { ...nothing, accepted: 3 })).toThrow("do not agree");
    expect(() => accountOf({ ...frozen, candidates: 4 }, nothing)).toThrow("do not agree");
  });

  it("counts as accepted whatever SES ever took", () => {
    const row = { v: 1, addressKey: "k", attempt: "a", attemptNo: 1, claimedAt: "", messageId: "m", acceptedAt: "" };
    const states = ["accepted", "delivered", "bounced", "complained"] as const;
    expect(tallyOf(states.map((state) => ({ ...row, state }) as Delivery))).toEqual({
      ...nothing,
      ...{ accepted: 4, reported: { delivered: 1, bounced: 1, complained: 1 } },
    });
  });
});

describe("a delivery nobody hears of", () => {
  const row = { v: 1, addressKey: "k", attempt: "a", attemptNo: 1, claimedAt: "2026-03-02T08:00:00.000Z" } as const;
  const at = (minutes: number): Date => new Date(Date.parse("2026-03-02T08:00:00.000Z") + minutes * 60_000);
  const sending: Delivery = { ...row, state: "sending", leaseUntil: at(3).toISOString() };

  const patience = 15 * 60;

  it("is on its way while its worker may be alive, then uncertain, then unresolved; never waiting again", () => {
    expect(aged(sending, at(2.9), patience)).toBe(sending);
    expect(looksAgainAt(sending, patience)).toBe(at(3).getTime());
    const uncertain = aged(sending, at(3), patience);
    expect(uncertain).toMatchObject({ state: "uncertain", attempt: "a" });
    expect(aged(uncertain, at(17.9), patience)).toBe(uncertain);
    expect(looksAgainAt(uncertain, patience)).toBe(at(18).getTime());
    expect(aged(uncertain, at(18), patience)).toMatchObject({ state: "unresolved", attempt: "a" });
  });

  it("rests once it is known", () => {
    const accepted: Delivery = { ...row, state: "accepted", messageId: "m", acceptedAt: "" };
    expect(aged(accepted, at(10_000), patience)).toBe(accepted);
    expect(looksAgainAt(accepted, patience)).toBeUndefined();
  });
});
