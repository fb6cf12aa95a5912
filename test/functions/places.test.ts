import { expect, it } from "vitest";
import { type Places, places } from "../../functions/deliver/places.ts";
import { plan } from "../../functions/plan.ts";
import { readControl } from "../../functions/records/issue-control.ts";
import { readRate } from "../../functions/records/rate.ts";
import { testCloud } from "../cloud/test-cloud.ts";
import { deadline } from "../faults/an-issue-in-trouble.ts";
import { place, scheduleSpring, takeIn, wake } from "./an-issue-to-send.ts";

async function aWalksPlaces() {
  const cloud = testCloud();
  await scheduleSpring(cloud);
  await takeIn(cloud, ["almut@auenrode.example"]);
  await plan(cloud)(wake, deadline(cloud));
  const control = await readControl(cloud, place);
  if (!control) throw new Error("the issue was not planned");
  const walk: Places = places(cloud, control, undefined);
  await walk.ready(1);
  return { cloud, walk, taken: async () => (await readRate(cloud, "editions"))?.taken };
}

it("keeps a place while it is young", async () => {
  const { cloud, walk, taken } = await aWalksPlaces();
  const before = await taken();
  cloud.clock.advance({ milliseconds: 200 });
  await walk.ready(1);
  expect(await taken()).toBe(before);
});

it("lets a place go that its walk was late for: those of many walks would be used in one second", async () => {
  const { cloud, walk, taken } = await aWalksPlaces();
  const before = (await taken()) ?? 0;
  cloud.clock.advance({ seconds: 1 });
  await walk.ready(1);
  expect(await taken()).toBe(before + 1);
});
