import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Article } from "../../../core/article/article.ts";
import { plain, plainBlocks } from "../../../core/article/plain.ts";
import { judgeFiles } from "../../../core/edition/gate.ts";
import { renderWeb } from "../../../core/edition/web.ts";
import { findings, webRules } from "../../html-rules.ts";
import { aDownload, anArticle, anEditionInput, aPicture, heading, people, t } from "../../people-and-papers.ts";
import { papers, springIssue, springSections, windAlone } from "../../spring-issue.ts";
import { addresses, alone, folder, hear, page, pageOf } from "./web-pages.ts";

describe("the web edition", () => {
  it("has a cover, a page per article, the whole issue on one page, and what they wear", () => {
    const paths = renderWeb(windAlone()).files.map(({ path }) => path);
    expect(paths.slice(0, 3)).toEqual([
      `${folder}index.html`,
      `${folder}auenrode-rechnet-mit-dem-wind/index.html`,
      `${folder}druck/index.html`,
    ]);
    expect(paths.slice(3).every((path) => /^web\/gestalt\/[\w-]+-[0-9a-f]{16}\.(css|svg|woff2)$/.test(path))).toBe(
      true,
    );
  });

  it("names what it wears after its content", () => {
    for (const { path, body } of renderWeb(windAlone()).files.filter(({ path }) => path.startsWith("web/gestalt/"))) {
      expect(path).toContain(createHash("sha256").update(body).digest("hex").slice(0, 16));
    }
  });

  it("is the same, byte for byte, when it is built again", () => {
    expect(renderWeb(springIssue())).toEqual(renderWeb(springIssue()));
  });

  it("uses the words of the publication's language for addresses and those of the issue's for the frame", () => {
    const input = alone(papers.counter, { publication: { language: "en" }, issue: { language: "en" } });
    const paths = renderWeb(input).files.map(({ path }) => path);
    expect(paths).toContain("web/issues/2026-01/print/index.html");
    const cover = renderWeb(input).files[0]?.body;
    expect(cover).toContain('<html lang="en" dir="ltr">');
    expect(cover).toContain("The theme of this issue");
  });

  it("refuses an article that would lie where the page for printing lies", () => {
    const { refusals } = renderWeb(alone(anArticle({ title: "Druck", slug: "druck" })));
    expect(refusals.map(({ code }) => code)).toEqual(["address-taken"]);
  });

  it.each(Object.values(papers).map((paper) => [paper.title, paper] as const))(
    "prints every word of “%s”, on its page and on the page of the whole issue",
    (_, paper) => {
      const arrived = JSON.parse(JSON.stringify(paper).replaceAll("Ein Bild, das noch kommt.", "")) as Article;
      const said = [
        arrived.title,
        arrived.kicker,
        plain(arrived.lead),
        ...plainBlocks(arrived.blocks),
        ...arrived.notes.map(plain),
        ...(arrived.linkBox?.entries.map(({ label }) => label) ?? []),
        ...arrived.authors.flatMap(({ name, roleAtTime }) => [name, roleAtTime]),
      ].map((text) => text.replace(/\s+/g, " ").trim());
      // A note's number stands in the text; the model's words know it not.
      const withoutRefs = (html: string): string => hear(html.replace(/<sup class="ref">.*?<\/sup>/g, ""));
      for (const heard of [pageOf(paper), page(springIssue(), "druck/")].map(withoutRefs)) {
        expect(
          said.filter((text) => !heard.replace(/ ?<br> ?/g, " ").includes(text.replace(/\. Gemessen/, ".Gemessen"))),
        ).toEqual([]);
      }
    },
  );

  it("gives html-validate nothing to find and the gate nothing to refuse", async () => {
    const { files } = renderWeb(springIssue({ publication: { claim: "", subtitle: "" } }));
    const pages = files.filter(({ type }) => type.startsWith("text/html"));
    for (const { path, body } of pages) expect([path, ...(await findings(String(body), webRules))]).toEqual([path]);
    expect(judgeFiles(pages, 0)).toEqual({ refusals: [], notes: [] });
  });

  it("loads nothing from elsewhere, runs nothing, and styles nothing inline", () => {
    for (const { body } of renderWeb(springIssue()).files.filter(({ type }) => type.startsWith("text/html"))) {
      const html = String(body);
      expect(html).toContain("default-src &#x27;none&#x27;");
      expect(html).not.toMatch(/\sstyle=|\son\w+=|<iframe|<script(?! type="application\/ld\+json">)/);
      const loaded = [
        ...html.matchAll(/<(?:img|source|link rel="(?:stylesheet|preload|icon)")[^>]*?(?:src|srcset|href)="([^"]+)"/g),
      ];
      expect(loaded.length).toBeGreaterThan(3);
      expect(loaded.filter(([, url = ""]) => /^(?:\w+:|\/)/.test(url))).toEqual([]);
    }
  });

  it("leads to pages and files that are there", () => {
    const { files } = renderWeb(springIssue());
    const there = new Set(files.map(({ path }) => `https://x.example/${path}`));
    const standing = /\/(archiv|bestellen|feed|impressum|datenschutz|barrierefreiheit|bilder)\//;
    const lost = files
      .filter(({ type }) => type.startsWith("text/html"))
      .flatMap(({ path, body }) =>
        addresses(String(body))
          .filter((url) => !/^(\w+:|#)/.test(url))
          .map((url) => new URL(url, `https://x.example/${path}`).href.replace(/#.*$/, ""))
          .map((url) => (url.endsWith("/") ? `${url}index.html` : url))
          .filter((url) => !there.has(url) && !standing.test(url)),
      );
    expect(lost).toEqual([]);
  });

  it("points notes to the text and back, also where a note is named twice or articles share a page", () => {
    const ref = { type: "noteRef", number: 1 } as const;
    const noted = (title: string): Article =>
      anArticle({
        title,
        notes: [t("Quelle")],
        blocks: [{ type: "paragraph", content: [...t("A"), ref, ...t("B"), ref] }],
      });
    const input = anEditionInput({
      Eins: [noted("Erstens"), noted("Zweitens"), { ...noted("Drittens"), kind: "notice" }],
    });
    for (const html of [page(input), page(input, "erstens/"), page(input, "druck/")]) {
      const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
      expect(new Set(ids).size).toBe(ids.length);
      const places = addresses(html).filter((url) => url.startsWith("#"));
      expect(places.length).toBeGreaterThan(0);
      expect(places.filter((place) => !ids.includes(place.slice(1)))).toEqual([]);
    }
    expect(page(input, "druck/").match(/class="back"/g)?.length).toBe(3);
  });

  it("prints an awaited picture nowhere, and neither its caption nor its maker", () => {
    const html = pageOf(papers.wind);
    expect(html).not.toContain("Ein Bild, das noch kommt.");
    expect(html.match(/<img /g)?.length).toBe(5);
  });

  it("opens an issue without a picture with a title, not with a gap", () => {
    const awaited = anArticle({ hero: aPicture("bild-1", { caption: t("Noch nicht da.") }) });
    const html = page(alone(awaited));
    expect(html).toContain('<article class="lead bare">');
    expect(html).not.toMatch(/<img|Noch nicht da/);
  });

  it("marks an advertisement wherever it stands", () => {
    for (const html of [page(springIssue()), pageOf(papers.advertisement), page(springIssue(), "druck/")]) {
      expect(html).toMatch(/<span class="mark">Anzeige<\/span>[\s\S]{0,200}Kommunaldruck Lindenau/);
    }
  });

  it("prints a notice whole on the cover and lists dates", () => {
    const cover = page(springIssue());
    expect(cover).toContain("Vom 1. April an berät der Förderlotse");
    expect(hear(cover)).toContain("12. März Werkstatt: Akten ohne Papier Lindenau");
    expect(hear(cover)).toContain("29.–31. Mai Tag der kleinen Gemeinden Sörnewitz");
  });

  it("sets the editorial and what follows the lead beside it, and nothing twice", () => {
    const editorial = anArticle({ title: "Mut zur kleinen Lösung", authors: [people.guelsen] });
    const input = anEditionInput(
      { "Das Thema der Ausgabe": [papers.town, papers.counter], Recht: [papers.limit], "": [editorial] },
      {
        issue: {
          editorial: editorial.id,
          sections: [
            { name: "Das Thema der Ausgabe", articles: [papers.town.id, papers.counter.id] },
            { name: "Recht", articles: [papers.limit.id] },
          ],
        },
      },
    );
    const cover = page(input);
    const titles = [...cover.matchAll(/<h[1-6][^>]*>(?:<a[^>]*>)?([^<]+)/g)].map(([, title]) => title);
    expect(titles.slice(0, 3)).toEqual([papers.town.title, "Mut zur kleinen Lösung", papers.counter.title]);
    expect(hear(cover)).toContain("Editorial Mut zur kleinen Lösung");
    expect(new Set(titles).size).toBe(titles.length);
  });

  it("leads on to the next article, back to the one before and to the issue", () => {
    const html = pageOf(papers.wind);
    expect(html).toContain(`<a href="../${papers.town.slug}/" rel="prev">`);
    expect(html).toContain(`<a href="../${papers.counter.slug}/" rel="next">`);
    expect(html).toContain('<a href="../">Zur Ausgabe 01/2026</a>');
  });

  it("names who made which picture at the end of the issue, each beside its article", () => {
    const cover = page(springIssue());
    expect(hear(cover)).toMatch(
      /Auenrode rechnet mit dem Wind: Gemeinde Auenrode \([^)]+\) · privat \(Porträt Jördis Mühlbach\) · Jördis Mühlbach/,
    );
    expect(cover.slice(cover.indexOf('id="credits"'))).toContain('<a href="auenrode-rechnet-mit-dem-wind/">');
  });

  it("offers downloads with their kind and size, and prints corrections with their day", () => {
    const input = springIssue({
      issue: {
        downloads: [aDownload({ bytes: 4_234_000 })],
        corrections: [{ article: papers.wind.id, date: "2026-03-05", text: "Die Pacht war falsch." }],
      },
    });
    expect(page(input)).toContain(
      '<a href="heft.pdf">Das gedruckte Heft</a> <span class="meta">PDF,\u00A04,2\u00A0MB</span>',
    );
    expect(hear(pageOf(papers.wind, input))).toContain("Korrektur. Geändert am 5. März 2026: Die Pacht war falsch.");
  });

  it("says plainly that a proof printing is one, and keeps it out of search", () => {
    const html = page(windAlone({ publication: { proofPrinting: true } }));
    expect(html).toContain("Probedruck ohne Impressum");
    expect(html).toContain('<meta name="robots" content="noindex">');
    expect(html).not.toContain("impressum/");
    expect(page(windAlone())).not.toMatch(/noindex|Probedruck/);
  });

  it("says which language an article speaks where it is not the issue's", () => {
    const english = anArticle({ title: "A counter that listens", language: "en" });
    const input = anEditionInput({ Eins: [papers.town], Zwei: [english] });
    expect(page(input)).toContain('hreflang="en">A counter that listens');
    expect(pageOf(english, input)).toContain('<article class="article" lang="en">');
  });

  it("tells machines what belongs to what", () => {
    const data = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(pageOf(papers.wind))?.[1] ?? "";
    expect(JSON.parse(data)).toMatchObject({
      "@type": "NewsArticle",
      headline: papers.wind.title,
      isPartOf: {
        "@type": "PublicationIssue",
        issueNumber: "01|26",
        isPartOf: { "@type": "Periodical", name: "ELBLANDbote" },
      },
    });
  });

  it("counts headings down without a jump, on every page", () => {
    const deep = anArticle({ title: "Tief", blocks: [heading("Eins"), heading("Zwei", 3), heading("Drei", 4)] });
    const { files } = renderWeb(anEditionInput({ Eins: [deep], Zwei: [papers.notice] }));
    expect(
      judgeFiles(
        files.filter(({ type }) => type.startsWith("text/html")),
        0,
      ).refusals,
    ).toEqual([]);
  });

  it("names a section above a title only where there are several, and on paper not twice", () => {
    const [plain, other] = [anArticle({ title: "Ohne Dachzeile" }), anArticle({ title: "Zuerst", hero: null })];
    expect(page(alone(plain))).not.toContain('class="kicker"');
    const several = anEditionInput({ Titel: [other], Kommunen: [plain] });
    expect(page(several, `${plain.slug}/`)).toContain('<p class="kicker">Kommunen</p>');
    expect(page(several, "druck/")).not.toContain('<p class="kicker">Kommunen</p>');
  });

  it("shows every section an editor planned", () => {
    const heard = hear(page(springIssue()));
    for (const name of Object.keys(springSections)) expect(heard).toContain(name);
  });
});

describe("the wordmark", () => {
  const mark = (title: string): string => {
    const { files } = renderWeb(windAlone({ publication: { title, titleParts: [title, ""] } }));
    return /--mark:.*?}/.exec(String(files.find(({ path }) => path.endsWith(".css"))?.body))?.[0] ?? "";
  };

  it("stands on one line, a longer name smaller", () => {
    expect(mark("ELBLANDbote")).toBe("--mark:clamp(28px,6.2vw,76px);--mark-space:nowrap}");
    expect(mark("Amtsblatt der Gemeinde Auenrode")).toBe("--mark:clamp(15px,5.1vw,61px);--mark-space:nowrap}");
  });

  it("breaks only where it would be unreadable on a phone", () => {
    expect(mark("Amtsblatt der Verbandsgemeinde Elbland-Oberlausitz")).toMatch(/clamp\(13px,.*--mark-space:normal/);
  });
});
