import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { kurier, layOut, papers } from "./paper-desk.ts";

const launcher = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "local", "kurier.js");

let desk: string;
let running: ChildProcess | undefined;
beforeEach(async () => {
  desk = await layOut(await mkdtemp(join(tmpdir(), "kurier-start-")), papers);
  // Somebody's own publication: the sample stays away, and the start is quick.
  await kurier("publications", "found", join(desk, "publication.yaml"), "--data", join(desk, "data"));
});
afterEach(async () => {
  running?.kill("SIGKILL");
  await rm(desk, { recursive: true, force: true });
});

/** Starts Kurier and waits until it says how to stop it. */
async function start(...options: string[]): Promise<string> {
  const env = { ...process.env, KURIER_DATA: join(desk, "data") };
  running = spawn(process.execPath, [launcher, "start", "--lang", "de", ...options], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  for await (const text of running.stdout ?? []) {
    said += String(text);
    if (said.includes("Strg-C")) break;
  }
  return said;
}

describe("npm start", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("finds its data each time, and %s leaves nothing running", async (signal) => {
    const said = await start();
    const [origin = ""] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? [];
    expect(said).toContain(`AUENblatt    ${origin}/auenblatt/`);
    expect((await fetch(`${origin}/mailbox/`)).status).toBe(200);
    const [, desk = ""] = /Redaktion +(http:\/\/127\.0\.0\.1:\d+)/.exec(said) ?? [];
    expect(desk).not.toBe(origin);
    expect(await (await fetch(desk, { headers: { "accept-language": "de" } })).text()).toContain("<h1>Anmelden</h1>");
    const ended = once(running as ChildProcess, "exit");
    running?.kill(signal);
    expect(await ended).toEqual([0, null]);
    await expect(fetch(origin)).rejects.toThrow();
  });

  it("refuses a second one on the same data and says where the first is, until that ends, be it by a kill", {
    timeout: 60_000,
  }, async () => {
    const said = await start();
    const [origin = ""] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? [];
    const data = join(desk, "data");
    const second = await kurier("start", "--data", data, "--lang", "de");
    expect([second.code, second.err]).toEqual([2, expect.stringContaining(`läuft schon ein Kurier, unter ${origin}`)]);
    expect(second.err).toContain(`Prozess ${running?.pid}`);
    const served = await kurier("serve", "--data", data, "--lang", "de", "--base-url", "https://blatt.example");
    expect([served.code, served.err]).toEqual([2, expect.stringContaining(`Auf ${data} läuft schon ein Kurier`)]);
    expect((await kurier("publications", "list", "--data", data)).code).toBe(0);
    const ended = once(running as ChildProcess, "exit");
    running?.kill("SIGKILL");
    await ended;
    expect(await start()).toContain("AUENblatt");
  });

  it("begins at the port it is given, with all the others behind it", async () => {
    const port = 6200 + (process.pid % 300) * 100;
    const said = await start("--port", String(port));
    expect(said).toContain(`AUENblatt    http://127.0.0.1:${port}/auenblatt/`);
    expect(said).toContain(`http://127.0.0.1:${port + 20}`);
  });
});
