import type { Publication } from "../../publication.ts";
import { fill, words } from "../../words.ts";
import type { House } from "../edition.ts";
import { blocksHtml, settingOf } from "../html.ts";
import { type Address, absoluteAt, type LinkTo, relativeFrom } from "./address.ts";
import type { Card } from "./card.ts";
import type { Cover, CoverSection } from "./cover.ts";
import { creditsView } from "./credits.ts";
import { fileFacts } from "./dates.ts";
import { coverData, socialPicture } from "./json-ld.ts";
import { renderPage, titleIn } from "./page.ts";
import { pictureHtml } from "./picture.ts";

/** @param at where the page lies: the issue's own address, or "" for the start page, which then names the issue's as its own */
export function coverPage(house: House, publication: Publication, cover: Cover, at: Address = cover.address): string {
  const linkTo = relativeFrom(at);
  const { language, theme, lead } = cover;
  const picture = socialPicture(lead.picture, publication);
  const page = {
    language,
    title: titleIn(theme.title, publication, cover),
    description: theme.intro || lead.teaser,
    canonical: absoluteAt(publication.baseUrl)(cover.address),
    linkTo,
    home: at === cover.address ? null : cover.address,
    issue: cover,
    small: false,
    indexed: true,
    social: { type: "website", picture, published: cover.date },
    data: coverData(publication, cover),
  } as const;
  return renderPage(house, publication, "web/cover", page, {
    theme,
    lead: leadView(cover, linkTo),
    side: cover.side.map((card) => cardView(card, { linkTo, cover, level: 2 })),
    contents: contentsOf(cover),
    sections: cover.sections.map((section) => sectionView(section, cover, linkTo)),
    downloads: cover.downloads.map(({ address, label, bytes }) => ({
      url: linkTo(address),
      label,
      size: fileFacts(address, bytes, language),
    })),
    print: linkTo(cover.print),
    credits: creditsView(cover.credits, linkTo),
  });
}

const leadView = ({ lead, side, sections }: Cover, linkTo: LinkTo): object => ({
  ...cardText(lead, linkTo),
  // Where nothing else is on the cover, a headline alone would not look like a way in.
  alone: side.length === 0 && sections.length === 0,
  picture:
    lead.picture &&
    pictureHtml(lead.picture, {
      linkTo,
      sizes: "(min-width: 1200px) 726px, (min-width: 821px) 62vw, 92vw",
      cut: "lead",
      first: true,
    }),
});

/** Where the lead stands alone, its side says what else the issue holds. */
function contentsOf({ side, sections, language }: Cover): object[] {
  if (side.length > 1) return [];
  const { web } = words(language);
  return sections.map(({ name, id, cards, dates }) => {
    const count = cards.length + dates.length;
    const kind = cards.length > 0 ? [web.piece, web.pieces] : [web.event, web.events];
    return { name, id, count: fill((count === 1 ? kind[0] : kind[1]) ?? "", { count }) };
  });
}

/** How a section opened by a picture lies on the grid, by how many cards follow. */
const layouts = ["one", "two"] as const;

function sectionView({ name, id, cards, dates }: CoverSection, cover: Cover, linkTo: LinkTo): object {
  const [first, ...others] = cards;
  const pictured = first?.picture && first.whole === null ? first : undefined;
  const rest = pictured ? others : cards;
  return {
    name,
    id,
    layout: cards.length === 0 ? null : pictured ? (layouts[others.length] ?? "many") : "plain",
    feature: pictured ? cardView(pictured, { linkTo, cover, level: 3, pictured: true }) : null,
    cards: rest.map((card) => cardView(card, { linkTo, cover, level: 3 })),
    dates: dates.map((card) => ({ ...cardText(card, linkTo), ...card.event })),
  };
}

interface CardSetting {
  readonly linkTo: LinkTo;
  readonly cover: Cover;
  readonly level: 2 | 3;
  readonly pictured?: boolean;
}

const cardView = (card: Card, { linkTo, cover, level, pictured }: CardSetting): object => ({
  ...cardText(card, linkTo),
  level,
  picture:
    pictured && card.picture
      ? pictureHtml(card.picture, {
          linkTo,
          sizes: "(min-width: 1200px) 347px, (min-width: 821px) 30vw, 92vw",
          cut: "lead",
        })
      : null,
  whole:
    card.whole &&
    blocksHtml(
      card.whole.blocks,
      settingOf(card.whole, { linkTo, language: cover.language, demotedBy: 2, shared: true }),
    ),
});

const cardText = ({ title, kicker, mark, teaser, byline, language, address }: Card, linkTo: LinkTo): object => ({
  title,
  kicker,
  mark,
  teaser,
  byline,
  language,
  url: linkTo(address),
});
