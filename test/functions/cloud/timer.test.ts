import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "../../../functions/cloud/clock.ts";
import { schedulerTimer } from "../../../functions/cloud/timer.ts";
import { startScript, type Told } from "../../cloud/loopback-json.ts";

const made: Told = { ok: { ScheduleArn: "arn:aws:scheduler:eu-central-1:123456789012:schedule/kurier/plan" } };
const stands: Told = { status: 409, code: "ConflictException", more: { Message: "stands" } };
const gone: Told = { status: 404, code: "ResourceNotFoundException", more: { Message: "gone" } };

let service: Awaited<ReturnType<typeof startScript>>;
async function timerTold(...script: Told[]) {
  service = await startScript(script);
  process.env.AWS_ENDPOINT_URL_SCHEDULER = service.url;
  const now = () => new Date("2026-11-23T09:00:40.000Z");
  const targets = { plan: "arn:aws:lambda:::plan", archive: "arn:aws:lambda:::archive" };
  return schedulerTimer({ group: "kurier", role: "arn:aws:iam::1:role/wakes", targets }, { ...systemClock, now });
}
const asked = () => service.asked.map(({ body }) => body.ScheduleExpression);

beforeEach(() => {
  Object.assign(process.env, { AWS_REGION: "eu-central-1", AWS_ACCESS_KEY_ID: "key", AWS_SECRET_ACCESS_KEY: "secret" });
});
afterEach(async () => {
  await service.stop();
  delete process.env.AWS_ENDPOINT_URL_SCHEDULER;
});

describe("a timer", () => {
  it("is wound anew when the old one fired and vanished just then", async () => {
    const timer = await timerTold(stands, gone, made);
    await timer.wakeAt("plan", "2026-11-24T07:30:00Z", { target: "plan", payload: { v: 1 } });
    expect(service.asked).toHaveLength(3);
  });

  it.each([
    ["an instant that has passed", "2026-11-23T08:00:00Z", "at(2026-11-23T09:02:00)"],
    ["the present minute", "2026-11-23T09:00:00Z", "at(2026-11-23T09:02:00)"],
    ["a full minute", "2026-11-23T10:00:00Z", "at(2026-11-23T10:00:00)"],
    ["a second within a minute", "2026-11-23T10:00:01Z", "at(2026-11-23T10:01:00)"],
  ])("rings for %s at the next full minute, and far enough ahead to be taken", async (_, at, expected) => {
    const timer = await timerTold(made);
    await timer.wakeAt("plan", at, { target: "plan", payload: {} });
    expect(asked()).toEqual([expected]);
  });
});
