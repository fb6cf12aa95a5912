import { describe, expect, it } from "vitest";
import { coldStart, isPast, isWarm, takeToday, today, tomorrow } from "../../../core/delivery/warm-up.ts";

const monday = new Date("2026-11-23T22:30:00.000Z");
const tuesday = new Date("2026-11-24T00:10:00.000Z");

describe("a sender's domain nobody knows yet", () => {
  it("begins with two hundred letters a day", () => {
    const first = takeToday(coldStart(monday), 150);
    expect(first.count).toBe(150);
    const second = takeToday(first.warmUp, 150);
    expect(second.count).toBe(50);
    expect(takeToday(second.warmUp, 1).count).toBe(0);
    expect(new Date(tomorrow(second.warmUp)).toISOString()).toBe("2026-11-24T00:00:00.000Z");
  });

  it("may send twice as many the next day while hardly anything bounces", () => {
    const { warmUp } = takeToday(coldStart(monday), 200);
    expect(isPast(warmUp, monday)).toBe(false);
    expect(isPast(warmUp, tuesday)).toBe(true);
    expect(today(warmUp, tuesday, 0.019)).toMatchObject({ allowance: 400, sentToday: 0, day: "2026-11-24" });
    expect(today(warmUp, tuesday, 0.02)).toMatchObject({ allowance: 200, sentToday: 0 });
  });

  it("is not trusted more for a day it hardly wrote on", () => {
    const { warmUp } = takeToday(coldStart(monday), 99);
    expect(today(warmUp, tuesday, 0)).toMatchObject({ allowance: 200, sentToday: 0 });
  });

  it("is known once it may write to fifty thousand a day", () => {
    let [warmUp, days] = [coldStart(monday), 0];
    for (; !isWarm(warmUp); days++) warmUp = today(takeToday(warmUp, 1e6).warmUp, new Date(tomorrow(warmUp)), 0);
    expect(days).toBe(8);
  });
});
