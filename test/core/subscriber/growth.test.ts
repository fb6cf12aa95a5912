import { describe, expect, it } from "vitest";
import { countReaders, grown, growthMonths, nobodyCounted } from "../../../core/subscriber/growth.ts";
import type { Subscriber } from "../../../core/subscriber/subscriber.ts";

const common = { v: 1, version: 1, publication: "elblandbote", addressKey: "k".repeat(22), language: "de" } as const;
const known = { address: "a@auenrode.example", name: "", topics: [], format: "html", consentSource: "Liste" } as const;
const confirmed = (confirmedAt: string): Subscriber => ({ ...common, ...known, state: "confirmed", confirmedAt });
const left = (unsubscribedAt: string): Subscriber => ({ ...common, state: "unsubscribed", unsubscribedAt });
const inMonth = (month: string) => `${month}-15T08:00:00.000Z`;
const count = (...readers: Subscriber[]) => countReaders(nobodyCounted, readers);
const shown = (growth: Parameters<typeof growthMonths>[0]) =>
  growthMonths(growth).map(({ month, readers, joined, left, isReckoned }) => [
    month,
    readers,
    joined,
    left,
    isReckoned,
  ]);

describe("how a publication grows", () => {
  it("is reckoned back, for months nobody counted in, from who is still there", () => {
    const readers = [confirmed(inMonth("2026-01")), confirmed(inMonth("2026-03")), left(inMonth("2026-02"))];
    expect(shown(grown(undefined, count(...readers), inMonth("2026-03")))).toEqual([
      ["2026-01", 1, 1, 0, true],
      ["2026-02", 1, 0, 1, true],
      ["2026-03", 2, 1, 0, true],
    ]);
  });

  it("counts who came although they left in the same month", () => {
    const first = grown(undefined, count(confirmed(inMonth("2026-01"))), inMonth("2026-01"));
    const second = count(confirmed(inMonth("2026-01")), confirmed(inMonth("2026-02")), left(inMonth("2026-02")));
    expect(shown(grown(first, second, inMonth("2026-02"))).at(-1)).toEqual(["2026-02", 2, 2, 1, false]);
  });

  it("keeps what a month ended with, though its readers have left since", () => {
    const first = grown(
      undefined,
      count(confirmed(inMonth("2026-01")), confirmed(inMonth("2026-01"))),
      inMonth("2026-01"),
    );
    const second = grown(first, count(confirmed(inMonth("2026-01")), left(inMonth("2026-03"))), inMonth("2026-03"));
    expect(shown(second)).toEqual([
      ["2026-01", 2, 1, 0, true],
      ["2026-02", 2, 0, 0, false],
      ["2026-03", 1, 0, 1, false],
    ]);
  });

  it("passes over who only asked, and who moved", () => {
    const pending: Subscriber = {
      ...{ ...common, ...known, state: "pending", requestedAt: inMonth("2026-01"), form: "", expiresAt: "" },
    };
    expect(count(pending, { ...common, state: "moved", movedTo: "n".repeat(22) })).toEqual(nobodyCounted);
  });

  it("crosses the turn of a year", () => {
    const growth = grown(undefined, count(confirmed(inMonth("2025-11"))), inMonth("2026-01"));
    expect(growthMonths(growth).map(({ month }) => month)).toEqual(["2025-11", "2025-12", "2026-01"]);
  });
});
