import { holdTogether } from "../../article/no-break.ts";
import { type IssuePlan, issueLabel, spokenLabel } from "../../issue/issue.ts";
import { logoOnPage } from "../../logo/logo.ts";
import { type Publication, paths } from "../../publication.ts";
import { fill, type Language, words } from "../../words.ts";
import type { House } from "../edition.ts";
import { renderer } from "../templates.ts";
import { type Address, archiveAddress, type LinkTo } from "./address.ts";
import { jsonForScript } from "./json-ld.ts";
import { lookOf } from "./look.ts";

/** What any page is besides its content. */
export interface Page {
  readonly language: Language;
  readonly title: string;
  readonly description: string;
  /** Absolute; "" where a page has no address of its own. */
  readonly canonical: string;
  readonly linkTo: LinkTo;
  /** Where the wordmark leads; null on that very page. */
  readonly home: Address | null;
  readonly issue: Pick<IssuePlan, "number" | "year"> | null;
  /** Half the masthead: archive, imprint, everything that is no issue. */
  readonly small: boolean;
  readonly indexed: boolean;
  /** How the page looks when it is passed on. */
  readonly social: {
    readonly type: "website" | "article";
    readonly picture: string | null;
    readonly published: string | null;
  } | null;
  readonly data: Readonly<Record<string, unknown>> | null;
  /** Only the order form has one, and works without. */
  readonly script?: Address;
}

/** Where a style comes from and what a page may load: nothing from anywhere else. */
export interface Dress {
  readonly policy: string;
  readonly style: string | null;
  readonly styleText: string | null;
  readonly icon: string | null;
  readonly early: readonly string[];
  /** What a page tells others of its own address when a link is followed. */
  readonly referrer: "no-referrer" | null;
}

/** A content security policy that allows nothing but these. @param style a source or a hash */
export const policyWith = (style: string, { pictures = "'self'", runs = false } = {}): string =>
  [
    ...["default-src 'none'", `style-src ${style}`, `img-src ${pictures}`, "font-src 'self'"],
    ...(runs ? ["script-src 'self'", "connect-src 'self'"] : []),
    ...["form-action 'self'", "base-uri 'none'"],
  ].join("; ");

/** A page of a publication as HTML: its template inside the one layout. */
export function renderPage(
  house: House,
  publication: Publication,
  template: string,
  page: Page,
  content: object,
): string {
  const look = lookOf(house, publication);
  return renderDressed(house, publication, template, page, content, {
    policy: policyWith("'self'", { runs: page.script !== undefined }),
    style: page.linkTo(look.style),
    styleText: null,
    icon: page.linkTo(look.icon),
    early: look.early.map(page.linkTo),
    referrer: null,
  });
}

/** @param publication undefined where nobody can tell which: the page then has neither masthead nor footer */
export function renderDressed(
  house: House,
  publication: Publication | undefined,
  template: string,
  page: Page,
  content: object,
  dress: Dress,
): string {
  const html = renderer(house)(template, {
    ...content,
    say: words(page.language).web,
    site: words(page.language).site,
    page: {
      ...page,
      ...dress,
      linkTo: null,
      script: page.script === undefined ? null : page.linkTo(page.script),
      data: page.data && jsonForScript(page.data),
      ...robots(page, publication),
    },
    masthead: publication ? mastheadOf(publication, page) : null,
    footer: publication ? footerOf(publication, page) : null,
    feeds: publication ? feedsOf(publication, page.linkTo) : [],
    publicationTitle: publication?.title ?? "",
  });
  return html.replace(/\n\s*\n+/g, "\n");
}

const robots = (page: Page, publication: Publication | undefined): { hidden: boolean } => ({
  hidden: !page.indexed || publication === undefined || publication.proofPrinting,
});

function mastheadOf({ titleParts: [bold, light], subtitle }: Publication, page: Page): object {
  const { web } = words(page.language);
  return {
    bold,
    light,
    subtitle: holdTogether(subtitle, page.language),
    small: page.small,
    url: page.home === null ? null : page.linkTo(page.home),
    issue: page.issue && {
      label: issueLabel(page.issue),
      spoken: fill(web.issueSpoken, { number: page.issue.number, year: page.issue.year }),
    },
  };
}

export const feedPaths = { atom: "feed/atom.xml", rss: "feed/rss.xml", json: "feed/feed.json" } as const;

const feedsOf = ({ title }: Publication, linkTo: LinkTo): object[] => [
  { type: "application/atom+xml", title: `${title} (Atom)`, url: linkTo(feedPaths.atom) },
  { type: "application/rss+xml", title: `${title} (RSS)`, url: linkTo(feedPaths.rss) },
  { type: "application/feed+json", title: `${title} (JSON Feed)`, url: linkTo(feedPaths.json) },
];

function footerOf(publication: Publication, { language, linkTo }: Page): object {
  const { web } = words(language);
  const { publisher, responsiblePerson, proofPrinting, issn, logo } = publication;
  // A proof printing knows its publisher only where the text named one.
  const named = publisher.name === publication.title ? [] : [publisher.name];
  const place = paths[publication.language];
  const link = (label: string, address: Address) => ({ label, url: linkTo(address) });
  return {
    title: publication.title,
    claim: publication.claim,
    logo: logo ? logoOnPage(logo, linkTo) : null,
    proof: proofPrinting ? web.proof : null,
    publisher: proofPrinting ? named : [publisher.name, ...publisher.address],
    responsible: proofPrinting ? null : fill(web.responsible, { name: responsiblePerson }),
    issn: issn ? `ISSN ${issn}` : null,
    links: [
      link(web.archive, archiveAddress(publication)),
      link(web.order, `${place.subscribe}/`),
      link(web.feed, feedPaths.atom),
      ...(proofPrinting ? [] : [link(web.imprint, `${place.imprint}/`)]),
      link(web.privacy, `${place.privacy}/`),
      link(web.accessibility, `${place.accessibility}/`),
    ],
  };
}

/** "Digitale Transformation – ELBLANDbote 01/2026": what a tab and a screen reader say. */
export const titleIn = (title: string, publication: Publication, issue?: Pick<IssuePlan, "number" | "year">): string =>
  `${title} – ${publication.title}${issue ? ` ${spokenLabel(issue)}` : ""}`;

/** "Zur Ausgabe 01/2026" */
export function backTo(issue: Pick<IssuePlan, "number" | "year" | "language">): string {
  const { web } = words(issue.language);
  return fill(web.back, { issue: `${web.issue} ${spokenLabel(issue)}` });
}
