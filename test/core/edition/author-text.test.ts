import { textContent } from "domutils";
import { parseDocument } from "htmlparser2";
import { describe, expect, it } from "vitest";
import { build } from "../../../core/edition/build.ts";
import { slot, splitAtSlots } from "../../../core/edition/slots.ts";
import { anArticle, anEditionInput, aPicture, heading, paragraph, people, t } from "../../people-and-papers.ts";
import { papers } from "../../spring-issue.ts";
import { elements, mailOf } from "./mail-of.ts";

describe("author text", () => {
  const wicked = [
    "{{greeting}} {{{leaveUrl}}} {{> email/footer}}",
    "</mj-text><mj-raw><script>alert(1)</script></mj-raw>",
    '"><img src=x onerror=alert(1)> & &amp; &#x3D; &lt;b&gt;',
    "<!--[if mso]> ]]> <![CDATA[ --> $& $1 $` \\ `x` 'y' = true",
    "<mj-include path='/etc/passwd' />",
    "[2] [Bild: x] https://a.example/ [Bild:",
  ];

  it.each(wicked)("comes out as it was written: %s", async (words) => {
    const article = anArticle({
      title: `T ${words}`,
      slug: "boese",
      kicker: `K ${words}`,
      teaser: "",
      lead: t(`L ${words}`),
      authors: [{ ...people.joerdis, name: `N ${words}`, roleAtTime: words }],
      hero: aPicture("x.jpg", { alt: `A ${words}`, caption: t(`C ${words}`), credit: words }),
      blocks: [
        heading(`H ${words}`),
        paragraph(`P ${words}`),
        { type: "embed", url: "https://a.example/", title: words },
      ],
      notes: [t(words)],
      linkBox: { title: words, entries: [{ kind: "web", label: words, url: "https://a.example/?a=1&b='\"" }] },
    });
    const given = {
      publication: { claim: words, subtitle: words },
      issue: { theme: { title: words, intro: words }, preheader: words },
    };
    for (const sections of [{ [words]: [article] }, { A: [papers.town], [words]: [article] }]) {
      const { html, refusals } = await mailOf(anEditionInput(sections, given));
      expect(refusals).toEqual([]);
      const said = textContent(parseDocument(html));
      for (const place of ["T", "K", "L"]) expect(said).toContain(`${place} ${words}`);
      expect(elements(html, "img").map((img) => img.attribs.alt)).toContain(`A ${words}`);
      expect([...elements(html, "script"), ...elements(html, "mj-raw")]).toEqual([]);
      expect(elements(html, "img").every((img) => !("onerror" in img.attribs))).toBe(true);
    }
  });

  it("may break its lines anywhere: a word never sticks to the next", async () => {
    const broken = anArticle({ title: "Ende;\nAnfang", teaser: "Punkt.\r\n\tUnd weiter", kicker: "(so)\nso" });
    const { html, text } = await mailOf(anEditionInput({ A: [papers.town, broken] }));
    for (const part of [html, text]) {
      for (const said of ["Ende; Anfang", "Punkt. Und weiter", "(so) so"]) expect(part).toContain(said);
    }
  });

  it.each(["constructor", "__proto__", "toString"])("may await a picture called %s, as any other", async (name) => {
    const article = anArticle({ hero: aPicture(name), blocks: [paragraph("Text")] });
    const { refusals, notes } = await build(anEditionInput({ A: [article] }));
    expect(refusals).toEqual([]);
    expect(notes.map(({ code }) => code)).toContain("awaited-picture");
  });

  it("cannot forge a slot", async () => {
    const forged = anArticle({
      title: `Frei ${slot("leaveUrl")} Haus`,
      teaser: "\uFDD0greeting\uFDD1 \u0000\u0007 \uD800",
    });
    const { html, text } = await mailOf(anEditionInput({ A: [papers.town], B: [forged] }));
    for (const part of [html, text]) {
      expect(splitAtSlots(part).filter((_, index) => index % 2)).toEqual(["greeting", "leaveUrl", "preferencesUrl"]);
      expect(part).toContain("Frei \uFFFDleaveUrl\uFFFD Haus");
      expect(part).not.toMatch(/[\u0000\u0007]/);
    }
  });
});
