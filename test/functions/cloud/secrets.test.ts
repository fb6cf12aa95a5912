import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "../../../functions/cloud/clock.ts";
import { managedSecrets } from "../../../functions/cloud/secrets.ts";
import { startScript, type Told } from "../../cloud/loopback-json.ts";

const minute = 60_000;
const secret = (SecretString: string): Told => ({ ok: { SecretString } });

let service: Awaited<ReturnType<typeof startScript>>;
let now: number;
async function secretsTold(...script: Told[]) {
  service = await startScript(script);
  process.env.AWS_ENDPOINT_URL_SECRETS_MANAGER = service.url;
  return managedSecrets({ address: "arn:address", links: "arn:links" }, { ...systemClock, now: () => new Date(now) });
}

beforeEach(() => {
  Object.assign(process.env, { AWS_REGION: "eu-central-1", AWS_ACCESS_KEY_ID: "key", AWS_SECRET_ACCESS_KEY: "secret" });
  now = Date.parse("2026-11-23T09:00:00Z");
});
afterEach(async () => {
  await service.stop();
  delete process.env.AWS_ENDPOINT_URL_SECRETS_MANAGER;
});

describe("secrets", () => {
  it("are asked for once in five minutes, so that a rotated key is soon known", async () => {
    const secrets = await secretsTold(secret('[{"kid":"k1","key":"a"}]'), secret('[{"kid":"k2","key":"b"}]'));
    await Promise.all([secrets.read("links"), secrets.read("links")]);
    now += 5 * minute - 1;
    expect(await secrets.read("links")).toContain("k1");
    now += 1;
    expect(await secrets.read("links")).toContain("k2");
    expect(service.asked).toHaveLength(2);
  });

  it("are asked for again after a failure", async () => {
    const secrets = await secretsTold({ code: "AccessDeniedException" }, secret("a secret"));
    await expect(secrets.read("address")).rejects.toThrow("AccessDenied");
    expect(await secrets.read("address")).toBe("a secret");
  });
});
