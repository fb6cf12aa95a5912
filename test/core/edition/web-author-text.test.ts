import { describe, expect, it } from "vitest";
import type { Article } from "../../../core/article/article.ts";
import { renderWeb } from "../../../core/edition/web.ts";
import { anArticle, anEditionInput, aPicture, paragraph, t } from "../../people-and-papers.ts";
import { papers } from "../../spring-issue.ts";
import { alone, hear, pageOf } from "./web-pages.ts";

describe("author text on the web", () => {
  const nasty = `</script><script>alert(1)</script>"'\`{{{secret}}} {{title}} <img src=x onerror=alert(1)> &amp; <!-- ]]>`;

  it("is printed as it is, whatever it looks like", () => {
    const article = anArticle({
      slug: "bad",
      title: nasty,
      kicker: nasty,
      subtitle: nasty,
      lead: t(nasty),
      teaser: nasty.slice(0, 200),
      authors: [{ name: nasty, roleAtTime: nasty, portrait: null }],
      hero: aPicture("a.jpg", { alt: nasty, caption: t(nasty), credit: nasty }),
      blocks: [
        paragraph(nasty),
        { type: "paragraph", content: [{ type: "abbr", title: nasty, text: nasty }] },
        { type: "table", caption: t(nasty), align: [null], head: [t(nasty)], rows: [[t(nasty)]] },
        { type: "infobox", title: t(nasty), blocks: [paragraph(nasty)] },
        { type: "interview", turns: [{ question: t(nasty), speaker: nasty, answer: [paragraph(nasty)] }] },
        { type: "quote", blocks: [paragraph(nasty)], source: t(nasty) },
        { type: "embed", url: "https://a.example/?a=1&b='\"", title: nasty },
      ],
      linkBox: { title: nasty, entries: [{ kind: "text", label: nasty, url: null }] },
      notes: [t(nasty)],
    });
    const input = anEditionInput(
      { [nasty]: [article, papers.counter] },
      { issue: { theme: { title: nasty, intro: nasty } }, publication: { claim: nasty, subtitle: nasty } },
    );
    const pages = renderWeb(input).files.filter(({ type }) => type.startsWith("text/html"));
    for (const { body } of pages) {
      const html = String(body);
      expect(html).not.toMatch(/<script>|<img src=x|onerror=alert\(1\)>|<!-- /);
      expect(hear(html)).toContain(nasty);
    }
    const scripts = pages.flatMap(({ body }) => [...String(body).matchAll(/<script[^>]*>(.*?)<\/script>/g)]);
    expect(scripts.length).toBeGreaterThan(1);
    for (const [, data = ""] of scripts) expect(() => JSON.parse(data)).not.toThrow();
  });

  it("never makes a link of what is none", () => {
    const bad = anArticle({ slug: "bad" });
    const forged = {
      ...bad,
      blocks: [
        { type: "paragraph", content: [{ type: "link", url: "javascript:alert(1)", content: t("Hier") }] },
        { type: "embed", url: "data:text/html,x", title: "Dort" },
      ],
    } as Article;
    const html = pageOf(forged, alone(forged));
    expect(html).not.toMatch(/javascript:|data:text/);
    expect(hear(html)).toMatch(/Hier\s+Dort/);
  });

  it("cannot bring control characters or the marks of slots", () => {
    const bad = anArticle({ slug: "bad", title: "A\u0000B\u0007C\uFDD0leaveUrl\uFDD1" });
    expect(pageOf(bad, alone(bad))).not.toMatch(/[\u0000-\u0008\uFDD0\uFDD1]/);
  });
});
