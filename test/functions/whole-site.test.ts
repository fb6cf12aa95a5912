import { handle } from "hono/aws-lambda";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { digestOf } from "../../core/digest.ts";
import { mostPerNetwork } from "../../core/subscriber/protection.ts";
import { savePublication } from "../../functions/records/publications.ts";
import { readSubscriber } from "../../functions/records/subscribers.ts";
import { wholeSite } from "../../functions/whole-site.ts";
import { template } from "../a-written-template.ts";
import { type TestCloud, testCloud } from "../cloud/test-cloud.ts";
import { aPublication } from "../people-and-papers.ts";
import { keyOf, takeIn } from "./an-issue-to-send.ts";
import { almut, filledIn, linkOf, type Street } from "./site/a-street.ts";

/** Two titles of one house behind one HTTP API: one on a host of its own, one below a path. */
const bote = aPublication({ id: "elblandbote", baseUrl: "https://bote.example.org" });
const slk = aPublication({ id: "slk", baseUrl: "https://hefte.example.org/slk" });

let cloud: TestCloud;
let lambda: ReturnType<typeof handle>;
beforeEach(async () => {
  cloud = testCloud();
  await savePublication(cloud, bote);
  await savePublication(cloud, slk);
  const publish = (path: string, body: string, type = "text/html; charset=utf-8") =>
    cloud.files.write(`public/${path}`, body, { type, cache: "public, max-age=300" });
  await publish("elblandbote/index.html", "<h1>Bote</h1>");
  await publish("elblandbote/404.html", "<h1>Hier ist nichts</h1>");
  await publish("elblandbote/archiv/index.html", "<h1>Archiv</h1>");
  await publish("elblandbote/archiv/feed.atom", "<feed/>", "application/atom+xml; charset=utf-8");
  await publish("slk/index.html", "<h1>SLK</h1>");
  await publish("slk/bilder/a.webp", "RIFF", "image/webp");
  await cloud.files.write("articles/slk/a.json", "geheim", { type: "application/json" });
  lambda = handle(wholeSite(cloud));
});

interface Asked {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Record<string, string>;
  readonly sourceIp?: string;
}
interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}
/** A request as the HTTP API hands it over: it says itself under which name and from where it came. */
async function ask(domainName: string, path: string, asked: Asked = {}): Promise<Answer> {
  const { method = "GET", body = "", headers = {}, sourceIp = "192.0.2.1" } = asked;
  const http = { method, path, protocol: "HTTP/1.1", sourceIp, userAgent: "Mozilla/5.0" };
  const event = {
    ...{ version: "2.0", routeKey: "$default", rawPath: path, rawQueryString: "", body, isBase64Encoded: false },
    headers: { ...headers, host: "anders.example" },
    requestContext: { http, domainName, stage: "$default", requestId: "1" },
  };
  return (await lambda(event as unknown as Parameters<typeof lambda>[0])) as unknown as Answer;
}
const form = { "content-type": "application/x-www-form-urlencoded" };
const oneClick = { method: "POST", body: "List-Unsubscribe=One-Click", headers: form };

describe("a site without CloudFront", () => {
  it.each([
    ["bote.example.org", "/", "<h1>Bote</h1>"],
    ["bote.example.org", "/archiv/", "<h1>Archiv</h1>"],
    ["hefte.example.org", "/slk/", "<h1>SLK</h1>"],
  ])("shows the page at %s%s", async (host, path, page) => {
    expect(await ask(host, path)).toMatchObject({ statusCode: 200, body: page });
  });

  it("hands out feeds and pictures as what they are, for as long as they were published for", async () => {
    expect((await ask("bote.example.org", "/archiv/feed.atom")).headers).toMatchObject({
      ...{ "content-type": "application/atom+xml; charset=utf-8", "cache-control": "public, max-age=300" },
    });
    const picture = await ask("hefte.example.org", "/slk/bilder/a.webp");
    expect([picture.isBase64Encoded, Buffer.from(picture.body, "base64").toString()]).toEqual([true, "RIFF"]);
    const { etag = "" } = picture.headers;
    const again = await ask("hefte.example.org", "/slk/bilder/a.webp", { headers: { "if-none-match": etag } });
    expect(again.statusCode).toBe(304);
  });

  it("hands out the Word template before anything was published", async () => {
    const file = await ask("hefte.example.org", "/slk/einreichen/vorlage.docx");
    expect([file.statusCode, file.isBase64Encoded]).toEqual([200, true]);
    expect(digestOf(Buffer.from(file.body, "base64"))).toBe(digestOf(template("de")));
    expect((await ask("bote.example.org", "/einreichen")).headers.location).toBe("einreichen/");
  });

  it("sends a page without its slash to its address, and answers with the publication's own page for what is missing", async () => {
    const sent = await ask("bote.example.org", "/archiv");
    expect([sent.statusCode, sent.headers.location]).toEqual([308, "/archiv/"]);
    expect(await ask("bote.example.org", "/nie/")).toMatchObject({ statusCode: 404, body: "<h1>Hier ist nichts</h1>" });
  });

  it("shows each title under its own name alone, and nothing that is not public", async () => {
    for (const [host, path] of [
      ["bote.example.org", "/slk/"],
      ["hefte.example.org", "/elblandbote/"],
      ["hefte.example.org", "/slk/..%2f..%2farticles/slk/a.json"],
      ["abc.execute-api.eu-central-1.example", "/slk/"],
    ] as const) {
      const { statusCode, body } = await ask(host, path);
      expect([statusCode, body.includes("geheim")]).toEqual([404, false]);
    }
  });

  it.each([
    ["bote.example.org", "/s"],
    ["hefte.example.org", "/slk/s"],
  ])("has the order form at %s%s, in the reader's language", async (host, path) => {
    const english = await ask(host, path, { headers: { "accept-language": "en" } });
    expect(english.statusCode).toBe(200);
    expect(english.body).toContain('<html lang="en"');
  });

  it("lets a mail program leave with one click: no redirect, at once", async () => {
    await takeIn(cloud, [almut]);
    const link = await linkOf({ cloud, publication: bote } as Street, "leave");
    const outside = link.replace("/elblandbote/", "/");
    expect((await ask("bote.example.org", outside)).statusCode).toBe(200);
    const state = async () => (await readSubscriber(cloud, bote.id, await keyOf(cloud, almut)))?.state;
    expect(await state()).toBe("confirmed");
    expect((await ask("bote.example.org", outside, oneClick)).statusCode).toBe(200);
    expect(await state()).toBe("unsubscribed");
  });

  it("believes the HTTP API about who orders, and no header", async () => {
    const body = new URLSearchParams(filledIn(slk) as Record<string, string>);
    const order = (sourceIp: string, nth: number) => {
      body.set("address", `${nth}@auenrode.example`);
      const headers = { ...form, "x-forwarded-for": `198.51.${nth}.1`, "x-kurier-viewer": `198.51.${nth}.1` };
      return ask("hefte.example.org", "/slk/s", { method: "POST", body: body.toString(), headers, sourceIp });
    };
    for (let nth = 1; nth <= mostPerNetwork; nth++) expect((await order("203.0.113.7", nth)).statusCode).toBe(200);
    expect((await order("203.0.113.8", 99)).statusCode).toBe(503);
    expect((await order("192.0.2.7", 99)).statusCode).toBe(200);
  });

  it("guards every answer, and keeps readers' links out of search engines", async () => {
    for (const path of ["/", "/s", "/nie/"])
      expect((await ask("bote.example.org", path)).headers).toMatchObject({
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "strict-transport-security": "max-age=31536000",
      });
    expect((await ask("bote.example.org", "/u/v1.k.p.m")).headers["x-robots-tag"]).toContain("noindex");
  });

  it("knows a publication founded meanwhile within a minute", async () => {
    expect((await ask("neu.example.org", "/s")).statusCode).toBe(404);
    await savePublication(cloud, aPublication({ id: "neu", baseUrl: "https://neu.example.org" }));
    cloud.clock.advance({ seconds: 61 });
    expect((await ask("neu.example.org", "/s")).statusCode).toBe(200);
  });

  it("logs a fault without the path, and answers again when it is over", async () => {
    const logged = vi.spyOn(console, "error").mockImplementation(() => {});
    const query = vi.spyOn(cloud.table, "query").mockRejectedValue(new Error("the table is down"));
    const token = "v1.k1.geheimer-link.mac";
    expect((await ask("bote.example.org", `/u/${token}`, oneClick)).statusCode).toBe(503);
    expect(logged).toHaveBeenCalled();
    expect(JSON.stringify(logged.mock.calls)).not.toContain(token);
    query.mockRestore();
    expect((await ask("bote.example.org", `/u/${token}`, oneClick)).statusCode).toBe(200);
  });
});
