import type { Article, LinkBox } from "../../article/article.ts";
import { imageOf } from "../../article/picture-address.ts";
import { fill, type Language, words } from "../../words.ts";
import type { EditionInput } from "../edition.ts";
import { blocksHtml, creditOf, figureHtml, inlinesHtml, linkHtml, type Setting, settingOf } from "../html.ts";
import { escapeHtml } from "../slots.ts";
import { isSameName } from "../visible.ts";
import type { LinkTo } from "./address.ts";
import { readingTime } from "./card.ts";
import { sectionOf } from "./cover.ts";
import { eventDays, longDay } from "./dates.ts";
import { pictureHtml } from "./picture.ts";

export interface Place {
  readonly linkTo: LinkTo;
  /** Of its title: 1 on its own page, 3 where the whole issue is one page. */
  readonly level: 1 | 3;
  /** Several articles share the page. */
  readonly shared: boolean;
  /** The section's name, where it stands above: a kicker does not repeat it. */
  readonly below?: string;
}

/** A whole article for the template `web/article`; names ending in `Html` are safe HTML made by `html.ts`. */
export function articleView(
  article: Article,
  input: EditionInput,
  { linkTo, level, shared, below = "" }: Place,
): object {
  const { language } = input.issue;
  const { web } = words(language);
  const setting = settingOf(article, { linkTo, language, demotedBy: level - 1, shared });
  const kicker = article.kicker || sectionOf(article, input);
  const advertisement = article.kind === "advertisement";
  // In reading order: the first place that points to a note is where the note leads back to.
  const leadHtml = inlinesHtml(article.lead, setting);
  const heroHtml = article.hero
    ? figureHtml(article.hero, setting, {
        sizes: "(min-width: 1000px) 960px, 92vw",
        className: "hero",
        first: !shared,
      })
    : "";
  const textHtml = blocksHtml(article.blocks, setting);
  return {
    level,
    sublevel: level + 1,
    id: shared ? article.slug : null,
    language: article.language === language ? null : article.language,
    mark: advertisement ? web.advertisement : null,
    kicker: isSameName(kicker, below) ? "" : kicker,
    title: article.title,
    subtitle: article.subtitle,
    event: article.event && {
      days: eventDays(article.event, { year: input.issue.year, language }),
      day: article.event.day,
      place: article.event.place,
    },
    leadHtml,
    heroHtml,
    textHtml,
    authors: article.authors.map((author) => authorView(author, article, setting)),
    minutes: advertisement || article.event ? null : readingTime(article, language),
    notes: notesOf(article, setting),
    notesId: `${setting.prefix}notes`,
    linkBox: article.linkBox && linkBoxView(article.linkBox, language),
    linkBoxId: `${setting.prefix}links`,
    corrections: input.issue.corrections
      .filter((correction) => correction.article === article.id)
      .map(({ date, text }) => ({ date, day: fill(web.correctionOf, { date: longDay(date, language) }), text })),
  };
}

function authorView({ name, roleAtTime, portrait }: Article["authors"][number], article: Article, setting: Setting) {
  const image = imageOf(article, portrait);
  const shown = portrait && image ? { image, alt: portrait.alt ?? "" } : null;
  return {
    name,
    role: roleAtTime,
    portraitHtml: shown && pictureHtml(shown, { linkTo: setting.linkTo, sizes: "96px", cut: "portrait" }),
    credit: portrait && shown ? creditOf(portrait, setting.language) : "",
  };
}

/** Notes lead back to the text only from where the text leads to them. */
const notesOf = ({ notes }: Article, setting: Setting): object[] =>
  notes.map((note, index) => ({
    id: `${setting.prefix}note-${index + 1}`,
    html: inlinesHtml(note, setting),
    back: setting.seen.notes.has(index + 1) ? `#${setting.prefix}text-${index + 1}` : null,
    backName: fill(words(setting.language).web.noteBack, { number: index + 1 }),
  }));

const linkBoxView = ({ title, entries }: LinkBox, language: Language): object => ({
  title: title || words(language).web.linkBox,
  entries: entries.map(({ kind, label, url }) => ({
    kind: words(language).web.linkKind[kind],
    html: url === null ? escapeHtml(label) : linkHtml(url, escapeHtml(label)),
  })),
});
