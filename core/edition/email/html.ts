import { words } from "../../words.ts";
import type { House } from "../edition.ts";
import type { FullText } from "../letter/article.ts";
import type { PictureView } from "../letter/picture.ts";
import type { Letter, Masthead } from "../letter.ts";
import { renderer } from "../templates.ts";
import { fullTextHtml, type Press, pictureContext } from "./blocks.ts";
import { inlineHtml } from "./inlines.ts";
import { pressed } from "./press.ts";
import { stylesOf } from "./styles.ts";

/** The letter as HTML, with its slots. One run of Handlebars, one of MJML. */
export const htmlOf = (letter: Letter, house: House): Promise<string> => pressed(markupOf(letter, house));

/** What MJML is given. */
export function markupOf(letter: Letter, house: House): string {
  const press = { render: renderer(house), style: stylesOf(house), words: words(letter.language).email };
  return press.render("email/letter", contextOf(letter, house, press));
}

function contextOf(letter: Letter, { palette }: House, press: Press): object {
  return {
    ...letter,
    lang: letter.language,
    dir: letter.direction,
    padding: preheaderPadding,
    masthead: { ...letter.masthead, ...wordmarkSizes(letter.masthead) },
    lead: {
      ...fullContext(letter.lead, 2, "paragraph", press),
      greeting: letter.lead.greeting,
      button: letter.lead.button,
    },
    sections: letter.sections.map(({ name, items }) => ({
      name,
      items: items.map(({ teaser, line, full, notice, dates }) => ({
        teaser: teaser && { ...teaser, lang: teaser.language, picture: pictureOrNull(teaser.picture, press) },
        line: line && { ...line, lang: line.language },
        full: full && fullContext(full, 3, "paragraph", press),
        notice: notice && fullContext(notice, 3, "teaser", press),
        dates,
      })),
    })),
    style: press.style,
    light: palette.light,
    dark: palette.dark,
  };
}

const fullContext = (article: FullText, titleLevel: number, look: string, press: Press) => ({
  ...article,
  lang: article.language,
  picture: pictureOrNull(article.picture, press),
  standfirst: inlineHtml(article.standfirst, press.style),
  text: fullTextHtml(article, titleLevel, look, press),
});

const pictureOrNull = (picture: PictureView | null, { style }: Press) => picture && pictureContext(picture, style);

/** A preview shows about 140 characters: this keeps the body's first words out of it. */
export const preheaderPadding = "\u034F\u00A0".repeat(120);

/** Width of an average letter of the wordmark, in font sizes. */
const letterWidth = 0.62;
const smallestWordmark = 13;
const largestWordmark = { phone: 24, sheet: 44 };
/** Between the sides: on the narrowest phone of 320 px, and on the sheet of 640 px. */
const roomPixels = { phone: 256, sheet: 576 };
/** How much higher a line is than its letters. */
const leading = 4;

/** One line on a phone and on a sheet of 640 px, however long the name; only the very longest may break. */
export function wordmarkSizes({ bold, light }: Pick<Masthead, "bold" | "light">) {
  const letters = (bold + light).length;
  const fitting = (pixels: number): number => Math.floor(pixels / (letterWidth * letters));
  const small = Math.max(smallestWordmark, Math.min(largestWordmark.phone, fitting(roomPixels.phone)));
  const wide = Math.max(smallestWordmark, Math.min(largestWordmark.sheet, fitting(roomPixels.sheet)));
  const breaks = fitting(roomPixels.phone) < smallestWordmark;
  return { small, smallLine: small + leading, wide, wideLine: wide + leading, breaks };
}
