import type { Author } from "../article.ts";
import { plain } from "../plain.ts";
import { bylineOf } from "../plain-text/people.ts";
import { pictureOf } from "./body.ts";
import type { Item, PictureItem, Words } from "./items.ts";

/** Who wrote it, by the styles of a document; and the picture of them that stands beside their name. */

/** "Von Max Muster und Eva Beispiel", a name alone, "Max Muster, Bürgermeister"; an office belongs to the name above. */
export function peopleOf(people: readonly Words[]): { authors: Author[]; credit: string | null } {
  const authors: Author[] = [];
  let credit: string | null = null;
  for (const { role, text } of people) {
    const last = authors.at(-1);
    if (role === "office" && last)
      authors.splice(-1, 1, { ...last, roleAtTime: [last.roleAtTime, text].filter(Boolean).join(", ") });
    else {
      const by = bylineOf(text) ?? bylineOf(`Von ${text}`);
      credit ??= by?.credit ?? null;
      authors.push(...(by?.authors ?? [{ name: text.slice(0, 200), roleAtTime: "", portrait: null }]));
    }
  }
  return { authors, credit };
}

/** How far below the title an author's name and picture stand. */
const reach = 8;

/**
 * The portrait, where the only author's picture stands next to their name and says "privat" or their name.
 *
 * @param items the document from its top, captions already at their pictures
 */
export function portraitIn(items: readonly Item[], authors: readonly Author[]): PictureItem | undefined {
  const [author] = authors;
  if (!author || authors.length > 1) return undefined;
  const top = items.slice(0, reach);
  const name = top.findIndex((item) => item.kind === "words" && item.text.includes(author.name));
  return [top[name - 1], top[name + 1], top[name + 2]].find(
    (item): item is PictureItem => name >= 0 && item?.kind === "picture" && shows(item, author),
  );
}

const shows = ({ alt, caption, credit }: PictureItem, { name, portrait }: Author): boolean =>
  (portrait !== null && caption.length === 0) ||
  /^privat$/i.test(credit ?? "") ||
  [alt ?? "", plain(caption)].some((words) => words.includes(name));

/** A portrait needs no caption: the name stands beside it. */
export const portrayed = (authors: readonly Author[], picture: PictureItem | undefined): readonly Author[] =>
  picture === undefined
    ? authors
    : authors.map(({ portrait, ...author }) => ({
        ...author,
        portrait: { ...pictureOf(picture), credit: picture.credit ?? portrait?.credit ?? null },
      }));
