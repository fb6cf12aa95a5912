import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { savePublication } from "../../functions/records/publications.ts";
import { localCloud } from "../../local/cloud/local-cloud.ts";
import { type LoopbackSmtp, startLoopbackSmtp } from "../cloud/loopback-smtp.ts";
import { aPublication } from "../people-and-papers.ts";
import { kurier } from "./paper-desk.ts";

let folder: string;
let relay: LoopbackSmtp;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "kurier-doctor-"));
  relay = await startLoopbackSmtp({ login: { user: "bote", password: "geheim" } });
  const cloud = localCloud({ folder, isDurable: false });
  await savePublication(cloud, aPublication());
  cloud.relayMark.set({ perSecond: 5, perDay: 1000 });
  cloud.close();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await relay.stop();
  rmSync(folder, { recursive: true });
});

async function findings(setting: string | undefined): Promise<{ code: number; said: string }> {
  vi.stubEnv("KURIER_SMTP", setting);
  const { code, out } = await kurier("doctor", "--data", folder, "--lang", "de");
  return { code, said: out.split("\n").find((line) => line.includes("SMTP")) ?? "" };
}
const at = (login: string): string => `smtp://${login}@127.0.0.1:${relay.port}`;

describe("the doctor of a folder whose letters leave over SMTP", () => {
  it("is content when the relay lets us in, and sends nothing", async () => {
    const { code, said } = await findings(at("bote:geheim"));
    expect([code, said]).toEqual([0, expect.stringMatching(/^✓ Der SMTP-Server 127\.0\.0\.1 antwortet/)]);
    expect(relay.letters()).toBe(0);
  });

  it("tells a wrong password from a relay that is not there", async () => {
    const wrong = await findings(at("bote:falsch"));
    expect([wrong.code, wrong.said]).toEqual([2, expect.stringMatching(/^✗ .* Kennwort nicht an \(535 5\.7\.8\)/)]);
    const nowhere = await findings("smtp://127.0.0.1:1");
    expect([nowhere.code, nowhere.said]).toEqual([2, expect.stringMatching(/^✗ .* nicht so .*\(ECONNREFUSED\)/)]);
    expect(wrong.said + nowhere.said).not.toContain("falsch");
  });

  it("finds that the relay is not named here", async () => {
    const { code, said } = await findings("");
    expect([code, said]).toEqual([2, expect.stringMatching(/^✗ .* KURIER_SMTP fehlt in dieser Umgebung/)]);
  });
});
