import type { Focus } from "../../core/article/article.ts";
import type { MadePicture } from "../../core/article/picture.ts";
import { digestOf } from "../../core/digest.ts";
import { type Details, Refusal, type RefusalCode } from "../../core/refusal.ts";
import type { Cloud, Item, Key, Value } from "../cloud/cloud.ts";
import { madePictureKey } from "./keys.ts";

/** What pictures became, so that none is opened and cut a second time because another file has come. */

/** Raised when pictures are made otherwise: then every one is looked at anew. */
const way = 1;
/** Longer than an author brings files; after that a picture is only made once more. */
const keptDays = 60;

/** A picture with exactly this content, of one submission. */
export interface PictureFile {
  readonly publication: string;
  readonly submission: string;
  /** Of the file, or of the Word file it lies in: changes with the content. */
  readonly etag: string;
  readonly name: string;
  readonly isInside: boolean;
  /** Points its author wants it cut around. */
  readonly asked: readonly Focus[];
}

export interface Remembered {
  readonly made: Omit<MadePicture, "variants"> | Refusal;
  /** Its forms lie where readers find them. */
  readonly isKept: boolean;
}

export async function findMade({ table }: Pick<Cloud, "table">, file: PictureFile): Promise<Remembered | undefined> {
  const [row] = await table.get([keyOf(file)], { consistent: true });
  return row && rememberedOf(row);
}

/** Once its forms lie there, where it is kept: what is remembered of them is true. */
export async function rememberMade({ table, clock }: Cloud, file: PictureFile, seen: Remembered): Promise<void> {
  const { made, isKept } = seen;
  const expiresAt = new Date(clock.now().getTime() + keptDays * 86_400_000).toISOString();
  const said =
    made instanceof Refusal
      ? { refused: { code: made.code, details: made.details } }
      : { image: made.image, suggested: made.suggested, notes: made.notes };
  await table.write([
    { put: { ...keyOf(file), v: 1, isKept, ...(said as unknown as Record<string, Value>), expiresAt } },
  ]);
}

const keyOf = ({ publication, submission, etag, name, isInside, asked }: PictureFile): Key =>
  madePictureKey(publication, digestOf(JSON.stringify([way, submission, etag, name, isInside, asked])));

function rememberedOf({ refused, image, suggested, notes, isKept }: Item): Remembered {
  if (refused) {
    const { code, details } = refused as unknown as { code: RefusalCode; details: Details };
    return { made: new Refusal(code, details), isKept: false };
  }
  return { made: { image, suggested, notes } as unknown as Omit<MadePicture, "variants">, isKept: isKept === true };
}
