import { describe, expect, it } from "vitest";
import { checkClients, supportOf } from "../../../core/check/mail-clients.ts";
import { build } from "../../../core/edition/build.ts";
import type { Publication } from "../../../core/publication.ts";
import { anArticle, anEditionInput } from "../../people-and-papers.ts";

const [one, other] = ["a", "b"].map((sign) => sign.repeat(64)) as [string, string];
const light = { sha256: one, width: 72, height: 60, needsPlate: true };
const logo = { alt: "Wappen des Elbbundes, eine Fähre", light };

const editions = async (given?: Publication["logo"]) => {
  const input = anEditionInput({ Recht: [anArticle()] });
  const publication = { ...input.publication, ...(given && { logo: given }) };
  const built = await build({ ...input, publication });
  expect(built.refusals).toEqual([]);
  const bodyOf = (path: RegExp) => String(built.editions?.files.find((file) => path.test(file.path))?.body ?? "");
  return {
    html: bodyOf(/^email\.html$/),
    text: bodyOf(/^email\.txt$/),
    page: bodyOf(/^web\/ausgaben\/[\d-]+\/index\.html$/),
    manifest: built.editions?.manifest,
  };
};

describe("an issue of a publication with a logo", () => {
  it("shows it in the letter at a fixed size, with its words, before the imprint", async () => {
    const { html } = await editions(logo);
    const [picture = ""] = /<img [^>]*logo-light\.png[^>]*>/.exec(html) ?? [];
    expect(picture).toContain(`src="https://`);
    expect(picture).toContain(`alt="${logo.alt}"`);
    expect(picture).toMatch(/width="88" height="76"/);
    expect(html.indexOf(picture)).toBeGreaterThan(html.indexOf("Recht"));
    expect(html.indexOf(picture)).toBeLessThan(html.indexOf("Verantwortlich"));
  });

  it("says the same words in the letter's text", async () => {
    expect((await editions(logo)).text).toContain(`[Logo: ${logo.alt}]`);
    expect((await editions()).text).not.toContain("[Logo");
  });

  it("shows the other file in the dark, on pages and in letters", async () => {
    const { html, page } = await editions({ ...logo, dark: { sha256: other, width: 72, height: 60 } });
    expect(html).toMatch(
      new RegExp(`<source media="\\(prefers-color-scheme:dark\\)" srcset="https://[^"]+${other}-logo-dark.png">`),
    );
    expect(page).toMatch(new RegExp(`<source media="screen and [^"]+" srcset="../../bilder/${other}-logo.png">`));
  });

  it("stands at the foot of its pages, never in the head", async () => {
    const { page } = await editions(logo);
    expect(page.indexOf(`${one}-logo.png" alt=`)).toBeGreaterThan(page.indexOf('<footer class="footer">'));
    expect(page.slice(page.indexOf("<header"), page.indexOf("</header>"))).not.toContain("<img");
  });

  it("is another build when the logo is another, and names its original among the pictures", async () => {
    const all = [
      await editions(),
      await editions(logo),
      await editions({ ...logo, light: { ...light, sha256: other } }),
    ];
    expect(new Set(all.map(({ manifest }) => manifest?.fingerprint)).size).toBe(3);
    expect(all[1]?.manifest?.pictures).toContain(one);
  });

  it("asks nothing of a mail program that editors would be told of: they could mend nothing", async () => {
    const { html } = await editions({ ...logo, dark: { sha256: other, width: 72, height: 60 } });
    expect(checkClients(supportOf(html))).toEqual([]);
  });

  it("costs the letter less than a kilobyte", async () => {
    const [without, having] = [
      await editions(),
      await editions({ ...logo, dark: { sha256: other, width: 72, height: 60 } }),
    ];
    expect(Buffer.byteLength(having.html) - Buffer.byteLength(without.html)).toBeLessThan(1000);
  });
});
