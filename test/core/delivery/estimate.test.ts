import { describe, expect, it } from "vitest";
import { estimateSeconds, type Pace } from "../../../core/delivery/estimate.ts";

const day = 86_400;
const free: Pace = { perSecond: 50, perDay: Number.POSITIVE_INFINITY, sentInLastDay: 0, warmUp: undefined };

describe("how long an issue takes", () => {
  it("is the rate alone where no day has a limit", () => {
    expect(estimateSeconds(1_000_000, free)).toBe(20_000);
    expect(estimateSeconds(0, free)).toBe(0);
  });

  it("waits for the next day when today's quota is used up, with what was sent before counted", () => {
    const pace = { ...free, perDay: 50_000 };
    expect(estimateSeconds(50_000, pace)).toBe(1000);
    expect(estimateSeconds(50_000, { ...pace, sentInLastDay: 40_000 })).toBe(day + 800);
    expect(estimateSeconds(120_000, pace)).toBe(2 * day + 400);
    expect(estimateSeconds(1, { ...pace, sentInLastDay: 60_000 })).toBe(day + 0.02);
  });

  it("doubles each day for a new sender domain, never past the day's quota", () => {
    const warmUp = { sentToday: 150, allowance: 200 };
    // 50 today, then 400, 800 and the last 250.
    expect(estimateSeconds(1500, { ...free, warmUp })).toBe(3 * day + 5);
    // 50 today, then 300 a day.
    expect(estimateSeconds(700, { ...free, perDay: 300, warmUp })).toBe(3 * day + 1);
  });

  it("counts the days a slow rate takes", () => {
    expect(estimateSeconds(200_000, { ...free, perSecond: 1 })).toBe(200_000);
  });

  it("never ends where nothing may leave", () => {
    for (const pace of [
      { ...free, perSecond: 0 },
      { ...free, perDay: 0 },
      { ...free, warmUp: { sentToday: 0, allowance: 0 } },
    ])
      expect(estimateSeconds(1, pace)).toBe(Number.POSITIVE_INFINITY);
  });
});
