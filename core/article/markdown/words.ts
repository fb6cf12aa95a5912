/** The words of our Markdown: printed in the article's language, read in either. */

export const directiveWords = {
  figure: { de: "bild", en: "figure" },
  gallery: { de: "galerie", en: "gallery" },
  quote: { de: "zitat", en: "quote" },
  infobox: { de: "infokasten", en: "infobox" },
  interview: { de: "interview", en: "interview" },
  question: { de: "frage", en: "question" },
  lead: { de: "vorspann", en: "lead" },
  linkBox: { de: "linkkasten", en: "linkbox" },
  embed: { de: "fundstelle", en: "embed" },
  table: { de: "tabelle", en: "table" },
  lang: { de: "sprache", en: "lang" },
  abbr: { de: "abk", en: "abbr" },
  sup: { de: "hoch", en: "sup" },
  sub: { de: "tief", en: "sub" },
  break: { de: "umbruch", en: "break" },
} as const;
export type DirectiveName = keyof typeof directiveWords;

export const attributeWords = {
  file: { de: "datei", en: "file" },
  alt: { de: "alt", en: "alt" },
  credit: { de: "nachweis", en: "credit" },
  decorative: { de: "schmuck", en: "decorative" },
  focus: { de: "fokus", en: "focus" },
  speaker: { de: "von", en: "by" },
  url: { de: "adresse", en: "url" },
  title: { de: "titel", en: "title" },
  language: { de: "code", en: "code" },
} as const;
export type AttributeName = keyof typeof attributeWords;

type Pairs = Readonly<Record<string, { readonly de: string; readonly en: string }>>;

/** From the word an author wrote, in either language, back to ours. */
export const wordFinder = <P extends Pairs>(pairs: P): ((word: string) => keyof P | undefined) => {
  const known = new Map(
    Object.entries(pairs).flatMap(([name, { de, en }]) => [[de, name] as const, [en, name] as const]),
  );
  return (word) => known.get(word.toLowerCase());
};
export const directiveNamed = wordFinder(directiveWords);
