import { holdTogether } from "../article/no-break.ts";
import { blocksHtml, settingOf } from "../edition/html.ts";
import { orderFormView, untouched } from "../edition/site/order-form.ts";
import { orderScript } from "../edition/site/script.ts";
import { eachText } from "../edition/visible.ts";
import {
  type Address,
  absoluteAt,
  archiveAddress,
  type LinkTo,
  relativeFrom,
  rootedAt,
} from "../edition/web/address.ts";
import { longDay } from "../edition/web/dates.ts";
import { feedPaths, type Page, renderPage, titleIn } from "../edition/web/page.ts";
import { issueLabel } from "../issue/issue.ts";
import { type Publication, paths } from "../publication.ts";
import { fill, words } from "../words.ts";
import { readSettingsText } from "./settings-text.ts";
import type { Shelf, ShelfEntry } from "./shelf.ts";

interface SitePage {
  readonly address: Address;
  readonly body: string;
}

/** Years, and in each one line per issue. */
export function archivePage({ publication, house, shelf }: Shelf): SitePage {
  const address = archiveAddress(publication);
  const { web } = words(publication.language);
  const page = sitePage(publication, { title: web.archive, description: web.archiveIntro, address });
  const years = [...new Set(shelf.map(({ cover }) => cover.year))];
  const body = renderPage(house, publication, "web/archive", page, {
    title: web.archive,
    years: years.map((year) => ({
      year,
      issues: shelf
        .filter(({ cover }) => cover.year === year)
        .map((entry) => issueLine(entry, page.linkTo, publication)),
    })),
    subscriptions: [
      { label: "Atom", url: page.linkTo(feedPaths.atom) },
      { label: "RSS", url: page.linkTo(feedPaths.rss) },
      { label: "JSON Feed", url: page.linkTo(feedPaths.json) },
    ],
  });
  return { address, body };
}

const issueLine = ({ cover }: ShelfEntry, linkTo: LinkTo, { language }: Publication): object => ({
  label: issueLabel(cover),
  spoken: fill(words(language).web.issueSpoken, { number: cover.number, year: cover.year }),
  theme: cover.theme.title,
  url: linkTo(cover.address),
  date: cover.date,
  day: longDay(cover.date, language),
  language: cover.language === language ? "" : cover.language,
});

/** Until there is an issue, the start page says what comes next. */
export function emptyStartPage({ publication, house }: Shelf): string {
  const { web } = words(publication.language);
  const page = sitePage(publication, { title: web.archive, description: web.archiveEmpty, address: "" });
  const view = { title: publication.title, years: [], subscriptions: [] };
  return renderPage(house, publication, "web/archive", page, view);
}

/** Imprint, privacy, accessibility and how to order; a proof printing has no imprint. */
export function standingPages(shelf: Shelf): SitePage[] {
  const { publication } = shelf;
  const { web } = words(publication.language);
  const place = paths[publication.language];
  const texts = [
    ...(publication.proofPrinting ? [] : [[`${place.imprint}/`, web.imprint, publication.imprint] as const]),
    [`${place.privacy}/`, web.privacy, publication.privacy] as const,
    [`${place.accessibility}/`, web.accessibility, publication.accessibility] as const,
  ];
  return [...texts.map(([address, title, text]) => textPage(shelf, { address, title, text })), orderPage(shelf)];
}

function textPage(
  { publication, house }: Shelf,
  { address, title, text }: { address: Address; title: string; text: string },
): SitePage {
  const page = sitePage(publication, { title, description: "", address });
  const plain = { images: {}, notes: [], slug: "", title: "" };
  const setting = settingOf(plain, { linkTo: page.linkTo, language: publication.language });
  const isImprint = address === `${paths[publication.language].imprint}/`;
  const body = renderPage(house, publication, "site/text-page", page, {
    title,
    facts: isImprint ? factsOf(publication) : [],
    textHtml: blocksHtml(readSettingsText(holdTogether(text, publication.language)), setting),
  });
  return { address, body };
}

/** What the law wants an imprint to name (§ 5 DDG, § 18 MStV), from the settings, whatever the text says. */
function factsOf({ publisher, responsiblePerson, issn, language }: Publication): object[] {
  const { fact } = words(language).site;
  const { name, legalForm, address, representedBy, register, email, phone } = publisher;
  return [
    { label: fact.publisher, lines: [name, ...(legalForm ? [legalForm] : []), ...address], url: null },
    { label: fact.representedBy, lines: [representedBy], url: null },
    { label: fact.register, lines: [register], url: null },
    { label: fact.phone, lines: [phone], url: phone && `tel:${phone.replace(/[^+\d]/g, "")}` },
    { label: fact.email, lines: [email], url: `mailto:${email}` },
    { label: fact.responsible, lines: [responsiblePerson], url: null },
    { label: fact.issn, lines: [issn ?? ""], url: null },
  ].filter(({ lines }) => lines.some(Boolean));
}

function orderPage({ publication, house, besides = [] }: Shelf): SitePage {
  const { language } = publication;
  const address = `${paths[language].subscribe}/`;
  const text = eachText(words(language).site.order, (sentence) => fill(sentence, { publication: publication.title }));
  const page = {
    ...sitePage(publication, { title: text.title, description: text.lead, address }),
    script: orderScript(house),
  };
  const form = orderFormView(publication, { besides, typed: untouched(language) }, language, page.linkTo);
  const body = renderPage(house, publication, "site/order", page, {
    ...{ text, form, elsewhere: page.linkTo("s/form"), privacy: page.linkTo(`${paths[language].privacy}/`) },
    ...{ contact: publication.sender.replyTo, other: otherForm(publication, page.linkTo) },
  });
  return { address, body };
}

/** The page lies on the shelf in one language; the site answers with the same form in the other. */
function otherForm({ language }: Publication, linkTo: LinkTo): object {
  const code = language === "de" ? "en" : "de";
  return { code, label: words(language).site.otherLanguage, url: linkTo(`s?sprache=${code}`) };
}

/** Our own 404 answers at any address, so its links start at the root. */
export function missingPage({ publication, house }: Shelf): string {
  const { site } = words(publication.language);
  const linkTo = rootedAt(publication.baseUrl);
  const page = {
    ...sitePage(publication, { title: site.missing.title, description: "", address: "" }),
    linkTo,
    home: "",
    canonical: "",
    indexed: false,
  };
  return renderPage(house, publication, "site/not-found", page, {
    start: linkTo(""),
    archive: linkTo(archiveAddress(publication)),
  });
}

const sitePage = (
  publication: Publication,
  { title, description, address }: { title: string; description: string; address: Address },
): Page => ({
  language: publication.language,
  title: titleIn(title, publication),
  description,
  canonical: absoluteAt(publication.baseUrl)(address),
  linkTo: relativeFrom(address),
  home: address === "" ? null : "",
  issue: null,
  small: true,
  indexed: true,
  social: null,
  data: null,
});
