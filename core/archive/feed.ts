import type { EditionFile } from "../edition/edition.ts";
import { renderer } from "../edition/templates.ts";
import { eachText, oneLine } from "../edition/visible.ts";
import { absoluteAt, type LinkTo } from "../edition/web/address.ts";
import type { Card } from "../edition/web/card.ts";
import { socialPicture } from "../edition/web/json-ld.ts";
import { feedPaths } from "../edition/web/page.ts";
import type { Publication } from "../publication.ts";
import type { Shelf, ShelfEntry } from "./shelf.ts";

/** Readers of feeds want news: the newest articles, whole issues at a time until this many are listed. */
const enoughItems = 50;

interface Item {
  readonly url: string;
  readonly title: string;
  readonly summary: string;
  readonly section: string | null;
  readonly authors: readonly string[];
  readonly picture: string | null;
  readonly language: string;
  readonly publishedAt: string;
}

/** Atom needs an instant even of an empty shelf, which people may subscribe to before the first issue. */
const beforeAnyIssue = "1970-01-01T00:00:00.000Z";

/** Atom, RSS 2 and JSON Feed 1.1. */
export function renderFeeds({ publication, house, shelf }: Shelf): EditionFile[] {
  const absolute = absoluteAt(publication.baseUrl);
  const items = itemsOf(publication, shelf);
  const updatedAt =
    shelf
      .map((entry) => entry.publishedAt)
      .sort()
      .at(-1) ?? beforeAnyIssue;
  const feed = eachText(
    {
      title: publication.title,
      description: publication.claim || publication.subtitle,
      language: publication.language,
      home: absolute(""),
      publisher: publication.publisher.name,
      atom: absolute(feedPaths.atom),
      rss: absolute(feedPaths.rss),
      updatedAt,
      updated: rfc822(updatedAt),
      items: items.map((item) => ({ ...item, published: rfc822(item.publishedAt) })),
    },
    oneLine,
  );
  const render = renderer(house);
  return [
    { path: feedPaths.atom, body: render("web/feed/atom", feed), type: "application/atom+xml; charset=utf-8" },
    { path: feedPaths.rss, body: render("web/feed/rss", feed), type: "application/rss+xml; charset=utf-8" },
    {
      path: feedPaths.json,
      body: jsonFeed(publication, items),
      type: "application/feed+json; charset=utf-8",
    },
  ];
}

function itemsOf(publication: Publication, shelf: readonly ShelfEntry[]): Item[] {
  const items: Item[] = [];
  for (const entry of shelf) {
    if (items.length >= enoughItems) break;
    items.push(...itemsIn(publication, entry));
  }
  return items;
}

function itemsIn(publication: Publication, { publishedAt, cover }: ShelfEntry): Item[] {
  const absolute = absoluteAt(publication.baseUrl);
  const item = (card: Card, section: string | null): Item => ({
    url: absolute(card.address),
    title: [card.mark, card.title].filter(Boolean).join(": "),
    summary: card.teaser || [card.event?.days, card.event?.place].filter(Boolean).join(" · "),
    section,
    authors: card.authors,
    picture: socialPicture(card.picture, publication),
    language: card.language || cover.language,
    publishedAt,
  });
  return [
    ...[cover.lead, ...cover.side].map((card) => item(card, null)),
    ...cover.sections.flatMap(({ name, cards, dates }) => [...cards, ...dates].map((card) => item(card, name))),
  ];
}

/** @see https://www.jsonfeed.org/version/1.1/ */
function jsonFeed(publication: Publication, items: readonly Item[]): string {
  const absolute: LinkTo = absoluteAt(publication.baseUrl);
  const feed = {
    version: "https://jsonfeed.org/version/1.1",
    title: publication.title,
    home_page_url: absolute(""),
    feed_url: absolute(feedPaths.json),
    ...(publication.claim ? { description: publication.claim } : {}),
    language: publication.language,
    authors: [{ name: publication.publisher.name }],
    items: items.map((item) => ({
      id: item.url,
      url: item.url,
      title: item.title,
      content_text: item.summary || item.title,
      date_published: item.publishedAt,
      language: item.language,
      ...(item.picture ? { image: item.picture } : {}),
      ...(item.authors.length > 0 ? { authors: item.authors.map((name) => ({ name })) } : {}),
      ...(item.section ? { tags: [item.section] } : {}),
    })),
  };
  return `${JSON.stringify(eachText(feed, oneLine), null, 2)}\n`;
}

/** "Mon, 02 Mar 2026 06:00:00 GMT" */
const rfc822 = (at: string): string => new Date(at).toUTCString();
