import { describe, expect, it } from "vitest";
import { demandReader, halfHidden, likelyDomain, readAddress } from "../../core/email-address.ts";
import { Refusal } from "../../core/refusal.ts";
import { words } from "../../core/words.ts";
import fc from "../lots.ts";
import { invalid, valid } from "./addresses.ts";

const answer = (typed: string): string => {
  try {
    return readAddress(typed);
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal.code;
    throw refusal;
  }
};

describe("an email address", () => {
  it.each(valid.map((each) => (typeof each === "string" ? ([each, each] as const) : each)))(
    "has one spelling: %j",
    (typed, kept) => {
      expect(answer(typed)).toBe(kept);
      expect(answer(kept)).toBe(kept);
    },
  );

  it.each(invalid)("that is wrong is refused with its own sentence: %j", (typed, code) => {
    expect(answer(typed)).toBe(code);
  });

  it("has a sentence in both languages for each thing that can be wrong, and each is met in the table", () => {
    const codes = Object.keys(words("de").refusal).filter((code) => /^address-(?!taken|machine)/.test(code));
    expect([...new Set(invalid.map(([, code]) => code))].sort()).toEqual(codes.sort());
    expect(valid.length + invalid.length).toBeGreaterThan(250);
  });

  it.each([
    ["noreply@stadt.example", true],
    ["no-reply@stadt.example", true],
    ["postmaster+x@stadt.example", true],
    ["abuse@stadt.example", true],
    ["info@stadt.example", false],
    ["abusekind@stadt.example", false],
    ["almut@abuse.example", false],
    ["bounce@stadt.example", true],
    ["bounce+3@simulator.amazonses.com", false],
    ["bounce@simulator.amazonses.com.stadt.example", true],
  ])("is no reader's where nobody reads: %s", (address, isMachine) => {
    if (isMachine) expect(() => demandReader(address)).toThrow("address-machine");
    else expect(() => demandReader(address)).not.toThrow();
  });

  it("never repeats an address in a refusal", () => {
    try {
      readAddress("geheim@stadt");
      expect.unreachable();
    } catch (refusal) {
      expect(JSON.stringify((refusal as Refusal).details)).not.toContain("geheim");
    }
  });

  it("reads its own answer as the same address, and answers ASCII only, whatever is typed", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.emailAddress(),
          fc.string({ unit: "binary" }).map((s) => `a@${s}.de`),
        ),
        (typed) => {
          const once = answer(typed);
          if (once.startsWith("address-")) return;
          expect(once).toMatch(/^[\x21-\x7e]+@[a-z0-9.-]+$/);
          expect(answer(once)).toBe(once);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("hides half of itself on a page anyone may have been forwarded to", () => {
    expect(halfHidden("almut@stadt-auenrode.de")).toBe("a…@stadt-….de");
    expect(halfHidden("b@gmx.de")).toBe("b…@gm….de");
  });

  it.each([
    ["jo@gmial.com", "gmail.com"],
    ["jo@gmai.com", "gmail.com"],
    ["jo@web.dee", "web.de"],
    ["jo@t-onlin.de", "t-online.de"],
    ["jo@hotmial.com", "hotmail.com"],
    ["jo@gmx.at", undefined],
    ["jo@gmx.de", undefined],
    ["jo@stadt-auenrode.de", undefined],
  ])("with a likely slip brings a question, never a correction: %s", (address, meant) => {
    expect(likelyDomain(address)).toBe(meant);
    expect(readAddress(address)).toBe(address);
  });
});
