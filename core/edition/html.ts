import { type Article, type Block, type Inline, isLink, type Picture } from "../article/article.ts";
import { imageOf } from "../article/picture-address.ts";
import { plain } from "../article/plain.ts";
import { fill, type Language, words } from "../words.ts";
import { escapeHtml } from "./slots.ts";
import type { LinkTo } from "./web/address.ts";
import { pictureHtml } from "./web/picture.ts";

/** Where author text is printed. Everything of the author's is escaped; no other HTML comes out of here than ours. */
export interface Setting {
  readonly images: Article["images"];
  /** How many notes there are to point to. */
  readonly notes: number;
  readonly linkTo: LinkTo;
  /** Of the page around the text. */
  readonly language: Language;
  /** How many levels headings move down. */
  readonly demotedBy: number;
  /** Before every id, so that articles share a page; and the title that tells their tables apart there. */
  readonly prefix: string;
  readonly title: string;
  /** Filled while printing: notes already pointed to, tables already numbered. */
  readonly seen: { readonly notes: Set<number>; tables: number };
}

/** How an article is printed on a page; made anew for every page, since it counts notes and tables. */
export function settingOf(
  article: Pick<Article, "images" | "notes" | "slug" | "title">,
  page: { linkTo: LinkTo; language: Language; demotedBy?: number; shared?: boolean },
): Setting {
  const { linkTo, language, demotedBy = 0, shared = false } = page;
  const prefix = shared ? `${article.slug}-` : "";
  const title = shared ? article.title : "";
  const seen = { notes: new Set<number>(), tables: 0 };
  return { images: article.images, notes: article.notes.length, linkTo, language, demotedBy, prefix, title, seen };
}

/** Inlines as HTML for the web, author text escaped. */
export const inlinesHtml = (content: readonly Inline[], setting: Setting): string =>
  content.map((inline) => inlineHtml(inline, setting)).join("");

function inlineHtml(inline: Inline, setting: Setting): string {
  switch (inline.type) {
    case "text":
      return escapeHtml(inline.text);
    case "strong":
    case "em":
    case "sup":
    case "sub":
      return `<${inline.type}>${inlinesHtml(inline.content, setting)}</${inline.type}>`;
    case "link":
      return linkHtml(inline.url, inlinesHtml(inline.content, setting));
    case "lang":
      return `<span lang="${escapeHtml(inline.language)}">${inlinesHtml(inline.content, setting)}</span>`;
    case "abbr":
      return `<abbr title="${escapeHtml(inline.title)}">${escapeHtml(inline.text)}</abbr>`;
    case "noteRef":
      return noteRefHtml(inline.number, setting);
    case "break":
      return "<br>";
  }
}

/** A link the model should never have let in becomes its words. */
export const linkHtml = (url: string, html: string): string =>
  isLink(url) ? `<a href="${escapeHtml(url)}">${html}</a>` : html;

function noteRefHtml(number: number, { notes, prefix, language, seen }: Setting): string {
  if (number > notes) return `<sup>${number}</sup>`;
  const id = seen.notes.has(number) ? "" : ` id="${prefix}text-${number}"`;
  seen.notes.add(number);
  const name = escapeHtml(fill(words(language).web.note, { number }));
  return `<sup class="ref"><a${id} href="#${prefix}note-${number}" aria-label="${name}">${number}</a></sup>`;
}

/** Blocks as HTML for the web, author text escaped; awaited pictures are left out. */
export const blocksHtml = (blocks: readonly Block[], setting: Setting): string =>
  blocks.map((block) => blockHtml(block, setting)).join("\n");

function blockHtml(block: Block, setting: Setting): string {
  const say = words(setting.language).web;
  switch (block.type) {
    case "heading": {
      const level = Math.min(6, block.level + setting.demotedBy);
      return `<h${level}>${inlinesHtml(block.content, setting)}</h${level}>`;
    }
    case "paragraph":
      return `<p>${inlinesHtml(block.content, setting)}</p>`;
    case "list":
      return listHtml(block, setting);
    case "figure":
      return figureHtml(block.picture, setting);
    case "gallery":
      return galleryHtml(block, setting);
    case "quote":
      return `<figure class="quote"><blockquote>${blocksHtml(block.blocks, setting)}</blockquote>${captionHtml(inlinesHtml(block.source, setting))}</figure>`;
    case "table":
      return tableHtml(block, setting);
    case "infobox":
      return `<div class="infobox" role="note"${block.title.length > 0 ? "" : ` aria-label="${escapeHtml(say.infobox)}"`}>${block.title.length > 0 ? `<p class="infobox-title">${inlinesHtml(block.title, setting)}</p>` : ""}${blocksHtml(block.blocks, setting)}</div>`;
    case "interview":
      return `<div class="interview">${block.turns.map((turn) => turnHtml(turn, setting)).join("\n")}</div>`;
    case "separator":
      return "<hr>";
    case "embed":
      return embedHtml(block);
  }
}

function listHtml({ ordered, start, items }: Extract<Block, { type: "list" }>, setting: Setting): string {
  const tag = ordered ? "ol" : "ul";
  const from = ordered && start !== 1 ? ` start="${start}"` : "";
  return `<${tag}${from}>${items.map((item) => `<li>${itemHtml(item, setting)}</li>`).join("")}</${tag}>`;
}

/** A point of one paragraph needs no paragraph. */
function itemHtml(item: readonly Block[], setting: Setting): string {
  const [first, ...rest] = item;
  if (first?.type !== "paragraph" || rest.some(({ type }) => type !== "list")) return blocksHtml(item, setting);
  return inlinesHtml(first.content, setting) + blocksHtml(rest, setting);
}

const textColumn = "(min-width: 720px) 680px, 92vw";

/** "" while the picture is awaited: it is printed nowhere, its caption neither. */
export function figureHtml(
  picture: Picture,
  setting: Setting,
  { sizes = textColumn, className = "", first = false } = {},
): string {
  const image = imageOf(setting, picture);
  if (!image) return "";
  const shown = pictureHtml({ image, alt: picture.alt ?? "" }, { linkTo: setting.linkTo, sizes, cut: "own", first });
  const tall = image.height > image.width ? "tall" : "";
  const named = [className, tall].filter(Boolean).join(" ");
  const caption = [inlinesHtml(picture.caption, setting), creditHtml(picture, setting.language)];
  return `<figure${named ? ` class="${named}"` : ""}>${shown}${captionHtml(caption.filter(Boolean).join(" "))}</figure>`;
}

/** "Foto: Jana Krahl"; "" where nobody is named. */
export const creditOf = (picture: Picture, language: Language): string =>
  picture.credit?.trim() ? fill(words(language).web.photo, { credit: picture.credit }) : "";

function creditHtml(picture: Picture, language: Language): string {
  const credit = creditOf(picture, language);
  return credit && `<span class="credit">${escapeHtml(credit)}</span>`;
}

const captionHtml = (html: string): string => html && `<figcaption>${html}</figcaption>`;

function galleryHtml({ pictures, caption }: Extract<Block, { type: "gallery" }>, setting: Setting): string {
  const sizes = "(min-width: 720px) 470px, 92vw";
  const figures = pictures.map((picture) => figureHtml(picture, setting, { sizes })).filter(Boolean);
  if (figures.length === 0) return "";
  const words = captionHtml(inlinesHtml(caption, setting));
  return `<figure class="gallery"><div class="pictures">${figures.join("")}</div>${words}</figure>`;
}

/** Wide tables scroll sideways in a region of their own, which a keyboard can reach. */
function tableHtml({ caption, align, head, rows }: Extract<Block, { type: "table" }>, setting: Setting): string {
  setting.seen.tables += 1;
  const number = setting.seen.tables;
  const name = fill(words(setting.language).web.table, { number });
  const label = [name, plain(caption), setting.title].filter(Boolean).join(": ");
  const side = (column: number): string => (align[column] ? ` class="${align[column]}"` : "");
  const top = head.map((cell, column) => `<th scope="col"${side(column)}>${inlinesHtml(cell, setting)}</th>`);
  const lines = rows.map(
    (row) => `<tr>${row.map((cell, column) => `<td${side(column)}>${inlinesHtml(cell, setting)}</td>`).join("")}</tr>`,
  );
  const title = caption.length > 0 ? `<caption>${inlinesHtml(caption, setting)}</caption>` : "";
  const thead = head.length > 0 ? `<thead><tr>${top.join("")}</tr></thead>` : "";
  return `<section class="table" tabindex="0" aria-label="${escapeHtml(label)}"><table>${title}${thead}<tbody>${lines.join("")}</tbody></table></section>`;
}

function turnHtml(
  { question, speaker, answer }: Extract<Block, { type: "interview" }>["turns"][number],
  setting: Setting,
): string {
  const who = speaker ? `<p class="speaker">${escapeHtml(speaker)}</p>` : "";
  const asked = question.length > 0 ? `<p class="question">${inlinesHtml(question, setting)}</p>` : "";
  return `${asked}<div class="answer">${who}${blocksHtml(answer, setting)}</div>`;
}

/** A link card: no stranger's frame is ever loaded into a page. */
function embedHtml({ url, title }: Extract<Block, { type: "embed" }>): string {
  const host = isLink(url) ? new URL(url).hostname : "";
  const from = host ? ` <span class="host">${escapeHtml(host)}</span>` : "";
  return `<p class="embed">${linkHtml(url, escapeHtml(title))}${from}</p>`;
}
