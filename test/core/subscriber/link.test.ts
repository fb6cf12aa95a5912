import { createHmac, hkdfSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { addressKeyOf, addressSecret, linkRing, linkToken, readLinkToken } from "../../../core/subscriber/link.ts";

const bytes = (fill: number): string => Buffer.alloc(32, fill).toString("base64url");
const secret = addressSecret(bytes(7));
const almut = addressKeyOf(secret, "almut@stadt.example");
const ring = linkRing(
  JSON.stringify([
    { kid: "b", key: bytes(2) },
    { kid: "a", key: bytes(1) },
  ]),
);
const token = linkToken(ring, "leave", almut, "elblandbote");

describe("an address key", () => {
  it("is 22 characters, the same for the same address and another for another secret", () => {
    expect(almut).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(addressKeyOf(secret, "almut@stadt.example")).toBe(almut);
    expect(addressKeyOf(addressSecret(bytes(8)), "almut@stadt.example")).not.toBe(almut);
  });

  it("is never made with a secret that was cut", () => {
    expect(() => addressSecret("zu kurz")).toThrow();
  });
});

describe("a link", () => {
  it("names its reader to its own publication", () => {
    expect(readLinkToken(ring, "leave", "elblandbote", token)).toBe(almut);
  });

  it("is what anybody with the key would compute: HKDF by purpose, HMAC-SHA-256 over the claim", () => {
    const key = Buffer.from(hkdfSync("sha256", Buffer.alloc(32, 2), "", "kurier link leave v1", 32));
    const claim = `v1.b.${almut}elblandbote`;
    expect(token).toBe(`${claim}.${createHmac("sha256", key).update(claim).digest("base64url")}`);
  });

  it("holds no address", () => {
    expect(token).not.toContain("almut@");
    expect(Buffer.from(token, "base64url").toString()).not.toContain("almut@");
  });

  it("still works when a newer key signs, and no longer when its key is gone", () => {
    const newest = linkRing(
      JSON.stringify([
        { kid: "c", key: bytes(3) },
        { kid: "b", key: bytes(2) },
      ]),
    );
    expect(readLinkToken(newest, "leave", "elblandbote", token)).toBe(almut);
    const later = linkRing(JSON.stringify([{ kid: "c", key: bytes(3) }]));
    expect(readLinkToken(later, "leave", "elblandbote", token)).toBeUndefined();
  });

  it("serves one purpose and one publication", () => {
    expect(readLinkToken(ring, "preferences", "elblandbote", token)).toBeUndefined();
    expect(readLinkToken(ring, "leave", "elblandbot", token)).toBeUndefined();
  });

  it("is refused after any change of any character", () => {
    for (let at = 0; at < token.length; at++) {
      for (const sign of ["A", "B", "_", "=", "."]) {
        const forged = token.slice(0, at) + sign + token.slice(at + 1);
        if (forged !== token) expect(readLinkToken(ring, "leave", "elblandbote", forged)).toBeUndefined();
      }
    }
  });

  it("has one spelling: the same bytes in another base64url are refused", () => {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const last = alphabet.indexOf(token.at(-1) ?? "");
    const twin = token.slice(0, -1) + alphabet[last ^ 1];
    const macOf = (text: string): Buffer => Buffer.from(text.split(".")[3] ?? "", "base64url");
    expect(macOf(twin)).toEqual(macOf(token));
    expect(readLinkToken(ring, "leave", "elblandbote", twin)).toBeUndefined();
  });

  it.each(["", ".", "v1", "v1...", `${token}.x`, ` ${token}`, `${token} `, "x".repeat(100_000), token.slice(0, -1)])(
    "is refused when it is none: %.20s",
    (typed) => {
      expect(readLinkToken(ring, "leave", "elblandbote", typed)).toBeUndefined();
    },
  );
});
