import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { site } from "../../functions/site.ts";
import { type LocalCloud, localCloud } from "../../local/cloud/local-cloud.ts";
import { listenAt, type Served } from "../../local/listen.ts";
import { publishedIn } from "../../local/public-files.ts";
import { publicSite } from "../../local/public-server.ts";
import { listenForAll, serveFolder } from "../../local/serve.ts";

/** Addresses as no browser would write them: sent byte by byte, so that no client tidies them first. */

const secret = "Nur für dieses Haus";
let folder: string;
let cloud: LocalCloud;
let servers: Served[];

beforeEach(async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  folder = await mkdtemp(join(tmpdir(), "kurier-serve-"));
  const web = join(folder, "out", "editions", "web");
  await mkdir(join(web, "feed"), { recursive: true });
  await mkdir(join(folder, "out", "mailbox"), { recursive: true });
  const feed = { title: "ELBLANDbote", home_page_url: "http://127.0.0.1:4810/elblandbote", language: "de" };
  await writeFile(join(web, "feed", "feed.json"), JSON.stringify(feed));
  await writeFile(join(web, "index.html"), "<h1>Ausgabe</h1>");
  for (const place of ["geheim.txt", "out/geheim.txt", "out/editions/geheim.txt", "out/mailbox/geheim.eml"])
    await writeFile(join(folder, place), secret);
  for (const place of ["404.html", "index.html", "out/404.html", "out/index.html", "out/editions/404.html"])
    await writeFile(join(folder, place), secret);
  cloud = localCloud({ folder: join(folder, "data") });
  await cloud.files.write("public/elblandbote/index.html", "<h1>Ausgabe</h1>", { type: "text/html" });
  await cloud.files.write("editions/elblandbote/2026-01/geheim.txt", secret, { type: "text/plain" });
  await cloud.files.write("submissions/elblandbote/x/geheim.txt", secret, { type: "text/plain" });
  servers = [
    await serveFolder(join(folder, "out"), { language: "de", port: 4950 }),
    await listenForAll(cloud, { language: "de", port: 4950 }),
    await inTheOpen(),
  ];
});
/** As behind a reverse proxy, with the one name that reaches it here. */
async function inTheOpen(): Promise<Served> {
  const base = new URL("http://127.0.0.1");
  const app = publicSite({
    ...{ base, files: publishedIn(cloud), site: site(cloud), headers: {}, note: () => {} },
    hung: async () => [{ id: "elblandbote", path: "/elblandbote" }],
  });
  const free = createServer().listen(0, "127.0.0.1");
  await once(free, "listening");
  const { port } = free.address() as AddressInfo;
  await new Promise((closed) => free.close(closed));
  return listenAt(app as unknown as Hono, { host: "127.0.0.1", port });
}
afterEach(async () => {
  for (const server of servers) await server.close();
  cloud.close();
  await rm(folder, { recursive: true, force: true });
});

function ask({ origin }: Served, head: string): Promise<string> {
  return new Promise((answered, failed) => {
    const socket = connect(Number(new URL(origin).port), "127.0.0.1", () => socket.write(`${head}\r\n\r\n`, "latin1"));
    let answer = "";
    socket.setEncoding("utf8").on("data", (text) => {
      answer += text;
    });
    socket.once("close", () => answered(answer)).once("error", failed);
  });
}
const get = (server: Served, path: string, host = new URL(server.origin).host): Promise<string> =>
  ask(server, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close`);
const status = (answer: string): number => Number(answer.split(" ")[1]);

const up = ["..", "%2e%2e", "%2E.", ".%2e", "%252e%252e", "..%00", "....", "%c0%ae%c0%ae", "..%5c..", "\\..\\.."];
const steps = ["/", "%2f", "%5c", "%252f", "\\", "//", "/./"];
const targets = [
  "geheim.txt",
  "mailbox/geheim.eml",
  "editions/geheim.txt",
  "kurier.db",
  "table.db",
  "data/kurier.db",
  "etc/passwd",
];

describe("what lies beside the public files", () => {
  it("is not reached by any spelling of a way up", async () => {
    const paths = up.flatMap((one) =>
      steps.flatMap((step) => targets.flatMap((target) => [1, 3].map((times) => (one + step).repeat(times) + target))),
    );
    const prefixes = ["/", "/elblandbote/", "/mailbox/", "/mailbox/gestalt/"];
    for (const server of servers) {
      const answers = await Promise.all(
        paths.map((path, index) => get(server, `${prefixes[index % prefixes.length]}${path}`)),
      );
      for (const [index, answer] of answers.entries()) {
        expect(answer, paths[index]).not.toMatch(/Nur f|SQLite format|root:/);
        expect([301, 308, 400, 404], paths[index]).toContain(status(answer));
      }
    }
  });

  it.each(["/x%2f../y/", "/x%2f..%2f../y/", "/x%2f..%2f..", "/x%2f..%2f..%2f../y", "/x%2f..%2f..%2f.."])(
    "is not shown for what is missing either: %s",
    async (path) => {
      for (const server of servers) {
        const answer = await get(server, path);
        expect(answer).not.toContain(secret);
        expect(status(answer)).toBe(404);
      }
    },
  );

  it.each([
    "/elblandbote/%00",
    "/elblandbote/index.html%00.jpg",
    "/elblandbote/%",
    "/elblandbote/%ff",
    "/elblandbote/con:aux",
    `/elblandbote/${"x".repeat(6000)}`,
    `/elblandbote/${"x/".repeat(2000)}`,
    `/${"x".repeat(6000)}/`,
    "/elblandbote/?../../geheim.txt",
    "/mailbox/%00/",
    "/mailbox/-1/letter",
    "/mailbox/1%27%20OR%201=1/source",
    "//evil.example/",
    "/\\evil.example/",
    "//evil.example/%2f..",
  ])("nor is anything broken by %s", async (path) => {
    for (const server of servers) {
      const answer = await get(server, path);
      expect([200, 301, 308, 400, 404, 414, 421]).toContain(status(answer));
      expect(answer).not.toMatch(/^location: (?:\/\/|\/\\|https?:)/im);
      expect(answer).not.toContain(secret);
    }
  });
});

describe("whoever comes under another name", () => {
  it.each([
    "evil.example",
    "evil.example:4950",
    "127.0.0.1.evil.example",
    "127.0.0.1:4950@evil.example",
    "localhost.evil.example",
    "0.0.0.0",
    "[::1]",
    "evil.example#127.0.0.1",
    "evil.example/127.0.0.1",
  ])("%s sees nothing", async (host) => {
    for (const server of servers) {
      const answer = await get(server, "/mailbox/", host);
      expect([400, 421]).toContain(status(answer));
      expect(answer).not.toContain("Postfach");
    }
  });

  it("nor does who names a host in the address itself", async () => {
    for (const server of servers) {
      const { host } = new URL(server.origin);
      const answer = await ask(
        server,
        `GET http://evil.example/mailbox/ HTTP/1.1\r\nHost: ${host}\r\nConnection: close`,
      );
      expect([400, 404, 421]).toContain(status(answer));
    }
  });
});

describe("whoever asks in another way", () => {
  it.each(["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"])("%s changes no page", async (method) => {
    for (const server of servers) {
      const { host } = new URL(server.origin);
      const answer = await ask(server, `${method} /elblandbote/ HTTP/1.1\r\nHost: ${host}\r\nConnection: close`);
      expect([404, 405]).toContain(status(answer));
      expect(await get(server, "/elblandbote/")).toContain("<h1>Ausgabe</h1>");
    }
  });
});
