import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { sampleSlots } from "../core/edition/sample-slots.ts";
import { type Issue, idOfIssue, issueLabel } from "../core/issue/issue.ts";
import type { Publication } from "../core/publication.ts";
import { Refusal } from "../core/refusal.ts";
import type { Cloud } from "../functions/cloud/cloud.ts";
import { readDownload } from "../functions/records/downloads.ts";
import { readEditionFile, readManifest } from "../functions/records/editions.ts";
import { publicFile } from "../functions/records/paths.ts";
import { requirePublication } from "../functions/records/publications.ts";

/**
 * Writes an issue's editions as built, the letters filled for a sample reader, and the pictures beside them: nothing is
 * public yet, so what is looked at must stand on its own. Answers the paths.
 *
 * @throws Refusal `not-built`
 */
export async function writePreview(cloud: Cloud, issue: Issue, out: string): Promise<string[]> {
  if (!("fingerprint" in issue)) throw new Refusal("not-built", { issue: issueLabel(issue) });
  const publication = await requirePublication(cloud, issue.publication);
  const { fingerprint, language } = issue;
  const place = { publication: publication.id, issue: idOfIssue(issue), fingerprint, language };
  const { files = [], downloads = [], pictures = [] } = (await readManifest(cloud, place)) ?? {};
  const written: string[] = [];
  const write = async (path: string, body: string | Uint8Array): Promise<void> => {
    await mkdir(dirname(join(out, path)), { recursive: true });
    await writeFile(join(out, path), body);
    written.push(path);
  };
  for (const { path } of files) {
    const body = sampleSlots(path, await readEditionFile(cloud, place, path), {
      baseUrl: publication.baseUrl,
      language,
    });
    await write(path, path === "email.html" ? picturesBeside(body, publication) : body);
  }
  for (const { path, sha256 } of downloads) await write(path, await readDownload(cloud, publication.id, sha256));
  const root = publicFile(publication.id, "");
  for (const sha256 of pictures)
    for (const { key } of await cloud.files.list(`${root}bilder/${sha256}-`)) {
      const variant = await cloud.files.read(key);
      if (variant) await write(`web/${key.slice(root.length)}`, variant.body);
    }
  return written;
}

/** A letter names its pictures by their public address; here they lie in the folder. */
const picturesBeside = (letter: string | Uint8Array, { baseUrl }: Publication): string =>
  (typeof letter === "string" ? letter : new TextDecoder().decode(letter)).replaceAll(
    `src="${baseUrl}/bilder/`,
    'src="web/bilder/',
  );
