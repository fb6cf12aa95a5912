import { type Note, note } from "../refusal.ts";
import type { ArticleText } from "./article.ts";
import { changePictures } from "./change-pictures.ts";
import { picturesOf } from "./contents.ts";
import { pictureTypeNamed } from "./picture-type.ts";
import { plain } from "./plain.ts";
import { tidyLine } from "./tidy-inlines.ts";

/** Brings the pictures a text names and the files that came together. */
export interface Placed {
  readonly text: ArticleText;
  /** Files named by the text that have not come. */
  readonly missing: readonly string[];
  readonly notes: readonly Note[];
}

const stemOf = (name: string): string => name.replace(/\.[^.]+$/, "").toLowerCase();
const hasExtension = (name: string): boolean => /\.[a-z]{3,4}$/i.test(name);

/** Gives every picture of a text the file that was meant. @param decorative names of pictures that only adorn */
export function placePictures(text: ArticleText, files: readonly string[], decorative: readonly string[]): Placed {
  const notes: Note[] = [];
  const renamed = new Map<string, string>();
  for (const { name } of picturesOf(text)) {
    const file = fileFor(name, files);
    if (file === undefined || file === name) continue;
    renamed.set(name, file);
    if (hasExtension(name)) notes.push(note("picture-name-mended", { name, file }));
  }
  const named = new Set(picturesOf(text).map(({ name }) => renamed.get(name) ?? name));
  const awaited = [...named].filter((name) => !files.includes(name) && !hasExtension(name));
  const unnamed = files.filter((file) => !named.has(file));
  const [lone, place] = [unnamed[0], awaited[0]];
  if (unnamed.length === 1 && awaited.length === 1 && lone !== undefined && place !== undefined) {
    renamed.set(place, lone);
    notes.push(note("picture-placed", { file: lone, caption: captionOf(text, place) }));
  } else {
    notes.push(...unnamed.map((name) => note("picture-unplaced", { name })));
    notes.push(...awaited.map((name) => awaitedNote(text, name)));
  }
  const placed = changePictures(text, (picture) => ({ ...picture, name: renamed.get(picture.name) ?? picture.name }));
  const isAdornment = (name: string) => decorative.some((each) => fileFor(each, [name]) !== undefined);
  const adorned = changePictures(placed, (picture) => (isAdornment(picture.name) ? { ...picture, alt: "" } : picture));
  const missing = [...new Set(picturesOf(adorned).map(({ name }) => name))].filter(
    (name) => !files.includes(name) && hasExtension(name),
  );
  return { text: adorned, missing, notes };
}

/**
 * The same name; else the same but for capitals; else the stem an awaited picture was given; else the one picture of that
 * stem: a text says "IMG_0815.jpg" where the phone has kept a HEIC.
 */
function fileFor(name: string, files: readonly string[]): string | undefined {
  const same = (file: string) => file.toLowerCase() === name.toLowerCase();
  return (
    files.find((file) => file === name) ??
    files.find(same) ??
    files.find((file) => !hasExtension(name) && stemOf(file) === name.toLowerCase()) ??
    onlyOne(files.filter((file) => pictureTypeNamed(name) !== undefined && stemOf(file) === stemOf(name)))
  );
}

const onlyOne = (files: readonly string[]): string | undefined => (files.length === 1 ? files[0] : undefined);

const portrayed = ({ authors }: ArticleText, name: string) => authors.find(({ portrait }) => portrait?.name === name);

function awaitedNote(text: ArticleText, name: string): Note {
  const author = portrayed(text, name);
  if (author) return note("portrait-awaited", { name, author: author.name });
  // The sentence goes on with a stop of its own.
  return note("picture-awaited", { name, caption: captionOf(text, name).replace(/\.$/, "") });
}

/** What a picture shows, as far as the text tells: its caption, or whose portrait it is. */
function captionOf(text: ArticleText, name: string): string {
  const author = portrayed(text, name);
  if (author) return author.name;
  const picture = picturesOf(text).find((each) => each.name === name);
  return (picture && (tidyLine(plain(picture.caption)) || picture.credit)) || "–";
}
