import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Clock } from "../../functions/cloud/cloud.ts";
import { groups, type Made, type Reach } from "./contract.ts";

export interface MadeClock extends Made {
  readonly clock: Clock;
}

export function clockContract(name: string, make: () => Promise<MadeClock>, reach: Reach = {}): void {
  const { everywhere } = groups(reach);

  describe(`clock, ${name}`, () => {
    let made: MadeClock;
    beforeAll(async () => {
      made = await make();
    });
    afterAll(() => made?.end?.());

    everywhere("time and lots", () => {
      it("goes forward, and hands out instants nobody else can move", async () => {
        const first = made.clock.now();
        const stamp = first.getTime();
        first.setFullYear(1999);
        expect(made.clock.now().getTime()).toBeGreaterThanOrEqual(stamp);
      });

      it("sleeps at least as long as asked", async () => {
        const before = made.clock.now().getTime();
        await Promise.all([made.clock.sleep(30), made.clock.sleep(10), made.clock.sleep(0)]);
        expect(made.clock.now().getTime() - before).toBeGreaterThanOrEqual(29);
      });

      it("draws 128 bits, never the same twice", () => {
        const ids = Array.from({ length: 2000 }, () => made.clock.id());
        for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{22}$/);
        expect(new Set(ids).size).toBe(2000);
      });
    });
  });
}
