import { describe, expect, it } from "vitest";
import { brokenBy, isSound, mayBreak, noReactions } from "../../../core/delivery/breakers.ts";
import type { Feedback } from "../../../core/delivery/feedback.ts";
import {
  afterArrival,
  isAboutAddress,
  isGivenUp,
  plusSoftBounce,
  type SoftBounces,
} from "../../../core/delivery/suppression.ts";

const day = (number: number): string => new Date(Date.UTC(2026, 10, number, 8)).toISOString();
const bounces = (...all: readonly (readonly [string, number])[]): SoftBounces =>
  all.reduce<SoftBounces>((row, [issue, number]) => plusSoftBounce(row, { issue, at: day(number) }), {
    ...{ v: 1, version: 0, issues: [] },
  });

describe("an address that sends letters back for the time being", () => {
  it("is given up after three issues in a row over fourteen days", () => {
    expect(isGivenUp(bounces(["slk-2026-01", 1], ["slk-2026-02", 8], ["slk-2026-03", 15]))).toBe(true);
    expect(isGivenUp(bounces(["slk-2026-03", 15], ["slk-2026-01", 1], ["bote-2026-02", 8]))).toBe(true);
  });

  it.each([
    ["after two issues", bounces(["slk-2026-01", 1], ["slk-2026-02", 30])],
    ["after three issues within a week", bounces(["slk-2026-01", 1], ["slk-2026-02", 3], ["slk-2026-03", 7])],
    ["when one issue comes back three times", bounces(["slk-2026-01", 1], ["slk-2026-01", 9], ["slk-2026-01", 20])],
  ])("is not given up %s", (_, row) => {
    expect(isGivenUp(row)).toBe(false);
  });

  it("is heard out of whatever order its letters come back in", () => {
    const [one, two] = [
      ["slk-2026-01", 9],
      ["slk-2026-01", 4],
    ] as const;
    expect(bounces(one, two)).toEqual(bounces(two, one));
  });

  it("begins anew when a letter arrives; what came back later than that stays", () => {
    const row = bounces(["slk-2026-01", 1], ["slk-2026-02", 8], ["slk-2026-03", 15]);
    expect(afterArrival(row, { issue: "slk-2026-02", at: day(9) }).issues.map(({ issue }) => issue)).toEqual([
      "slk-2026-03",
    ]);
    expect(afterArrival(row, { issue: "slk-2026-04", at: day(20) }).issues).toEqual([]);
  });

  it("takes an automatic answer to a letter that arrived for what it is, though it came first", () => {
    const row = bounces(["slk-2026-01", 9]);
    expect(afterArrival(row, { issue: "slk-2026-01", at: day(8) }).issues).toEqual([]);
    expect(afterArrival(row, { issue: "slk-2025-12", at: day(8) })).toBe(row);
  });

  it("is not judged by a letter that was too large, or not liked", () => {
    const isJudgedBy = (reason: string): boolean => isAboutAddress({ reason } as Feedback);
    expect(["MailboxFull 4.2.2", "General", ""].map(isJudgedBy)).toEqual([true, true, true]);
    expect(["MessageTooLarge 5.3.4", "ContentRejected", "AttachmentRejected"].map(isJudgedBy)).toEqual([
      ...[false, false, false],
    ]);
  });
});

describe("an issue stops by itself", () => {
  it.each([
    ["bounces", { accepted: 300, hardBounced: 10, complained: 0 }],
    ["bounces", { accepted: 1000, hardBounced: 30, complained: 0 }],
    ["complaints", { accepted: 300, hardBounced: 0, complained: 5 }],
    ["complaints", { accepted: 5000, hardBounced: 400, complained: 5 }],
  ])("for %s: %o", (reason, reactions) => {
    expect(brokenBy(reactions)).toBe(reason);
    expect(isSound(reactions)).toBe(false);
  });

  it.each([
    { accepted: 299, hardBounced: 200, complained: 50 },
    { accepted: 300, hardBounced: 9, complained: 4 },
    { accepted: 1000, hardBounced: 29, complained: 4 },
    { accepted: 5001, hardBounced: 150, complained: 5 },
  ])("but not at %o", (reactions) => {
    expect(brokenBy(reactions)).toBeUndefined();
  });

  it("again only when too many more react, once somebody said: go on", () => {
    const stop = { accepted: 300, hardBounced: 10, complained: 0 };
    expect(brokenBy({ ...stop, accepted: 700 }, stop)).toBeUndefined();
    expect(brokenBy({ accepted: 599, hardBounced: 60, complained: 0 }, stop)).toBeUndefined();
    expect(brokenBy({ accepted: 600, hardBounced: 19, complained: 0 }, stop)).toBeUndefined();
    expect(brokenBy({ accepted: 600, hardBounced: 20, complained: 0 }, stop)).toBe("bounces");
  });

  it("is not looked at closer before there is trouble enough", () => {
    expect(mayBreak({ hardBounced: 9, complained: 4 })).toBe(false);
    expect(mayBreak({ hardBounced: 10, complained: 0 })).toBe(true);
    expect(mayBreak({ hardBounced: 12, complained: 0 }, { ...noReactions, hardBounced: 10 })).toBe(false);
    expect(isSound({ accepted: 299, hardBounced: 0, complained: 0 })).toBe(false);
    expect(isSound({ accepted: 300, hardBounced: 0, complained: 0 })).toBe(true);
  });
});
