import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Cloud } from "../../../functions/cloud/cloud.ts";
import { onAws } from "../../../functions/cloud/on-aws.ts";
import { settingNames } from "../../../functions/cloud/settings.ts";
import { startScript } from "../../cloud/loopback-json.ts";

const settings = Object.fromEntries(
  settingNames.map((name) => [name, name.includes("QUEUE") ? "https://sqs.example/q" : "arn:aws:any:thing"]),
);
const names = Object.fromEntries(
  settingNames.filter((name) => /TABLE|BUCKET|SET_|GROUP/.test(name)).map((name) => [name, "a-name"]),
);
const lambda = { getRemainingTimeInMillis: () => 90_000 };

const stub = (env: Record<string, string>) => {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
};

let table: Awaited<ReturnType<typeof startScript>>;
const startTable = async (aheadMilliseconds: number) => {
  table = await startScript([{ ok: {} }, { ok: {} }], { aheadMilliseconds });
  stub({ AWS_REGION: "eu-central-1", AWS_ACCESS_KEY_ID: "key", AWS_SECRET_ACCESS_KEY: "secret" });
  stub({ AWS_ENDPOINT_URL_DYNAMODB: table.url });
};
beforeEach(() => startTable(0));
afterEach(async () => {
  vi.unstubAllEnvs();
  await table.stop();
});

describe("a function on AWS", () => {
  it("hands over the event and the instant the runtime stops it", async () => {
    stub({ ...settings, ...names });
    const handler = onAws(() => async (event, { deadline }) => [event, deadline.getTime() - Date.now()]);
    const [event, left] = (await handler({ Records: [] }, lambda)) as [unknown, number];
    expect(event).toEqual({ Records: [] });
    expect(left).toBeGreaterThan(89_000);
    expect(left).toBeLessThanOrEqual(90_000);
  });

  it.each([300_000, -300_000])("counts its deadline in the table's time, %d ms from its own", async (ahead) => {
    await table.stop();
    await startTable(ahead);
    stub({ ...settings, ...names });
    const handler = onAws((cloud) => async (_, { deadline }) => [deadline, cloud.clock.now()]);
    const [deadline, now] = (await handler({}, lambda)) as [Date, Date];
    expect(Math.abs(deadline.getTime() - Date.now() - ahead - 90_000)).toBeLessThan(2_500);
    expect(deadline.getTime() - now.getTime()).toBeGreaterThan(89_000);
  });

  it("begins with the machine's time when the table cannot be asked", async () => {
    stub({ ...settings, ...names, AWS_MAX_ATTEMPTS: "1", AWS_ENDPOINT_URL_DYNAMODB: "http://127.0.0.1:9" });
    const handler = onAws(
      () =>
        async (_, { deadline }) =>
          deadline.getTime() - Date.now(),
    );
    expect(await handler({}, lambda)).toBeGreaterThan(89_000);
  });

  it("makes its cloud at the first event and keeps it, with new sockets to the carrier for every event", async () => {
    stub({ ...settings, ...names });
    const clouds: Cloud[] = [];
    const renewed: ReturnType<typeof vi.fn>[] = [];
    const handler = onAws((cloud) => {
      clouds.push(cloud);
      renewed.push(vi.spyOn(cloud.mail as unknown as { renewSockets(): void }, "renewSockets"));
      return async () => "done";
    });
    expect(clouds).toEqual([]);
    await handler({}, lambda);
    await handler({}, lambda);
    expect(clouds).toHaveLength(1);
    expect(renewed[0]).toHaveBeenCalledTimes(2);
  });

  it("does not begin without its settings, and names all that are missing", async () => {
    const { KURIER_TABLE: _, ...rest } = { ...settings, ...names };
    stub(rest);
    const handler = onAws(() => async () => "done");
    await expect(handler({}, lambda)).rejects.toThrow("KURIER_TABLE is missing");
  });
});
