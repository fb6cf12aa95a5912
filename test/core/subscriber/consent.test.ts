import { describe, expect, it } from "vitest";
import { wordingOf } from "../../../core/subscriber/consent.ts";
import { aPublication } from "../../people-and-papers.ts";

const own = "Ja, ich bestelle den ELBLANDboten.";

describe("words of consent", () => {
  it("are a usual sentence that names the publication, in the reader's language", () => {
    expect(wordingOf(aPublication(), "de").text).toContain("ELBLANDbote");
    expect(wordingOf(aPublication(), "en").text).toMatch(/^Yes, .*ELBLANDbote/);
  });

  it("are the publication's own where it has some, in that language alone", () => {
    const paper = aPublication({ consentWording: { de: own } });
    expect(wordingOf(paper, "de").text).toBe(own);
    expect(wordingOf(paper, "en").text).not.toBe(own);
  });

  it("have a name that changes with a single sign, the language, and the publication that says them", () => {
    const hash = (words: string): string => wordingOf(aPublication({ consentWording: { de: words } }), "de").hash;
    const english = wordingOf(aPublication({ consentWording: { en: own } }), "en").hash;
    const sister = wordingOf(aPublication({ id: "heidekurier", consentWording: { de: own } }), "de").hash;
    expect(new Set([hash(own), hash(`${own} `), english, sister]).size).toBe(4);
    expect(hash(own)).toMatch(/^[0-9a-f]{16}$/);
    expect(hash(own)).toBe(hash(own));
  });

  it("of a form for several publications are a sentence of each", () => {
    const sister = aPublication({ id: "heidekurier", title: "Heidekurier", titleParts: ["Heide", "kurier"] });
    const wording = wordingOf(aPublication(), "de", [sister]);
    expect(wording.text.split("\n")).toHaveLength(2);
    expect(wording.publications).toEqual(["elblandbote", "heidekurier"]);
  });
});
