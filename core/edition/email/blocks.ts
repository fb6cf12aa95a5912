import type { Block, Inline } from "../../article/article.ts";
import type { Words } from "../../words.ts";
import type { FullText } from "../letter/article.ts";
import type { PictureView } from "../letter/picture.ts";
import type { Render } from "../templates.ts";
import { inlineHtml, linkLook } from "./inlines.ts";
import type { Styles } from "./styles.ts";
import { fitsPhone } from "./table.ts";

/** What the blocks of one article are printed with. */
export interface Press {
  readonly render: Render;
  readonly style: Styles;
  readonly words: Words["email"];
}

interface Printing extends Press {
  readonly article: FullText;
  /** The look of paragraphs here. */
  readonly paragraph: string;
  readonly headingLevel: (wanted: number) => number;
}

/**
 * The whole text of an article: blocks, footnotes, link box.
 *
 * @param titleLevel of the heading the article's title stands in
 * @param look of its paragraphs
 */
export function fullTextHtml(article: FullText, titleLevel: number, look: string, press: Press): string {
  const paragraph = press.style[look] ?? "";
  const printing = { ...press, article, paragraph, headingLevel: levelsBelow(titleLevel) };
  return [blocksHtml(article.blocks, printing), notesHtml(article, press), linkBoxHtml(article, press)].join("");
}

export const pictureContext = (picture: PictureView, style: Styles) => ({
  ...picture,
  caption: inlineHtml(picture.caption, style),
  described: picture.caption.length > 0 || picture.credit !== "",
});

/** An article's level 2 stands right below its title; no level is skipped on the way down. */
function levelsBelow(titleLevel: number): (wanted: number) => number {
  let last = titleLevel;
  return (wanted) => {
    last = Math.min(titleLevel - 1 + wanted, last + 1, 6);
    return last;
  };
}

const blocksHtml = (blocks: readonly Block[], printing: Printing): string =>
  blocks.map((block) => printing.render(`email/block/${block.type}`, contextOf(block, printing))).join("");

/** What the block's template asks for. */
function contextOf(block: Block, printing: Printing): object {
  const { style } = printing;
  const html = (content: readonly Inline[]): string => inlineHtml(content, style);
  const inside = (blocks: readonly Block[]): string => blocksHtml(blocks, printing);
  switch (block.type) {
    case "heading":
      return {
        tag: `h${printing.headingLevel(block.level)}`,
        tone: block.level === 2 ? "accent" : "ink",
        look: block.level === 2 ? style.heading : style.subheading,
        content: html(block.content),
      };
    case "paragraph":
      return { look: printing.paragraph, content: html(block.content) };
    case "list":
      return {
        style,
        ordered: block.ordered,
        start: block.start === 1 ? "" : String(block.start),
        items: block.items.map((item) => itemHtml(item, printing)),
      };
    case "figure":
      return figureContext(block.picture, printing);
    case "gallery": {
      const figures = block.pictures.map((picture) => inside([{ type: "figure", picture }]));
      return { style, pictures: figures.join(""), caption: html(block.caption) };
    }
    case "quote": {
      const quoted = { ...printing, paragraph: style.quoted ?? "" };
      return { style, content: blocksHtml(block.blocks, quoted), source: html(block.source) };
    }
    case "table": {
      const cell = (content: readonly Inline[], column: number) => {
        const align = block.align[column] ?? "left";
        return { align, room: style[`to-${align}`], content: html(content) };
      };
      const head = block.head.some((content) => html(content).trim()) ? block.head.map(cell) : null;
      const words = fitsPhone(block) ? style["whole-words"] : "";
      return { style, words, caption: html(block.caption), head, rows: block.rows.map((row) => row.map(cell)) };
    }
    case "infobox":
      return { style, title: html(block.title), content: inside(block.blocks) };
    case "interview": {
      const answers = { ...printing, paragraph: style.answer ?? "" };
      const turns = block.turns.map(({ question, speaker, answer }) => ({
        question: html(question),
        speaker,
        answer: blocksHtml(answer, answers),
      }));
      return { style, turns };
    }
    case "separator":
      return { style };
    case "embed":
      return { style, title: block.title, url: block.url, host: new URL(block.url).host };
  }
}

function figureContext(picture: Parameters<FullText["show"]>[0], { article, style }: Printing): object {
  const view = article.show(picture);
  if (!view) throw new Error(`the picture ${picture.name} is awaited and cannot be printed`);
  return { style, ...pictureContext(view, style) };
}

/** An item of one paragraph needs no paragraph; what follows it does. */
function itemHtml(item: readonly Block[], printing: Printing): string {
  const [first, ...others] = item;
  if (first?.type !== "paragraph") return blocksHtml(item, printing);
  return inlineHtml(first.content, printing.style) + blocksHtml(others, printing);
}

function notesHtml({ notes }: FullText, { render, style, words }: Press): string {
  if (notes.length === 0) return "";
  return render("email/block/notes", { style, title: words.notes, notes: notes.map((one) => inlineHtml(one, style)) });
}

function linkBoxHtml({ linkBox }: FullText, { render, style, words }: Press): string {
  if (!linkBox) return "";
  const entries = linkBox.entries.map(({ kind, label, url }) => ({
    kind: kind === "text" ? "" : words.linkKind[kind],
    label,
    url: url ?? "",
    look: linkLook(url ?? "", style),
  }));
  return render("email/block/link-box", { style, title: linkBox.title, entries });
}
