import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { formAddress, pageAddress } from "../../infra/parts/addresses.ts";
import { hostsOf, ownHosts, stageNamed, stages } from "../../infra/stages.ts";
import { large } from "./synthesised.ts";

interface Answer {
  readonly uri?: string;
  readonly statusCode?: number;
  readonly headers?: { readonly location?: { readonly value: string } };
}
const ask = (code: string, host: string, uri: string): Answer =>
  runInNewContext(`${code}; handler(${JSON.stringify({ request: { uri, headers: { host: { value: host } } } })})`);
const page = (host: string, uri: string) => ask(pageAddress(ownHosts(large)), host, uri);
const form = (host: string, uri: string) => ask(formAddress(ownHosts(large)), host, uri);

describe("addresses at the front door", () => {
  it.each([
    ["hefte.example.org", "/slk/ausgaben/2026-01/", "/slk/ausgaben/2026-01/index.html"],
    ["hefte.example.org", "/slk/archiv/feed.atom", "/slk/archiv/feed.atom"],
    ["bote.example.org", "/ausgaben/2026-01/", "/bote/ausgaben/2026-01/index.html"],
    ["bote.example.org", "/", "/bote/index.html"],
    ["bote.example.org", "/bilder/ab12-960.webp", "/bote/bilder/ab12-960.webp"],
  ])("finds %s%s at %s", (host, uri, key) => {
    expect(page(host, uri).uri).toBe(key);
  });

  it("tells a page asked for without its slash where it lives", () => {
    expect(page("hefte.example.org", "/slk/archiv")).toMatchObject({
      statusCode: 301,
      headers: { location: { value: "/slk/archiv/" } },
    });
  });

  it.each(["//boese.example.net/x", "/\\boese.example.net/x"])("sends nobody to another host by %s", (uri) => {
    expect(page("hefte.example.org", uri).headers?.location?.value).toBe("/boese.example.net/x/");
  });

  it("never redirects a leave link, and tells the site whose it is", () => {
    expect(form("hefte.example.org", "/slk/u/v1.k1.abc.def").uri).toBe("/slk/u/v1.k1.abc.def");
    expect(form("bote.example.org", "/u/v1.k1.abc.def").uri).toBe("/bote/u/v1.k1.abc.def");
  });
});

describe("stages", () => {
  it("are found by name, and a wrong name is told the right ones", () => {
    expect(stageNamed("test").name).toBe("test");
    expect(() => stageNamed("prod")).toThrow('no stage "prod" in infra/stages.ts; there are: test, live');
  });

  it("name each host once, and know which belong to one publication alone", () => {
    expect(hostsOf({ ...large, addresses: { ...large.addresses, amt: "https://hefte.example.org/amt" } })).toEqual([
      "hefte.example.org",
      "bote.example.org",
    ]);
    expect(ownHosts(large)).toEqual({ "bote.example.org": "bote" });
  });

  it.each(stages)("$name: bounces return below the sender's own domain, and hosts have an origin", (stage) => {
    for (const { domain, mailFrom } of stage.senders) expect(mailFrom.endsWith(`.${domain}`)).toBe(true);
    expect(hostsOf(stage).length === 0 || stage.originHost !== undefined).toBe(true);
  });
});
