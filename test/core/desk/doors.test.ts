import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { issuerSchema } from "../../../core/desk/issuer.ts";
import { ownPath } from "../../../core/desk/own-path.ts";

describe("where somebody wanted to go", () => {
  it.each(["/elblandbote/", "/elblandbote/articles?state=open", "/r/abc"])("is %s, a place of ours", (path) => {
    expect(ownPath(path)).toBe(path);
  });

  it("is the front step where it was nowhere", () => {
    for (const path of [undefined, "", "elblandbote", "?x", "#x"]) expect(ownPath(path)).toBe("/");
  });

  it("is never a place of anybody else's, however it is written", () => {
    const sign = fc.constantFrom(
      "/",
      "\\",
      "\t",
      "\n",
      ".",
      ":",
      "@",
      "%2f",
      "%5c",
      "evil.example",
      "https",
      "?",
      "#",
      " ",
    );
    const written = fc.array(sign, { maxLength: 12 }).map((signs) => signs.join(""));
    fc.assert(
      fc.property(written, (path) => {
        const there = new URL(ownPath(path), "https://desk.example");
        expect(there.origin).toBe("https://desk.example");
        expect(ownPath(path)).toMatch(/^\/(?![/\\])/);
      }),
      { seed: 20_261_130, numRuns: 2_000 },
    );
  });
});

describe("an issuer", () => {
  const written = { issuer: "https://anmeldung.example/realms/bund", clientId: "kurier" };

  it("is asked over a safe line, or on this machine", () => {
    for (const issuer of [written.issuer, "http://127.0.0.1:4811", "http://localhost:8080/realms/test"])
      expect(issuerSchema.safeParse({ ...written, issuer }).success).toBe(true);
    for (const issuer of [
      "http://anmeldung.example",
      "ftp://127.0.0.1",
      "anmeldung.example",
      "http://127.0.0.1.evil.example",
    ])
      expect(issuerSchema.safeParse({ ...written, issuer }).success).toBe(false);
  });

  it("is believed no address it does not vouch for, unless that is asked for", () => {
    expect(issuerSchema.parse(written).trustsAddresses).toBe(false);
  });
});
