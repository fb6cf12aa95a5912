/** Who made a picture, as it stands behind captions: "Foto: Jana Krahl", "(Bild: privat)", "© Stadt Mittweide". */

const marks =
  "Fotos?|Fotografie|Fotoquelle|Bild(?:er|nachweise?|quelle|rechte)?|Grafik(?:en)?|Illustration|Abbildung|Quelle|Photos?|Pictures?|Images?|Credit";
const ending = new RegExp(
  `^(.*?)(?:^|[\\s(\\[/|–-]+)(?:(?:alle|all|beide|both)\\s+)?(?:(?:${marks})\\s*[:©]|©)\\s*([^:]{1,120}?)\\s*[)\\]]?\\.?$`,
  "isu",
);
const all = /^(?:alle|all)\s/i;
const many = /^(?:(?:beide|both)\s|(?:Fotos|Bilder|Grafiken|Photos|Pictures|Images)\s*:)/i;

const longestCaption = 1000;

/** A caption without its credit, and the credit; null where none stands there. */
export function splitCredit(caption: string): { caption: string; credit: string | null } {
  // A paragraph is no caption, and a page-long line would keep the search busy for minutes.
  const found = caption.length > longestCaption ? null : ending.exec(caption.trim());
  if (!found?.[2]) return { caption: caption.trim(), credit: null };
  return { caption: (found[1] ?? "").trim().replace(/[\s([/|,;–-]+$/u, ""), credit: closed(found[2].trim()) };
}

/** "Heimatverein (2)" keeps its bracket; "(Foto: Jana Krahl)" has lost both. */
const closed = (credit: string): string => (/\([^()]*$/.test(credit) ? `${credit})` : credit);

/** A line that is a credit and nothing else. `all`: it speaks for every picture that has none of its own; `many`: for those side by side. */
export function creditLine(line: string): { credit: string; all: boolean; many: boolean } | undefined {
  const { caption, credit } = splitCredit(line);
  return credit !== null && caption === ""
    ? { credit, all: all.test(line.trim()), many: many.test(line.trim()) }
    : undefined;
}
