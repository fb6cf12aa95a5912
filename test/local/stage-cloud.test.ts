import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { outputsFile, stageCloud } from "../../local/stage-cloud.ts";
import { startScript } from "../cloud/loopback-json.ts";
import { aStage } from "./a-stage.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kurier-stage-"));
  vi.spyOn(process, "cwd").mockReturnValue(folder);
  vi.stubEnv("AWS_REGION", "us-west-2");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "key");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const deployed = (stages: Record<string, Record<string, string>>): void => {
  const outputs = Object.entries(stages).map(([name, settings]) => [
    `kurier-${name}`,
    { FrontDoorAddress: "https://x.example", Settings: JSON.stringify(settings) },
  ]);
  writeFileSync(join(folder, outputsFile), JSON.stringify(Object.fromEntries(outputs)));
};

describe("the cloud of a deployed stage", () => {
  it("is found by the outputs the deployment left, and spoken to in its own region", async () => {
    const secrets = await startScript([{ ok: { SecretString: "geheim" } }]);
    vi.stubEnv("AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.url);
    deployed({ live: aStage("live"), test: aStage("test") });
    const cloud = await stageCloud("test");
    expect(await cloud.secrets.read("address")).toBe("geheim");
    expect(secrets.asked).toEqual([
      { action: "GetSecretValue", body: { SecretId: aStage("test").KURIER_SECRET_ADDRESS } },
    ]);
    expect(process.env.AWS_REGION).toBe("eu-central-1");
    await secrets.stop();
  });

  it.each(["live", undefined])("is none when nobody deployed %s from here", async (stage) => {
    deployed({ test: aStage("test") });
    await expect(stageCloud(stage)).rejects.toMatchObject({ code: "no-stage", details: { file: outputsFile } });
  });

  it("is none without the file", async () => {
    await expect(stageCloud("test")).rejects.toMatchObject({ code: "no-stage" });
  });

  it("names the settings an older deployment did not know yet", async () => {
    const { KURIER_TIMER_GROUP: _, ...older } = aStage("test");
    deployed({ test: older });
    await expect(stageCloud("test")).rejects.toThrow("KURIER_TIMER_GROUP is missing");
  });
});
