import { describe, expect, it } from "vitest";
import { readLook } from "../../../core/desk/issue-preview.ts";
import { type Part, readChange } from "../../../core/desk/read-change.ts";

const read = (part: Part, fields: Readonly<Record<string, string>>) =>
  readChange(part, (name) => fields[name] ?? "", "de");

describe("a form of an issue", () => {
  it.each([
    ["sections", {}],
    ["sections", { section: "Umland", to: "kaputt" }],
    ["articles", {}],
    ["articles", { article: "deich" }],
    ["articles", { article: "deich", to: "[null]" }],
    ["choices", {}],
    ["choices", { what: "theme", chosen: "x" }],
    ["choices", { what: "cover", chosen: "deich.jpg" }],
  ] as const)("means nothing where nothing of ours could have sent it: %s %o", (part, fields) => {
    expect(read(part, fields).change).toBeUndefined();
  });

  it("says where the change will be seen", () => {
    expect(read("articles", { article: "deich", section: "Recht & Geld" }).anchor).toBe("#article-deich");
    expect(read("sections", { section: "", name: "Recht & Geld" }).anchor).toBe("#section-Recht%20%26%20Geld");
  });
});

describe("a look at an issue", () => {
  it("is the usual one where an address says nothing, or nonsense", () => {
    const usual = { edition: "mail", width: "phone", scheme: "light", pictures: "on", page: "" };
    expect(readLook(() => undefined)).toEqual(usual);
    expect(readLook((name) => (name === "page" ? "" : "<script>"))).toEqual(usual);
  });
});
