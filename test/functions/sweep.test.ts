import { describe, expect, it } from "vitest";
import type { Scheduled } from "../../core/issue/issue.ts";
import { operator } from "../../core/rights.ts";
import { archive } from "../../functions/archive.ts";
import { scheduleIssue } from "../../functions/desk/issues.ts";
import { cancelIssue, pauseIssue, resumeIssue } from "../../functions/desk/sending.ts";
import { plan } from "../../functions/plan.ts";
import { requireIssue, saveIssue } from "../../functions/records/issues.ts";
import { readRounds, saveRound } from "../../functions/records/rounds.ts";
import { sweep } from "../../functions/sweep.ts";
import { workUntilQuiet } from "../../local/wiring.ts";
import { type TestCloud, testCloud } from "../cloud/test-cloud.ts";
import { afterMinutes, letters, place, scheduleSpring, someReaders, takeIn, wake } from "./an-issue-to-send.ts";

/** Alarms ring to the full minute at or after half a minute from now, as the scheduler on AWS rings. */
function toTheMinute(cloud: TestCloud) {
  const alarms = new Map<string, number>();
  const wakeAt: TestCloud["timer"]["wakeAt"] = async (name, at) => {
    const soonest = Math.max(Date.parse(at), cloud.clock.now().getTime() + 30_000);
    alarms.set(name, Math.ceil(soonest / 60_000) * 60_000);
  };
  const rings = (): boolean => [...alarms.values()].some((at) => at <= cloud.clock.now().getTime());
  return { cloud: { ...cloud, timer: { ...cloud.timer, wakeAt } }, rings };
}

it.each([10, 54])("rings for the archivist though it looks every minute at second %i", async (second) => {
  const cloud = testCloud();
  const { cloud: slow, rings } = toTheMinute(cloud);
  await scheduleSpring(cloud);
  await takeIn(cloud, someReaders(5));
  const deadline = (): { deadline: Date } => ({ deadline: new Date(cloud.clock.now().getTime() + 120_000) });
  await plan(cloud)(wake, deadline());
  await workUntilQuiet(cloud, { functions: { archive: async () => () => async () => {} } });
  cloud.clock.advance({ seconds: second });
  for (let minutes = 0; minutes < 5 && !rings(); minutes++) {
    await sweep(slow)({}, deadline());
    cloud.clock.advance({ minutes: 1 });
  }
  expect(rings()).toBe(true);
  await archive(cloud)(wake, deadline());
  expect(await requireIssue(cloud, place.publication, place.issue)).toMatchObject({ status: "sent" });
});

describe("an issue whose timer was never set, or rang in vain", () => {
  const scheduled = async (): Promise<TestCloud> => {
    const cloud = testCloud();
    await scheduleSpring(cloud);
    const { sendAt: _, scheduledBy: __, ...issue } = (await issueIn(cloud)) as Scheduled;
    await saveIssue(cloud, { ...issue, status: "approved" });
    await takeIn(cloud, someReaders(5));
    const wakeAt = () => Promise.reject(new Error("the scheduler is away"));
    const sendAt = new Date(cloud.clock.now().getTime() + 3_600_000);
    const inVain = { ...cloud, timer: { ...cloud.timer, wakeAt } };
    await scheduleIssue(inVain, operator, place.publication, place.issue, sendAt).catch(() => {});
    return cloud;
  };
  const issueIn = (cloud: TestCloud) => requireIssue(cloud, place.publication, place.issue);

  it("is begun by the sweeper when its time has come, and not before", async () => {
    const cloud = await scheduled();
    await afterMinutes(cloud, 58);
    expect(await issueIn(cloud)).toMatchObject({ status: "scheduled" });
    await afterMinutes(cloud, 8);
    expect(await issueIn(cloud)).toMatchObject({ status: "sent", open: 0 });
    expect(letters(cloud)).toEqual(Object.fromEntries(someReaders(5).map((address) => [address, 1])));
  });

  it("is open work no more when it was cancelled before its time", async () => {
    const cloud = await scheduled();
    await cancelIssue(cloud, operator, place);
    await afterMinutes(cloud, 65, 5);
    expect(letters(cloud)).toEqual({});
    expect((await cloud.table.query({ pk: "open", limit: 9 })).items).toEqual([]);
  });
});

it("wakes rounds that slept until tomorrow though whoever resumed their issue died before", async () => {
  const cloud = testCloud();
  await scheduleSpring(cloud);
  await takeIn(cloud, someReaders(5));
  await plan(cloud)(wake, { deadline: new Date(cloud.clock.now().getTime() + 120_000) });
  await pauseIssue(cloud, operator, place);
  await workUntilQuiet(cloud);
  const tomorrow = new Date(cloud.clock.now().getTime() + 86_400_000).toISOString();
  for (const { round, turn } of await readRounds(cloud, place))
    await saveRound(cloud, { ...place, round }, turn, { wakeAt: tomorrow });
  const each = () => Promise.reject(new Error("this process is dead"));
  await resumeIssue({ ...cloud, table: { ...cloud.table, each } }, operator, place).catch(() => {});
  await afterMinutes(cloud, 5);
  expect(letters(cloud)).toEqual(Object.fromEntries(someReaders(5).map((address) => [address, 1])));
});
