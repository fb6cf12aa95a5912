import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Hono } from "hono";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { operator } from "../../core/rights.ts";
import { linkRing, linkToken } from "../../core/subscriber/link.ts";
import { words } from "../../core/words.ts";
import { importSubscribers } from "../../functions/desk/subscribers.ts";
import { savePublication } from "../../functions/records/publications.ts";
import { readSubscriber } from "../../functions/records/subscribers.ts";
import { site } from "../../functions/site.ts";
import { requireKey } from "../../local/cloud/table-limits.ts";
import { type TestCloud, testCloud } from "../cloud/test-cloud.ts";
import { aPublication } from "../people-and-papers.ts";
import { keyOf, takeIn } from "./an-issue-to-send.ts";

/** Scanners, forgers and the merely curious at the leave link. */

const sentences = words("de").site;
const almut = "almut@stadt-auenrode.example";
let cloud: TestCloud;
let app: Hono;
let said: string[];
let key: string;
let token: string;

beforeEach(async () => {
  said = [];
  for (const voice of ["log", "info", "warn", "error", "debug"] as const)
    vi.spyOn(console, voice).mockImplementation((...words) => void said.push(JSON.stringify(words)));
  cloud = testCloud();
  for (const id of ["elblandbote", "talblatt"]) await savePublication(cloud, aPublication({ id }));
  await takeIn(cloud, [almut]);
  // As DynamoDB does, which takes no key without end, not even to look for it.
  const get: TestCloud["table"]["get"] = async (keys, options) => {
    keys.forEach(requireKey);
    return cloud.table.get(keys, options);
  };
  app = site({ ...cloud, table: { ...cloud.table, get } });
  key = await keyOf(cloud, almut);
  token = linkToken(linkRing(await cloud.secrets.read("links")), "leave", key, "elblandbote");
});

/** Every row of every table, as it lies on disk. */
const everything = (): string => ["kurier.db", "table.db"].map(everyRow).join();

function everyRow(file: string): string {
  const database = new DatabaseSync(join(cloud.folder, file), { readOnly: true });
  try {
    const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").all();
    return JSON.stringify(tables.map(({ name }) => database.prepare(`SELECT * FROM "${name}"`).all()));
  } finally {
    database.close();
  }
}
const link = (typed = token) => `/elblandbote/u/${typed}`;
const state = async () => (await readSubscriber(cloud, "elblandbote", key))?.state;

describe("whoever only looks", () => {
  it.each([
    ["GET", {}],
    ["HEAD", {}],
    ["OPTIONS", { origin: "https://evil.example", "access-control-request-method": "POST" }],
    ["GET", { purpose: "prefetch", "sec-purpose": "prefetch;prerender" }],
    ["GET", { "x-http-method-override": "POST", "x-method-override": "POST" }],
    ["GET", { "content-type": "application/x-www-form-urlencoded" }],
    ...["PUT", "PATCH", "DELETE", "PROPFIND", "LOCK"].map((method) => [method, {}] as const),
  ] as const)("changes nothing: %s %o", async (method, headers) => {
    const before = everything();
    for (const path of [
      link(),
      `${link()}?List-Unsubscribe=One-Click&_method=POST`,
      `${link()}/`,
      link().replace("/u/", "/e/"),
    ])
      expect((await app.request(path, { method, headers })).status).toBeLessThan(500);
    expect(everything()).toBe(before);
    expect(said).toEqual([]);
  });
});

describe("whoever forges", () => {
  it("gets the same neutral page and changes nothing", async () => {
    const [version = "", kid = "", payload = "", mac = ""] = token.split(".");
    const ring = linkRing(JSON.stringify([{ kid: "old", key: Buffer.alloc(32, 7).toString("base64url") }]));
    const last = mac.at(-1) === "A" ? "B" : "A";
    const forged = [
      token.slice(0, -1),
      token.slice(1),
      `${token}=`,
      `${token}.`,
      `${token}%00`,
      `${token}%0d%0aSet-Cookie:x=1`,
      token.replace("v1.", "v2."),
      [version, kid, payload, mac.slice(0, -1) + last].join("."),
      [version, kid, payload.replace("elblandbote", "talblatt"), mac].join("."),
      [version, kid, payload, ""].join("."),
      [version, "__proto__", payload, mac].join("."),
      linkToken(ring, "leave", key, "elblandbote"),
      linkToken(linkRing(await cloud.secrets.read("links")), "preferences", key, "elblandbote"),
      "%",
      "%ff%fe",
      "..%2f..%2fu",
      "x".repeat(5000),
      "🜚",
    ].map((one) => link(one));
    const strangers = [
      link().replace("elblandbote", "talblatt"),
      link().replace("elblandbote", "x".repeat(3000)),
      link().replace("elblandbote", "ELBLANDBOTE"),
      link().replace("elblandbote", "%00"),
      link().replace("elblandbote", "publication%23elblandbote"),
    ];
    const before = everything();
    for (const path of [...forged, ...strangers]) {
      for (const method of ["GET", "POST"]) {
        const answer = await app.request(path, { method });
        expect([200, 404], `${method} ${path}`).toContain(answer.status);
        expect(await answer.text()).toContain(sentences["unknown-link"].title);
        expect(answer.headers.get("set-cookie")).toBeNull();
      }
    }
    expect(everything()).toBe(before);
    expect(said).toEqual([]);
  });
});

describe("whoever really leaves", () => {
  it.each([
    ["with nothing at all", {}],
    ["with ten megabytes", { body: "x".repeat(10_000_000) }],
    ["with JSON", { body: "{}", headers: { "content-type": "application/json" } }],
    ["with a type nobody knows", { body: "\0", headers: { "content-type": "x/\u00ff" } }],
    ["from another site", { headers: { origin: "https://evil.example", "sec-fetch-site": "cross-site" } }],
    ["with somebody else's name", { headers: { host: "evil.example", "x-forwarded-host": "evil.example" } }],
  ])("%s, has left", async (_, request) => {
    const answer = await app.request(link(), { method: "POST", ...request });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("location")).toBeNull();
    expect(await answer.text()).not.toContain("evil.example");
    expect(await state()).toBe("unsubscribed");
    expect(said).toEqual([]);
  });

  it("and is told when it failed, in no words of the link", async () => {
    const away = () => Promise.reject(new Error("the table is away"));
    const broken = site({ ...cloud, table: { ...cloud.table, write: away } });
    expect((await broken.request(link(), { method: "POST" })).status).toBe(503);
    expect(said.join()).toContain("the table is away");
    for (const secret of [token, token.split(".")[3] ?? "", almut, link()]) expect(said.join()).not.toContain(secret);
  });
});

describe("two publications in one house", () => {
  it("a way out of one is no way out of the other", async () => {
    const rows = [{ line: 2, address: almut, name: "Almut", language: "de" as const }];
    await importSubscribers(cloud, operator, "talblatt", rows, { consentSource: "Bestellkarten" });
    await app.request(link().replace("elblandbote", "talblatt"), { method: "POST" });
    expect(await readSubscriber(cloud, "talblatt", key)).toMatchObject({ state: "confirmed" });
    await app.request(link(), { method: "POST" });
    expect(await state()).toBe("unsubscribed");
    expect(await readSubscriber(cloud, "talblatt", key)).toMatchObject({ state: "confirmed" });
  });
});
