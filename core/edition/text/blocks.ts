import type { Block, Inline, Picture } from "../../article/article.ts";
import type { Words } from "../../words.ts";
import type { FullText } from "../letter/article.ts";
import type { PictureView } from "../letter/picture.ts";
import { inlineText } from "./inlines.ts";
import type { Links } from "./links.ts";
import { tableLines } from "./table.ts";
import { widthOf, wrap } from "./wrap.ts";

/** Paragraphs of lines; an empty line goes between them when they are printed. */
export type Paragraphs = readonly (readonly string[])[];

interface Setting {
  readonly article: FullText;
  readonly links: Links;
  readonly words: Words;
  /** Stands before every line. */
  readonly indent: string;
}

/** The whole text of an article: blocks, footnotes, link box. */
export function fullTextParagraphs(article: FullText, links: Links, words: Words): Paragraphs {
  const setting = { article, links, words, indent: "" };
  return [...blockParagraphs(article.blocks, setting), ...notes(setting), ...linkBox(setting)];
}

/** "[Bild: Eine Stadt am Fluss. Lindenau im Herbst.]" Credits stay with the pictures themselves. */
export function pictureParagraphs(picture: PictureView | null, words: Words, links: Links, indent = ""): Paragraphs {
  const said = [picture?.alt ?? "", inlineText(picture?.caption ?? [], links)].map((one) => one.trim()).filter(Boolean);
  if (said.length === 0) return [];
  return [wrap(`[${words.text.picture}: ${said.map(sentence).join(" ")}]`, indent)];
}

const sentence = (text: string): string => (/[.?!…“”"]$/.test(text) ? text : `${text}.`);

/** Author's line breaks stay line breaks. */
export const paragraphLines = (text: string, first = "", rest = first): string[] =>
  text.split("\n").flatMap((line, index) => wrap(line, index === 0 ? first : rest, rest));

const blockParagraphs = (blocks: readonly Block[], setting: Setting): Paragraphs =>
  blocks.flatMap((block) => one(block, setting));

function one(block: Block, setting: Setting): Paragraphs {
  const { links, indent, words } = setting;
  const text = (content: readonly Inline[]): string => inlineText(content, links);
  switch (block.type) {
    case "heading":
      return [headingLines(text(block.content), indent, block.level === 2)];
    case "paragraph":
      return [paragraphLines(text(block.content), indent)];
    case "list":
      return listParagraphs(block, setting);
    case "figure":
      return pictureParagraphs(setting.article.show(block.picture), words, links, indent);
    case "gallery":
      return [
        ...block.pictures.flatMap((picture) => one(figure(picture), setting)),
        ...optional(block.caption, setting),
      ];
    case "quote": {
      const inside = { ...setting, indent: `${indent}    ` };
      return [...blockParagraphs(block.blocks, inside), ...optional(block.source, inside, "– ")];
    }
    case "table":
      return [...optional(block.caption, setting), tableLines(block, text, indent)];
    case "infobox": {
      const inside = { ...setting, indent: `${indent}  | ` };
      return barred([...optional(block.title, inside), ...blockParagraphs(block.blocks, inside)], `${indent}  |`);
    }
    case "interview":
      return block.turns.flatMap(({ question, speaker, answer }) => [
        paragraphLines(text(question), `${indent}– `, `${indent}  `),
        ...(speaker ? [wrap(speaker, indent)] : []),
        ...blockParagraphs(answer, setting),
      ]);
    case "separator":
      return [[`${indent}${" ".repeat(33)}* * *`]];
    case "embed":
      return [
        [...wrap(block.title + links.mark(block.url, block.title), indent), ...wrap(new URL(block.url).host, indent)],
      ];
  }
}

const figure = (picture: Picture): Block => ({ type: "figure", picture });

function optional(content: readonly Inline[], { links, indent }: Setting, before = ""): Paragraphs {
  const text = inlineText(content, links);
  return text.trim() ? [paragraphLines(text, indent + before, indent + " ".repeat(before.length))] : [];
}

/** One bar down the whole box, also between its paragraphs. */
const barred = (paragraphs: Paragraphs, bar: string): Paragraphs => [
  paragraphs.flatMap((lines, index) => (index === 0 ? lines : [bar, ...lines])),
];

function headingLines(text: string, indent: string, underlined: boolean): string[] {
  const lines = wrap(text, indent);
  const width = Math.max(indent.length, ...lines.map(widthOf)) - indent.length;
  return underlined ? [...lines, indent + "-".repeat(width)] : lines;
}

function listParagraphs({ items, ordered, start }: Extract<Block, { type: "list" }>, setting: Setting): Paragraphs {
  const lines = items.map((item, index) => {
    const sign = ordered ? `${start + index}. ` : "- ";
    const hanging = setting.indent + " ".repeat(sign.length);
    const inside = blockParagraphs(item, { ...setting, indent: hanging });
    const [first = "", ...others] = inside.flat();
    return [setting.indent + sign + first.slice(hanging.length), ...others];
  });
  return [lines.flat()];
}

function notes({ article, links, words }: Setting): Paragraphs {
  if (article.notes.length === 0) return [];
  const lines = article.notes.flatMap((content, index) => {
    const sign = `${index + 1}. `;
    return paragraphLines(inlineText(content, links), sign, " ".repeat(sign.length));
  });
  return [[words.email.notes], lines];
}

function linkBox({ article, links, words }: Setting): Paragraphs {
  if (!article.linkBox) return [];
  const { title, entries } = article.linkBox;
  const lines = entries.flatMap(({ kind, label, url }) => {
    const what = url === null ? label : label + links.mark(url, label);
    return wrap(kind === "text" ? what : `${words.email.linkKind[kind]}: ${what}`, "  | ", "  |   ");
  });
  return [[...wrap(title, "  | "), ...lines]];
}
