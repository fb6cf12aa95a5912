import slugify from "@sindresorhus/slugify";

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

/** The next try where a slug is taken: "-2", "-3" … */
export const slugTry = (slug: string, turn: number): string => (turn === 1 ? slug : `${slug}-${turn}`);
