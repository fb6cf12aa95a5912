import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Change } from "../../functions/cloud/cloud.ts";
import { readRounds } from "../../functions/records/rounds.ts";
import { workUntilQuiet } from "../../local/wiring.ts";
import { mortal } from "../cloud/mortal-cloud.ts";
import type { TestCloud } from "../cloud/test-cloud.ts";
import { afterMinutes, letters, place, readersIn, someReaders } from "../functions/an-issue-to-send.ts";
import {
  account,
  aPlannedIssueFor,
  carriedBy,
  expectEverybodyOnce,
  expectNobodyTwice,
  isClaim,
  isRecord,
  onTable,
  takenBy,
  turn,
  writing,
} from "./an-issue-in-trouble.ts";

/** The fault matrix, while letters leave: where the table, the run or the queue fails. */

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => {});
});

/** Does it the first time only. */
const once = (act: () => void): (() => void) => {
  let isDone = false;
  return () => {
    if (!isDone) {
      isDone = true;
      act();
    }
  };
};
const lost = (): never => {
  throw new Error("the answer was lost");
};

describe("nobody gets two letters and nobody is left out", () => {
  it("when the claim is committed and its answer is lost", async () => {
    const { cloud, readers } = await aPlannedIssueFor((one) => readersIn(one, "d", 50));
    const fail = once(lost);
    const stumbling = writing(cloud, async (changes, write) => {
      const outcomes = await write(changes);
      if (isClaim(changes)) fail();
      return outcomes;
    });
    await workUntilQuiet(stumbling).catch(() => {});
    await afterMinutes(cloud, 30, 6);
    await expectEverybodyOnce(cloud, readers);
  });

  it("when half of the claims are written and the rest fails", async () => {
    const { cloud, readers } = await aPlannedIssueFor((one) => readersIn(one, "d", 50));
    const fail = once(lost);
    const halving = writing(cloud, async (changes, write) => {
      if (!isClaim(changes)) return write(changes);
      const first = await write(changes.slice(0, changes.length / 2));
      fail();
      return [...first, ...(await write(changes.slice(changes.length / 2)))];
    });
    await workUntilQuiet(halving).catch(() => {});
    await afterMinutes(cloud, 30, 6);
    await expectEverybodyOnce(cloud, readers);
  });

  it("when a run dies between its claim and the first letter: those few are open, and nobody else", async () => {
    const { cloud, readers } = await aPlannedIssueFor((one) => readersIn(one, "d", 60));
    const { send } = cloud.mail;
    let isDead = false;
    const dying: TestCloud = { ...cloud, mail: { ...cloud.mail, send: (letter) => (isDead ? never : send(letter)) } };
    const never = new Promise<never>(() => {});
    const claims: (readonly Change[])[] = [];
    const watched = writing(dying, async (changes, write) => {
      if (isDead) return never;
      const outcomes = await write(changes);
      if (isClaim(changes)) claims.push(changes);
      isDead = claims.length === 1;
      return outcomes;
    });
    void turn(watched, "d");
    await afterMinutes(cloud, 0);
    await vi.waitUntil(() => isDead);
    await afterMinutes(cloud, 30);
    expect(await expectNobodyTwice(cloud, readers)).toBe(claims[0]?.length);
  });

  it("when the carrier took the letter and its answer is lost: an event tells, and nothing stays open", async () => {
    const { cloud, readers } = await aPlannedIssueFor(() => someReaders(20));
    const { Doubtful } = await import("../../functions/cloud/cloud.ts");
    await workUntilQuiet(takenBy(cloud, () => Promise.reject(new Doubtful("socket hang up"))));
    await afterMinutes(cloud, 20);
    await expectEverybodyOnce(cloud, readers);
  });

  it("when the carrier answered and the table is down for good in that run", async () => {
    const { cloud, readers } = await aPlannedIssueFor((one) => readersIn(one, "d", 30));
    let isDown = false;
    const down = writing(cloud, async (changes, write) => {
      isDown ||= isRecord(changes);
      return isDown ? lost() : write(changes);
    });
    await turn(down, "d");
    await afterMinutes(cloud, 30);
    // Events bring what the table did not take.
    await expectEverybodyOnce(cloud, readers);
  });

  it("when a run dies after its records and before its message is gone", async () => {
    const { cloud, readers } = await aPlannedIssueFor((one) => readersIn(one, "d", 30));
    await turn(cloud, "d");
    await turn(cloud, "d"); // the message is still there, and comes again
    await afterMinutes(cloud, 20);
    await expectEverybodyOnce(cloud, readers);
  });

  it("when a run's time is over in mid batch", async () => {
    const { cloud, readers } = await aPlannedIssueFor((one) => readersIn(one, "d", 90));
    // Every letter takes three seconds, and nothing this run does after two minutes reaches anybody.
    let left = 40;
    const slow = carriedBy(cloud, () => {
      if (left-- <= 0) return new Promise(() => {});
      cloud.clock.advance({ seconds: 3 });
      return undefined;
    });
    void turn(slow, "d");
    await vi.waitUntil(() => left <= 0 || Object.keys(letters(cloud)).length >= 30);
    await afterMinutes(cloud, 40);
    await expectNobodyTwice(cloud, readers);
    expect(Object.keys(letters(cloud)).length).toBeGreaterThanOrEqual(82);
  });

  it("when a redeploy kills every run in mid send", async () => {
    const { cloud, readers } = await aPlannedIssueFor(() => someReaders(120));
    const dying = [..."0123456789abcdef"].map((round, index) => {
      const doomed = mortal(cloud, { effect: 4 + (index % 6), when: index % 2 === 0 ? "before" : "after" });
      return turn(doomed, round).catch(() => {});
    });
    await Promise.all(dying);
    await afterMinutes(cloud, 40, 2);
    await expectNobodyTwice(cloud, readers);
  });
});

it("a lease that is as short as a run leaves nobody declared dead while alive", async () => {
  const { cloud } = await aPlannedIssueFor((one) => readersIn(one, "d", 3));
  const rows: string[] = [];
  const watched = onTable(cloud, {
    each: async (changes) => {
      for (const change of changes) if ("put" in change) rows.push(String(change.put.leaseUntil ?? ""));
      return cloud.table.each(changes);
    },
  });
  const runEndsAt = new Date(cloud.clock.now().getTime() + 120_000).toISOString();
  await turn(watched, "d");
  const leases = rows.filter((lease) => lease !== "");
  expect(leases).toHaveLength(3);
  for (const lease of leases) expect(lease > runEndsAt).toBe(true);
  expect(await account(cloud)).toMatchObject({ accepted: 3 });
});

it("a round still names the batch that its run died in", async () => {
  const { cloud } = await aPlannedIssueFor((one) => readersIn(one, "d", 90));
  let count = 0;
  const dying = carriedBy(cloud, () => (++count > 10 ? new Promise(() => {}) : undefined));
  void turn(dying, "d");
  await vi.waitUntil(() => count > 10);
  const rounds = await readRounds(cloud, place);
  expect(rounds.find(({ round }) => round === "d")).toMatchObject({ next: 0, batches: 3 });
});
