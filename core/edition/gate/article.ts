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
    judgePlaces(title, wordsOf(article)),
  ]);
}

/** Everything readers see or hear: what is said of pictures and people, too. */
function wordsOf(article: Article): string[] {
  const { title, subtitle, kicker, teaser, lead, blocks, notes, authors, linkBox } = article;
  return [
    ...[kicker, title, subtitle, teaser, plain(lead), ...plainBlocks(blocks), ...notes.map(plain)],
    ...authors.flatMap(({ name, roleAtTime }) => [name, roleAtTime]),
    ...picturesOf(article).flatMap(({ alt, caption, credit }) => [alt ?? "", plain(caption), credit ?? ""]),
    ...(linkBox?.entries.map(({ label }) => label) ?? []),
  ];
}

/**
 * Places somebody meant to fill and did not. Braces are ordinary characters and no sign of one; a to-do list, a
 * question asked with emphasis, "Die drei ???" and the thirtieth of something are none either.
 */
const unfilled = new RegExp(
  [
    String.raw`(?<!\b(?:Kapitel|Band|Teil|Buch|Jahrgang|Chapter|Volume|Part|Book)\s)\b(?:X{3,}|x{3,})\b(?!\.\s(?:Olymp|Deutsche|Internationale|Sommer|Winter))`,
    String.raw`\b[Xx]{2}\.[Xx]{2}\.`,
    String.raw`\b[Ll]orem [Ii]psum\b`,
    String.raw`\b(?:TODO|FIXME)\b`,
    String.raw`(?<![\p{L}\p{N}!?“”"])(?<!\b[Dd]rei\s)\?{3,}`,
    String.raw`\[(?:[Nn]ame|NAME|[Pp]latzhalter|[Dd]atum|[Oo]rt|[Tt]itel|[Tt]ext|[Pp]laceholder)\]`,
  ].join("|"),
  "u",
);

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
