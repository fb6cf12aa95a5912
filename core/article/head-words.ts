import { distance } from "../spelling.ts";
import type { articleKinds } from "./article.ts";

/** Keys and values of front matter: the first word of each language is printed, all are read. */

export const headWords = {
  title: { de: ["titel", "überschrift", "ueberschrift"], en: ["title", "headline"] },
  kicker: { de: ["dachzeile", "rubrik"], en: ["kicker"] },
  subtitle: { de: ["untertitel", "unterzeile"], en: ["subtitle"] },
  teaser: { de: ["anreißer", "anreisser", "kurztext", "zusammenfassung"], en: ["teaser", "summary", "description"] },
  lead: { de: ["vorspann", "einleitung"], en: ["lead", "standfirst", "intro"] },
  kind: { de: ["art", "typ", "textsorte"], en: ["kind", "type"] },
  language: { de: ["sprache"], en: ["language", "lang"] },
  authors: {
    de: ["autoren", "autor", "autorin", "autorinnen", "von", "verfasser", "verfasserin", "text"],
    en: ["authors", "author", "by", "byline"],
  },
  role: { de: ["funktion", "rolle", "amt"], en: ["role", "position"] },
  portrait: { de: ["porträt", "portrait", "portraet", "autorenfoto"], en: ["portrait"] },
  credit: { de: ["fotos", "foto", "bildnachweis", "nachweis"], en: ["photos", "photo", "credit", "credits"] },
  hero: { de: ["titelbild", "bild", "aufmacherbild"], en: ["hero", "picture", "image", "cover"] },
  alt: { de: ["alternativtext", "bildbeschreibung"], en: ["alt"] },
  caption: { de: ["bildunterschrift", "unterschrift", "bildtext"], en: ["caption"] },
  decorative: { de: ["schmuck", "schmuckbilder"], en: ["decorative"] },
  focus: { de: ["fokus", "blickpunkt"], en: ["focus"] },
  day: { de: ["tag", "datum", "beginn"], en: ["day", "date", "start"] },
  until: { de: ["bis", "ende"], en: ["until", "end"] },
  place: { de: ["ort", "veranstaltungsort"], en: ["place", "location", "venue"] },
  mail: { de: ["mail", "e-mail-ausgabe"], en: ["mail"] },
} as const;
export type HeadField = keyof typeof headWords;

/** Keys of one author inside front matter. */
export const authorWords = {
  name: { de: ["name"], en: ["name"] },
  role: headWords.role,
  portrait: { de: [...headWords.portrait.de, "bild"], en: [...headWords.portrait.en, "picture"] },
  /** "foto: privat" says who took the portrait, "foto: muster.jpg" which one it is. */
  credit: headWords.credit,
} as const;
export type AuthorField = keyof typeof authorWords;

/** Keys of one picture; "foto" says who took it. */
export const pictureWords = {
  file: { de: ["datei"], en: ["file", "src", "name"] },
  alt: { de: ["alt", ...headWords.alt.de], en: ["alt"] },
  caption: headWords.caption,
  credit: { de: ["nachweis", ...headWords.credit.de], en: ["credit", "photo", "photos"] },
  decorative: headWords.decorative,
  focus: headWords.focus,
} as const;
export type PictureField = keyof typeof pictureWords;

export const kindWords: Readonly<
  Record<(typeof articleKinds)[number], { de: readonly string[]; en: readonly string[] }>
> = {
  lead: { de: ["leitartikel", "aufmacher"], en: ["lead"] },
  report: { de: ["bericht", "beitrag", "artikel"], en: ["report", "article"] },
  interview: { de: ["interview", "gespräch"], en: ["interview"] },
  notice: { de: ["meldung", "kurzmeldung", "notiz"], en: ["notice"] },
  judgement: { de: ["urteil", "rechtsprechung"], en: ["judgement", "judgment", "ruling"] },
  date: { de: ["termin", "veranstaltung"], en: ["date", "event"] },
  people: { de: ["personalia", "personalie"], en: ["people"] },
  advertisement: { de: ["anzeige", "werbung"], en: ["advertisement", "ad"] },
};
export const mailWords = {
  teaser: { de: ["anriss", "kurz"], en: ["teaser"] },
  full: { de: ["ganz", "voll", "volltext"], en: ["full"] },
} as const;
export const languageWords = {
  de: { de: ["de", "deutsch", "german"], en: ["de"] },
  en: { de: ["en", "englisch", "english"], en: ["en"] },
} as const;

type Words = Readonly<Record<string, { readonly de: readonly string[]; readonly en: readonly string[] }>>;

/** From a word an author wrote, in either language, back to ours. */
export function findWord<W extends Words>(words: W, typed: string): keyof W | undefined {
  const word = typed.normalize("NFC").trim().toLowerCase();
  return Object.keys(words).find(
    (name) => name.toLowerCase() === word || [...(words[name]?.de ?? []), ...(words[name]?.en ?? [])].includes(word),
  );
}

/** The known word that looks most like an unknown one, where one is near. */
export function nearestWord(words: Words, typed: string): string | undefined {
  const word = typed.toLowerCase();
  const known = Object.values(words).flatMap(({ de, en }) => [...de, ...en]);
  const [best] = known
    .map((candidate) => ({ candidate, distance: distance(word, candidate) }))
    .sort((a, b) => a.distance - b.distance);
  return best && best.distance <= Math.max(1, Math.floor(word.length / 3)) ? best.candidate : undefined;
}
