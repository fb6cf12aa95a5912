import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkClients, supportOf } from "../../../core/check/mail-clients.ts";
import { featuresOf } from "../../../core/check/mail-features.ts";
import { condensed } from "../../../local/mail-clients.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const golden = readFileSync(join(root, "test/golden/email.html"), "utf8");
const all = { has: () => true } as unknown as ReadonlySet<string>;

describe("what mail programs can show", () => {
  it("is the package's data, condensed: npm run mail-clients writes the same file again", () => {
    expect(readFileSync(join(root, "core/check/mail-clients.json"), "utf8")).toBe(condensed());
  });

  it("has our own letter weighed, feature by feature", () => {
    expect(checkClients(supportOf(golden))).toEqual([]);
  });

  it("counts what works, what works in part, what does not and what nobody tested, and they add up", () => {
    for (const { asked, inPart, not, untested } of supportOf(golden)) {
      expect(asked).toBeGreaterThan(50);
      expect(inPart.length + not.length + untested.length).toBeLessThanOrEqual(asked);
    }
  });

  it("knows that Outlook on Windows has no rounded corners, and Apple Mail has", () => {
    const support = supportOf('<p style="border-radius:4px">Text</p>');
    const without = support.filter(({ not }) => not.includes("border-radius")).map(({ client }) => client);
    expect(without).toContain("Outlook (Windows)");
    expect(without).not.toContain("Apple Mail (macOS)");
  });

  it("names those who cannot show something nobody weighed, in one sentence", () => {
    const [finding, ...others] = checkClients(supportOf('<p style="mix-blend-mode:screen">Text</p>'));
    expect([others, finding?.details.feature]).toEqual([[], "mix-blend-mode"]);
    expect(String(finding?.details.clients)).toContain("Outlook (Windows)");
  });

  it.each([
    ['<p style="margin-left:4px">', ["html-p", "css-margin-left", "css-unit-px"]],
    ["<h2>", ["html-h1-h6"]],
    ['<a href="mailto:a@b.example">', ["html-a", "html-href", "html-mailto-links"]],
    ['<img src="https://b.example/x.jpeg">', ["html-img", "html-src", "image-jpg"]],
    [
      "<style>@media (min-width:480px){.a:hover{width:50% !important}}</style>",
      ["css-at-media-width", "css-pseudo-class-hover", "css-unit-percent", "css-important"],
    ],
    ["<!--[if mso]><v:rect></v:rect><![endif]-->", []],
  ])("reads %s", (html, features) => {
    expect(featuresOf(html, all)).toEqual(expect.arrayContaining(features));
  });
});
