import { stringify } from "yaml";
import type { ArticleText, Author, Picture } from "../article.ts";
import { printFocus } from "../focus.ts";
import { authorWords, headWords, kindWords, mailWords, pictureWords } from "../head-words.ts";
import { printInline } from "./print.ts";

/** Front matter of a canonical text: only what says something, in the article's language. */
export function printHead(text: ArticleText): string {
  const { language } = text;
  const word = (field: keyof typeof headWords) => headWords[field][language][0];
  const picture = (value: Picture | null) => value && printPicture(language, value);
  return printMap({
    [word("title")]: text.title,
    [word("kicker")]: text.kicker,
    [word("subtitle")]: text.subtitle,
    [word("kind")]: kindWords[text.kind][language][0],
    [word("language")]: language,
    [word("authors")]: text.authors.map((author) => printAuthor(language, author)),
    [word("teaser")]: text.teaser,
    [word("hero")]: picture(text.hero),
    [word("day")]: text.event?.day,
    [word("until")]: text.event?.until,
    [word("place")]: text.event?.place,
    [word("mail")]: mailWords[text.mail][language][0],
  });
}

function printAuthor(language: "de" | "en", author: Author): object {
  return filled({
    [authorWords.name[language][0]]: author.name,
    [authorWords.role[language][0]]: author.roleAtTime,
    [authorWords.portrait[language][0]]: author.portrait && printPicture(language, author.portrait),
  });
}

function printPicture(language: "de" | "en", { name, alt, caption, credit, focus }: Picture): object {
  const isDecorative = alt === "";
  return filled({
    [pictureWords.file[language][0]]: name,
    [pictureWords.alt[language][0]]: alt,
    [pictureWords.decorative[language][0]]: isDecorative ? (language === "de" ? "ja" : "yes") : "",
    [pictureWords.caption[language][0]]: printInline(language, caption),
    [pictureWords.credit[language][0]]: credit,
    [pictureWords.focus[language][0]]: focus && printFocus(focus),
  });
}

const filled = (map: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(
    Object.entries(map).filter(
      ([, value]) =>
        value !== "" && value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  );

const printMap = (map: Readonly<Record<string, unknown>>): string =>
  stringify(filled(map), { schema: "failsafe", lineWidth: 0, aliasDuplicateObjects: false });
