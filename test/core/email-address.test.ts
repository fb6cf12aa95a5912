import { describe, expect, it } from "vitest";
import { halfHidden, likelyDomain, readAddress } from "../../core/email-address.ts";
import { Refusal } from "../../core/refusal.ts";
import fc from "../lots.ts";

const answer = (typed: string): string => {
  try {
    return readAddress(typed);
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal.code;
    throw refusal;
  }
};

describe("an email address", () => {
  it.each([
    ["  Joerdis.Muehlbach@Auenrode.EXAMPLE ", "joerdis.muehlbach@auenrode.example"],
    ["post+auenrode@stadt.example", "post+auenrode@stadt.example"],
    ["a.b@stadt.example", "a.b@stadt.example"],
    ["buero@Bücher.example", "buero@xn--bcher-kva.example"],
    ["buero@bu\u0308cher.example", "buero@xn--bcher-kva.example"],
    ["o'neil@stadt.example", "o'neil@stadt.example"],
  ])("has one spelling: %j", (typed, expected) => {
    expect(answer(typed)).toBe(expected);
  });

  it.each([
    ["", "address-missing"],
    ["   ", "address-missing"],
    [`${"a".repeat(250)}@stadt.example`, "address-long"],
    ["a@stadt.example\r\nBcc: b@stadt.example", "address-invisible"],
    ["a\0@stadt.example", "address-invisible"],
    ["a\u200b@stadt.example", "address-invisible"],
    ['"jo hanna"@stadt.example', "address-quoted"],
    ["jo\\hanna@stadt.example", "address-quoted"],
    ["Johanna <johanna@stadt.example>", "address-not-alone"],
    ["a@stadt.example, b@stadt.example", "address-not-alone"],
    ["a(Büro)@stadt.example", "address-not-alone"],
    ["Rat:a@stadt.example;", "address-not-alone"],
    ["a@[192.168.0.1]", "address-not-alone"],
    ["jo hanna@stadt.example", "address-space"],
    ["johanna", "address-at"],
    ["jo@hanna@stadt.example", "address-at"],
    ["jördis@stadt.example", "address-letters"],
    [".a@stadt.example", "address-name"],
    ["a..b@stadt.example", "address-name"],
    ["@stadt.example", "address-name"],
    [`${"a".repeat(65)}@stadt.example`, "address-name"],
    ["a@stadt", "address-domain"],
    ["a@", "address-domain"],
    ["a@192.168.0.1", "address-domain"],
    ["a@0x7f.1", "address-domain"],
    ["a@stadt.example.", "address-domain"],
    ["a@-stadt.example", "address-domain"],
    ["a@stadt.example/x", "address-domain"],
    ["a@stadt%2eexample", "address-domain"],
    ["a@sta_dt.example", "address-domain"],
  ])("that is wrong is refused with its own sentence: %j", (typed, code) => {
    expect(answer(typed)).toBe(code);
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
