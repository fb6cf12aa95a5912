import { describe, expect, it } from "vitest";
import { sampleName, sampleSlots } from "../../../core/edition/sample-slots.ts";
import { slot } from "../../../core/edition/slots.ts";

const baseUrl = "https://hefte.example.org/elblandbote";
const letter = Buffer.from(`${slot("greeting")}Text ${slot("leaveUrl")}`);

describe("the sample reader", () => {
  it.each([
    ["de", `Guten Tag, ${sampleName},`],
    ["en", `Dear ${sampleName},`],
  ] as const)("is greeted as readers of the issue are, in %s", (language, greeting) => {
    expect(sampleSlots("email.txt", letter, { baseUrl, language })).toBe(`${greeting}\n\nText ${baseUrl}/u/probe`);
  });

  it("finds every other file as it was built", () => {
    expect(sampleSlots("web/index.html", letter, { baseUrl, language: "de" })).toBe(letter);
  });
});
