import type { ListedFile } from "./submission.ts";
import { textFormatNamed } from "./text-format.ts";

/** Phones call every photo "image.jpg": two of them are two pictures. A text of the same name takes the place of the earlier one. */

/** What is known of a file before it is there. */
type Named = Pick<ListedFile, "name" | "bytes">;

/** So many pictures of one name no submission holds. */
const mostTwins = 1000;

/**
 * The name a file is to lie under: "foto 2.jpg" where another picture is called "foto.jpg". Undefined where it lies there
 * already, under whichever of these names: of the same name and size it is the same.
 *
 * @param standing what lies there, and what is on its way
 * @param replaces names whose files are no good and give way
 */
export function placeFor(
  file: Named,
  standing: readonly Named[],
  replaces: ReadonlySet<string> = new Set(),
): string | undefined {
  if (textFormatNamed(file.name) !== undefined || replaces.has(file.name)) return file.name;
  const there = new Map(standing.map(({ name, bytes }) => [name, bytes]));
  for (let number = 1; number < mostTwins; number += 1) {
    const name = number === 1 ? file.name : numbered(file.name, number);
    const bytes = there.get(name);
    if (bytes === undefined) return name;
    if (bytes === file.bytes) return undefined;
  }
  return file.name;
}

/** "foto.jpg", 2: "foto 2.jpg" */
function numbered(name: string, number: number): string {
  const dot = name.lastIndexOf(".");
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  // A name may have 200 characters.
  return `${stem.slice(0, 190).trimEnd()} ${number}${ending}`;
}
