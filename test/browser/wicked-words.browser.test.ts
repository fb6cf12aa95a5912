import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderShelf } from "../../core/archive/shelf.ts";
import { type Article, isLink } from "../../core/article/article.ts";
import type { EditionFile } from "../../core/edition/edition.ts";
import { htmlOf } from "../../core/edition/email/html.ts";
import { planOf } from "../../core/edition/letter/shape.ts";
import { composeLetter, unbroken } from "../../core/edition/letter.ts";
import { renderSitePage } from "../../core/edition/site-page.ts";
import { fillSlots } from "../../core/edition/slots.ts";
import { visible } from "../../core/edition/visible.ts";
import { renderWeb } from "../../core/edition/web.ts";
import {
  aDownload,
  anArticle,
  anEditionInput,
  aPicture,
  heading,
  paragraph,
  shelfEntry,
  t,
} from "../people-and-papers.ts";
import { openReadingRoom, type ReadingRoom } from "./reading-room.ts";
import { oddAddresses, unseenSigns, wickedAddresses, wickedWords } from "./wicked-words.ts";

/** One issue in which every word an author can hand in is a weapon, opened in a real browser. */

const words = [...wickedWords, ...unseenSigns];

/** The same words in every place an author's words can stand. */
function article(wicked: string, index: number): Article {
  const portrait = aPicture(`gesicht-${index}.jpg`, { alt: wicked, credit: wicked });
  return anArticle({
    id: `a${index}`,
    slug: `beitrag-${index}`,
    kind: index % 7 === 3 ? "notice" : "report",
    title: `T ${wicked}`,
    subtitle: wicked,
    kicker: wicked,
    teaser: wicked,
    lead: t(`L ${wicked}`),
    authors: [{ name: wicked, roleAtTime: wicked, portrait }],
    hero: aPicture(`bild-${index}.jpg`, { alt: wicked, caption: t(wicked), credit: wicked }),
    blocks: [
      paragraph(`P ${wicked}`),
      heading(wicked),
      { type: "paragraph", content: [{ type: "abbr", title: wicked, text: wicked }] },
      { type: "paragraph", content: oddAddresses.map((url) => ({ type: "link", url, content: t(wicked) })) },
      { type: "list", ordered: false, start: 1, items: [[paragraph(wicked)]] },
      { type: "table", caption: t(wicked), align: [null], head: [t(wicked)], rows: [[t(wicked)]] },
      { type: "infobox", title: t(wicked), blocks: [paragraph(wicked)] },
      { type: "interview", turns: [{ question: t(wicked), speaker: wicked, answer: [paragraph(wicked)] }] },
      { type: "quote", blocks: [paragraph(wicked)], source: t(wicked) },
      { type: "embed", url: oddAddresses[index % 4] ?? "", title: wicked },
      { type: "gallery", pictures: [aPicture("g.jpg", { alt: wicked, caption: t(wicked) })], caption: t(wicked) },
    ],
    linkBox: { title: wicked, entries: oddAddresses.map((url) => ({ kind: "web", label: wicked, url })) },
    notes: [t(wicked)],
  });
}

const articles = words.map(article);
const [polyglot = "", other = ""] = [
  `</script><svg/onload=alert(1)>"'\`><img src=https://evil.example/x onerror=alert(1)> {{{x}}} {{#each`,
  `</title></style><mj-raw><script>alert(1)</script> " onclick="alert(1) {{leaveUrl}} &lt;b&gt; \ufdd0x\ufdd1`,
];

function wickedIssue(baseUrl: string) {
  const sections = words.map((name, index) => ({ name, articles: [`a${index}`] }));
  const input = anEditionInput(
    { alle: articles },
    {
      publication: {
        baseUrl,
        title: polyglot,
        titleParts: [polyglot, other.slice(0, 100)],
        subtitle: other,
        claim: polyglot,
        publisher: {
          name: polyglot,
          address: words,
          legalForm: other,
          register: other,
          email: "a@b.example",
          phone: "'><script>alert(1)</script>",
          representedBy: other,
        },
        responsiblePerson: polyglot,
        imprint: [...words, ...wickedAddresses.map((url) => `[${polyglot}](${url})`)].join("\n\n"),
        privacy: words.map((one) => `- ${one}`).join("\n"),
        accessibility: words.map((one) => `## ${one}`).join("\n\n"),
      },
      issue: {
        sections,
        theme: { title: polyglot, intro: words.join(" ").slice(0, 2000) },
        preheader: other,
        subject: polyglot,
        downloads: [aDownload({ label: polyglot })],
        corrections: words.map((text, index) => ({ article: `a${index}`, date: "2026-03-05", text })),
      },
    },
  );
  return input;
}

/** Every article whole, far beyond what a mail may weigh: nothing of it is shortened away. */
async function wholeLetter(given: ReturnType<typeof wickedIssue>): Promise<string> {
  const input = unbroken(given);
  const ids = new Set(input.articles.keys());
  const shape = { full: ids, pictured: ids, lines: new Set<string>() };
  const html = await htmlOf(composeLetter(input, planOf(input.issue, input.articles), shape), input.house);
  const link = (letter: string) => `https://elblandbote.example/${letter}/abc`;
  return fillSlots(
    html,
    { greeting: `Guten Tag, ${polyglot},`, leaveUrl: link("u"), preferencesUrl: link("e") },
    "html",
  );
}

/** Shouts whatever runs, to the console the room listens to. */
const alarm = `for (const name of ["alert", "confirm", "prompt", "print", "open", "msgbox"])
  window[name] = () => console.error("something ran: " + name);`;

/** What no word may have made: elements, attributes and links we never write. */
const foreign = `[
  ...[...document.querySelectorAll("script:not([type='application/ld+json']),iframe,object,embed,base,form,input,svg:not(.arrow),math,template,video,audio,textarea,plaintext,xmp,marquee,details,body body,link[href*=evil]")].map((one) => one.outerHTML),
  ...[...document.querySelectorAll("meta[http-equiv=refresh]")].map((one) => one.outerHTML),
  ...[...document.querySelectorAll("*")].flatMap((one) => [...one.attributes].filter(({ name, value }) =>
    /^on|^formaction$|^srcdoc$|^xlink/.test(name) || (name === "style" && /evil|expression/.test(value))).map(({ name, value }) => one.tagName + " " + name + "=" + value)),
  ...[...document.querySelectorAll("a[href], area[href]")].filter(({ protocol }) => !["http:", "https:", "mailto:", "tel:"].includes(protocol)).map((one) => one.href),
  ...[...document.querySelectorAll("img, source")].filter((one) => /evil/.test(one.src + one.srcset)).map((one) => one.outerHTML),
]`;

/** What a browser makes of pages without showing them: dozens at once. */
const parsed = (pages: readonly string[]): string => `${JSON.stringify(pages)}.map((html) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  const data = JSON.parse(page.querySelector("script").textContent);
  return { foreign: (${foreign.replaceAll("document", "page")}), title: page.title, text: page.body.textContent, headline: data.headline };
})`;
interface Parsed {
  readonly foreign: readonly string[];
  readonly title: string;
  readonly text: string;
  readonly headline: string;
}

interface Found {
  readonly foreign: readonly string[];
  readonly text: string;
  readonly alts: readonly string[];
}
const look = async (page: Page): Promise<Found> => ({
  foreign: await page.evaluate<string[]>(foreign),
  text: spoken(await page.evaluate<string>("document.body.innerText + document.title")),
  alts: await page.evaluate<string[]>("[...document.images].map((one) => one.alt)"),
});

/** What a reader sees, whatever the case a style sheet sets it in and the line it breaks at. */
const spoken = (text: string): string => text.replace(/\s+/g, " ").toLowerCase();
const shown = (text: string): string => spoken(visible(text)).trim();

let room: ReadingRoom;
let shelf: ReturnType<typeof renderShelf>;
let own: ReadonlyMap<string, EditionFile>;
beforeAll(async () => {
  room = await openReadingRoom(alarm);
  const input = wickedIssue(room.origin);
  const pages = renderWeb(input).files.map((file) => ({ ...file, path: file.path.slice("web/".length) }));
  own = new Map(pages.map((file) => [file.path, file]));
  room.layOut([...pages, { path: "favicon.ico", body: "", type: "image/x-icon" }]);
  const { publication, house } = input;
  shelf = renderShelf({ publication, house, shelf: [shelfEntry(input, "2026-03-02T05:00:00.000Z")] });
  room.layOut(shelf.map((file) => (file.path === "404.html" ? { ...file, path: "404/index.html" } : file)));
  const html = "text/html; charset=utf-8";
  room.layOut([{ path: "brief/index.html", body: await wholeLetter(input), type: html }]);
  for (const name of ["leave", "left", "unknown-link", "fault"] as const) {
    const body = renderSitePage(house, publication, name, { address: polyglot }, "de");
    room.layOut([{ path: `${name}/index.html`, body: body.replace(/<form[^>]*>|<\/form>/g, ""), type: html }]);
  }
});
afterAll(() => room?.close());

const everything = (found: Found, wanted: readonly string[]) =>
  wanted.filter((one) => !found.text.includes(shown(one)));

describe("whatever authors write, readers read it and nothing else happens", () => {
  it.each([
    ["the letter", "brief/"],
    ["the cover", "ausgaben/2026-01/"],
    ["the whole issue", "ausgaben/2026-01/druck/"],
  ])("on %s", async (_, path) => {
    const { seen, trouble } = await room.read(path, {}, look);
    expect(trouble).toEqual([]);
    expect(seen.foreign).toEqual([]);
    expect(everything(seen, [...words.map((one) => `T ${one}`), ...words, polyglot])).toEqual([]);
    expect(words.filter((one) => !seen.alts.some((alt) => shown(alt) === shown(one)))).toEqual([]);
  });

  it("on every article's own page", async () => {
    const pages = words.map((_, index) => String(own.get(`ausgaben/2026-01/beitrag-${index}/index.html`)?.body));
    const { seen } = await room.read("archiv/", {}, (page) => page.evaluate<Parsed[]>(parsed(pages)));
    expect(seen.flatMap(({ foreign }) => foreign)).toEqual([]);
    for (const [index, one] of words.entries()) {
      const { title, text, headline } = seen[index] ?? expect.unreachable();
      for (const said of [title, text, headline]) expect(shown(said)).toContain(shown(`T ${one}`));
      for (const place of ["L", "P"]) expect(shown(text)).toContain(shown(`${place} ${one}`));
    }
  });

  it.each([
    "",
    "archiv/",
    "impressum/",
    "datenschutz/",
    "barrierefreiheit/",
    "404/",
    "leave/",
    "left/",
    "unknown-link/",
    "fault/",
  ])("on the page %j, from the settings", async (path) => {
    const { seen, trouble } = await room.read(path, {}, look);
    expect(trouble).toEqual([]);
    expect(seen.foreign).toEqual([]);
    expect(seen.text).toContain(shown(polyglot));
  });

  it("in feeds and the sitemap, which stay well-formed", async () => {
    const feeds = shelf.filter(({ path }) => path.endsWith(".xml")).map(({ body }) => String(body));
    expect(feeds).toHaveLength(3);
    const { seen } = await room.read("archiv/", {}, (page) =>
      page.evaluate<string[]>(`${JSON.stringify(feeds)}.map((feed) =>
        new DOMParser().parseFromString(feed, "application/xml").querySelector("parsererror")?.textContent ?? "")`),
    );
    expect(seen).toEqual(["", "", ""]);
  });
});

describe("addresses", () => {
  it("that would harm a reader are no links", () => {
    expect(wickedAddresses.filter(isLink)).toEqual([]);
  });
});
