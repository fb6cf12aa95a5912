import { afterEach, describe, expect, it, vi } from "vitest";
import type { Cloud } from "../../../functions/cloud/cloud.ts";
import { onAws } from "../../../functions/cloud/on-aws.ts";
import { settingNames } from "../../../functions/cloud/settings.ts";

const settings = Object.fromEntries(
  settingNames.map((name) => [name, name.includes("QUEUE") ? "https://sqs.example/q" : "arn:aws:any:thing"]),
);
const names = Object.fromEntries(
  settingNames.filter((name) => /TABLE|BUCKET|SET_|GROUP/.test(name)).map((name) => [name, "a-name"]),
);
const lambda = { getRemainingTimeInMillis: () => 90_000 };

afterEach(() => vi.unstubAllEnvs());
const stub = (env: Record<string, string>) => {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
};

describe("a function on AWS", () => {
  it("hands over the event and the instant the runtime stops it", async () => {
    stub({ ...settings, ...names });
    const handler = onAws(() => async (event, { deadline }) => [event, deadline.getTime() - Date.now()]);
    const [event, left] = (await handler({ Records: [] }, lambda)) as [unknown, number];
    expect(event).toEqual({ Records: [] });
    expect(left).toBeGreaterThan(89_000);
    expect(left).toBeLessThanOrEqual(90_000);
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
