import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { savePublication } from "../../functions/records/publications.ts";
import { site } from "../../functions/site.ts";
import { type LocalCloud, localCloud } from "../../local/cloud/local-cloud.ts";
import { lettersInOutbox } from "../../local/letters.ts";
import { publishedIn } from "../../local/public-files.ts";
import { everything, listenForAll, serveFolder } from "../../local/serve.ts";
import { aPublication } from "../people-and-papers.ts";

let folder: string;
let cloud: LocalCloud;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "kurier-serve-"));
  cloud = localCloud({ folder: join(folder, "data") });
});
afterEach(async () => {
  cloud.close();
  await rm(folder, { recursive: true, force: true });
});

const publish = (path: string, body: string, cache?: string) =>
  cloud.files.write(`public/${path}`, body, { type: "text/html; charset=utf-8", ...(cache ? { cache } : {}) });
const app = () =>
  everything({
    language: "de",
    publications: async () => [aPublication()],
    files: publishedIn(cloud),
    letters: lettersInOutbox(cloud.outbox),
    site: new Hono().all("/:publication/u/:token", (c) => c.text(`leave ${c.req.param("token")}`)),
  });
const get = (path: string, headers: Record<string, string> = {}) =>
  app().request(`http://127.0.0.1:4810${path}`, { headers });

describe("one machine's server", () => {
  it("begins with the publications and the mailbox", async () => {
    const page = await (await get("/")).text();
    expect(page).toContain('href="/elblandbote/archiv/"');
    expect(page).toContain("0 Briefe");
    expect((await get("/mailbox/")).status).toBe(200);
  });

  it("answers with pages as the world will see them", async () => {
    await publish("elblandbote/ausgaben/2026-01/index.html", "<h1>Ausgabe</h1>");
    const page = await get("/elblandbote/ausgaben/2026-01/");
    expect(await page.text()).toBe("<h1>Ausgabe</h1>");
    expect(page.headers.get("Content-Security-Policy")).toMatch(/^default-src 'none'/);
    expect(page.headers.get("X-Content-Type-Options")).toBe("nosniff");
    const without = await get("/elblandbote/ausgaben/2026-01");
    expect([without.status, without.headers.get("Location")]).toEqual([308, "/elblandbote/ausgaben/2026-01/"]);
  });

  it("tells authors how to hand in, and gives them the Word file, as the site does", async () => {
    await savePublication(cloud, aPublication());
    const all = everything({
      ...{ language: "de", publications: async () => [aPublication()], files: publishedIn(cloud) },
      ...{ letters: lettersInOutbox(cloud.outbox), site: site(cloud) },
    });
    const status = async (path: string) => (await all.request(`http://127.0.0.1:4810/elblandbote/${path}`)).status;
    expect(await Promise.all(["einreichen/", "einreichen/vorlage.docx", "submit/", "einreichen"].map(status))).toEqual([
      ...[200, 200, 200, 308],
    ]);
  });

  it("sends a page once and then only says that it is the same", async () => {
    await publish("elblandbote/index.html", "eins");
    const etag = (await get("/elblandbote/")).headers.get("ETag") ?? "";
    expect((await get("/elblandbote/", { "If-None-Match": etag })).status).toBe(304);
    await publish("elblandbote/index.html", "zwei");
    expect(await (await get("/elblandbote/", { "If-None-Match": etag })).text()).toBe("zwei");
  });

  it("lets a browser keep what is addressed by its content, and nothing else", async () => {
    await publish("elblandbote/bilder/a.jpg", "x", "public, max-age=31536000, immutable");
    await publish("elblandbote/index.html", "x", "public, max-age=300");
    expect((await get("/elblandbote/bilder/a.jpg")).headers.get("Cache-Control")).toContain("immutable");
    expect((await get("/elblandbote/")).headers.get("Cache-Control")).toBe("no-cache");
  });

  it("shows the publication's own page for what is not there, and ours where there is none", async () => {
    await publish("elblandbote/404.html", "eigene Seite");
    for (const path of ["/elblandbote/nix", "/elblandbote/nix/", "/elblandbote/%00"]) {
      const answer = await get(path);
      expect([answer.status, await answer.text()]).toEqual([404, "eigene Seite"]);
    }
    const ours = await get("/anderswo/");
    expect([ours.status, (await ours.text()).includes("Hier ist nichts")]).toEqual([404, true]);
  });

  it("never shows what is not public", async () => {
    await cloud.files.write("articles/elblandbote/a/000001.json", "geheim", { type: "application/json" });
    for (const path of [
      "/elblandbote/..%2f..%2farticles/elblandbote/a/000001.json",
      "/..%2farticles/elblandbote/a/000001.json",
    ])
      expect((await get(path)).status).toBe(404);
  });

  it("lets the site answer the links of letters", async () => {
    expect(await (await get("/elblandbote/u/v1.a.b.c")).text()).toBe("leave v1.a.b.c");
  });

  it("answers nobody who comes under another name", async () => {
    expect((await app().request("http://evil.example/mailbox/")).status).toBe(421);
    expect((await app().request("http://localhost:4810/mailbox/")).status).toBe(200);
  });
});

describe("listening", () => {
  let other: Server;
  let taken: number;
  beforeEach(async () => {
    other = createServer();
    await new Promise<void>((listening) => other.listen(0, "127.0.0.1", listening));
    taken = (other.address() as AddressInfo).port;
  });
  afterEach(() => other.close());

  it("takes the next free port, names the places and leaves nothing running", async () => {
    await savePublication(cloud, aPublication());
    const server = await listenForAll(cloud, { language: "de", port: taken });
    expect(new URL(server.origin).hostname).toBe("127.0.0.1");
    expect(Number(new URL(server.origin).port)).toBeGreaterThan(taken);
    expect(await server.addresses()).toEqual([
      { label: "ELBLANDbote", url: `${server.origin}/elblandbote/` },
      { label: "Postfach", url: `${server.origin}/mailbox/` },
    ]);
    expect((await fetch(`${server.origin}/mailbox/`)).status).toBe(200);
    await server.close();
    await expect(fetch(server.origin)).rejects.toThrow();
  });

  it("shows what a press left in a folder", async () => {
    const web = join(folder, "out", "editions", "web");
    await mkdir(join(web, "feed"), { recursive: true });
    const home = "http://127.0.0.1:4810/elblandbote/";
    await writeFile(join(web, "index.html"), "<h1>Ausgabe</h1>");
    const feed = { title: "ELBLANDbote", home_page_url: home, language: "de" };
    await writeFile(join(web, "feed", "feed.json"), JSON.stringify(feed));
    const server = await serveFolder(join(folder, "out"), { language: "de", port: taken });
    try {
      expect(server.addresses.map(({ label }) => label)).toEqual(["ELBLANDbote", "Postfach"]);
      expect(await (await fetch(`${server.origin}/elblandbote/`)).text()).toBe("<h1>Ausgabe</h1>");
      const types = (await fetch(`${server.origin}/elblandbote/feed/feed.json`)).headers.get("Content-Type");
      expect(types).toBe("application/feed+json; charset=utf-8");
      expect((await fetch(`${server.origin}/elblandbote/feed`)).status).toBe(404);
    } finally {
      await server.close();
    }
  });

  it("says so where no press has printed", async () => {
    await expect(serveFolder(folder, { language: "de" })).rejects.toMatchObject({ code: "not-printed" });
  });
});
