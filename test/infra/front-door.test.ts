import { runInNewContext } from "node:vm";
import { beforeAll, describe, expect, it } from "vitest";
import type { Cloud } from "../../functions/cloud/cloud.ts";
import { goneCache } from "../../functions/records/editions.ts";
import { publicHeaders, site } from "../../functions/site.ts";
import { formAddress, goneStatus, pageAddress } from "../../infra/parts/addresses.ts";
import { hostsOf, ownHosts, stageNamed, stages } from "../../infra/stages.ts";
import { large, ofType, small, synthesised, type Template } from "./synthesised.ts";

interface Answer {
  readonly uri?: string;
  readonly statusCode?: number;
  readonly headers?: { readonly [name: string]: { readonly value: string } | undefined };
}
const ask = (code: string, host: string, uri: string): Answer =>
  runInNewContext(
    `${code}; handler(${JSON.stringify({ viewer: { ip: "203.0.113.7" }, request: { uri, headers: headersOf(host) } })})`,
  );
/** What a browser sends, and what it may not say of itself. */
const headersOf = (host: string) => ({ host: { value: host }, "x-kurier-viewer": { value: "127.0.0.1" } });
const page = (host: string, uri: string) => ask(pageAddress(ownHosts(large)), host, uri);
const form = (host: string, uri: string) => ask(formAddress(ownHosts(large)), host, uri);

let template: Template;
let smallTemplate: Template;
let edge: Template;
beforeAll(() => {
  const stack = synthesised([small, large]);
  template = stack("kurier-gross");
  smallTemplate = stack("kurier-klein");
  edge = stack("kurier-gross-edge");
});

describe("the front door", () => {
  const distribution = (of: Template) =>
    ofType(of, "AWS::CloudFront::Distribution")[0]?.[1].Properties.DistributionConfig;

  it("serves pages from the bucket and sends leave links to the site, with the secret of the stage", () => {
    const { DefaultCacheBehavior, CacheBehaviors, Origins } = distribution(template);
    const origin = (id: string) => Origins.find(({ Id }: { Id: string }) => Id === id);
    const pages = origin(DefaultCacheBehavior.TargetOriginId);
    expect(pages.DomainName["Fn::GetAtt"][0]).toBe("StorageSiteDBA682E2");
    expect(pages.OriginAccessControlId).toBeDefined();
    const routes = site({} as Cloud).routes.filter(({ method }) => method !== "ALL");
    // The publication in front may be missing where it has a host of its own.
    const answered = new Set(
      routes.map(({ path }) => path.replace(/^\/:publication\/(\w)/, "*/$1").replace(/(?<=\w)\/.*/, "/*")),
    );
    // A word without its slash is a page's, and pages are told their address.
    for (const word of ["einreichen", "submit"]) {
      expect(answered.delete(`*/${word}`)).toBe(true);
      expect(page("bote.example.org", `/${word}`).headers?.location?.value).toBe(`/${word}/`);
    }
    const patterns = CacheBehaviors.map(({ PathPattern }: { PathPattern: string }) => PathPattern);
    expect(patterns.sort()).toEqual([...answered].sort());
    expect(patterns).toEqual(["*/c/*", "*/e/*", "*/einreichen/*", "*/s", "*/s/*", "*/submit/*", "*/u/*"]);
    const forms = origin(CacheBehaviors[0].TargetOriginId);
    expect(forms.DomainName).toBe("origin.example.org");
    expect(forms.OriginCustomHeaders[0].HeaderName).toBe("x-kurier-origin");
    expect(JSON.stringify(forms.OriginCustomHeaders[0].HeaderValue)).toContain(":SecretString:b::");
    expect(CacheBehaviors[0].ViewerProtocolPolicy).toBe("https-only");
  });

  it("answers with a publication's own page for what is missing", () => {
    const answers = (of: Template) =>
      distribution(of).CustomErrorResponses.map((one: Record<string, unknown>) => [
        one.ErrorCode,
        one.ResponseCode,
        one.ResponsePagePath,
      ]);
    expect(answers(template)).toEqual([
      [403, 404, "/slk/404.html"],
      [404, 404, "/slk/404.html"],
    ]);
    expect(answers(smallTemplate)[0]).toContain("/verein/404.html");
  });

  it("answers with 410 for what was published as gone, and with 200 for every other page", () => {
    const answered = (cache: string | undefined): Answer => {
      const headers = cache === undefined ? {} : { "cache-control": { value: cache } };
      return runInNewContext(`${goneStatus}; handler(${JSON.stringify({ response: { statusCode: 200, headers } })})`);
    };
    expect([goneCache, "public, max-age=300", undefined].map((cache) => answered(cache).statusCode)).toEqual([
      410, 200, 200,
    ]);
    const { FunctionAssociations } = distribution(template).DefaultCacheBehavior;
    expect(FunctionAssociations.map(({ EventType }: { EventType: string }) => EventType)).toEqual([
      "viewer-request",
      "viewer-response",
    ]);
  });

  it("closes the API's other entrance as soon as it has a name of its own", () => {
    const closed = (of: Template) => ofType(of, "AWS::ApiGatewayV2::Api")[0]?.[1].Properties.DisableExecuteApiEndpoint;
    expect([closed(template), closed(smallTemplate)]).toEqual([true, false]);
  });

  it("stands behind a certificate and a web ACL that samples nothing, where there is a host", () => {
    expect(distribution(template).Aliases).toEqual(["hefte.example.org", "bote.example.org"]);
    expect(distribution(template).WebACLId).toBeDefined();
    expect(distribution(smallTemplate).Aliases).toBeUndefined();
    expect(distribution(smallTemplate).WebACLId).toBeUndefined();
    expect(JSON.stringify(edge)).not.toContain('"SampledRequestsEnabled":true');
  });

  it("leaves to each page what it may load: two policies would both have to allow it", () => {
    const headers = ofType(template, "AWS::CloudFront::ResponseHeadersPolicy")[0]?.[1].Properties;
    const { ContentSecurityPolicy } = headers.ResponseHeadersPolicyConfig.SecurityHeadersConfig.ContentSecurityPolicy;
    expect(ContentSecurityPolicy).toContain("frame-ancestors 'none'");
    expect(ContentSecurityPolicy).not.toMatch(/-src/);
  });

  it("guards pages with the very headers one machine serves them with", () => {
    const headers = ofType(template, "AWS::CloudFront::ResponseHeadersPolicy")[0]?.[1].Properties;
    const given = headers.ResponseHeadersPolicyConfig.SecurityHeadersConfig;
    expect(publicHeaders).toEqual({
      "Content-Security-Policy": given.ContentSecurityPolicy.ContentSecurityPolicy,
      "Strict-Transport-Security": `max-age=${given.StrictTransportSecurity.AccessControlMaxAgeSec}`,
      "Referrer-Policy": given.ReferrerPolicy.ReferrerPolicy,
      "X-Content-Type-Options": given.ContentTypeOptions ? "nosniff" : undefined,
    });
  });

  it("keeps no log of paths anywhere: the path of a leave link is the link", () => {
    expect(distribution(template).Logging).toBeUndefined();
    expect(ofType(template, "AWS::ApiGatewayV2::Stage")[0]?.[1].Properties.AccessLogSettings).toBeUndefined();
  });
});

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
    expect(form("bote.example.org", "/s").uri).toBe("/bote/s");
  });

  it("tell the site who asks, whatever was sent along", () => {
    expect(form("bote.example.org", "/s").headers).toMatchObject({ "x-kurier-viewer": { value: "203.0.113.7" } });
  });
});

describe("stages", () => {
  it("are found by name, and a wrong name is told the right ones", () => {
    expect(stageNamed("test").name).toBe("test");
    expect(() => stageNamed("prod")).toThrow('no stage "prod" in infra/stages.ts; there are: test, live, regional');
  });

  it("name each host once, and know which belong to one publication alone", () => {
    expect(hostsOf({ ...large, addresses: { ...large.addresses, amt: "https://hefte.example.org/amt" } })).toEqual([
      "hefte.example.org",
      "bote.example.org",
    ]);
    expect(ownHosts(large)).toEqual({ "bote.example.org": "bote" });
  });

  it("refuse an address under which no page would be found", () => {
    const stage = { ...large, addresses: { slk: "https://hefte.example.org/hefte/slk" } };
    expect(() => hostsOf(stage)).toThrow("https://hefte.example.org/hefte/slk must end in /slk");
  });

  it.each(stages)("$name: bounces return below the sender's own domain, and hosts have an origin", (stage) => {
    for (const { domain, mailFrom } of stage.senders) expect(mailFrom.endsWith(`.${domain}`)).toBe(true);
    expect(hostsOf(stage).length > 0 && !stage.isRegional).toBe(stage.originHost !== undefined);
  });
});
