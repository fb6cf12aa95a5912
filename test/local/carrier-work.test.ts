import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { messageOf } from "../../core/delivery/message.ts";
import { systemClock } from "../../functions/cloud/clock.ts";
import type { Cloud, FunctionMaker } from "../../functions/cloud/cloud.ts";
import { type FunctionName, keepWorking, triggers, workUntilQuiet } from "../../local/wiring.ts";
import { testCloud } from "../cloud/test-cloud.ts";

const idle: FunctionMaker = () => async () => undefined;
const only = (makers: Partial<Record<FunctionName, FunctionMaker>>) => ({
  functions: Object.fromEntries(
    triggers.map(({ wakes }) => [wakes, async () => makers[wakes] ?? idle]),
  ) as unknown as Record<FunctionName, () => Promise<FunctionMaker>>,
});

const from = "redaktion@elbland.example";
const message = messageOf(Buffer.from(`From: ${from}\r\n\r\nGuten Tag\r\n`));
const send = (cloud: Cloud, n = 0) =>
  cloud.mail.send({ stream: "editions", from, to: `leser${n}@elbland.example`, message, tags: { delivery: `${n}` } });

/** Reads the file it is woken for, as the real one does; counts its lines. */
function reading(heard: number[]): FunctionMaker {
  return (own) => async (event) => {
    const [{ body = "" } = {}] = (event as { Records: { body: string }[] }).Records;
    const { key } = JSON.parse(body).detail.object;
    const file = await own.files.read(key);
    heard.push(
      Buffer.from(file?.body ?? [])
        .toString()
        .trimEnd()
        .split("\n").length,
    );
    await own.files.remove([key]);
  };
}

describe("what the carrier tells, where no server runs", () => {
  beforeEach(() => {
    vi.spyOn(console, "error").mockImplementation(() => {});
  });
  afterEach(() => vi.restoreAllMocks());

  it("is work for record-feedback when it is due, before the command returns", async () => {
    const cloud = testCloud();
    const heard: number[] = [];
    const work = only({ "record-feedback": reading(heard) });
    await send(cloud);
    await workUntilQuiet(cloud, work);
    expect(heard).toEqual([]);
    cloud.clock.advance({ seconds: 1 });
    await workUntilQuiet(cloud, work);
    expect(heard).toEqual([2]);
  });

  it("is waited for as long as the command may wait, and no longer", async () => {
    const cloud = testCloud({ manner: { eventSeconds: 5 } });
    const heard: number[] = [];
    const work = only({ "record-feedback": reading(heard) });
    await send(cloud);
    await workUntilQuiet(cloud, { ...work, waitSeconds: 4 });
    expect([heard, cloud.clock.now().toISOString()]).toEqual([[], "2026-11-23T08:00:00.000Z"]);
    await workUntilQuiet(cloud, { ...work, waitSeconds: 5 });
    expect([heard, cloud.clock.now().toISOString()]).toEqual([[2], "2026-11-23T08:00:05.000Z"]);
  });

  it("is gathered while letters leave: a file a second, not one for each", async () => {
    const cloud = testCloud({ manner: { eventSeconds: 0 } });
    const heard: number[] = [];
    let sent = 0;
    const deliver: FunctionMaker = (own) => async () => {
      await send(own, sent++);
      await own.clock.sleep(10);
    };
    await cloud.queues.rounds.add(Array.from({ length: 200 }, (_, n) => ({ n })));
    const begin = cloud.clock.now().getTime();
    await workUntilQuiet(cloud, only({ deliver, "record-feedback": reading(heard) }));
    expect(heard.reduce((sum, lines) => sum + lines, 0)).toBe(400);
    const seconds = (cloud.clock.now().getTime() - begin) / 1000;
    expect(heard.length).toBeLessThanOrEqual(seconds + 2);
  });

  it("is told in the midst of a long delivery, not only at its end", async () => {
    const cloud = testCloud();
    const told: number[] = [];
    let sent = 0;
    const deliver: FunctionMaker = (own) => async () => {
      await send(own, sent++);
      await own.clock.sleep(1000);
    };
    const hear: FunctionMaker = () => async () => void told.push(sent);
    await cloud.queues.rounds.add(Array.from({ length: 100 }, (_, n) => ({ n })));
    await workUntilQuiet(cloud, only({ deliver, "record-feedback": hear }));
    expect(told.filter((letters) => letters < 100).length).toBeGreaterThan(0);
  });

  it("ends the work all the same when it cannot be written down, and is told by the next", async () => {
    const cloud = testCloud();
    await send(cloud);
    cloud.clock.advance({ seconds: 1 });
    let tries = 0;
    const report = async (): Promise<void> => {
      tries++;
      throw new Error("no room on the disk");
    };
    const broken = { ...cloud, carrier: { ...cloud.carrier, report } };
    await workUntilQuiet(broken, { ...only({}), waitSeconds: 3600 });
    expect(tries).toBe(1);
    expect(JSON.stringify(vi.mocked(console.error).mock.calls)).toContain("no room on the disk");
    const heard: number[] = [];
    await workUntilQuiet(cloud, only({ "record-feedback": reading(heard) }));
    expect(heard).toEqual([2]);
  });
});

describe("what the carrier tells, beside the server", () => {
  it("leaves by itself when it is due", async () => {
    const cloud = { ...testCloud({ manner: { eventSeconds: 0 } }), clock: systemClock };
    const heard: number[] = [];
    const stop = new AbortController();
    const working = keepWorking(cloud, stop.signal, only({ "record-feedback": reading(heard) }));
    await send(cloud);
    await expect.poll(() => heard).toEqual([2]);
    stop.abort();
    await working;
  });
});
