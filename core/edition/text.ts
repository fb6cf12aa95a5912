import { type Words, words } from "../words.ts";
import type { AuthorView, DateLine, FullText, Head, Line, Teaser } from "./letter/article.ts";
import type { Footer } from "./letter/footer.ts";
import type { Item, Lead, Letter, Masthead } from "./letter.ts";
import { fullTextParagraphs, type Paragraphs, paragraphLines, pictureParagraphs } from "./text/blocks.ts";
import { inlineText } from "./text/inlines.ts";
import { type Links, numberedLinks } from "./text/links.ts";
import { columns, padStart, widthOf, wrap } from "./text/wrap.ts";

/** The letter as plain text for a terminal, with its slots: 72 columns, links numbered and listed per article. */
export function textOf(letter: Letter): string {
  const say = words(letter.language);
  const parts = [
    [[`${letter.browser.label}: ${letter.browser.url}`]],
    mastheadParagraphs(letter.masthead),
    themeParagraphs(letter.theme),
    [[rule("=")]],
    leadParagraphs(letter.lead, say),
    ...letter.sections.map(({ name, items }) => [
      sectionLines(name),
      ...items.flatMap((item, index) => [...(index > 0 && isLong(item) ? [[]] : []), ...itemParagraphs(item, say)]),
    ]),
    [[rule("=")]],
    takeParagraphs(letter.footer),
    logoParagraphs(letter.footer, say),
    footerParagraphs(letter.footer),
  ];
  return `${parts
    .flat()
    .map((lines) => lines.join("\n"))
    .join("\n\n")
    .replace(/\n{4,}/g, "\n\n\n")}\n`;
}

const rule = (sign: string): string => sign.repeat(columns);

/** Name and organ left, number right, as on the printed title page. */
function mastheadParagraphs({ bold, light, subtitle, issue, number }: Masthead): Paragraphs {
  const left = subtitle ? [...wrap(bold + light), ...wrap(subtitle)] : wrap(bold + light);
  const right = `${issue} ${number}`;
  const last = left.at(-1) ?? "";
  const fits = widthOf(last) + 2 + widthOf(right) <= columns;
  return [fits ? [...left.slice(0, -1), last + padStart(right, columns - widthOf(last))] : [...left, right]];
}

const themeParagraphs = ({ label, title, intro }: Letter["theme"]): Paragraphs => [
  [label, ...wrap(title, "→ ", "  ")],
  ...(intro ? [paragraphLines(intro)] : []),
];

function leadParagraphs(lead: Lead, say: Words): Paragraphs {
  const links = numberedLinks();
  const head = [...pictureParagraphs(lead.picture, say, links), titleLines(lead, links), ...subtitleParagraphs(lead)];
  const body = [
    ...standfirstParagraphs(lead, links),
    ...authorParagraphs(lead.authors),
    ...(lead.button ? [wrap(lead.button + links.mark(lead.url, lead.button))] : []),
    ...fullTextParagraphs(lead, links, say),
    links.list(),
  ];
  return [...head, ...greeted(lead.greeting, body)];
}

/** The greeting is a slot that brings its own empty line: it stands before the first line there is. */
function greeted(greeting: string, paragraphs: Paragraphs): Paragraphs {
  const [[first = "", ...lines] = [], ...others] = paragraphs.filter((some) => some.length > 0);
  return [[greeting + first, ...lines], ...others];
}

const sectionLines = (name: string): string[] => ["", rule("="), ...wrap(name), rule("=")];

/** Longer pieces get two empty lines before them, lines and dates one. */
const isLong = ({ teaser, full, notice }: Item): boolean => Boolean(teaser ?? full ?? notice);

function itemParagraphs({ teaser, line, full, notice, dates }: Item, say: Words): Paragraphs {
  if (teaser) return teaserParagraphs(teaser, say);
  if (line) return lineParagraphs(line);
  if (dates) return dateParagraphs(dates);
  const whole = full ?? notice;
  return whole ? fullParagraphs(whole, say) : [];
}

function teaserParagraphs(teaser: Teaser, say: Words): Paragraphs {
  const links = numberedLinks();
  return [
    ...pictureParagraphs(teaser.picture, say, links),
    [...titleLines(teaser, links), ...paragraphLines(teaser.text), ...(teaser.byline ? wrap(teaser.byline) : [])],
    links.list(),
  ];
}

function fullParagraphs(article: FullText, say: Words): Paragraphs {
  const links = numberedLinks();
  return [
    ...pictureParagraphs(article.picture, say, links),
    titleLines(article, links),
    ...subtitleParagraphs(article),
    ...standfirstParagraphs(article, links),
    ...authorParagraphs(article.authors),
    ...fullTextParagraphs(article, links, say),
    links.list(),
  ];
}

function lineParagraphs({ mark, title, byline, url }: Line): Paragraphs {
  return [[...wrap([mark, title, byline].filter(Boolean).join(" · "), "- ", "  "), `  ${url}`]];
}

const dateParagraphs = (dates: readonly DateLine[]): Paragraphs =>
  dates.map(({ day, place, title, url }) => [
    ...wrap([day.replaceAll(" ", "\u00A0"), place, title].filter(Boolean).join(" · "), "- ", "  "),
    `  ${url}`,
  ]);

const titleLines = ({ mark, kicker, title, url }: Head, links: Links): string[] => [
  ...(mark ? wrap(mark) : []),
  ...(kicker ? wrap(kicker) : []),
  ...wrap(title + links.mark(url, title)),
];

function standfirstParagraphs({ standfirst }: FullText, links: Links): Paragraphs {
  const text = inlineText(standfirst, links);
  return text.trim() ? [paragraphLines(text)] : [];
}

const subtitleParagraphs = ({ subtitle }: FullText): Paragraphs => (subtitle ? [wrap(subtitle)] : []);

const authorParagraphs = (authors: readonly AuthorView[]): Paragraphs =>
  authors.length > 0 ? [authors.flatMap(({ name, role }) => wrap([name, role].filter(Boolean).join(", ")))] : [];

const takeParagraphs = ({ take }: Footer): Paragraphs =>
  take ? [[`${take.label}:`, ...take.links.flatMap(({ label, url }) => [...wrap(label, "- ", "  "), `  ${url}`])]] : [];

/** "[Logo: Die Fähre des Elbländischen Gemeindebundes]" */
const logoParagraphs = ({ logo }: Footer, say: Words): Paragraphs =>
  logo ? [wrap(`[${say.text.logo}: ${logo.alt}]`)] : [];

const footerParagraphs = ({ publication, claim, imprint, because, links, forwarded, order }: Footer): Paragraphs => [
  [...wrap(publication), ...(claim ? wrap(claim) : []), ...imprint.flatMap((line) => wrap(line))],
  wrap(because),
  links.map(({ label, url }) => `${label}: ${url}`),
  [...wrap(forwarded), `${order.label}: ${order.url}`],
];
