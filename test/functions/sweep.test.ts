import { expect, it } from "vitest";
import { archive } from "../../functions/archive.ts";
import { plan } from "../../functions/plan.ts";
import { requireIssue } from "../../functions/records/issues.ts";
import { sweep } from "../../functions/sweep.ts";
import { workUntilQuiet } from "../../local/wiring.ts";
import { type TestCloud, testCloud } from "../cloud/test-cloud.ts";
import { place, scheduleSpring, someReaders, takeIn, wake } from "./an-issue-to-send.ts";

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
