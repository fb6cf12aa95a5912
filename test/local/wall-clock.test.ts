import { describe, expect, it } from "vitest";
import { readTime, spokenTime } from "../../local/wall-clock.ts";

const berlin = "Europe/Berlin";

describe("the clock on a publication's wall", () => {
  it("speaks as its readers do", () => {
    const at = new Date("2026-03-02T07:00:00Z");
    expect(spokenTime(at, berlin, "de").replaceAll("\u00A0", " ")).toBe("2. März 2026, 08:00 Uhr");
    expect(spokenTime(at, berlin, "en").replaceAll("\u00A0", " ")).toBe("2 March 2026, 08:00");
  });

  it.each([
    ["2026-03-02T08:00", "2026-03-02T07:00:00.000Z"],
    ["2026-07-02 08:00", "2026-07-02T06:00:00.000Z"],
    ["2026-03-29T01:30", "2026-03-29T00:30:00.000Z"],
    ["2026-03-29T03:30", "2026-03-29T01:30:00.000Z"],
    ["2026-10-25T03:30", "2026-10-25T02:30:00.000Z"],
    ["2026-03-02T08:00+05:00", "2026-03-02T03:00:00.000Z"],
    ["2026-03-02T08:00:30Z", "2026-03-02T08:00:30.000Z"],
  ])("reads %s in Berlin as %s", (typed, instant) => {
    expect(readTime(typed, berlin)?.toISOString()).toBe(instant);
  });

  it.each([
    "5",
    "morgen",
    "2026-03-02",
    "2026-13-02T08:00",
    "2026-02-30T08:00",
    "2026-11-31 08:00Z",
    "2.3.2026 08:00",
    "",
  ])("reads no time in „%s“", (typed) => {
    expect(readTime(typed, berlin)).toBeUndefined();
  });
});
