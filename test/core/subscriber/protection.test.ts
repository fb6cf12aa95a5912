import { describe, expect, it } from "vitest";
import { blind, doorKeys, networkOf, readStep, stepToken } from "../../../core/subscriber/protection.ts";

const secret = (letter: string) => Buffer.from(letter.repeat(32)).toString("base64url");
const links = (...letters: string[]): string =>
  JSON.stringify(letters.map((letter) => ({ kid: letter, key: secret(letter) })));
const now = new Date("2026-11-23T08:00:00.000Z");
const ada = "ada@stadt.example";

describe("a network", () => {
  it.each([
    ["203.0.113.7", "203.0.113"],
    ["203.0.113.255", "203.0.113"],
    ["::ffff:203.0.113.7", "203.0.113"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1"],
    ["2001:DB8:0001::1", "2001:db8:1"],
    ["2001:db8::1", "2001:db8:0"],
    ["::1", "0:0:0"],
    ["fe80::1%eth0", "fe80:0:0"],
    ["", ""],
    ["unknown", ""],
    ["203.0.113.7, 198.51.100.1", ""],
  ])("of %s is %s", (ip, network) => {
    expect(networkOf(ip)).toBe(network);
  });
});

describe("a second step", () => {
  const keys = doorKeys(links("a"));
  const token = stepToken(keys, ada, "step-1", now);

  it("is read by whoever it was made for", () => {
    expect(readStep(keys, ada, token)).toEqual({ id: "step-1", at: now.getTime() });
  });

  it("holds no address", () => {
    expect(token).not.toMatch(/ada|stadt|@/);
  });

  it("is worth nothing for another address, or with a sign changed", () => {
    expect(readStep(keys, "bea@stadt.example", token)).toBeUndefined();
    for (let index = 0; index < token.length; index++) {
      const forged = `${token.slice(0, index)}${token[index] === "A" ? "B" : "A"}${token.slice(index + 1)}`;
      expect(readStep(keys, ada, forged)).toBeUndefined();
    }
  });

  it.each(["", ".", "..", "a.b.c.d", "x".repeat(5000)])("is none: %s", (text) => {
    expect(readStep(keys, ada, text)).toBeUndefined();
  });

  it("outlives a rotation of the link keys, and no removal", () => {
    expect(readStep(doorKeys(links("b", "a")), ada, token)).toBeDefined();
    expect(readStep(doorKeys(links("b")), ada, token)).toBeUndefined();
  });
});

it("keeps purposes apart: what signs challenges signs no step", () => {
  const [key] = doorKeys(links("a"));
  const made = [key?.challenge, key?.solution, key?.step.toString("hex")];
  expect(new Set(made).size).toBe(3);
  expect(made).not.toContain(Buffer.from("a".repeat(32)).toString("hex"));
});

it("blinds a name differently under another salt", () => {
  expect(blind("monday", "203.0.113")).not.toBe(blind("tuesday", "203.0.113"));
  expect(blind("monday", "203.0.113")).not.toContain("203");
});
