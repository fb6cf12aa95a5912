import { parseDocument } from "htmlparser2";
import { describe, expect, it } from "vitest";
import { renderShelf, type ShelfEntry } from "../../../core/archive/shelf.ts";
import type { EditionFile } from "../../../core/edition/edition.ts";
import { judgeFiles } from "../../../core/edition/gate.ts";
import { renderWeb } from "../../../core/edition/web.ts";
import type { Publication } from "../../../core/publication.ts";
import { house } from "../../../functions/house.ts";
import { findings, webRules } from "../../html-rules.ts";
import { aPublication, shelfEntry } from "../../people-and-papers.ts";
import { papers, springIssue } from "../../spring-issue.ts";

const spring = shelfEntry(springIssue(), "2026-03-02T05:00:00.000Z");
const issueOf = (number: number, year: number, title: string): ShelfEntry =>
  shelfEntry(
    springIssue({ issue: { number, year, date: `${year}-0${number}-03`, theme: { title, intro: "" } } }),
    `${year}-0${number}-03T05:00:00.000Z`,
  );
const shelves = (shelf: readonly ShelfEntry[], given: Partial<Publication> = {}): Map<string, EditionFile> =>
  new Map(renderShelf({ publication: aPublication(given), house: house(), shelf }).map((file) => [file.path, file]));
const text = (files: Map<string, EditionFile>, path: string): string => {
  const file = files.get(path);
  if (!file) throw new Error(`no ${path}`);
  return String(file.body);
};

describe("the shelf", () => {
  it("keeps an issue as plain JSON", () => {
    expect(JSON.parse(JSON.stringify(spring))).toEqual(spring);
  });

  it("lists years and issues, the newest first, whatever order they come in", () => {
    const archive = text(shelves([issueOf(2, 2025, "Bauen"), spring, issueOf(3, 2025, "Schule")]), "archiv/index.html");
    expect([...archive.matchAll(/class="year">(\d+)/g)].map(([, year]) => year)).toEqual(["2026", "2025"]);
    expect([...archive.matchAll(/class="numeral"[^>]*>([^<]+)/g)].map(([, label]) => label)).toEqual([
      "01|26",
      "03|25",
      "02|25",
    ]);
    expect(archive).toContain('<a href="../ausgaben/2026-01/">Kleine Orte, große Wege</a>');
    expect(archive).toContain('<time datetime="2026-03-02">2.\u00A0März 2026</time>');
  });

  it("shows the newest cover on the start page, which names the issue's page as its own address", () => {
    const start = text(shelves([issueOf(2, 2025, "Bauen"), spring]), "index.html");
    expect(start).toContain('<link rel="canonical" href="https://elblandbote.example/ausgaben/2026-01/">');
    expect(start).toContain(`<a href="ausgaben/2026-01/${papers.town.slug}/">`);
    const cover = String(renderWeb(springIssue()).files[0]?.body);
    const main = (html: string): string => html.slice(html.indexOf("<main"), html.indexOf("</main>"));
    const words = (html: string): string => main(html).replace(/<[^>]+>/g, "");
    expect(words(start)).toBe(words(cover));
  });

  it("says what comes next while it is empty; its feeds can be subscribed to already", () => {
    const files = shelves([]);
    expect(text(files, "index.html")).toContain("Die erste Ausgabe ist in Vorbereitung");
    expect(text(files, "feed/atom.xml")).not.toContain("<entry");
    expect(JSON.parse(text(files, "feed/feed.json"))).toMatchObject({ title: "ELBLANDbote", items: [] });
  });

  it("has every page its footers lead to", () => {
    const files = shelves([spring]);
    for (const page of ["archiv", "bestellen", "impressum", "datenschutz", "barrierefreiheit"])
      expect(files.has(`${page}/index.html`)).toBe(true);
    expect([...shelves([spring], { proofPrinting: true }).keys()]).not.toContain("impressum/index.html");
  });

  it("takes orders: a form that works without a script, and one that spares its second step", () => {
    const files = shelves([spring]);
    const page = text(files, "bestellen/index.html");
    expect(page).toContain('method="post" action="../s" novalidate');
    expect(page).toContain("mailto:redaktion@elblandbote.example");
    const script = /<script type="module" src="\.\.\/([^"]+)"/.exec(page)?.[1] ?? expect.unreachable();
    const folder = script.slice(0, script.lastIndexOf("/") + 1);
    const imports = [...files.keys()].filter((path) => path.startsWith(folder));
    for (const [, name = ""] of text(files, script).matchAll(/ from "\.\/([^"]+)"/g))
      expect(imports).toContain(folder + name);
    expect(page.replaceAll("&#x27;", "'")).toContain("script-src 'self'; connect-src 'self'; form-action 'self'");
    expect(text(files, "archiv/index.html")).not.toContain("<script");
  });

  it("names publisher and responsible person in the imprint, whatever the text says", () => {
    const imprint = text(
      shelves([], { imprint: "## Haftung\n\nSiehe [Satzung](https://a.example/s).\n[böse](javascript:x) <b>" }),
      "impressum/index.html",
    );
    for (const fact of ["Elbländischer Gemeindebund e. V.", "Dr. Henrike Fährmann", "Gülşen Yıldız"])
      expect(imprint).toContain(`<dd>${fact}`);
    expect(imprint).toContain('<a href="mailto:bund@elblandbote.example">bund@elblandbote.example</a>');
    expect(imprint).toContain("<h2>Haftung</h2>");
    expect(imprint).toContain('<a href="https://a.example/s">Satzung</a>');
    expect(imprint).toContain("[böse](javascript:x) &#60;b&#62;");
  });

  it("answers a missing page at any depth", () => {
    const missing = text(shelves([spring], { baseUrl: "https://example.org/slk" }), "404.html");
    expect(missing).toContain('href="/slk/archiv/"');
    expect(missing).toMatch(/<link rel="stylesheet" href="\/slk\/gestalt\/web-[0-9a-f]{16}\.css">/);
    expect(missing).not.toMatch(/(?:href|src)="\.\.?\//);
  });

  it("tells crawlers where the map is, and only where anybody would ask", () => {
    expect(text(shelves([spring]), "robots.txt")).toContain("Sitemap: https://elblandbote.example/sitemap.xml");
    expect(shelves([spring], { baseUrl: "https://example.org/slk" }).has("robots.txt")).toBe(false);
    const map = text(shelves([spring]), "sitemap.xml");
    for (const { slug } of Object.values(papers))
      expect(map).toContain(`<loc>https://elblandbote.example/ausgaben/2026-01/${slug}/</loc>`);
  });

  it("gives html-validate nothing to find and the gate nothing to refuse", async () => {
    for (const files of [shelves([spring, issueOf(2, 2025, "Bauen")]), shelves([], { language: "en" })]) {
      const pages = [...files.values()].filter(({ type }) => type.startsWith("text/html"));
      for (const { path, body } of pages) expect([path, ...(await findings(String(body), webRules))]).toEqual([path]);
      expect(judgeFiles(pages, 0).refusals).toEqual([]);
    }
  });
});

describe("the feeds", () => {
  const nasty = "A & B <script>\u0000\u0007\uFFFE ]]> „C“";
  const trial: ShelfEntry = {
    ...spring,
    cover: { ...spring.cover, lead: { ...spring.cover.lead, title: nasty, teaser: nasty, authors: [nasty] } },
  };
  const inXml = (xml: string, name: string): string[] => {
    const found: string[] = [];
    const walk = (nodes: readonly { name?: string; children?: unknown; data?: string }[]): string =>
      nodes
        .map((node) => {
          const inner = node.children ? walk(node.children as typeof nodes) : (node.data ?? "");
          if (node.name === name) found.push(inner);
          return inner;
        })
        .join("");
    walk(parseDocument(xml, { xmlMode: true }).children as never);
    return found;
  };

  it("say the same in three formats, with absolute addresses that stay", () => {
    const files = shelves([spring]);
    const atom = text(files, "feed/atom.xml");
    const rss = text(files, "feed/rss.xml");
    const json = JSON.parse(text(files, "feed/feed.json")) as { items: { id: string; title: string }[] };
    const ids = json.items.map(({ id }) => id);
    expect(ids.length).toBe(Object.keys(papers).length);
    expect(ids.every((id) => id.startsWith("https://elblandbote.example/ausgaben/2026-01/"))).toBe(true);
    expect(inXml(atom, "id").slice(1)).toEqual(ids);
    expect(inXml(rss, "guid")).toEqual(ids);
    expect(inXml(atom, "title").slice(1)).toEqual(json.items.map(({ title }) => title));
    expect(inXml(rss, "title").slice(1)).toEqual(json.items.map(({ title }) => title));
  });

  it("mark an advertisement", () => {
    expect(text(shelves([spring]), "feed/rss.xml")).toContain("<title>Anzeige: Kommunaldruck Lindenau");
  });

  it("have in Atom what RFC 4287 asks of a feed and of an entry", () => {
    const atom = text(shelves([spring]), "feed/atom.xml");
    expect(atom.startsWith('<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"')).toBe(
      true,
    );
    const entries = atom.split("<entry").slice(1);
    for (const part of [atom.split("<entry")[0] ?? "", ...entries]) {
      for (const name of ["id", "title", "updated"]) expect(inXml(`<x>${part}</x>`, name)).toHaveLength(1);
    }
    expect(inXml(atom, "updated").every((at) => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(at))).toBe(true);
    expect(text(shelves([spring]), "feed/rss.xml")).toContain("<pubDate>Mon, 02 Mar 2026 05:00:00 GMT</pubDate>");
  });

  it("carry author text as text, without characters XML cannot have", () => {
    const files = shelves([trial]);
    for (const path of ["feed/atom.xml", "feed/rss.xml", "feed/feed.json"]) {
      expect(text(files, path)).not.toMatch(/[\u0000-\u0008\u000B-\u001F\uFFFE]|<script>(?!.*")/);
    }
    const heard = inXml(text(files, "feed/atom.xml"), "title")[1] ?? "";
    expect(heard).toMatch(/^A & B <script>.*\]\]> „C“$/);
  });

  it("keep to the newest issues when the shelf grows long", () => {
    const many = Array.from({ length: 30 }, (_, index) => issueOf(1 + (index % 9), 2000 + index, `Thema ${index}`));
    const json = JSON.parse(text(shelves(many), "feed/feed.json")) as { items: { id: string }[] };
    expect(json.items.length).toBeGreaterThanOrEqual(50);
    expect(json.items.length).toBeLessThan(70);
    expect(json.items[0]?.id).toContain("/2029-");
  });
});
