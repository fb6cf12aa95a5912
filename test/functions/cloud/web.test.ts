import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { isPublicAddress } from "../../../functions/cloud/public-address.ts";
import { mostRedirects, openWeb, type Wire } from "../../../functions/cloud/web.ts";
import { ownCertificate } from "../../cloud/own-certificate.ts";

type Answering = (request: IncomingMessage, response: ServerResponse) => void;

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A server on this machine that the web takes for any public address; and what it was asked. */
async function aStreet(answer: Answering, given: Partial<Wire> & { certificate?: { key: string; cert: string } } = {}) {
  const { certificate, ...wire } = given;
  const asked: IncomingMessage[] = [];
  const listen: Answering = (request, response) => {
    asked.push(request);
    answer(request, response);
  };
  const server = certificate ? createSecureServer(certificate, listen) : createServer(listen);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  const knocked: string[] = [];
  const route = (address: string, at: number) => {
    knocked.push(`${address}:${at}`);
    return { host: "127.0.0.1", port };
  };
  return { web: openWeb({ resolve: async () => ["93.184.216.34"], route, ...wire }), asked, knocked };
}

const says =
  (status: number, location?: string): Answering =>
  (_, response) => {
    response.writeHead(status, location ? { location } : {}).end();
  };

describe("the web, as a check of links sees it", () => {
  it("asks for the head alone, names itself and carries nothing", async () => {
    const { web, asked, knocked } = await aStreet(says(200));
    expect(await web.visit("http://amt.example/satzung?jahr=2026#drei")).toEqual({
      ...{ kind: "answered", status: 200, url: "http://amt.example/satzung?jahr=2026#drei", isMoved: false },
    });
    const [{ method, url, headers } = {}] = asked as [IncomingMessage];
    expect([method, url, headers?.host, knocked]).toEqual([
      ...["HEAD", "/satzung?jahr=2026", "amt.example", ["93.184.216.34:80"]],
    ]);
    expect(headers?.["user-agent"]).toContain("Kurier");
    expect(Object.keys(headers ?? {}).filter((name) => /cookie|authorization|referer/.test(name))).toEqual([]);
  });

  it("believes no refusal of a head before it has asked for the page", async () => {
    const { web, asked } = await aStreet((request, response) =>
      response.writeHead(request.method === "HEAD" ? 405 : 200).end(),
    );
    expect(await web.visit("http://amt.example/")).toMatchObject({ status: 200 });
    expect(asked.map(({ method }) => method)).toEqual(["HEAD", "GET"]);
  });

  it("does not listen to a page that never ends", async () => {
    const { web } = await aStreet(({ method }, response) => {
      response.writeHead(method === "HEAD" ? 500 : 200);
      if (method === "HEAD") return response.end();
      const pour = (): void => {
        while (response.writable && response.write("a".repeat(65_536)));
        if (response.writable) response.once("drain", pour);
      };
      pour();
    });
    expect(await web.visit("http://amt.example/")).toMatchObject({ kind: "answered", status: 200 });
  });

  it.each([
    ...["127.0.0.1", "10.0.0.7", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200"],
    ...["0.0.0.0", "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "168.63.129.16"],
    ...["::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1"],
    ...["2002:7f00:1::", "2001:db8::1", "ff02::1", "2001::1"],
    ...["::7f00:1", "::127.0.0.1", "::ffff:0:7f00:1", "64:ff9b:1::a00:1", "fec0::1", "5f00::1", "100:0:0:1::1"],
    ...["4000::1", "3fff::1", "fe80::1%eth0", "192.88.99.1", "192.0.0.8", "240.0.0.1"],
  ])("knocks at no address that only we could reach: %s", async (address) => {
    const { web, knocked } = await aStreet(says(200), { resolve: async () => [address] });
    expect([await web.visit("http://amt.example/"), knocked]).toEqual([{ kind: "inward" }, []]);
  });

  it.each(["93.184.216.34", "8.8.8.8", "2a00:1450:4001:81b::2004", "2606:4700::1111"])("lets %s pass", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    ...["http://127.0.0.1/", "http://2130706433/", "http://0x7f.1/", "http://017700000001/", "http://[::1]/"],
    ...["http://[::ffff:7f00:1]/", "https://169.254.169.254/latest/meta-data/"],
  ])("sees through %s without asking anybody for a name", async (url) => {
    const { web, knocked } = await aStreet(says(200), { resolve: () => Promise.reject(new Error("asked")) });
    expect([await web.visit(url), knocked]).toEqual([{ kind: "inward" }, []]);
  });

  it("knocks nowhere when one of a name's addresses is private", async () => {
    const { web, knocked } = await aStreet(says(200), { resolve: async () => ["93.184.216.34", "10.0.0.7"] });
    expect([await web.visit("http://amt.example/"), knocked]).toEqual([{ kind: "inward" }, []]);
  });

  it("connects to the address it judged: a name that changes its mind afterwards moves nothing", async () => {
    const answers = [["93.184.216.34"], ["127.0.0.1"]];
    const { web, knocked } = await aStreet(says(404), { resolve: async () => answers.shift() ?? [] });
    expect(await web.visit("http://amt.example/")).toMatchObject({ status: 404 });
    expect(knocked).toEqual(["93.184.216.34:80", "93.184.216.34:80"]); // HEAD and GET, one question
  });

  it.each(["http://127.0.0.1/", "http://innen.example/", "http://[fd00::1]/", "//169.254.169.254/"])(
    "follows no redirect inside: %s",
    async (location) => {
      const { web, asked } = await aStreet(says(302, location), {
        resolve: async (host) => [host === "amt.example" ? "93.184.216.34" : "10.1.1.1"],
      });
      expect([await web.visit("http://amt.example/"), asked.length]).toEqual([{ kind: "inward" }, 1]);
    },
  );

  it.each([
    "http://amt.example:22/",
    "http://amt.example:8080/",
    "ftp://amt.example/",
    "http://jo:geheim@amt.example/",
  ])("follows neither itself nor a redirect to %s", async (url) => {
    const { web, asked } = await aStreet(says(302, url));
    expect(await web.visit(url)).toEqual({ kind: "silent", reason: "not-visitable" });
    expect([await web.visit("http://amt.example/"), asked.length]).toEqual([
      ...[{ kind: "silent", reason: "not-visitable" }, 1],
    ]);
  });

  it("tells a page that moved for good from one that is elsewhere today", async () => {
    const answer =
      (status: number): Answering =>
      ({ url }, response) =>
        says(url === "/alt" ? status : 200, url === "/alt" ? "/neu" : undefined)({} as IncomingMessage, response);
    for (const [status, isMoved] of [
      [301, true],
      [308, true],
      [302, false],
      [307, false],
    ] as const) {
      const { web } = await aStreet(answer(status));
      expect(await web.visit("http://amt.example/alt")).toEqual({
        ...{ kind: "answered", status: 200, url: "http://amt.example/neu", isMoved },
      });
    }
  });

  it("goes no further than five redirects", async () => {
    const { web, asked } = await aStreet(({ url = "" }, response) =>
      says(302, `${url}x`)({} as IncomingMessage, response),
    );
    expect(await web.visit("http://amt.example/")).toEqual({ kind: "silent", reason: "too-many-redirects" });
    expect(asked).toHaveLength(mostRedirects + 1);
  });

  it("waits five seconds and no longer, for a name as for an answer", async () => {
    const { web } = await aStreet(() => {});
    const { web: nameless } = await aStreet(says(200), { resolve: () => new Promise(() => {}) });
    const slow = { kind: "silent", reason: "too-slow" };
    const visits = [web.visit("http://amt.example/"), nameless.visit("http://amt.example/")];
    expect(await Promise.all(visits)).toEqual([slow, slow]);
  });

  it("speaks TLS to the name, not to the address, and says whose certificate does not fit", async () => {
    const certificate = ownCertificate(); // for "localhost"
    const { web, knocked } = await aStreet(says(200), { certificate, ca: certificate.cert });
    expect(await web.visit("https://localhost/")).toMatchObject({ kind: "answered", status: 200 });
    expect(await web.visit("https://amt.example/")).toEqual({ kind: "silent", reason: "certificate" });
    const { web: trusting } = await aStreet(says(200), { certificate });
    expect(await trusting.visit("https://localhost/")).toEqual({ kind: "silent", reason: "certificate" });
    expect(knocked[0]).toBe("93.184.216.34:443");
  });

  it("knows a name nobody has from a line that is dead", async () => {
    const failing = (code: string) => async () => Promise.reject(Object.assign(new Error(code), { code }));
    for (const [code, reason] of [
      ["ENOTFOUND", "unknown-host"],
      ["EAI_AGAIN", "no-answer"],
    ] as const) {
      const { web } = await aStreet(says(200), { resolve: failing(code) });
      expect(await web.visit("http://amt.example/")).toEqual({ kind: "silent", reason });
    }
  });

  it("survives an answer that is none", async () => {
    const { web } = await aStreet(({ socket }) => void socket.end("220 mail.example ESMTP\r\n"));
    expect(await web.visit("http://amt.example/")).toEqual({ kind: "silent", reason: "no-answer" });
    const { web: loud } = await aStreet(
      (_, response) => void response.writeHead(200, { "x-long": "a".repeat(70_000) }).end(),
    );
    expect(await loud.visit("http://amt.example/")).toEqual({ kind: "silent", reason: "no-answer" });
    const { web: lost } = await aStreet(says(302, "http://["));
    expect(await lost.visit("http://amt.example/")).toEqual({ kind: "silent", reason: "no-answer" });
  });
});
