import type { Hono } from "hono";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { linkRing, linkToken } from "../../core/subscriber/link.ts";
import { words } from "../../core/words.ts";
import { consentKey, consentRange } from "../../functions/records/keys.ts";
import { savePublication } from "../../functions/records/publications.ts";
import { readSubscriber, rowOfSubscriber } from "../../functions/records/subscribers.ts";
import { site } from "../../functions/site.ts";
import { type TestCloud, testCloud } from "../cloud/test-cloud.ts";
import { aPublication } from "../people-and-papers.ts";
import { keyOf, place, takeIn } from "./an-issue-to-send.ts";

const sentences = words("de").site;
const almut = "almut@stadt-auenrode.example";
let cloud: TestCloud;
let app: Hono;
let key: string;
let token: string;
const link = (path = "u"): string => `/${place.publication}/${path}/${token}`;
const reader = () => readSubscriber(cloud, place.publication, key);

beforeEach(async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  cloud = testCloud();
  await savePublication(cloud, aPublication());
  await takeIn(cloud, [almut]);
  app = site(cloud);
  key = await keyOf(cloud, almut);
  token = linkToken(linkRing(await cloud.secrets.read("links")), "leave", key, place.publication);
});

describe("the leave link", () => {
  it.each(["GET", "HEAD"])("shows a button and changes nothing on %s, however often", async (method) => {
    const before = await reader();
    for (let scan = 0; scan < 3; scan++) {
      const answer = await app.request(link(), { method });
      expect(answer.status).toBe(200);
      if (method === "GET") expect(await answer.text()).toMatch(/<form method="post">.*Abbestellen/s);
    }
    expect(await reader()).toEqual(before);
    const evidence = await cloud.table.query({ pk: consentKey(key, "", "").pk, limit: 9 });
    expect(evidence.items.map(({ form }) => form)).toEqual(["import"]);
  });

  it("shows the address half hidden", async () => {
    const text = await (await app.request(link())).text();
    expect(text).toContain("a…@stadt-….example");
    expect(text).not.toContain(almut);
  });

  it.each([
    [
      "one click of a mail program",
      "one-click",
      { body: "List-Unsubscribe=One-Click", headers: { "content-type": "application/x-www-form-urlencoded" } },
    ],
    ["our own button", "link", { body: "", headers: { "content-type": "application/x-www-form-urlencoded" } }],
    ["a body nobody can read", "link", { body: "\0{", headers: { "content-type": "multipart/form-data" } }],
  ])("leaves at once by %s: no redirect, no cookie, no address kept", async (_, form, request) => {
    const answer = await app.request(link(), { method: "POST", ...request });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("set-cookie")).toBeNull();
    expect(await reader()).toMatchObject({ state: "unsubscribed", unsubscribedAt: cloud.clock.now().toISOString() });
    expect(JSON.stringify(await reader())).not.toMatch(/almut|@/);
    const evidence = await cloud.table.query({ ...consentRange(key), limit: 9 });
    expect(evidence.items.map(({ form }) => form).sort()).toEqual(["import", form]);
    cloud.clock.advance({ minutes: 11 });
    const kept = await cloud.table.query({ pk: consentKey(key, "", "").pk, limit: 9 });
    expect(JSON.stringify(kept.items)).not.toContain("@");
  });

  it.each(["content-length", "transfer-encoding"])(
    "leaves by a body without end, and reads no more of it than a form is long: %s",
    async (length) => {
      const chunk = Buffer.from("a".repeat(64 * 1024));
      let read = 0;
      const body = new ReadableStream<Uint8Array>({
        pull: (stream) => {
          read++;
          return read > 200 ? stream.close() : stream.enqueue(chunk);
        },
      });
      const headers = {
        "content-type": "application/x-www-form-urlencoded",
        [length]: length === "content-length" ? String(200 * chunk.length) : "chunked",
      };
      const answer = await app.request(link(), { method: "POST", body, headers, duplex: "half" } as RequestInit);
      expect([answer.status, (await reader())?.state]).toEqual([200, "unsubscribed"]);
      expect(read).toBeLessThan(10);
    },
  );

  it("may be used twice, and an import brings nobody back", async () => {
    for (let time = 0; time < 2; time++) expect((await app.request(link(), { method: "POST" })).status).toBe(200);
    await takeIn(cloud, [almut]);
    expect(await reader()).toMatchObject({ state: "unsubscribed" });
  });

  it("of old mail follows its reader to a new address", async () => {
    await takeIn(cloud, ["almut@neu.example"]);
    const movedTo = await keyOf(cloud, "almut@neu.example");
    const { v, version, publication, addressKey, language } = (await reader()) ?? expect.unreachable();
    const moved = { v, version, publication, addressKey, language, state: "moved", movedTo } as const;
    await cloud.table.write([{ put: rowOfSubscriber(moved) }]);
    expect((await app.request(link(), { method: "POST" })).status).toBe(200);
    expect(await readSubscriber(cloud, place.publication, movedTo)).toMatchObject({ state: "unsubscribed" });
  });

  it("answers 503 when it could not be written, and changes nothing", async () => {
    const broken = { ...cloud, table: { ...cloud.table, write: () => Promise.reject(new Error("the table is away")) } };
    const answer = await site(broken).request(link(), { method: "POST" });
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain(sentences.fault.title);
    expect(await reader()).toMatchObject({ state: "confirmed" });
  });

  it("wins over a change made at the same moment", async () => {
    let first = true;
    const busy: TestCloud = {
      ...cloud,
      table: {
        ...cloud.table,
        write: async (changes) => {
          const row = await reader();
          if (first && row) await cloud.table.write([{ put: rowOfSubscriber({ ...row, version: row.version + 1 }) }]);
          first = false;
          return cloud.table.write(changes);
        },
      },
    };
    expect((await site(busy).request(link(), { method: "POST" })).status).toBe(200);
    expect(await reader()).toMatchObject({ state: "unsubscribed", version: 3 });
  });

  it("says nothing about anyone when it is forged, cut, or of another publication", async () => {
    await savePublication(cloud, aPublication({ id: "talblatt" }));
    const forged = [
      link().slice(0, -1),
      `${link()}A`,
      link().replace("elblandbote/", "talblatt/"),
      "/niemand/u/v1.x.y.z",
    ];
    for (const path of forged) {
      for (const method of ["GET", "POST"]) {
        const answer = await app.request(path, { method });
        expect(answer.status).toBe(200);
        expect(await answer.text()).toContain(sentences["unknown-link"].title);
      }
    }
    expect(await reader()).toMatchObject({ state: "confirmed" });
  });

  it("is kept out of caches, search engines, frames and the next page's log", async () => {
    for (const path of [link(), "/elblandbote/u/x", "/nirgends"]) {
      const { headers } = await app.request(path);
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("x-robots-tag")).toContain("noindex");
      expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    }
  });
});
