import type { Article } from "../article/article.ts";
import { portraitsOf } from "../article/contents.ts";
import { imageOf } from "../article/picture-address.ts";
import { plain } from "../article/plain.ts";
import { amber, type Finding } from "./finding.ts";
import { type PlacedPicture, placedPictures } from "./parts.ts";
import type { Place } from "./place.ts";

/** Words that say of a picture no more than that it is one. */
const saysNothing =
  /^(?:(?:das |ein |the |an? )?(?:bild|foto|fotografie|grafik|abbildung|abb|symbolbild|titelbild|aufmacher|portr[aä]t|gruppen(?:bild|foto)|logo|picture|image|photo|photograph|graphic|figure|fig|portrait|group photo)s?[\s.:_-]*\d*|(?:hier )?(?:bitte )?(?:alt(?:text|ernativtext)?|bildbeschreibung|alt text|description)(?: (?:hier )?(?:einfügen|eingeben|ergänzen|folgt|fehlt))?|kein|leer|none|n\/?a|x+|[^\p{L}\p{N}]+)\.?$/iu;
const fileName =
  /^[^\s]+\.(?:jpe?g|png|gif|webp|heic|avif|tiff?)$|^(?:img|dsc[fn]?|pxl|dji|p)[_-]?\d{3,}|^(?=\S*\d)[\p{L}\d]+(?:[_-][\p{L}\d]+)+$|^[\p{L}\d]+(?:_[\p{L}\d]+)+$/iu;

/** Words that name nobody who could have given leave (§ 13 UrhG: whoever made it is to be named). */
const namesNobody =
  /^(?:(?:foto|bild|quelle|grafik|photo|picture|source|credit|copyright)s?[\s:]*)?(?:(?:aus dem |from the )?(?:internet|netz|web)|google(?: bilder| images)?|bing|facebook|instagram|unbekannt|unknown|n\.? ?n\.?|keine angabe|k\. ?a\.|none|[^\p{L}\p{N}]*)$/iu;

/** What the gate cannot see: pictures described by words that describe nothing. Awaited ones and portraits aside. */
export const checkPictures = (article: Article): Finding[] => [
  ...shown(article).flatMap((placed) => [...checkAlt(placed), ...checkCaption(placed)]),
  ...placedPictures(article)
    .filter(({ picture }) => imageOf(article, picture))
    .flatMap(checkCredit),
];

function checkCredit({ picture, place }: PlacedPicture): Finding[] {
  const credit = picture.credit?.trim() ?? "";
  if (credit === "" || !namesNobody.test(credit)) return []; // without any the gate refuses it
  return [amber("credit-names-nobody", { ...place, says: "credit" }, { picture: picture.name, credit })];
}

/** Beside a portrait stands the name. */
function shown(article: Article): PlacedPicture[] {
  const portraits = portraitsOf(article);
  return placedPictures(article).filter(({ picture }) => !portraits.includes(picture) && imageOf(article, picture));
}

function checkAlt({ picture, place: whole }: PlacedPicture): Finding[] {
  const alt = picture.alt?.trim() ?? "";
  const place: Place = { ...whole, says: "alt" };
  if (alt === "") return []; // decorative on purpose, or refused by the gate
  const details = { picture: picture.name, alt };
  if (saysNothing.test(alt)) return [amber("alt-says-nothing", place, details)];
  if (fileName.test(alt)) return [amber("alt-is-file-name", place, details)];
  return bare(alt) === bare(plain(picture.caption)) ? [amber("alt-repeats-caption", place, details)] : [];
}

function checkCaption({ picture, place }: PlacedPicture): Finding[] {
  const isDecoration = picture.alt === "";
  return isDecoration || plain(picture.caption).trim()
    ? []
    : [amber("caption-missing", { ...place, says: "caption" }, { picture: picture.name })];
}

const bare = (text: string): string =>
  text
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .toLowerCase();

/** The same picture in two places of an issue, by its bytes; an author may look out of every article. */
export function checkRepeatedPictures(articles: readonly Article[]): Finding[] {
  const first = new Map<string, string>();
  return articles.flatMap((article) =>
    shown(article).flatMap(({ picture, place }): Finding[] => {
      const { sha256 } = imageOf(article, picture) ?? {};
      if (sha256 === undefined) return [];
      const before = first.get(sha256);
      first.set(sha256, before ?? article.title);
      return before === undefined ? [] : [twice(place, picture.name, before)];
    }),
  );
}

const twice = (place: Place, picture: string, other: string): Finding =>
  amber("picture-twice", place, { picture, other });
