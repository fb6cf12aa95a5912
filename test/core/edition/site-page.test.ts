import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { judgeFiles } from "../../../core/edition/gate.ts";
import { type SitePageName, type SiteView, sitePageNames } from "../../../core/edition/site/views.ts";
import { renderSitePage } from "../../../core/edition/site-page.ts";
import type { Publication } from "../../../core/publication.ts";
import { type Language, words } from "../../../core/words.ts";
import { house } from "../../../functions/house.ts";
import { findings, webRules } from "../../html-rules.ts";
import { aPublication } from "../../people-and-papers.ts";
import { sampleTopics, siteSamples } from "./site-views.ts";

const page = <Name extends SitePageName>(
  name: Name,
  view: SiteView<Name>,
  publication: Publication = aPublication({ topics: sampleTopics }),
  language: Language = "de",
): string => renderSitePage(house(), publication, name, view, language);
const main = (html: string): string => html.slice(html.indexOf("<main"), html.indexOf("</main>"));

type State = {
  readonly [Name in SitePageName]: readonly [name: Name, state: string, view: SiteView<Name>];
}[SitePageName];
const everyState = sitePageNames.flatMap((name) =>
  siteSamples()[name].map(([state, view]) => [name, state, view] as unknown as State),
);

describe("the pages of a leave link", () => {
  it("asks with one button that posts to the link itself, and shows the address half hidden", () => {
    const html = main(page("leave", { address: "jo@auenrode.example" }));
    expect(html).toContain('<form method="post"><button class="button" type="submit">Abbestellen</button></form>');
    expect(html.match(/<(button|input)/g)).toHaveLength(1);
    expect(html).toContain("j…@auen….example");
  });

  it("tells whoever got a forwarded copy not to leave here but to order", () => {
    const html = main(page("leave", { address: "jo@auenrode.example" }));
    expect(html).toContain("Hat Ihnen jemand die Ausgabe weitergeleitet?");
    expect(html).toContain('<a href="/bestellen/">So bestellen Sie Ihre eigene</a>');
  });

  it("says that it is done, with and without an address to name", () => {
    expect(page("left", { address: "jo@auenrode.example" })).toContain(
      "ELBLANDbote kommt nicht mehr an j…@auen….example.",
    );
    expect(page("left", {})).toContain("ELBLANDbote kommt nicht mehr an Ihre Adresse.");
  });

  it("offers nothing to press where a link is unknown or something broke", () => {
    for (const name of ["unknown-link", "fault"] as const) expect(page(name, {})).not.toMatch(/<form|<button/);
  });

  it("stands alone: style inside, allowed by its hash alone, fonts below the publication's address", () => {
    const html = page("leave", {}, aPublication({ baseUrl: "https://example.org/slk" }));
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? "";
    const hash = createHash("sha256").update(style).digest("base64");
    expect(html.replaceAll("&#x27;", "'").replaceAll("&#x3D;", "=")).toContain(`style-src 'sha256-${hash}'`);
    expect(style).toContain("url(/slk/gestalt/source-sans-3-latin-wght-normal-");
    expect(html).not.toMatch(/<link rel="stylesheet"|<script/);
  });

  it("keeps the link to itself", () => {
    expect(page("leave", {})).toContain('<meta name="referrer" content="no-referrer">');
    expect(page("leave", {})).toContain('<meta name="robots" content="noindex">');
  });

  it("lets a reader leave whatever colour somebody typed into the settings", () => {
    expect(page("leave", {}, aPublication({ accent: "#FFFF00" }))).toContain("Abbestellen");
  });

  it("answers where nobody can tell which publication it is, in the reader's language", async () => {
    const html = renderSitePage(house(), undefined, "unknown-link", {}, "en");
    expect(html).toContain('<html lang="en" dir="ltr">');
    expect(html).not.toContain("mailto:");
    expect(await findings(html, webRules)).toEqual([]);
  });

  it.each(["de", "en"] as const)("says everything in %s, and offers the other language", (language) => {
    const other = language === "de" ? "en" : "de";
    for (const [name, , view] of everyState) {
      const html = page(name, view, undefined, language);
      expect(html).toContain(`<html lang="${language}"`);
      expect(html).toContain(
        `<h1>${(words(language).site[name] as { title: string }).title.replace(/\{.*$/s, "").trim()}`.trim(),
      );
      expect(html).toContain(`<a href="?sprache&#x3D;${other}" lang="${other}"`);
      expect(html).not.toMatch(/\{\w+\}/);
    }
  });

  it.each(everyState)(
    "gives html-validate nothing to find and the gate nothing to refuse: %s %s",
    async (name, _, view) => {
      const body = page(name, view);
      expect(await findings(body, webRules)).toEqual([]);
      expect(judgeFiles([{ path: name, body, type: "text/html" }], 0).refusals).toEqual([]);
    },
  );

  it("prints a context as text", () => {
    expect(page("leave", { address: "<b@x.de" })).toContain("&lt;…@x….de");
  });
});
