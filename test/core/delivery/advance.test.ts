import { describe, expect, it } from "vitest";
import { advance, kindOf, unknownDelivery } from "../../../core/delivery/advance.ts";
import type { Delivery } from "../../../core/delivery/delivery.ts";
import { type Feedback, type FeedbackKind, feedbackKinds } from "../../../core/delivery/feedback.ts";
import fc from "../../lots.ts";

const [ours, other] = ["a".repeat(22), "b".repeat(22)];
const sentAt = "2026-11-23T08:00:01.250Z";
const row = {
  v: 1,
  ...{ addressKey: "k".repeat(22), attempt: ours, attemptNo: 1, claimedAt: "2026-11-23T08:00:00.000Z" },
  expiresAt: "2027-03-03T08:00:00.000Z",
} as const;
const feedback = (kind: FeedbackKind, more: Partial<Feedback> = {}): Feedback => ({
  ...{
    kind,
    publication: "slk",
    issue: "2026-01",
    addressKey: row.addressKey,
    attempt: ours,
    messageId: "m-1",
    sentAt,
  },
  ...{ at: "2026-11-23T08:05:00.000Z", reason: kind === "rejected" ? "content" : "" },
  ...more,
});
const sending: Delivery = { ...row, state: "sending", leaseUntil: "2026-11-23T08:03:00.000Z" };
const uncertain: Delivery = { ...row, state: "uncertain", reason: "ECONNRESET", uncertainSince: sentAt };
const unresolved: Delivery = { ...row, state: "unresolved", reason: "ECONNRESET" };
const accepted: Delivery = { ...row, state: "accepted", messageId: "m-1", acceptedAt: "2026-11-23T08:00:02.000Z" };
const refused: Delivery = { ...row, state: "rejected", reason: "MessageRejected", rejectedAt: sentAt };
const skipped: Delivery = { ...row, state: "skipped", reason: "unsubscribed" };

const beginnings = fc.constantFrom<Delivery | undefined>(sending, uncertain, unresolved, accepted, refused, undefined);
/** All SES may tell of one letter, some of it twice with another time. */
const tellings = fc.array(
  fc
    .record({
      kind: fc.constantFrom(...feedbackKinds),
      at: fc.constantFrom("2026-11-23T08:05:00.000Z", "2026-11-23T08:06:00.000Z"),
      reason: fc.constantFrom("General", "MailboxFull 4.2.2"),
    })
    .map(({ kind, at, reason }) => {
      const isBare = kind === "sent" || kind === "delayed" || kind === "delivered";
      const said = kind === "rejected" ? { at: sentAt, reason: "content" } : { at, reason: isBare ? "" : reason };
      return feedback(kind, kind === "sent" ? { at: sentAt, reason: "" } : said);
    }),
  { minLength: 1, maxLength: 6 },
);
const heard = (start: Delivery | undefined, told: readonly Feedback[]): Delivery | undefined =>
  told.reduce<Delivery | undefined>((now, one) => (now ? advance(now, one) : unknownDelivery(one)), start);
const furthest = (delivery: Delivery | undefined): number =>
  delivery && kindOf(delivery) ? feedbackKinds.indexOf(kindOf(delivery) as FeedbackKind) : -1;

describe("what SES tells of a letter", () => {
  it("leaves alone what the next version of the code wrote of it", () => {
    const next = { ...sending, fieldOfNextVersion: "kept" } as Delivery;
    expect(advance(next, feedback("delivered"))).toEqual({
      ...row,
      ...{ fieldOfNextVersion: "kept", state: "delivered", messageId: "m-1", acceptedAt: sentAt },
      deliveredAt: "2026-11-23T08:05:00.000Z",
    });
  });

  it("leaves the same row in whatever order and however often it comes", () => {
    const shuffled = tellings.chain((told) =>
      fc.tuple(
        fc.constant(told),
        fc
          .array(fc.constantFrom(...told), { maxLength: 4 })
          .chain((doubled) => fc.shuffledSubarray([...told, ...doubled], { minLength: told.length + doubled.length })),
      ),
    );
    fc.assert(
      fc.property(beginnings, shuffled, (start, [told, again]) => {
        // Of a row that is not there the first event is remembered as its beginning, which is the same for all of them.
        expect(heard(start, again)).toEqual(heard(start, told));
      }),
      { numRuns: 2000 },
    );
  });

  it("never moves a delivery back, and told again moves it not at all", () => {
    fc.assert(
      fc.property(beginnings, tellings, (start, told) => {
        let now = start;
        for (const one of told) {
          const next = heard(now, [one]);
          expect(furthest(next)).toBeGreaterThanOrEqual(Math.max(furthest(now), feedbackKinds.indexOf(one.kind)));
          expect(next && advance(next, one)).toBe(next);
          now = next;
        }
      }),
    );
  });

  it("keeps what the row is known by", () => {
    fc.assert(
      fc.property(tellings, (told) => {
        const { v, addressKey, attempt, attemptNo, claimedAt, expiresAt } = row;
        expect(heard(uncertain, told)).toMatchObject({ v, addressKey, attempt, attemptNo, claimedAt, expiresAt });
      }),
    );
  });

  it.each([sending, uncertain, unresolved, refused])(
    "shows that a letter was taken, though its row says $state",
    (start) => {
      expect(advance(start, feedback("sent"))).toEqual({
        ...row,
        state: "accepted",
        messageId: "m-1",
        acceptedAt: sentAt,
      });
      expect(advance(start, feedback("delivered"))).toMatchObject({ state: "delivered", messageId: "m-1" });
    },
  );

  it("costs no write where the row knows as much", () => {
    expect(advance(accepted, feedback("sent"))).toBe(accepted);
    const delivered = advance(accepted, feedback("delivered"));
    expect(advance(delivered, feedback("delayed"))).toBe(delivered);
    expect(advance(delivered, feedback("delivered", { at: "2026-11-23T08:09:00.000Z" }))).toBe(delivered);
  });

  it("marks a letter that a mailbox does not take yet, until it does", () => {
    const delayed = advance(accepted, feedback("delayed"));
    expect(delayed).toMatchObject({ state: "accepted", delayedAt: "2026-11-23T08:05:00.000Z" });
    expect(advance(delayed, feedback("delivered"))).not.toHaveProperty("delayedAt");
  });

  it("turns a letter with a virus away, unless a mailbox has it after all", () => {
    const rejected = advance(accepted, feedback("rejected", { at: sentAt }));
    expect(rejected).toMatchObject({ state: "rejected", reason: "content", rejectedAt: sentAt });
    expect(rejected).not.toHaveProperty("messageId");
    expect(advance(rejected, feedback("sent"))).toBe(rejected);
    expect(advance(rejected, feedback("delivered"))).toMatchObject({ state: "delivered" });
  });

  describe("under another attempt", () => {
    const late = feedback("delivered", { attempt: other, messageId: "m-0" });

    it.each([uncertain, unresolved, refused])("still shows that a reader whose row is $state has a letter", (start) => {
      expect(advance(start, late)).toMatchObject({
        state: "delivered",
        attempt: other,
        messageId: "m-0",
        attemptNo: 1,
      });
    });

    it.each([sending, accepted, skipped])("leaves a row that is $state alone", (start) => {
      expect(advance(start, late)).toBe(start);
    });

    it("says nothing of this attempt when that letter was turned away", () => {
      const turnedAway = feedback("rejected", { attempt: other });
      expect(advance(unresolved, turnedAway)).toBe(unresolved);
    });
  });

  it("makes a row where an older copy of the table has none, so that nobody is claimed again", () => {
    expect(unknownDelivery(feedback("delivered"))).toEqual({
      ...{ v: 1, addressKey: row.addressKey, attempt: ours, attemptNo: 1, claimedAt: sentAt },
      ...{ state: "delivered", messageId: "m-1", acceptedAt: sentAt, deliveredAt: "2026-11-23T08:05:00.000Z" },
    });
  });
});
