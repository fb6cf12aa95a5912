import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { judgeFiles } from "../../../core/edition/gate.ts";
import { renderSitePage, type SiteContext, type SitePageName, sitePageNames } from "../../../core/edition/site-page.ts";
import { house } from "../../../functions/house.ts";
import { findings, webRules } from "../../html-rules.ts";
import { aPublication } from "../../people-and-papers.ts";

const page = (name: SitePageName, context: SiteContext = {}, publication = aPublication()): string =>
  renderSitePage(house(), publication, name, context, "de");
const main = (html: string): string => html.slice(html.indexOf("<main"), html.indexOf("</main>"));

describe("the pages of a leave link", () => {
  it("asks with one button that posts to the link itself, and shows the address half hidden", () => {
    const html = main(page("leave", { address: "j…@auenrode.…" }));
    expect(html).toContain('<form method="post"><button class="button" type="submit">Abbestellen</button></form>');
    expect(html.match(/<(button|input)/g)).toHaveLength(1);
    expect(html).toContain("j…@auenrode.…");
  });

  it("tells whoever got a forwarded copy not to leave here but to order", () => {
    const html = main(page("leave", { address: "j…@auenrode.…" }));
    expect(html).toContain("Hat Ihnen jemand die Ausgabe weitergeleitet?");
    expect(html).toContain('<a href="/bestellen/">So bestellen Sie Ihre eigene</a>');
  });

  it("says that it is done, with and without an address to name", () => {
    expect(page("left", { address: "j…@auenrode.…" })).toContain("ELBLANDbote kommt nicht mehr an j…@auenrode.….");
    expect(page("left")).toContain("ELBLANDbote kommt nicht mehr an Ihre Adresse.");
  });

  it("offers nothing to press where a link is unknown or something broke", () => {
    for (const name of ["unknown-link", "fault"] as const) expect(page(name)).not.toMatch(/<form|<button/);
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
    expect(page("leave")).toContain('<meta name="referrer" content="no-referrer">');
    expect(page("leave")).toContain('<meta name="robots" content="noindex">');
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

  it.each(sitePageNames)("gives html-validate nothing to find and the gate nothing to refuse: %s", async (name) => {
    const body = page(name, { address: "j…@auenrode.…" });
    expect(await findings(body, webRules)).toEqual([]);
    expect(judgeFiles([{ path: name, body, type: "text/html" }], 0).refusals).toEqual([]);
  });

  it("prints a context as text", () => {
    expect(page("leave", { address: "<b>@x" })).toContain("&lt;b&gt;@x");
  });
});
