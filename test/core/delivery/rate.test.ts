import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  askedAgain,
  laneDay,
  laneRate,
  leftToday,
  openRate,
  type Rate,
  shareNow,
  take,
  throttled,
} from "../../../core/delivery/rate.ts";

const start = Date.parse("2026-11-23T08:00:00.000Z");
const quota = { perSecond: 14, perDay: 50_000, sentInLastDay: 0 };
const second = 1000;

function taken(rate: Rate, wanted: number, now: number) {
  const taking = take(rate, "editions", wanted, now);
  if (taking.is !== "taken") throw new Error(taking.is);
  return taking;
}

describe("the rate of a carrier", () => {
  it("leaves confirm mails a share of their own, and never fills the carrier whole", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 1000, noNaN: true }), (perSecond) => {
        const [editions, confirmations] = [
          laneRate("editions", { perSecond }),
          laneRate("confirmations", { perSecond }),
        ];
        expect(confirmations).toBeGreaterThan(0);
        expect(editions).toBeGreaterThanOrEqual(confirmations * 0.999);
        expect(editions + confirmations).toBeLessThanOrEqual(perSecond * 0.851);
      }),
    );
  });

  it("is never exceeded, whoever takes how much at which moment", () => {
    const takers = fc.array(
      fc.record({ wanted: fc.integer({ min: 1, max: 400 }), pause: fc.integer({ min: 0, max: 900 }) }),
      {
        minLength: 20,
        maxLength: 200,
      },
    );
    fc.assert(
      fc.property(takers, (takes) => {
        let [rate, now] = [openRate(quota, start), start];
        const leaves: number[] = [];
        for (const { wanted, pause } of takes) {
          now += pause;
          const taking = take(rate, "editions", wanted, now);
          if (taking.is !== "taken") continue;
          rate = taking.rate;
          const { first, apart, count } = taking.places;
          expect(first - now).toBeLessThanOrEqual(2000);
          for (let place = 0; place < count; place++) leaves.push(first + place * apart);
        }
        leaves.forEach((at, index) => {
          const inThatSecond = leaves.slice(index).findIndex((other) => other >= at + second - 0.001);
          expect(inThatSecond === -1 ? leaves.length - index : inThatSecond).toBeLessThanOrEqual(14);
        });
      }),
    );
  });

  it("hands out a quarter of a second at most, and one letter where the carrier is slow", () => {
    expect(taken(openRate({ ...quota, perSecond: 200 }, start), 1000, start).places.count).toBe(41);
    expect(taken(openRate({ ...quota, perSecond: 1 }, start), 1000, start).places).toMatchObject({
      count: 1,
      first: start,
    });
  });

  it("sends whoever comes too early away until a place is near", () => {
    let rate = openRate({ ...quota, perSecond: 1 }, start);
    for (let letter = 0; letter < 2; letter++) rate = taken(rate, 1, start).rate;
    expect(take(rate, "editions", 1, start)).toMatchObject({ is: "too-soon" });
    expect(take(rate, "editions", 1, start + 2 * second)).toMatchObject({ is: "taken" });
  });

  it("goes slower after a throttle for a minute, then a little faster every ten seconds", () => {
    const slow = throttled(openRate(quota, start), start);
    expect(shareNow(slow, start + 59 * second)).toBeCloseTo(0.7);
    expect(shareNow(slow, start + 60 * second)).toBeCloseTo(0.7 * 1.05);
    expect(shareNow(slow, start + 130 * second)).toBe(1);
    expect(shareNow(throttled(slow, start + second), start + second)).toBeCloseTo(0.49);
  });

  it("asks the carrier for its figures at the second throttle in a row", () => {
    const once = throttled(openRate(quota, start), start);
    expect(once.askedAt).toBe(start);
    expect(throttled(once, start + 30 * second).askedAt).toBe(0);
    expect(throttled(once, start + 300 * second).askedAt).toBe(start);
  });

  it("stops before the day is full, and says when there is room again", () => {
    let rate = openRate({ perSecond: 14, perDay: 200, sentInLastDay: 0 }, start);
    let [letters, now] = [0, start];
    for (; leftToday(rate, "editions") >= 1; now += second) {
      const taking = taken(rate, 40, now);
      [rate, letters] = [taking.rate, letters + taking.places.count];
    }
    expect(letters).toBe(laneDay("editions", { perDay: 200 }));
    expect(take(rate, "editions", 1, now)).toEqual({ is: "day-full", until: start + 25 * 3600 * second });
    expect(take(rate, "editions", 1, start + 24.5 * 3600 * second)).toEqual({
      is: "day-full",
      until: start + 25 * 3600 * second,
    });
    expect(take(askedAgain(rate, { ...quota, perDay: 200 }, now), "editions", 1, now).is).toBe("taken");
  });

  it("asks again in a quarter of an hour when others filled the day: nobody knows when they stop", () => {
    const rate = openRate({ perSecond: 14, perDay: 200, sentInLastDay: 199 }, start);
    expect(take(rate, "editions", 1, start)).toEqual({ is: "day-full", until: start + 900 * second });
  });

  it("knows no day's end where the carrier has none", () => {
    const endless = openRate({ ...quota, perDay: Number.POSITIVE_INFINITY }, start);
    expect(JSON.parse(JSON.stringify(endless))).toEqual(endless);
    expect(leftToday(endless, "editions")).toBe(Number.POSITIVE_INFINITY);
  });
});
