import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Document, Packer } from "docx";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import sharp from "sharp";
import { bruecke } from "./manuscripts/bruecke.ts";
import { schuldach } from "./manuscripts/schuldach.ts";

/**
 * Writes the sample's Word files beside their photos: `npm run manuscripts`, after `npm run pictures`. The same bytes on the
 * same machine, always.
 */

const articles = join(dirname(fileURLToPath(import.meta.url)), "elblandbote", "articles");

/** As wide as a photo is in Word: half as wide as the file beside it. */
const widthInWord = 640;
const written = "2026-02-02T08:00:00Z";

async function write(article: string, photo: string, documentWith: (small: Buffer) => Document): Promise<void> {
  const folder = join(articles, article);
  const small = await sharp(await readFile(join(folder, photo)))
    .resize(widthInWord)
    .jpeg({ quality: 60, mozjpeg: true })
    .toBuffer();
  const file = asWordWrites(await Packer.toBuffer(documentWith(small)), photo);
  await writeFile(join(folder, `${article}.docx`), file);
  process.stdout.write(`${article}/${article}.docx  ${Math.round(file.length / 1000)} KB\n`);
}

/**
 * Word keeps a photo's own name with it, the library does not. And what changes from one run to the next is fixed: the
 * day the file is made, which stands in it twice, and names of links drawn by lot. Nobody is named as its maker.
 */
function asWordWrites(file: Uint8Array, photo: string): Uint8Array {
  const links: string[] = [];
  const numbered = (drawn: string): string => {
    if (!links.includes(drawn)) links.push(drawn);
    return `rIdLink${links.indexOf(drawn) + 1}`;
  };
  const parts = Object.entries(unzipSync(file)).map(([path, bytes]): [string, Uint8Array] => {
    if (!/\.(xml|rels)$/.test(path)) return [path, bytes];
    const text = strFromU8(bytes)
      .replace(/rId[a-z0-9_-]{15,}/g, numbered)
      .replace(/(<pic:cNvPr [^>]*name=")"/g, `$1${photo}"`)
      .replace(/<(dc:creator|cp:lastModifiedBy)>[^<]*<\/\1>/g, "")
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, written);
    return [path, strToU8(text)];
  });
  return zipSync(Object.fromEntries(parts), { mtime: new Date(2026, 1, 2, 8) });
}

await write("bruecke", "bruecke.jpg", bruecke);
await write("schuldach", "dach.jpg", schuldach);
