import { hash } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import type { Issue } from "../../../core/issue/issue.ts";
import { addFeedbackCounts, nothingHeard } from "../../../functions/records/feedback.ts";
import { readIssue, saveIssue } from "../../../functions/records/issues.ts";
import { readRounds, saveRound } from "../../../functions/records/rounds.ts";
import { doneOf, isResting, standingOf } from "../../../functions/records/standing.ts";
import { type TestCloud, testCloud } from "../../cloud/test-cloud.ts";
import { deliver, freeze } from "../a-frozen-issue.ts";
import { keyOf, place, scheduleSpring, someReaders } from "../an-issue-to-send.ts";

let cloud: TestCloud;
let keys: string[];
beforeEach(async () => {
  cloud = testCloud({ manner: { perSecond: 20 } });
  await scheduleSpring(cloud);
  keys = await Promise.all(someReaders(100).map((address) => keyOf(cloud, address)));
});

async function become(change: object): Promise<void> {
  const issue = (await readIssue(cloud, place.publication, place.issue)) as Issue;
  await saveIssue(cloud, { ...issue, ...change } as Issue);
}
const eachRound = async (set: object): Promise<void> => {
  for (const { round, turn } of await readRounds(cloud, place)) await saveRound(cloud, { ...place, round }, turn, set);
};

describe("where an issue stands", () => {
  it("waits for its time before anybody is planned", async () => {
    const standing = await standingOf(cloud, place);
    expect(standing).toMatchObject({ account: null, waitsFor: { for: "time" }, estimatedEnd: null });
    expect(isResting(standing)).toBe(false);
  });

  it("counts what was heard first by either way, and never less than the books", async () => {
    await freeze(cloud, [keys]);
    await become({ status: "sending", startedAt: "" });
    for (const key of keys.slice(0, 3))
      await deliver(cloud, key, { state: "delivered", messageId: "m", acceptedAt: "", deliveredAt: "" });
    for (const key of keys.slice(3, 8))
      await deliver(cloud, key, { state: "accepted", messageId: "m", acceptedAt: "" });
    const byBooks = await standingOf(cloud, place);
    expect(byBooks.reported.delivered).toBe(3);
    await addFeedbackCounts(cloud, place, {
      ...nothingHeard,
      delivered: 2,
      hardBounced: 4,
      softBounced: 1,
      delayed: 6,
    });
    const { reported } = await standingOf(cloud, place);
    expect(reported).toEqual({ delivered: 3, bounced: 5, hardBounced: 4, softBounced: 1, complained: 0, delayed: 6 });
    // Two that were delivered bounced later: no letter is shown twice.
    await addFeedbackCounts(cloud, place, { ...nothingHeard, delivered: 3 });
    expect((await standingOf(cloud, place)).reported).toMatchObject({ delivered: 3, bounced: 5 });
  });

  it("expects its end by the carrier's rate", async () => {
    await freeze(cloud, [keys]);
    await become({ status: "sending", startedAt: "" });
    const { estimatedEnd, at } = await standingOf(cloud, place);
    const seconds = (Date.parse(estimatedEnd ?? "") - Date.parse(at)) / 1000;
    // 100 letters at 20 a second, less what is kept back.
    expect(seconds).toBeGreaterThan(5);
    expect(seconds).toBeLessThan(10);
  });

  it("gives a sender's domain nobody knows yet the days it takes to be known", async () => {
    const readers = Array.from({ length: 1500 }, (_, number) => hash("sha256", `${number}`, "base64url").slice(0, 22));
    await freeze(cloud, [readers]);
    await become({ status: "sending", startedAt: "" });
    const judged = { ...cloud, mail: { ...cloud.mail, isJudged: true } };
    const { estimatedEnd, at } = await standingOf(judged, place);
    // 200, 400, 800, and the rest on the fourth day.
    expect((Date.parse(estimatedEnd ?? "") - Date.parse(at)) / 86_400_000).toBeCloseTo(3, 1);
  });

  it("says what it waits for: the quota, a carrier that is busy, events", async () => {
    const until = "2026-11-24T08:00:00.000Z";
    await freeze(cloud, [keys], { waits: { for: "quota", until } });
    await become({ status: "sending", startedAt: "" });
    expect((await standingOf(cloud, place)).waitsFor).toEqual({ for: "quota", until });
    await freeze(cloud, [keys], { waits: { for: "carrier", until } });
    expect((await standingOf(cloud, place)).waitsFor).toEqual({ for: "carrier", until });
    await freeze(cloud, [keys]);
    expect((await standingOf(cloud, place)).waitsFor).toBeNull();
    await eachRound({ wakeAt: until });
    for (const key of keys) await deliver(cloud, key, { state: "uncertain", reason: "", uncertainSince: "" });
    expect((await standingOf(cloud, place)).waitsFor).toEqual({ for: "feedback", until });
    await eachRound({ heldUntil: until });
    expect((await standingOf(cloud, place)).waitsFor).toBeNull();
  });

  it("waits for nobody while its rounds only take turns at the carrier's pace", async () => {
    await freeze(cloud, [keys]);
    await become({ status: "sending", startedAt: "" });
    await eachRound({ wakeAt: new Date(cloud.clock.now().getTime() + 20_000).toISOString() });
    const { waitsFor, estimatedEnd } = await standingOf(cloud, place);
    expect([waitsFor, estimatedEnd === null]).toEqual([null, false]);
  });

  it("sums up what its rounds cost", async () => {
    await freeze(cloud, [keys]);
    await eachRound({ spent: { milliseconds: 10, reads: 3, writes: 2 } });
    expect((await standingOf(cloud, place)).spent).toEqual({ milliseconds: 160, reads: 48, writes: 32, turns: 0 });
  });

  it("rests when it is paused or sent, and cancelled only when its books are settled", async () => {
    await freeze(cloud, [keys]);
    await become({ status: "cancelled" });
    expect(isResting(await standingOf(cloud, place))).toBe(false);
    for (const key of keys) await deliver(cloud, key, { state: "cancelled" });
    const settled = await standingOf(cloud, place);
    expect([isResting(settled), settled.account && doneOf(settled.account)]).toEqual([true, 100]);
    await become({ status: "paused" });
    expect(isResting(await standingOf(cloud, place))).toBe(true);
  });
});
