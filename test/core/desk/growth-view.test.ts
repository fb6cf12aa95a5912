import { describe, expect, it } from "vitest";
import { growthView } from "../../../core/desk/growth-view.ts";
import type { Growth } from "../../../core/subscriber/growth.ts";

const growth: Growth = {
  ...{ readers: 1250, confirmed: { "2026-01": 1000, "2026-02": 250 }, left: { "2026-02": 50 } },
  ...{ at: "2026-03-05T03:00:00.000Z", since: "2026-02", months: { "2026-02": 1200, "2026-03": 1250 } },
};

describe("how many readers there are, as the desk shows it", () => {
  it("says it in words for who does not see the drawing, and in a table", () => {
    const view = growthView(growth, "Europe/Berlin", "de") as Record<string, unknown>;
    expect(view).toMatchObject({
      ...{ readers: "1.250 bestätigt", at: "Gezählt am 5. März 2026, 04:00 Uhr" },
      label: "Von 1.000 im Januar 2026 auf 1.250 im März 2026",
    });
    expect(view.months).toEqual([
      { month: "März 2026", joined: "50", left: "0", readers: "1.250" },
      { month: "Februar 2026", joined: "250", left: "50", readers: "1.200" },
      { month: "Januar 2026", joined: "1.000", left: "0", readers: "1.000" },
    ]);
  });

  it("draws bars that stand on one ground, the highest as high as the drawing", () => {
    const { bars } = growthView(growth, "Europe/Berlin", "en") as { bars: { y: number; height: number }[] };
    expect(bars.map(({ y, height }) => y + height)).toEqual([160, 160, 160]);
    expect(Math.max(...bars.map(({ height }) => height))).toBe(160);
  });

  it("is nothing before anybody counted", () => {
    expect(growthView(undefined, "Europe/Berlin", "de")).toBeNull();
  });
});
