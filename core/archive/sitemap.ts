import type { EditionFile } from "../edition/edition.ts";
import { renderer } from "../edition/templates.ts";
import { absoluteAt, archiveAddress } from "../edition/web/address.ts";
import { cardsOf } from "../edition/web/cover.ts";
import type { Publication } from "../publication.ts";
import type { Shelf } from "./shelf.ts";

const sitemapPath = "sitemap.xml";

/** Every page worth finding, with the day it was published. @see https://www.sitemaps.org/protocol.html */
export function renderSitemap({ publication, house, shelf }: Shelf): EditionFile {
  const absolute = absoluteAt(publication.baseUrl);
  const issues = shelf.flatMap(({ publishedAt, cover }) =>
    [cover.address, ...cardsOf(cover).map(({ address }) => address)].map((address) => ({
      url: absolute(address),
      day: publishedAt.slice(0, 10),
    })),
  );
  const pages = [{ url: absolute(archiveAddress(publication)), day: null }, ...issues];
  return {
    path: sitemapPath,
    body: renderer(house)("web/feed/sitemap", { pages }),
    type: "application/xml; charset=utf-8",
  };
}

/** Only the root of a host is asked for it; a publication below a path has none. Leave links are nobody's to crawl. */
export function renderRobots({ baseUrl, proofPrinting }: Publication): EditionFile[] {
  if (new URL(baseUrl).pathname !== "/") return [];
  const rule = proofPrinting ? "Disallow: /" : "Disallow: /u/";
  const body = `User-agent: *\n${rule}\n\nSitemap: ${absoluteAt(baseUrl)(sitemapPath)}\n`;
  return [{ path: "robots.txt", body, type: "text/plain; charset=utf-8" }];
}
