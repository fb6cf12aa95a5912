import { describe, expect, it } from "vitest";
import { readSignIn } from "../../../core/desk/sign-in.ts";

const written = { issuer: "https://issuer.example/pool", clientId: "desk", deskUrl: "https://desk.example" };
const read = (more: object) => readSignIn(JSON.stringify({ ...written, ...more }));

describe("how people sign in", () => {
  it("keeps what a client of the issuer has to know apart from what the desk has to", () => {
    const besides = { siteUrl: "https://hefte.example", userPool: "eu_1", distribution: "E123" };
    expect(read({ clientSecret: "s", trustsAddresses: true, ...besides })).toEqual({
      issuer: { issuer: written.issuer, clientId: "desk", clientSecret: "s", trustsAddresses: true },
      deskUrl: written.deskUrl,
      ...besides,
    });
  });

  it("names no user pool where another house says who somebody is", () => {
    expect(read({}).userPool).toBeUndefined();
  });

  it("has an address of the desk that paths can follow", () => {
    expect(read({ deskUrl: "https://desk.example/" }).deskUrl).toBe("https://desk.example");
  });

  it.each([
    [{ issuer: "nowhere" }],
    [{ clientId: "" }],
    [{ deskUrl: undefined }],
    [{ issuer: "http://issuer.example" }],
  ])("is refused with %j", (more) => {
    expect(() => read(more)).toThrow();
  });
});
