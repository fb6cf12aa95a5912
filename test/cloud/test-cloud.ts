import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type LocalCloud, type LocalCloudOptions, localCloud } from "../../local/cloud/local-cloud.ts";
import { type FakeClock, fakeClock } from "./fake-clock.ts";

export type TestCloud = LocalCloud & { readonly clock: FakeClock };
type Options = Omit<LocalCloudOptions, "folder" | "clock"> & { readonly clock?: FakeClock };

/**
 * A fresh local cloud of a test's own: `const cloud = testCloud();` in a test or a `beforeEach`, nothing else is needed.
 * Its clock stands at 2026-11-23T08:00Z until `cloud.clock.advance({ minutes: 5 })`; closed and removed after the test.
 */
export function testCloud(options: Options = {}): TestCloud {
  const { cloud, remove } = openTestCloud(options);
  onTestFinished(remove);
  return cloud;
}

const drawn = (name: string): string =>
  createHash("sha256")
    .update(`${name} ${process.env.SEED ?? ""}`)
    .digest("base64url");

/** In every run the same readers fall into the same rounds; `SEED=$RANDOM npx vitest run …` draws other lots. */
const sameSecrets = {
  ...{ address: drawn("address"), uploads: drawn("uploads") },
  links: JSON.stringify([{ kid: "abcdef", key: drawn("links") }]),
};

/** The same for a `beforeAll`: whoever opens it removes it in `afterAll`. */
export function openTestCloud(options: Options = {}): { cloud: TestCloud; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "kurier-test-"));
  writeFileSync(join(folder, "secrets.json"), JSON.stringify(sameSecrets), { mode: 0o600 });
  const clock = options.clock ?? fakeClock();
  const cloud = { ...localCloud({ isDurable: false, ...options, folder, clock }), clock };
  const remove = (): void => {
    cloud.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { cloud, remove };
}
