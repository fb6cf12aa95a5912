import { Refusal } from "../refusal.ts";
import type { MarkdownReading } from "./markdown.ts";
import { articleOf } from "./word/article.ts";
import { countLosses } from "./word/losses.ts";
import { openPackage } from "./word/package.ts";
import { structureOf } from "./word/structure.ts";
import { readStyles } from "./word/styles.ts";
import type { Workbench } from "./word/workbench.ts";

/** What was read out of a Word document: its text, and the pictures that lie in it. */
export interface WordReading extends MarkdownReading {
  readonly pictures: readonly WordPicture[];
}
/**
 * `name` is what the text calls the picture (NFC, one segment, with an extension by its bytes: "bild-1.jpg", or the
 * photo's own file name where Word kept it).
 */
export interface WordPicture {
  readonly name: string;
  readonly bytes: number;
}
export interface WordDocument {
  readonly reading: WordReading;
  /**
   * One at a time: a document may hold dozens of photos of many megabytes.
   *
   * @throws Refusal `word-broken`, `picture-bytes`
   */
  picture(name: string): Promise<Uint8Array>;
}

/** Larger ones are refused beside a text too. */
const mostPictureBytes = 50_000_000;

/**
 * Reads a Word document somebody handed in, believing nothing it says of itself. Holds its limits by itself; pictures
 * are not inflated before they are asked for.
 *
 * @param name the file's, for the sentences
 * @throws Refusal `empty-file` or `word-…`, each with the file's name
 */
export async function readWord(name: string, bytes: Uint8Array): Promise<WordDocument> {
  const pack = await openPackage(name, bytes);
  const bench: Workbench = {
    ...{ package: pack, styles: readStyles(pack.styles), losses: countLosses() },
    ...{
      paragraphs: [],
      pictures: [],
      languages: new Map(),
      fonts: new Map(),
      symbols: [],
      initial: [],
      boxes: 0,
      last: "",
    },
  };
  const reading = articleOf(bench, await structureOf(name, bench));
  const paths = new Map(bench.pictures.map((found) => [found.name, found.path]));
  const pictures = [...paths].map(([picture, path]) => ({ name: picture, bytes: pack.media.bytesOf(path) }));
  return {
    reading: { ...reading, pictures },
    picture: async (picture) => {
      const path = paths.get(picture) ?? "";
      const size = pack.media.bytesOf(path);
      if (size > mostPictureBytes)
        throw new Refusal("picture-bytes", { name: picture, megabytes: Math.ceil(size / 1e6) });
      const read = pack.media.read(path, mostPictureBytes);
      if (!read) throw new Refusal("word-broken", { name });
      return read;
    },
  };
}
