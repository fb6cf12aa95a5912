import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { paths } from "../core/publication.ts";
import { type Language, languages } from "../core/words.ts";
import { house } from "../functions/house.ts";
import { templateDocument } from "./template/document.ts";
import { pack } from "./template/pack.ts";

/** Writes the Word files authors start from into `templates/word`: `npm run template`. The same bytes, always. */

const root = join(import.meta.dirname, "..");
/** Any picture of the sample shows what one looks like in its place. */
const picture = join(root, "local/sample/elblandbote/articles/bruecke/bruecke.jpg");

export async function templateFile(language: Language): Promise<Uint8Array> {
  const dress = { palette: house().palette, picture: await readFile(picture) };
  return pack(templateDocument(language, dress));
}

async function write(language: Language): Promise<void> {
  const place = join(root, "templates/word", paths[language].template);
  const file = await templateFile(language);
  await mkdir(join(root, "templates/word"), { recursive: true });
  await writeFile(place, file);
  process.stdout.write(`${paths[language].template}  ${Math.round(file.length / 1000)} KB\n`);
}

if (import.meta.main) for (const language of languages) await write(language);
