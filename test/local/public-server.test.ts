import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { savePublication } from "../../functions/records/publications.ts";
import { hungBelow, publicationAt } from "../../functions/site/hung.ts";
import { site } from "../../functions/site.ts";
import { readBaseUrl } from "../../local/base-url.ts";
import { publishedIn } from "../../local/public-files.ts";
import { publicSite } from "../../local/public-server.ts";
import { testCloud } from "../cloud/test-cloud.ts";
import { aPublication } from "../people-and-papers.ts";

/** Behind a reverse proxy: two publications of one house, one of them not under its own name. */
async function aHouse(changes: { site?: Hono; base?: string } = {}) {
  const cloud = testCloud();
  const base = new URL(changes.base ?? "https://auenrode.example");
  const publications = [
    { id: "auenblatt", baseUrl: "https://auenrode.example/blatt" },
    { id: "elblandbote", baseUrl: "https://auenrode.example/elblandbote" },
  ];
  const publish = (path: string, body: string, cache = "public, max-age=300") =>
    cloud.files.write(`public/${path}`, body, { type: "text/html; charset=utf-8", cache });
  await publish("auenblatt/index.html", "<h1>Blatt</h1>");
  await publish("auenblatt/404.html", "Das Blatt hat hier nichts");
  await publish("auenblatt/archiv/index.html", "<h1>Archiv</h1>");
  await publish("elblandbote/index.html", "<h1>Bote</h1>");
  await cloud.files.write("articles/auenblatt/a.json", "geheim", { type: "application/json" });
  const notes: unknown[] = [];
  const app = publicSite({
    base,
    hung: async () => publications.flatMap((one) => hungBelow(base, one) ?? []),
    files: publishedIn(cloud, "as published"),
    site: changes.site ?? site(cloud),
    headers: { "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff" },
    note: (entry) => notes.push(entry),
  });
  const ask = (path: string, init: RequestInit = {}, host = "auenrode.example") =>
    app.request(`http://${host}${path}`, init);
  return { cloud, ask, notes };
}

const echo = () =>
  new Hono().on(["GET", "POST"], "/:publication/u/:token", async (c) =>
    c.json({ ...c.req.param(), method: c.req.method, body: await c.req.text(), type: c.req.header("content-type") }),
  );

describe("a server in the open", () => {
  it("shows each publication where its letters say it is", async () => {
    const { ask } = await aHouse();
    expect(await (await ask("/blatt/")).text()).toBe("<h1>Blatt</h1>");
    expect(await (await ask("/elblandbote/")).text()).toBe("<h1>Bote</h1>");
    expect((await ask("/auenblatt/")).status).toBe(404);
  });

  it("sends a page without its slash to its address outside", async () => {
    const { ask } = await aHouse();
    for (const [path, address] of [
      ["/blatt", "/blatt/"],
      ["/blatt/archiv", "/blatt/archiv/"],
    ] as const) {
      const answer = await ask(path);
      expect([answer.status, answer.headers.get("Location")]).toEqual([308, address]);
    }
  });

  it("lets browsers keep a page as long as it was published for", async () => {
    const { ask } = await aHouse();
    expect((await ask("/blatt/")).headers.get("Cache-Control")).toBe("public, max-age=300");
  });

  it("hands links of letters and what is posted to them to the site", async () => {
    const { ask } = await aHouse({ site: echo() });
    const posted = await ask("/blatt/u/v1.k.p.m", {
      method: "POST",
      body: "List-Unsubscribe=One-Click",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
    });
    expect(await posted.json()).toEqual({
      ...{ publication: "auenblatt", token: "v1.k.p.m", method: "POST" },
      ...{ body: "List-Unsubscribe=One-Click", type: "application/x-www-form-urlencoded" },
    });
    expect(await (await ask("/blatt/u/v1.k.p.m")).json()).toMatchObject({ method: "GET", body: "" });
  });

  it("speaks to a reader in the language their link asks for", async () => {
    const { cloud, ask } = await aHouse();
    await savePublication(cloud, aPublication({ id: "auenblatt", baseUrl: "https://auenrode.example/blatt" }));
    expect(await (await ask("/blatt/s?sprache=en")).text()).toContain('<html lang="en"');
    expect(await (await ask("/blatt/s?sprache=de")).text()).toContain('<html lang="de"');
  });

  it("changes nothing where nothing is asked: other methods are for links alone", async () => {
    const { ask } = await aHouse();
    for (const method of ["POST", "PUT", "DELETE", "PATCH"])
      expect((await ask("/blatt/", { method })).status, method).toBe(405);
    expect((await ask("/blatt/", { method: "HEAD" })).status).toBe(200);
  });

  it("has no mailbox, no desk and no start page", async () => {
    const { ask } = await aHouse();
    for (const path of ["/mailbox/", "/mailbox", "/desk/", "/", "/kurier.db"])
      expect((await ask(path)).status).toBe(404);
  });

  it("leads from its root to the only publication there is", async () => {
    const { ask } = await aHouse({ base: "https://auenrode.example/blatt" });
    const answer = await ask("/");
    expect([answer.status, answer.headers.get("Location")]).toEqual([302, "/blatt/"]);
  });

  it("says with the publication's own page what is missing, and never shows what is not public", async () => {
    const { ask } = await aHouse();
    for (const path of ["/blatt/nix", "/blatt/..%2f..%2farticles/auenblatt/a.json", "/blatt/%00", "/blatt/%ff"]) {
      const answer = await ask(path);
      expect([answer.status, await answer.text()]).not.toContain("geheim");
      expect(answer.status, path).toBe(404);
    }
    expect(await (await ask("/blatt/nix")).text()).toBe("Das Blatt hat hier nichts");
  });

  it.each(["evil.example", "auenrode.example.evil.example", "127.0.0.1", "localhost", "www.auenrode.example"])(
    "answers nobody who comes as %s",
    async (host) => {
      const { ask, notes } = await aHouse();
      expect((await ask("/blatt/", {}, host)).status).toBe(421);
      expect(notes).toMatchObject([{ status: 421, publication: null }]);
    },
  );

  it("answers whoever names the port the proxy listens at", async () => {
    const { ask } = await aHouse();
    expect((await ask("/blatt/", {}, "auenrode.example:443")).status).toBe(200);
  });

  it("tells this machine and the proxy that it is well, and nothing else", async () => {
    const { ask } = await aHouse();
    for (const host of ["127.0.0.1:8080", "localhost:8080", "auenrode.example"]) {
      const answer = await ask("/health", {}, host);
      expect([answer.status, await answer.text()]).toEqual([200, "ok"]);
    }
    expect((await ask("/health", {}, "evil.example")).status).toBe(421);
  });

  it("guards every answer, be it a page, a form or nothing", async () => {
    const { ask } = await aHouse();
    for (const path of ["/blatt/", "/blatt/nix", "/blatt/u/v1.k.p.m", "/nirgends"]) {
      const { headers } = await ask(path);
      expect([headers.get("Referrer-Policy"), headers.get("X-Content-Type-Options")], path).toEqual([
        "no-referrer",
        "nosniff",
      ]);
    }
  });

  it("notes method, status and publication, and never a link or who followed it", async () => {
    const { ask, notes } = await aHouse();
    await ask("/blatt/u/v1.geheim.p.m", { headers: { "X-Forwarded-For": "203.0.113.9" } });
    await ask("/blatt/");
    await ask("/health");
    const milliseconds = expect.any(Number);
    expect(notes).toEqual([
      { method: "GET", status: 200, publication: "auenblatt", milliseconds },
      { method: "GET", status: 200, publication: "auenblatt", milliseconds },
    ]);
    expect(JSON.stringify(notes)).not.toMatch(/geheim|203/);
  });
});

describe("the address of a server", () => {
  it("is https, or this machine", () => {
    expect(readBaseUrl("https://auenrode.example/").href).toBe("https://auenrode.example/");
    expect(readBaseUrl("http://127.0.0.1:8080").port).toBe("8080");
  });

  it.each([
    ["http://auenrode.example", "base-url-plain"],
    ["auenrode.example", "base-url-malformed"],
    ["ftp://auenrode.example", "base-url-malformed"],
    ["https://bote:geheim@auenrode.example", "base-url-malformed"],
    ["https://auenrode.example/?x", "base-url-malformed"],
    ["https://auenrode.example/#x", "base-url-malformed"],
  ])("is refused as %s", (written, code) => {
    expect(() => readBaseUrl(written)).toThrow(expect.objectContaining({ code }));
  });

  it("has publications below it, not beside it", () => {
    const at = (base: string, baseUrl: string) => hungBelow(new URL(base), { id: "blatt", baseUrl })?.path;
    expect(at("https://a.example", "https://a.example/blatt")).toBe("/blatt");
    expect(at("https://a.example", "https://a.example")).toBe("");
    expect(at("https://a.example/haus/", "https://a.example/haus/blatt")).toBe("/haus/blatt");
    expect(at("https://a.example/haus", "https://a.example/hausblatt")).toBeUndefined();
    expect(at("https://a.example", "http://a.example/blatt")).toBeUndefined();
    expect(at("https://a.example", "https://b.example/blatt")).toBeUndefined();
  });

  it("leads a path to the publication that hangs deepest", () => {
    const hung = [
      { id: "haus", path: "" },
      { id: "blatt", path: "/blatt" },
    ];
    expect(publicationAt("/blatt/archiv/", hung)).toEqual({ id: "blatt", rest: "/archiv/" });
    expect(publicationAt("/blattwerk/", hung)).toEqual({ id: "haus", rest: "/blattwerk/" });
    expect(publicationAt("/blatt", [{ id: "blatt", path: "/blatt" }])).toEqual({ id: "blatt", rest: "" });
  });
});
