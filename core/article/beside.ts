import { type Note, note, Refusal } from "../refusal.ts";
import type { MadePicture } from "./picture.ts";
import type { SubmittedFile } from "./sort-files.ts";
import type { WordPicture } from "./word.ts";

/**
 * Photos beside a Word file and the pictures in it. Word makes pictures smaller than they were: who hands in the photo
 * as well means the photo.
 */
export interface InsideOrBeside {
  readonly inside: WordPicture;
  readonly beside: SubmittedFile | undefined;
}

const stemOf = (name: string): string =>
  name
    .replace(/\.[^.]+$/, "")
    .normalize("NFC")
    .toLowerCase();

/** Pairs each picture of a Word file with the first file of its name; the ending may differ. `others` have no pair. */
export function pairPictures(
  inside: readonly WordPicture[],
  files: readonly SubmittedFile[],
): { pairs: InsideOrBeside[]; others: SubmittedFile[] } {
  const left = new Set(files);
  const pairs = inside.map((picture) => {
    const beside = [...left].find(({ name }) => stemOf(name) === stemOf(picture.name));
    if (beside) left.delete(beside);
    return { inside: picture, beside };
  });
  return { pairs, others: [...left] };
}

/** A picture that came, under its file's name. */
export interface CamePicture {
  readonly name: string;
  readonly made: MadePicture | Refusal;
}

/** Which of a pair is printed, and what its author is told: the one with more pixels. A photo that cannot be printed is refused. */
export function larger<P extends CamePicture>(inside: P, beside: P): { chosen: P; notes: Note[] } {
  if (beside.made instanceof Refusal) return { chosen: beside, notes: [] };
  const [before, pixels] = [sizeOf(inside), sizeOf(beside)];
  const names = { name: inside.name, file: beside.name };
  if (before.count >= pixels.count) return { chosen: inside, notes: [note("picture-inside-kept", names)] };
  const said = note("picture-replaced", { ...names, before: before.told, pixels: pixels.told });
  return { chosen: beside, notes: [said] };
}

function sizeOf({ made }: CamePicture): { count: number; told: string } {
  if (made instanceof Refusal) return { count: 0, told: "0" };
  const { width, height } = made.image;
  return { count: width * height, told: `${width} × ${height}` };
}
