import { describe, expect, it } from "vitest";
import { awayUntilOf, type Choice, choose } from "../../../core/subscriber/preferences.ts";
import type { Confirmed } from "../../../core/subscriber/subscriber.ts";
import { aPublication } from "../../people-and-papers.ts";

const now = new Date("2026-07-01T08:00:00.000Z");
const topics = [
  { id: "bauen", title: "Bauen" },
  { id: "kitas", title: "Kitas" },
];
const paper = aPublication({ topics });
const reader: Confirmed = {
  ...{ v: 1, version: 3, publication: "elblandbote", addressKey: "A".repeat(22), language: "de" },
  ...{ address: "almut@auenrode.example", name: "Almut", topics: ["bauen"], format: "html", state: "confirmed" },
  ...{ confirmedAt: "2026-01-01T08:00:00.000Z", consentSource: "Bestellkarten" },
};
const usual: Choice = { topics: [], format: "html", language: "de", awayUntil: undefined };
const away = (awayUntil: string, timeZone = "Europe/Berlin"): string | undefined =>
  choose(reader, { ...usual, awayUntil }, { ...paper, timeZone }, now).pausedUntil;

describe("a reader's choice", () => {
  it("keeps topics the publication has, in its order, and none it never had", () => {
    const chosen = choose(reader, { ...usual, topics: ["kitas", "wasser", "bauen"] }, paper, now);
    expect(chosen).toMatchObject({ topics: ["bauen", "kitas"], version: 4 });
  });

  it("changes a name only where one is given, and as it may stand in a letter", () => {
    expect(choose(reader, usual, paper, now).name).toBe("Almut");
    expect(choose(reader, { ...usual, name: " Dr.\nAlmut " }, paper, now).name).toBe("Dr. Almut");
  });

  it.each([
    ["Europe/Berlin", "2026-09-01", "2026-09-01T22:00:00.000Z"],
    ["Europe/Berlin", "2026-10-25", "2026-10-25T23:00:00.000Z"],
    ["Europe/Berlin", "2027-03-28", "2027-03-28T22:00:00.000Z"],
    ["America/New_York", "2026-09-01", "2026-09-02T04:00:00.000Z"],
    ["Asia/Kolkata", "2026-12-31", "2026-12-31T18:30:00.000Z"],
  ])("in %s is away through the whole of %s", (timeZone, day, pausedUntil) => {
    expect(away(day, timeZone)).toBe(pausedUntil);
    expect(awayUntilOf({ pausedUntil }, { timeZone }, now)).toBe(day);
  });

  it("is away today, but neither yesterday nor in more than a year, nor on a day there is none", () => {
    expect(away("2026-07-01")).toBe("2026-07-01T22:00:00.000Z");
    expect(() => away("2026-06-30")).toThrow(expect.objectContaining({ code: "away-past" }));
    expect(() => away("2027-07-03")).toThrow(expect.objectContaining({ code: "away-far" }));
    for (const typed of ["2026-02-30", "morgen", "2026-9-1", "2026-09-01T10:00"])
      expect(() => away(typed)).toThrow(expect.objectContaining({ code: "away-date" }));
  });

  it("is not away any more once the time is over, and once they say so", () => {
    const paused = { ...reader, pausedUntil: "2026-07-01T08:00:00.000Z" };
    expect(awayUntilOf(paused, paper, now)).toBeUndefined();
    expect(choose(paused, usual, paper, now)).not.toHaveProperty("pausedUntil");
  });
});
