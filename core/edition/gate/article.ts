import type { Article, Block } from "../../article/article.ts";
import { linksOf, picturesOf, portraitsOf } from "../../article/contents.ts";
import { imageOf } from "../../article/picture-address.ts";
import { plain, plainBlocks } from "../../article/plain.ts";
import { note, Refusal } from "../../refusal.ts";
import { joinVerdicts, type Verdict } from "./verdict.ts";

const longTitle = 90;
const longAlt = 160;

/** Judges one article as it stands in the library. */
export function judgeArticle(article: Article): Verdict {
  const title = article.title;
  const pictures = picturesOf(article).filter((picture) => imageOf(article, picture));
  const awaited = picturesOf(article).filter((picture) => !imageOf(article, picture));
  // Beside a portrait stands the name: it needs no words of its own.
  const described = pictures.filter((picture) => !portraitsOf(article).includes(picture));
  const links = linksOf(article);
  return joinVerdicts([
    {
      refusals: [
        ...described
          .filter(({ alt }) => alt === null)
          .map(({ name }) => new Refusal("no-alt", { picture: name, title })),
        ...pictures
          .filter(({ credit }) => !credit?.trim())
          .map(({ name }) => new Refusal("no-credit", { picture: name, title })),
        ...links.filter(({ label }) => !label.trim()).map(({ url }) => new Refusal("empty-link", { url, title })),
        ...headingJumps(article.blocks).map((heading) => new Refusal("heading-jump", { heading, title })),
      ],
      notes: [
        ...(title.length > longTitle ? [note("long-title", { title, length: title.length })] : []),
        ...pictures
          .filter(({ alt }) => (alt ?? "").length > longAlt)
          .map(({ name }) => note("long-alt", { picture: name, title })),
        ...links.filter(({ url }) => url.startsWith("http:")).map(({ url }) => note("insecure-link", { url, title })),
        ...awaited.map(({ name, caption }) =>
          note("awaited-picture", { picture: name, caption: plain(caption), title }),
        ),
      ],
    },
    judgePlaces(title, [title, article.subtitle, article.teaser, plain(article.lead), ...plainBlocks(article.blocks)]),
  ]);
}

/** Places somebody meant to fill and did not. Braces are ordinary characters and no sign of one. */
const unfilled =
  /\bX{3,}\b|\bXX\.XX\.|\blorem ipsum\b|\bTODO\b|\?{3,}|\[(?:Name|Platzhalter|Datum|Ort|Titel|Text|placeholder)\]/i;

/** Refuses texts in which somebody left a place open ("XXX", "lorem ipsum"); each place once. */
export function judgePlaces(title: string, texts: readonly string[]): Verdict {
  const found = texts.map((text) => unfilled.exec(text)?.[0]).filter((place) => place !== undefined);
  return { refusals: [...new Set(found)].map((place) => new Refusal("unfilled-place", { place, title })), notes: [] };
}

function headingJumps(blocks: readonly Block[]): string[] {
  const headings = blocks.filter((block) => block.type === "heading");
  return headings
    .filter(({ level }, index) => level > (headings[index - 1]?.level ?? 1) + 1)
    .map(({ content }) => plain(content));
}
