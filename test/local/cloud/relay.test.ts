import { describe, expect, it } from "vitest";
import { words } from "../../../core/words.ts";
import { readRelay } from "../../../local/cloud/relay.ts";

const usual = { perSecond: 5, perDay: Number.POSITIVE_INFINITY };

describe("the relay the environment names", () => {
  it("is none where nothing is said", () => {
    expect(readRelay({})).toBeUndefined();
    expect(readRelay({ KURIER_SMTP: "  " })).toBeUndefined();
  });

  it.each([
    ["smtps://bote:geheim@relay.example:465", { host: "relay.example", port: 465, tls: "always" }],
    ["smtps://bote:geheim@relay.example", { host: "relay.example", port: 465, tls: "always" }],
    ["smtp://relay.example", { host: "relay.example", port: 587, tls: "offered" }],
    ["smtp://relay.example:587?requireTls", { host: "relay.example", port: 587, tls: "required" }],
    ["smtp://relay.example/?requireTls=true", { host: "relay.example", port: 587, tls: "required" }],
    ["smtp://relay.example:80", { host: "relay.example", port: 80, tls: "offered" }],
    ["smtp://[::1]:2525", { host: "::1", port: 2525, tls: "offered" }],
  ] as const)("is read from %s", (written, relay) => {
    expect(readRelay({ KURIER_SMTP: written })).toMatchObject({ ...relay, ...usual });
  });

  it("keeps a password with every sign in it", () => {
    const relay = readRelay({ KURIER_SMTP: "smtps://bote%40verein.example:p%40ss%3Aw%C3%B6rt%2F@relay.example" });
    expect(relay?.login).toEqual({ user: "bote@verein.example", password: "p@ss:wört/" });
  });

  it("never shows a password to a net that does not encrypt", () => {
    const tls = (written: string) => readRelay({ KURIER_SMTP: written })?.tls;
    expect(tls("smtp://bote:geheim@relay.example:587")).toBe("required");
    expect(tls("smtp://bote:geheim@127.0.0.1:2525")).toBe("offered");
  });

  it("takes so many letters a second and a day", () => {
    const relay = readRelay({
      KURIER_SMTP: "smtp://relay.example",
      KURIER_SMTP_PER_SECOND: "0.5",
      KURIER_SMTP_PER_DAY: "2000",
    });
    expect(relay).toMatchObject({ perSecond: 0.5, perDay: 2000 });
  });

  it.each([
    "relay.example:587",
    "https://relay.example",
    "smtp://",
    "smtp://relay.example:99999",
    "smtp://relay.example/path",
    "smtp://relay.example?requiretls",
    "smtp://relay.example?requireTls=false",
    "smtp://relay.example#x",
    "smtps://bote@relay.example",
    "smtps://:geheim@relay.example",
    "smtps://bote:100%@relay.example",
    "smtps://bote:ge heim@relay.example",
  ])("is refused when nobody can read it: %s", (written) => {
    expect(() => readRelay({ KURIER_SMTP: written })).toThrow(
      expect.objectContaining({
        code: "relay-setting",
        details: { settings: expect.stringContaining("KURIER_SMTP (") },
      }),
    );
  });

  it("names every setting that is wrong at once, and never what stands in it", () => {
    const wrong = {
      KURIER_SMTP: "smtps://bote:streng geheim@relay.example",
      KURIER_SMTP_PER_SECOND: "viele",
      KURIER_SMTP_PER_DAY: "0",
    };
    try {
      readRelay(wrong);
      expect.unreachable();
    } catch (refusal) {
      const { settings } = (refusal as { details: { settings: string } }).details;
      for (const name of Object.keys(wrong)) expect(settings).toContain(`${name} (`);
      expect(JSON.stringify([refusal, String(refusal)])).not.toMatch(/geheim|bote:str|viele/);
    }
    expect(words("de").refusal["relay-setting"]).toContain("{settings}");
  });
});
