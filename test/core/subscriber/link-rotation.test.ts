import { describe, expect, it } from "vitest";
import { addressKeyOf, addressSecret, linkRing, linkToken, readLinkToken } from "../../../core/subscriber/link.ts";
import { type ListedKey, rotated } from "../../../core/subscriber/link-rotation.ts";

const bytes = (fill: number): string => Buffer.alloc(32, fill).toString("base64url");
const almut = addressKeyOf(addressSecret(bytes(7)), "almut@stadt.example");
const first = JSON.stringify([{ kid: "k1", key: bytes(1) }]);
const at = (day: string): Date => new Date(`${day}T08:00:00.000Z`);
const rotate = (text: string, number: number, day: string) =>
  rotated(text, { kid: `k${number}`, key: bytes(number) }, at(day));
const kids = (text: string): string[] => (JSON.parse(text) as ListedKey[]).map(({ kid }) => kid);
const signedWith = (token: string): string | undefined => token.split(".")[1];
const sign = (text: string, now: Date) => linkToken(linkRing(text, now), "leave", almut, "elblandbote");
const reads = (text: string, token: string) => readLinkToken(linkRing(text), "leave", "elblandbote", token) === almut;

describe("a new link key", () => {
  const { text, signsFrom } = rotate(first, 2, "2026-11-23");

  it("is listed first, and signs only once everybody has heard of it", () => {
    expect(kids(text)).toEqual(["k2", "k1"]);
    expect(signsFrom).toBe("2026-11-23T08:10:00.000Z");
    expect(signedWith(sign(text, at("2026-11-23")))).toBe("k1");
    expect(signedWith(sign(text, new Date(signsFrom)))).toBe("k2");
  });

  it("leaves every link that was ever signed as good as it was, before and after", () => {
    const old = sign(first, at("2026-11-22"));
    expect([reads(text, old), reads(text, sign(text, at("2026-11-24")))]).toEqual([true, true]);
    expect(reads(first, sign(text, at("2026-11-23")))).toBe(true);
  });

  it("lets old keys fall out 24 months after they signed last", () => {
    let standing = text;
    const dropped = [];
    for (const [index, day] of ["2027-11-23", "2028-11-22", "2028-11-25", "2031-01-01"].entries()) {
      const rotation = rotate(standing, index + 3, day);
      standing = rotation.text;
      dropped.push(rotation.dropped);
    }
    // k1 signed until k2 began on 2026-11-23, k2 until 2027-11-23, k3 until 2028-11-22.
    expect(dropped).toEqual([[], [], ["k1"], ["k4", "k3", "k2"]]);
    expect(kids(standing)).toEqual(["k6", "k5"]);
  });

  it("never drops a key of which nobody knows when it was replaced", () => {
    const undated = JSON.stringify([
      { kid: "b", key: bytes(2) },
      { kid: "a", key: bytes(1) },
    ]);
    expect(kids(rotate(undated, 3, "2026-11-23").text)).toEqual(["k3", "b", "a"]);
  });

  it("takes the place of the stack's first one, which is no list yet", () => {
    expect(kids(rotate(JSON.stringify({ kid: "k1", key: bytes(1) }), 2, "2026-11-23").text)).toEqual(["k2", "k1"]);
  });
});
