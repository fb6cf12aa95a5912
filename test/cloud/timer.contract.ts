import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Timer, TimerTarget, Value } from "../../functions/cloud/cloud.ts";
import { fresh, groups, type Made, type Reach } from "./contract.ts";

export interface MadeTimer extends Made {
  readonly timer: Timer;
  /** What the timer of this name will do; undefined when there is none. */
  readonly armed: (name: string) => Promise<{ at: string; target: TimerTarget; payload: Value } | undefined>;
}

export function timerContract(name: string, make: () => Promise<MadeTimer>, reach: Reach = {}): void {
  const { everywhere } = groups(reach);

  describe(`timer, ${name}`, () => {
    let made: MadeTimer;
    beforeAll(async () => {
      made = await make();
    });
    afterAll(() => made?.end?.());
    const at = "2031-05-04T07:30:00.000Z";
    const name64 = (): string => fresh("plan-slk-2026-01").slice(0, 40).padEnd(64, "_");

    everywhere("arming", () => {
      it("keeps instant, function and payload", async () => {
        const name = name64();
        const payload = { v: 1, publication: "slk", issue: "2026-01", title: "Grüße „“ 😀", list: [1, null] };
        await made.timer.wakeAt(name, at, { target: "plan", payload });
        const armed = await made.armed(name);
        expect(armed).toMatchObject({ target: "plan", payload });
        expect(Date.parse(armed?.at ?? "")).toBe(Date.parse(at));
        await made.timer.cancel(name);
      });

      it("understands an instant in another time zone, and never wakes early", async () => {
        const name = name64();
        await made.timer.wakeAt(name, "2031-05-04T09:30:17.250+02:00", { target: "plan", payload: {} });
        const late = Date.parse((await made.armed(name))?.at ?? "") - Date.parse("2031-05-04T07:30:17.250Z");
        expect(late).toBeGreaterThanOrEqual(0);
        expect(late).toBeLessThan(60_000);
        await made.timer.cancel(name);
      });

      it("replaces what had the same name", async () => {
        const name = name64();
        await made.timer.wakeAt(name, at, { target: "plan", payload: { n: 1 } });
        await made.timer.wakeAt(name, "2032-01-01T00:00:00.000Z", { target: "archive", payload: { n: 2 } });
        const armed = await made.armed(name);
        expect(armed).toMatchObject({ target: "archive", payload: { n: 2 } });
        expect(Date.parse(armed?.at ?? "")).toBe(Date.parse("2032-01-01T00:00:00.000Z"));
        await made.timer.cancel(name);
      });

      it("forgets what was cancelled, and minds nothing else", async () => {
        const name = name64();
        await made.timer.wakeAt(name, at, { target: "plan", payload: {} });
        await made.timer.cancel(name);
        await made.timer.cancel(name);
        expect(await made.armed(name)).toBeUndefined();
      });

      it("takes an instant that has passed", async () => {
        const name = name64();
        await made.timer.wakeAt(name, "2020-01-01T00:00:00.000Z", { target: "archive", payload: {} });
        await made.timer.cancel(name);
      });

      it.each(["", "a b", "größe", "a/b", "a#b", "x".repeat(65)])("refuses the name %j", async (name) => {
        await expect(made.timer.wakeAt(name, at, { target: "plan", payload: {} })).rejects.toThrow();
      });

      it("refuses an instant that is none", async () => {
        await expect(made.timer.wakeAt(name64(), "morgen", { target: "plan", payload: {} })).rejects.toThrow();
      });
    });
  });
}
