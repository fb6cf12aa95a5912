import type { EditionFile, House } from "../edition/edition.ts";
import { scriptFiles } from "../edition/site/script.ts";
import { eachText, visible } from "../edition/visible.ts";
import { fileOf } from "../edition/web/address.ts";
import type { Cover } from "../edition/web/cover.ts";
import { coverPage } from "../edition/web/cover-page.ts";
import { lookOf } from "../edition/web/look.ts";
import type { Publication } from "../publication.ts";
import { renderFeeds } from "./feed.ts";
import { archivePage, emptyStartPage, missingPage, standingPages } from "./pages.ts";
import { renderRobots, renderSitemap } from "./sitemap.ts";

/** What archive, start page and feeds need to know of a sent issue; plain JSON. */
export interface ShelfEntry {
  readonly v: 1;
  readonly publishedAt: string;
  readonly cover: Cover;
}

/** The public shelf of a publication. */
export interface Shelf {
  readonly publication: Publication;
  readonly house: House;
  /** In any order. */
  readonly shelf: readonly ShelfEntry[];
  /** Other publications its order form offers. */
  readonly besides?: readonly Publication[];
}

/**
 * Everything public that belongs to no single issue: start page, archive, feeds, sitemap, standing pages, our own 404.
 * Paths are below the publication's base address.
 */
export function renderShelf(given: Shelf): EditionFile[] {
  const shelf: Shelf = {
    house: given.house,
    publication: eachText(given.publication, visible),
    shelf: eachText([...given.shelf], visible).sort(newestFirst),
    besides: eachText([...(given.besides ?? [])], visible),
  };
  const { publication, house } = shelf;
  const [newest] = shelf.shelf;
  const start = newest ? coverPage(house, publication, newest.cover, "") : emptyStartPage(shelf);
  return [
    { path: fileOf(""), body: start, type: html },
    ...[archivePage(shelf), ...standingPages(shelf)].map(({ address, body }) => ({
      path: fileOf(address),
      body,
      type: html,
    })),
    { path: "404.html", body: missingPage(shelf), type: html },
    ...renderFeeds(shelf),
    renderSitemap(shelf),
    ...renderRobots(publication),
    ...lookOf(house, publication).files,
    ...scriptFiles(house),
  ];
}

const html = "text/html; charset=utf-8";

/** By year and number, as on a real shelf. */
const newestFirst = ({ cover: one }: ShelfEntry, { cover: other }: ShelfEntry): number =>
  other.year - one.year || other.number - one.number;
