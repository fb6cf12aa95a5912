import slugify from "@sindresorhus/slugify";
import { paths } from "../publication.ts";
import { type Note, note } from "../refusal.ts";

const maxLength = 80;

/** The words of a title as an address: "Über Maß & Mitte" is "ueber-mass-und-mitte". */
export function slugOf(title: string, language: "de" | "en" = "de"): string {
  const and = language === "de" ? " und " : " and ";
  const whole = slugify(title.normalize("NFC"), {
    locale: language,
    decamelize: false,
    customReplacements: [["&", and]],
  });
  if (whole.length <= maxLength) return whole || (language === "de" ? "beitrag" : "article");
  return whole
    .slice(0, maxLength + 1)
    .replace(/-[^-]*$/, "")
    .slice(0, maxLength);
}

/**
 * Stand beside the articles in an issue's folder, whichever language the publication speaks; and what the front door
 * takes for the site's wherever it stands in an address: the links of letters ("u", "e", "s", "c"), "einreichen".
 */
const reserved: ReadonlySet<string> = new Set([
  ...Object.values(paths).flatMap(({ print, submit }) => [print, submit]),
  ...["u", "e", "s", "c"],
]);

/** The next try where a slug is taken: "-2", "-3" …; a reserved one is taken from the start. */
export function slugTry(slug: string, turn: number): string {
  const number = reserved.has(slug) ? turn + 1 : turn;
  return number === 1 ? slug : `${slug}-${number}`;
}

/**
 * Says that another article has the title already, when this one first got another address than its title's: perhaps
 * it is the same article, handed in under another name.
 */
export function sharedTitle(
  { title, language }: { title: string; language: "de" | "en" },
  { slug, revision }: { slug: string; revision: number },
): Note[] {
  if (revision > 1 || slug === slugTry(slugOf(title, language), 1)) return [];
  return [note("title-shared", { title, slug })];
}
