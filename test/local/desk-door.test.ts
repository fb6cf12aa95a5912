import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readDeskSettings } from "../../local/desk-door.ts";
import { kurier } from "./paper-desk.ts";

const launcher = fileURLToPath(new URL("../../local/kurier.js", import.meta.url));
const issuer = { KURIER_ISSUER: "https://anmeldung.example/realms/bund", KURIER_CLIENT_ID: "kurier" };

let folder: string;
let running: ChildProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kurier-desk-door-"));
});
afterEach(() => {
  running?.kill("SIGKILL");
  running = undefined;
  rmSync(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

describe("the settings of a server's desk", () => {
  it("are none where nobody wants one", () => {
    expect(readDeskSettings(undefined, {})).toBeUndefined();
  });

  it("are named all at once where some are missing", () => {
    const missing = (typed: string | undefined, environment: Record<string, string>) => {
      try {
        return readDeskSettings(typed, environment);
      } catch (refusal) {
        return (refusal as { details?: { settings?: string } }).details?.settings;
      }
    };
    expect(missing("https://desk.example", {})).toBe("KURIER_ISSUER, KURIER_CLIENT_ID");
    expect(missing(undefined, { KURIER_CLIENT_SECRET: "s" })).toBe(
      "KURIER_DESK_URL (--desk-url), KURIER_ISSUER, KURIER_CLIENT_ID",
    );
    expect(missing(undefined, issuer)).toBe("KURIER_DESK_URL (--desk-url)");
  });

  it("are read from the environment, where a service keeps them", () => {
    const more = { KURIER_DESK_URL: "https://desk.example", KURIER_CLIENT_SECRET: "s", KURIER_ISSUER_TRUSTED: "yes" };
    expect(readDeskSettings(undefined, { ...issuer, ...more })).toEqual({
      baseUrl: new URL("https://desk.example"),
      issuer: { issuer: issuer.KURIER_ISSUER, clientId: "kurier", clientSecret: "s", trustsAddresses: true },
    });
  });

  it.each(["http://anmeldung.example", "anmeldung.example", ""])(
    "are refused with an issuer nobody can trust: %j",
    (wrong) => {
      expect(() => readDeskSettings("https://desk.example", { ...issuer, KURIER_ISSUER: wrong })).toThrow();
    },
  );
});

describe("npx kurier serve with a desk", () => {
  const serve = (...args: string[]) =>
    kurier("serve", "--data", folder, "--lang", "de", "--base-url", "https://blatt.example", ...args);

  it.each([
    ["https://blatt.example", "anderen Namen"],
    ["https://blatt.example:8443", "anderen Namen"],
    ["https://desk.example/redaktion", "ohne Pfad"],
    ["http://desk.example", "https"],
  ])("does not open it at %s", async (url, why) => {
    Object.assign(process.env, issuer);
    const { code, err } = await serve("--port", `${await freePort()}`, "--desk-url", url);
    for (const name of Object.keys(issuer)) delete process.env[name];
    expect([code, err.includes(why)]).toEqual([2, true]);
  });

  it("opens it under its own name and no other", { timeout: 60_000 }, async () => {
    const [port, deskPort] = [await freePort(), await freePort()];
    const args = ["--base-url", "https://blatt.example", "--port", `${port}`, "--desk-port", `${deskPort}`];
    const env = { ...process.env, ...issuer, KURIER_DESK_URL: "https://redaktion.example" };
    const child = spawn(process.execPath, [launcher, "serve", "--data", folder, "--lang", "de", ...args], {
      env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    running = child;
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      said += text;
    });
    await expect.poll(() => said, { timeout: 30_000, interval: 50 }).toContain("Strg-C");
    expect(said).toContain(`Die Redaktion antwortet unter http://127.0.0.1:${deskPort}.`);
    const see = async (host: string, path = "/session", at = deskPort) => {
      const asking = request({ host: "127.0.0.1", port: at, path, headers: { host, "accept-language": "de" } }).end();
      const [answer] = await once(asking, "response");
      let text = "";
      for await (const part of answer.setEncoding("utf8")) text += part;
      return { status: answer.statusCode, text, headers: answer.headers };
    };
    const page = await see("redaktion.example");
    expect([page.status, page.text.includes("<h1>Anmelden</h1>")]).toEqual([200, true]);
    expect(page.headers["strict-transport-security"]).toBeDefined();
    expect(page.text).not.toContain("weiterarbeiten");
    expect((await see("evil.example")).status).toBe(421);
    expect((await see("127.0.0.1", "/health")).text).toBe("ok");
    expect((await see("blatt.example", "/session", port)).status).toBe(404);
  });
});
