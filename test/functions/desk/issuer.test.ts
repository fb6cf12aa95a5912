import { beforeEach, describe, expect, it, vi } from "vitest";
import { type Issuer, type Kept, openIssuer, spoken } from "../../../functions/desk/issuer.ts";
import { aStrangeIssuer, type StrangeIssuer, strangeAddress } from "./a-strange-issuer.ts";

const callback = new URL("https://redaktion.elbland.example/session/callback");

let strange: StrangeIssuer;
let issuer: Issuer;
let kept: Kept;
let logged: string[];
beforeEach(async () => {
  logged = [];
  for (const level of ["error", "warn"] as const)
    vi.spyOn(console, level).mockImplementation((...lines) => void logged.push(JSON.stringify(lines)));
  strange = await aStrangeIssuer(() => kept.nonce);
  issuer = openIssuer(strange.settings, callback);
});

const go = async (isFresh = false): Promise<URL> => {
  const going = await issuer.go({ isFresh, language: "de" });
  kept = going.kept;
  return new URL(going.url);
};
const comeBack = (query: Readonly<Record<string, string>> = {}) =>
  issuer.comeBack(new URLSearchParams({ code: "c0de", state: kept.state, ...query }), kept);

describe("on the way to the issuer", () => {
  it("goes the code flow with PKCE, and asks for nothing but who they are", async () => {
    const url = await go();
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      ...{ response_type: "code", client_id: "desk", redirect_uri: callback.href, scope: "openid email" },
      ...{ code_challenge_method: "S256", ui_locales: "de" },
    });
    expect(url.searchParams.has("prompt")).toBe(false);
    for (const secret of [kept.verifier]) expect(url.href).not.toContain(secret);
  });

  it("tells Cognito, by its own word, which language somebody reads", async () => {
    const pool = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_pool";
    expect(spoken({ issuer: pool }, "en")).toEqual({ ui_locales: "en", lang: "en" });
    expect(spoken({ issuer: "https://login.example/realms/haus" }, "de")).toEqual({ ui_locales: "de" });
  });

  it("draws new secrets each time", async () => {
    const [one, other] = [await go(), await go()];
    for (const name of ["state", "nonce", "code_challenge"])
      expect(one.searchParams.get(name)).not.toBe(other.searchParams.get(name));
  });

  it("asks for a fresh sign-in in both ways issuers know", async () => {
    expect(Object.fromEntries((await go(true)).searchParams)).toMatchObject({ prompt: "login", max_age: "600" });
  });

  it("says so when the issuer does not answer, and asks again the next time", async () => {
    const dead = openIssuer({ ...strange.settings, issuer: "http://127.0.0.1:1" }, callback);
    await expect(dead.go({ isFresh: false, language: "de" })).rejects.toMatchObject({ code: "issuer-silent" });
    await expect(dead.go({ isFresh: false, language: "de" })).rejects.toMatchObject({ code: "issuer-silent" });
  });
});

describe("whoever comes back", () => {
  it("is who the issuer says, since when it says", async () => {
    await go();
    const proven = await comeBack();
    expect(proven.address).toBe(strangeAddress);
    expect(Math.abs(Date.parse(proven.at ?? "") - Date.now())).toBeLessThan(60_000);
  });

  const now = Math.floor(Date.now() / 1000);
  it.each<[string, Partial<StrangeIssuer>]>([
    ["a token of another issuer", { claims: { iss: "https://evil.example" } }],
    ["a token for another desk", { claims: { aud: "somebody-else" } }],
    ["a token of another sign-in", { claims: { nonce: "another" } }],
    ["a token without a nonce", { claims: { nonce: undefined } }],
    ["a token that has run out", { claims: { iat: now - 900, exp: now - 600 } }],
    ["a token of the day after tomorrow", { claims: { iat: now + 172_800, nbf: now + 172_800, exp: now + 180_000 } }],
    ["a token nobody signed", { isUnsigned: true }],
    ["a token somebody else signed", { isForged: true }],
  ])("is nobody with %s", async (_, trick) => {
    await go();
    Object.assign(strange, trick);
    await expect(comeBack()).rejects.toMatchObject({ code: "sign-in-failed" });
  });

  it.each<[string, Record<string, string>]>([
    ["another state", { state: "another" }],
    ["the name of another issuer", { iss: "https://evil.example" }],
    ["an error", { error: "server_error" }],
    ["nothing they could trade", { code: "" }],
  ])("is nobody with %s, and nothing is traded for it", async (_, query) => {
    await go();
    await expect(comeBack(query)).rejects.toMatchObject({ code: "sign-in-failed" });
    expect(strange.asked).toBe(0);
  });

  it("may have thought better of it", async () => {
    await go();
    await expect(comeBack({ error: "access_denied", code: "" })).rejects.toMatchObject({ code: "sign-in-declined" });
  });

  it.each([
    ["says it is not", false],
    ["says nothing", undefined],
    ["says so in a word of its own", "yes"],
  ])("is not believed an address of which the issuer %s", async (_, verified) => {
    await go();
    strange.claims = { email_verified: verified };
    await expect(comeBack()).rejects.toMatchObject({ code: "sign-in-unverified" });
    issuer = openIssuer({ ...strange.settings, trustsAddresses: true }, callback);
    await go();
    expect((await comeBack()).address).toBe(strangeAddress);
  });

  it("is asked about where the token has no address", async () => {
    await go();
    strange.claims = { email: undefined, email_verified: undefined };
    await expect(comeBack()).rejects.toMatchObject({ code: "sign-in-failed" });
    strange.userinfo = { sub: "g1", email: "Guelsen@Elbland.example", email_verified: true };
    expect((await comeBack()).address).toBe(strangeAddress);
    strange.userinfo = { sub: "somebody-else", email: strangeAddress, email_verified: true };
    await expect(comeBack()).rejects.toMatchObject({ code: "sign-in-failed" });
    strange.userinfo = { sub: "g1" };
    await expect(comeBack()).rejects.toMatchObject({ code: "sign-in-no-address" });
  });

  it("has to have signed in just now where that was asked for", async () => {
    await go(true);
    strange.claims = { auth_time: now - 3_600 };
    await expect(comeBack()).rejects.toMatchObject({ code: "sign-in-failed" });
    strange.claims = { auth_time: undefined };
    await expect(comeBack()).rejects.toMatchObject({ code: "sign-in-failed" });
    strange.claims = {};
    expect((await comeBack()).at).toBeDefined();
    await go();
    strange.claims = { auth_time: undefined };
    expect((await comeBack()).at).toBeUndefined();
  });

  it("leaves neither code nor token nor address in the log", async () => {
    await go();
    strange.claims = { nonce: "another" };
    await expect(comeBack()).rejects.toThrow();
    expect(logged).toHaveLength(1);
    for (const secret of ["c0de", kept.state, kept.verifier, "guelsen", "eyJ"])
      expect(logged.join()).not.toContain(secret);
  });
});
