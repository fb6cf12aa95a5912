import { beforeEach, describe, expect, it, vi } from "vitest";
import { operator } from "../../core/rights.ts";
import { pauseIssue, resumeIssue } from "../../functions/desk/sending.ts";
import { leave } from "../../functions/records/subscribers.ts";
import { workUntilQuiet } from "../../local/wiring.ts";
import type { TestCloud } from "../cloud/test-cloud.ts";
import { afterMinutes, keyOf, letters, place, readersIn, someReaders } from "../functions/an-issue-to-send.ts";
import fc from "../lots.ts";
import { account, aPlannedIssueFor, carriedBy, expectEverybodyOnce, status, turn } from "./an-issue-in-trouble.ts";

/** The fault matrix, where people act and clocks differ. */

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => {});
});

describe("people on the way", () => {
  it("may pause and resume fifty times: everybody has one letter in the end", { timeout: 60_000 }, async () => {
    const { cloud, readers } = await aPlannedIssueFor((one) => readersIn(one, "9", 160));
    let begun = 0;
    let pauses = 0;
    const nervous = carriedBy(cloud, async () => {
      cloud.clock.advance({ milliseconds: 400 });
      if (++begun % 3 !== 0 || pauses >= 50) return;
      pauses++;
      await pauseIssue(cloud, operator, place).catch(() => {});
    });
    for (let rounds = 0; rounds < 120 && (await status(cloud)).status !== "sent"; rounds++) {
      await workUntilQuiet(nervous);
      if ((await status(cloud)).status === "paused") await resumeIssue(cloud, operator, place);
      else await afterMinutes(nervous, 1);
    }
    expect(pauses).toBe(50);
    await expectEverybodyOnce(cloud, readers);
  });

  it("may leave at any moment: no letter begins five seconds after they were told", { timeout: 60_000 }, async () => {
    const { cloud, readers } = await aPlannedIssueFor((one) => readersIn(one, "9", 80));
    const keys = await Promise.all(readers.map((address) => keyOf(cloud, address)));
    // Each leaves before a letter of somebody's, drawn by lot.
    const moments = fc.sample(fc.integer({ min: 0, max: 79 }), readers.length);
    const toldAt = new Map<string, number>();
    const late: string[] = [];
    let begun = 0;
    const leaving = carriedBy(cloud, async ({ to }) => {
      const now = cloud.clock.now().getTime();
      if (now - (toldAt.get(to) ?? now) > 5000) late.push(to);
      for (const [index, address] of readers.entries()) {
        if (moments[index] !== begun || toldAt.has(address)) continue;
        await leave(cloud, place.publication, keys[index] ?? "");
        toldAt.set(address, cloud.clock.now().getTime());
      }
      begun++;
      cloud.clock.advance({ milliseconds: 700 });
    });
    await workUntilQuiet(leaving, { waitSeconds: 120 });
    await afterMinutes(cloud, 5);
    expect(late).toEqual([]);
    const books = await account(cloud);
    expect(books).toMatchObject({ planned: 80, waiting: 0, unresolved: 0 });
    expect(books?.accepted).toBe(Object.keys(letters(cloud)).length);
    expect(books?.skipped.unsubscribed).toBe(80 - Object.keys(letters(cloud)).length);
    expect(books?.skipped.unsubscribed).toBeGreaterThan(0);
  });
});

describe("clocks five minutes apart", () => {
  /** The same cloud as a machine sees it whose clock is off. */
  const off = (cloud: TestCloud, minutes: number): TestCloud => ({
    ...cloud,
    clock: { ...cloud.clock, now: () => new Date(cloud.clock.now().getTime() + minutes * 60_000) },
  });

  it("let two runs walk one round at once, and still nobody gets two letters", async () => {
    const { cloud, readers } = await aPlannedIssueFor(() => someReaders(60));
    for (let number = 0; number < 4; number++) {
      const rounds = [..."0123456789abcdef"];
      await Promise.all(
        rounds.flatMap((round, index) => [
          turn(off(cloud, index % 2 === 0 ? 5 : -5), round, number),
          turn(off(cloud, index % 2 === 0 ? -5 : 5), round, number),
        ]),
      );
    }
    await afterMinutes(cloud, 40, 2);
    await expectEverybodyOnce(cloud, readers);
  });

  it("let a late clock declare a living attempt dead: its letter is counted all the same", async () => {
    const { cloud, readers } = await aPlannedIssueFor((one) => readersIn(one, "d", 20));
    let other: Promise<unknown> | undefined;
    const slow = carriedBy(cloud, () => {
      // While the letters leave, a machine five minutes ahead walks the round again.
      other ??= turn(off(cloud, 5), "d", 1);
      return other;
    });
    await turn(slow, "d");
    await afterMinutes(cloud, 40, 2);
    await expectEverybodyOnce(cloud, readers);
  });
});
