import type { Article } from "../article/article.ts";
import { picturesOf } from "../article/contents.ts";
import { imageOf } from "../article/picture-address.ts";
import { digestOf } from "../digest.ts";
import { downloadType } from "../issue/download.ts";
import { articlesOf } from "../issue/draft.ts";
import type { Publication } from "../publication.ts";
import type { EditionFile, EditionInput, Manifest } from "./edition.ts";
import { readable } from "./letter.ts";
import { downloadAddress } from "./web/address.ts";
import { coverOf } from "./web/cover.ts";

/** What an edition says of itself. */

/** What archive and start page show of the issue, as it was approved; `functions/records/shelf.ts` reads it. */
export const coverFile = (input: EditionInput): EditionFile => ({
  ...{ path: "cover.json", type: "application/json" },
  body: JSON.stringify(coverOf(readable(input))),
});

/** Settings as they stand, with the sender its editors said yes to: somebody may have another by the day it leaves. */
export const sentBy = (publication: Publication, { sender }: Pick<Manifest, "sender">): Publication => ({
  ...publication,
  sender: { ...publication.sender, ...sender },
});

/** What a manifest says of each file. */
export const listedIn = (files: readonly EditionFile[]): Manifest["files"] =>
  files.map(({ path, type, body, isGone }) => ({
    ...{ path, type, sha256: digestOf(body), bytes: Buffer.byteLength(body) },
    ...(isGone && { isGone }),
  }));

/** Hashes of the originals of every picture shown, and of the logo. */
export const picturesIn = ({ publication: { logo }, issue, articles }: EditionInput): string[] => {
  const shown = articlesOf(issue).flatMap((id) => picturesShown(articles.get(id)));
  const logos = [logo?.light, logo?.dark].flatMap((one) => one?.sha256 ?? []);
  return [...new Set([...shown, ...logos])].sort();
};

/** Which revision of each article an edition was made from. */
export const revisionsOf = ({ issue, articles }: EditionInput): Record<string, number> =>
  Object.fromEntries(articlesOf(issue).flatMap((id) => [[id, articles.get(id)?.revision ?? 1]]));

/** Files readers may take along, at their public addresses. */
export const carriedBy = ({ publication, issue }: EditionInput): Manifest["files"] =>
  issue.downloads.map((download) => ({
    path: `web/${downloadAddress(publication, issue, download.file)}`,
    type: downloadType(download),
    sha256: download.sha256,
    bytes: download.bytes,
  }));

/** Hashes of the originals an article shows. */
export const picturesShown = (article: Article | undefined): string[] =>
  article ? picturesOf(article).flatMap((picture) => imageOf(article, picture)?.sha256 ?? []) : [];
