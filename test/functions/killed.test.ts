import { beforeEach, describe, expect, it, vi } from "vitest";
import { total } from "../../core/delivery/batch.ts";
import { archive } from "../../functions/archive.ts";
import type { Change, Cloud, FunctionMaker } from "../../functions/cloud/cloud.ts";
import { deliver } from "../../functions/deliver.ts";
import { plan } from "../../functions/plan.ts";
import { issueAccount } from "../../functions/records/account.ts";
import { readDeliveries } from "../../functions/records/deliveries.ts";
import { requireIssue } from "../../functions/records/issues.ts";
import { takeTurn } from "../../functions/records/rounds.ts";
import { leave } from "../../functions/records/subscribers.ts";
import { sweep } from "../../functions/sweep.ts";
import { workUntilQuiet } from "../../local/wiring.ts";
import { mortal } from "../cloud/mortal-cloud.ts";
import { type TestCloud, testCloud } from "../cloud/test-cloud.ts";
import {
  afterMinutes,
  keyOf,
  letters,
  place,
  readersIn,
  scheduleSpring,
  someReaders,
  takeIn,
  wake,
} from "./an-issue-to-send.ts";

/** Every function of a delivery is killed at each of its effects, before and after it; the others go on. */

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => {});
});

const killings = ["before", "after"] as const;

/** Runs a function as a process that dies there. Answers whether it died. */
async function killedAt(
  cloud: TestCloud,
  maker: FunctionMaker,
  event: unknown,
  effect: number,
  when: "before" | "after",
) {
  const dying = mortal(cloud, { effect, when });
  const deadline = new Date(cloud.clock.now().getTime() + 120_000);
  await maker(dying as Cloud)(event, { deadline }).catch(() => {});
  return dying.isDead();
}

const turn = (round: string, turn: number) => ({
  Records: [{ messageId: "1", body: JSON.stringify({ ...wake, round, turn }) }],
});

/** What must be true at the end, whatever happened: at most one letter each, and who has none is accounted for. */
async function expectBalanced(cloud: TestCloud, readers: readonly string[]): Promise<{ unresolved: number }> {
  const books = await issueAccount(cloud, place.publication, place.issue);
  if (!books) return expect.unreachable();
  const held = letters(cloud);
  expect(Object.values(held).filter((count) => count !== 1)).toEqual([]);
  expect(books).toMatchObject({ candidates: readers.length, planned: readers.length });
  expect(books).toMatchObject({ waiting: 0, sending: 0, uncertain: 0, rejected: 0, cancelled: 0 });
  expect(books.accepted + books.unresolved + total(books.skipped)).toBe(readers.length);
  const withLetter = Object.keys(held).length;
  expect(withLetter).toBeGreaterThanOrEqual(books.accepted);
  expect(withLetter).toBeLessThanOrEqual(books.accepted + books.unresolved);
  const issue = await requireIssue(cloud, place.publication, place.issue);
  expect(issue).toMatchObject({ status: "sent", open: books.unresolved });
  return books;
}

describe("planning", () => {
  it.each(killings)(
    "killed %s each of its effects in turn still freezes everybody once",
    { timeout: 60_000 },
    async (when) => {
      const cloud = testCloud();
      await scheduleSpring(cloud);
      const readers = [...someReaders(60), ...(await readersIn(cloud, "4", 90)).slice(30)];
      const all = [...new Set(readers)];
      await takeIn(cloud, all);
      let deaths = 0;
      for (let effect = 1; await killedAt(cloud, plan, wake, effect, when); effect++) deaths++;
      expect(deaths).toBeGreaterThan(25);
      expect(letters(cloud)).toEqual({});
      await afterMinutes(cloud, 2);
      expect(await expectBalanced(cloud, all)).toMatchObject({ unresolved: 0 });
      expect(Object.keys(letters(cloud))).toHaveLength(all.length);
    },
  );

  it("that died for good is followed by another when the sweeper looks", async () => {
    const cloud = testCloud();
    await scheduleSpring(cloud);
    await takeIn(cloud, someReaders(20));
    expect(await killedAt(cloud, plan, wake, 30, "after")).toBe(true);
    await afterMinutes(cloud, 5);
    await expectBalanced(cloud, someReaders(20));
  });

  it("freezes whoever joins or leaves meanwhile at most once", async () => {
    const cloud = testCloud();
    await scheduleSpring(cloud);
    const early = await readersIn(cloud, "6", 100);
    await takeIn(
      cloud,
      early.filter((_, index) => index % 2 === 0),
    );
    for (let effect = 12; effect < 30; effect += 3) {
      await killedAt(cloud, plan, wake, effect, "after");
      await takeIn(cloud, early.slice(0, effect * 3));
    }
    await takeIn(cloud, early);
    await afterMinutes(cloud, 5);
    const books = await issueAccount(cloud, place.publication, place.issue);
    expect(books?.accepted).toBe(books?.planned);
    expect(Object.values(letters(cloud))).toEqual(Array(books?.planned).fill(1));
    expect(books?.planned).toBeGreaterThanOrEqual(50);
  });
});

describe("delivering", () => {
  const readersOfRound = 4;

  it.each(killings)(
    "killed %s any of its effects mails nobody twice and loses nobody silently",
    { timeout: 60_000 },
    async (when) => {
      const unresolved: number[] = [];
      for (let effect = 1; ; effect++) {
        const cloud = testCloud();
        await scheduleSpring(cloud);
        const readers = await readersIn(cloud, "d", readersOfRound);
        await takeIn(cloud, readers);
        await plan(cloud)(wake, { deadline: new Date(cloud.clock.now().getTime() + 120_000) });
        const died = await killedAt(cloud, deliver, turn("d", 0), effect, when);
        await afterMinutes(cloud, 30, 6);
        unresolved.push((await expectBalanced(cloud, readers)).unresolved);
        if (!died) break;
      }
      // Only a death with letters in hand leaves anything open, and never without one.
      expect(unresolved.length).toBeGreaterThan(readersOfRound + 4);
      expect(unresolved.at(-1)).toBe(0);
      expect(unresolved.filter((open) => open > 0).length).toBeLessThanOrEqual(readersOfRound + 3);
    },
  );

  it("goes on by itself when the table stumbles: a claim that never began is given back", async () => {
    const cloud = testCloud();
    await scheduleSpring(cloud);
    const readers = await readersIn(cloud, "d", 50);
    await takeIn(cloud, readers);
    await plan(cloud)(wake, { deadline: new Date(cloud.clock.now().getTime() + 120_000) });
    let calls = 0;
    const stumbling: TestCloud = {
      ...cloud,
      table: {
        ...cloud.table,
        each: async (changes) => {
          const outcomes = await cloud.table.each(changes);
          if (++calls % 4 === 0) throw new Error("the answer was lost");
          return outcomes;
        },
      },
    };
    await workUntilQuiet(stumbling).catch(() => {});
    await afterMinutes(cloud, 30, 6);
    expect(await expectBalanced(cloud, readers)).toMatchObject({ unresolved: 0 });
    expect(Object.keys(letters(cloud))).toHaveLength(50);
  });

  it("leaves a round to the next walk when its own was overtaken while it took the turn", async () => {
    const cloud = testCloud();
    await scheduleSpring(cloud);
    await takeIn(cloud, await readersIn(cloud, "d", 3));
    await plan(cloud)(wake, { deadline: new Date(cloud.clock.now().getTime() + 120_000) });
    const round = { ...place, round: "d" };
    const heldUntil = cloud.clock.now().toISOString();
    let isFirst = true;
    const get: TestCloud["table"]["get"] = async (keys, options) => {
      if (isFirst) {
        isFirst = false;
        expect(await takeTurn(cloud, round, 1, heldUntil)).toMatchObject({ turn: 2 });
      }
      return cloud.table.get(keys, options);
    };
    expect(await takeTurn({ ...cloud, table: { ...cloud.table, get } }, round, 0, heldUntil)).toBeUndefined();
  });

  it("keeps who was passed over in the ledger, though a removal comes late", async () => {
    const cloud = testCloud();
    await scheduleSpring(cloud);
    const readers = await readersIn(cloud, "d", 3);
    await takeIn(cloud, readers);
    await plan(cloud)(wake, { deadline: new Date(cloud.clock.now().getTime() + 120_000) });
    const keys = await Promise.all(readers.map((address) => keyOf(cloud, address)));
    await leave(cloud, place.publication, keys[0] ?? "");
    let hasFailed = false;
    let late: readonly Change[] = [];
    const each: TestCloud["table"]["each"] = async (changes) => {
      const isRemoval = changes.some((change) => "remove" in change);
      if (hasFailed && isRemoval) late = changes;
      if (hasFailed && isRemoval) throw new Error("nobody knows");
      const outcomes = await cloud.table.each(changes);
      const isClaim = changes.some((change) => "put" in change && change.put.sk.startsWith("delivery#"));
      if (isClaim && !hasFailed) {
        hasFailed = true;
        throw new Error("the answer was lost");
      }
      return outcomes;
    };
    await workUntilQuiet({ ...cloud, table: { ...cloud.table, each } }).catch(() => {});
    await afterMinutes(cloud, 30, 6);
    await cloud.table.each(late);
    await expectBalanced(cloud, readers);
    const rows = await readDeliveries(cloud, place, keys);
    expect(rows.map((row) => row?.state)).toEqual(["skipped", "unresolved", "unresolved"]);
  });

  it("tries a round again at once after a fault, without waiting for the sweeper", async () => {
    const cloud = testCloud();
    await scheduleSpring(cloud);
    const readers = await readersIn(cloud, "d", 5);
    await takeIn(cloud, readers);
    await plan(cloud)(wake, { deadline: new Date(cloud.clock.now().getTime() + 120_000) });
    let isFirst = true;
    const get: TestCloud["table"]["get"] = async (keys, options) => {
      const fails = isFirst && keys.some(({ sk }) => sk === "batch#000000");
      if (fails) isFirst = false;
      if (fails) throw new Error("the table is away");
      return cloud.table.get(keys, options);
    };
    const sweep = async () => () => async () => {};
    await workUntilQuiet({ ...cloud, table: { ...cloud.table, get } }, { functions: { sweep } });
    expect(isFirst).toBe(false);
    expect(await expectBalanced(cloud, readers)).toMatchObject({ unresolved: 0 });
  });

  it("is not disturbed by ten thousand stale messages", async () => {
    const cloud = testCloud();
    await scheduleSpring(cloud);
    await takeIn(cloud, someReaders(20));
    await plan(cloud)(wake, { deadline: new Date(cloud.clock.now().getTime() + 120_000) });
    await workUntilQuiet(cloud);
    const before = letters(cloud);
    const stale = Array.from({ length: 10_000 }, (_, index) => turn((index % 16).toString(16), index % 5).Records[0]);
    await deliver(cloud)({ Records: stale }, { deadline: new Date(cloud.clock.now().getTime() + 120_000) });
    expect(letters(cloud)).toEqual(before);
    await expectBalanced(cloud, someReaders(20));
  });
});

describe("closing the books", () => {
  it.each(killings)("killed %s any of its effects is done by the sweeper's next call", async (when) => {
    const cloud = testCloud();
    await scheduleSpring(cloud);
    const readers = someReaders(5);
    await takeIn(cloud, readers);
    const functions = { archive: async () => () => async () => {} };
    await plan(cloud)(wake, { deadline: new Date(cloud.clock.now().getTime() + 120_000) });
    await workUntilQuiet(cloud, { functions });
    let deaths = 0;
    for (let effect = 1; await killedAt(cloud, archive, wake, effect, when); effect++) deaths++;
    expect(deaths).toBeGreaterThan(3);
    await sweep(cloud)({}, { deadline: cloud.clock.now() });
    await workUntilQuiet(cloud);
    await expectBalanced(cloud, readers);
    expect((await cloud.table.query({ pk: "open", limit: 9 })).items).toEqual([]);
  });
});
