import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { large, ofType, synthesised, type Template } from "./synthesised.ts";

let edge: Template;
beforeAll(() => {
  edge = synthesised([large])("kurier-gross-edge");
});

interface Request {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  readonly query?: string;
  readonly host?: string;
}
// biome-ignore lint/suspicious/noExplicitAny: a template is read as it comes
type Statement = any;

const acl = (): Statement => ofType(edge, "AWS::WAFv2::WebACL")[0]?.[1].Properties;

/** Whether a rule looks at a request, as AWS reads its statements. A rate counts what it looks at. */
function looksAt(statement: Statement, request: Request): boolean {
  const [[kind, given] = []] = Object.entries<Statement>(statement);
  if (kind === "RateBasedStatement") return looksAt(given.ScopeDownStatement, request);
  if (kind === "AndStatement") return given.Statements.every((one: Statement) => looksAt(one, request));
  if (kind === "OrStatement") return given.Statements.some((one: Statement) => looksAt(one, request));
  if (kind === "NotStatement") return !looksAt(given.Statement, request);
  const text = transformed(fieldOf(request, given.FieldToMatch), given.TextTransformations);
  if (kind === "RegexMatchStatement") return new RegExp(given.RegexString).test(text);
  if (kind === "ByteMatchStatement" && given.PositionalConstraint === "EXACTLY") return text === given.SearchString;
  if (kind === "SizeConstraintStatement" && given.ComparisonOperator === "GT") return text.length > given.Size;
  throw new Error(`nobody said how AWS reads ${kind}`);
}
function fieldOf(request: Request, field: Statement): string {
  const { method, path, body = "", query = "", host = "hefte.example.org" } = request;
  if (field.SingleHeader?.Name === "host") return host;
  if (field.Method) return method;
  if (field.UriPath) return path;
  if (field.QueryString) return query;
  if (field.Body?.OversizeHandling === "MATCH") return body;
  throw new Error(`nobody said what ${JSON.stringify(field)} is`);
}
const transformed = (text: string, how: readonly { Type: string }[]): string =>
  how.reduce((read, { Type }) => {
    if (Type === "NONE") return read;
    if (Type === "LOWERCASE") return read.toLowerCase();
    if (Type === "URL_DECODE") return decodeURIComponent(read);
    if (Type === "NORMALIZE_PATH") return new URL(`https://hefte.example.org${read}`).pathname;
    throw new Error(`nobody said what ${Type} does`);
  }, text);

const lookingAt = (request: Request): string[] =>
  acl()
    .Rules.filter(({ Statement }: Statement) => looksAt(Statement, request))
    .map(({ Name }: Statement) => Name);
const limitOf = (name: string): number =>
  acl().Rules.find(({ Name }: Statement) => Name === name).Statement.RateBasedStatement.Limit;

const token = `v1.k1.${"A".repeat(60)}.${"b".repeat(43)}`;
const large64 = "x".repeat(64 * 1024);

describe("the web ACL", () => {
  it("lets a mail provider's one-click requests pass in their thousands, and holds nothing else against them", () => {
    const body = "List-Unsubscribe=One-Click";
    for (const path of [`/slk/u/${token}`, `/u/${token}`])
      expect(lookingAt({ method: "POST", path, body })).toEqual(["links-per-address"]);
    expect(lookingAt({ method: "POST", path: `/slk/u/${token}`, body: large64 })).toEqual(["links-per-address"]);
    expect(limitOf("links-per-address")).toBeGreaterThanOrEqual(10_000);
  });

  it("lets an office's scanner follow every link of every letter", () => {
    for (const letter of ["u", "e", "c"])
      expect(lookingAt({ method: "GET", path: `/slk/${letter}/${token}` })).toEqual(["links-per-address"]);
  });

  it.each(["/slk/s", "/s", "/slk/%73", "/slk/./s", "/slk//s", "/%73lk/s"])("is strict with orders: POST %s", (path) => {
    expect(lookingAt({ method: "POST", path, body: "address=almut" })).toEqual([
      "orders-per-address",
      "looks-per-address",
    ]);
    expect(limitOf("orders-per-address")).toBeLessThanOrEqual(limitOf("links-per-address") / 100);
  });

  it("lets people look at the form more often than they order", () => {
    for (const path of ["/slk/s", "/s", "/slk/s/challenge", "/s/form"])
      expect(lookingAt({ method: "GET", path })).toEqual(["looks-per-address"]);
    expect(limitOf("looks-per-address")).toBeGreaterThan(limitOf("orders-per-address"));
  });

  it("leaves the magazine alone", () => {
    for (const path of ["/", "/slk/", "/slk/ausgaben/2026-01/", "/slk/archiv/feed.atom", "/slk/gestalt/s.css"])
      expect(lookingAt({ method: "GET", path })).toEqual([]);
  });

  it("takes no form larger than the forms there are, and no question longer than a link of ours", () => {
    const filledIn = { method: "POST", path: "/slk/s", body: "x".repeat(16_384) };
    expect(lookingAt(filledIn)).not.toContain("too-large");
    expect(lookingAt({ ...filledIn, body: `${filledIn.body}x` })).toContain("too-large");
    expect(lookingAt({ method: "GET", path: "/slk/archiv/", query: "x".repeat(2_049) })).toEqual(["too-large"]);
  });

  it("lets people at the desk write long articles, and hands nobody's flood on to it", () => {
    const host = "Redaktion.example.org";
    const long = { method: "POST", path: "/slk/articles/steg", body: large64, query: "x".repeat(4_096) };
    expect(lookingAt({ ...long, host })).toEqual(["desk-per-address"]);
    expect(lookingAt(long)).toEqual(["too-large"]);
    expect(limitOf("desk-per-address")).toBeGreaterThanOrEqual(5_000);
  });

  it("has no rule for a desk that has no host", () => {
    const { deskHost: _, ...without } = large;
    const rules = ofType(synthesised([without])("kurier-gross-edge"), "AWS::WAFv2::WebACL")[0]?.[1].Properties.Rules;
    expect(rules.map(({ Name }: Statement) => Name)).not.toContain("desk-per-address");
    expect(JSON.stringify(rules)).not.toContain("SingleHeader");
  });

  it("asks nobody for a script or a picture puzzle, and lends no rules of others", () => {
    for (const { Action, OverrideAction, Statement } of acl().Rules) {
      expect(Object.keys(Action)).toEqual(["Block"]);
      expect(OverrideAction).toBeUndefined();
      expect(JSON.stringify(Statement)).not.toMatch(/RuleGroup/);
    }
    expect(acl().DefaultAction).toEqual({ Allow: {} });
  });

  it("counts, and keeps no request: no log, no sample shows a link", () => {
    for (const { VisibilityConfig } of [acl(), ...acl().Rules])
      expect(VisibilityConfig).toMatchObject({ SampledRequestsEnabled: false, CloudWatchMetricsEnabled: true });
    expect(ofType(edge, "AWS::WAFv2::LoggingConfiguration")).toEqual([]);
  });

  it("costs what the page on deploying says: each rule a dollar, the list five", () => {
    const page = readFileSync("docs/deploying.md", "utf8");
    const [, said, dollars] = /web ACL and its (\w+) rules[^|]*\| (\d+)\.00 \|/.exec(page) ?? [];
    const rules = acl().Rules.length;
    expect([said, Number(dollars)]).toEqual([["none", "one", "two", "three", "four", "five"][rules], 5 + rules]);
  });
});
