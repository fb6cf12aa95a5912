import type { EditionInput } from "../edition/edition.ts";
import { articleAddress, downloadAddress, fileOf, issueAddress, printAddress } from "../edition/web/address.ts";
import { paths } from "../publication.ts";
import { type Finding, red } from "./finding.ts";
import { placedLinks } from "./parts.ts";
import { printed } from "./printed.ts";
import { isOwn } from "./visits.ts";

/** Links to pages of our own: of this issue, of the archive. */

type OfIssue = Pick<EditionInput, "publication" | "issue" | "articles">;

/** The files behind an issue's links to its own publication that it does not bring itself; whoever has them answers. */
export const ownFiles = (input: OfIssue): string[] => {
  const brought = filesOf(input);
  const asked = ownLinks(input).map(({ file }) => file);
  return [...new Set(asked)].filter((file) => !brought.has(file));
};

/** @param archived those of {@link ownFiles} that stand in the archive */
export function checkOwnLinks(input: OfIssue, archived: ReadonlySet<string>): Finding[] {
  const brought = filesOf(input);
  return ownLinks(input)
    .filter(({ file }) => !brought.has(file) && !archived.has(file))
    .map(({ url, place }) => red("link-dead-inside", place, { url }));
}

function ownLinks(input: OfIssue) {
  const { baseUrl } = input.publication;
  return printed(input)
    .flatMap(placedLinks)
    .filter(({ url }) => isOwn(url, baseUrl))
    .map((link) => ({ ...link, file: fileBehind(link.url, baseUrl) }));
}

/** "https://blatt.example/archiv?x#y" is "archiv/index.html" in the files. */
function fileBehind(url: string, baseUrl: string): string {
  const address = url
    .slice(baseUrl.length)
    .replace(/[?#].*$/, "")
    .replace(/^\/+/, "");
  const isFile = /\.\w{2,5}$/.test(address);
  return isFile ? address : fileOf(address === "" || address.endsWith("/") ? address : `${address}/`);
}

function filesOf({ publication, issue, articles }: OfIssue): ReadonlySet<string> {
  const { archive, imprint, privacy, accessibility, subscribe, submit } = paths[publication.language];
  const standing = [archive, imprint, privacy, accessibility, subscribe, submit].map((word) => fileOf(`${word}/`));
  return new Set([
    ...[fileOf(""), ...standing],
    ...[issueAddress(publication, issue), printAddress(publication, issue)].map(fileOf),
    ...printed({ issue, articles }).map(({ slug }) => fileOf(articleAddress(publication, issue, slug))),
    ...issue.downloads.map(({ file }) => downloadAddress(publication, issue, file)),
  ]);
}
