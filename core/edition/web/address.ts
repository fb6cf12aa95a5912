import { type IssuePlan, idOfIssue } from "../../issue/issue.ts";
import { type Publication, paths } from "../../publication.ts";

/** An address is what follows the publication's base address: "ausgaben/2026-01/". A page's ends with a slash. */
export type Address = string;

/** How a page writes an address into a link. */
export type LinkTo = (address: Address) => string;

type Numbered = Pick<IssuePlan, "number" | "year">;

export const issueAddress = ({ language }: Publication, issue: Numbered): Address =>
  `${paths[language].issues}/${idOfIssue(issue)}/`;

export const articleAddress = (publication: Publication, issue: Numbered, slug: string): Address =>
  `${issueAddress(publication, issue)}${slug}/`;

/** A file readers may take along. */
export const downloadAddress = (publication: Publication, issue: Numbered, file: string): Address =>
  issueAddress(publication, issue) + file;

/** The whole issue on one page. */
export const printAddress = (publication: Publication, issue: Numbered): Address =>
  `${issueAddress(publication, issue)}${paths[publication.language].print}/`;

export const archiveAddress = ({ language }: Publication): Address => `${paths[language].archive}/`;

/** The file a web server finds at a page's address. */
export const fileOf = (page: Address): string => `${page}index.html`;

/** Relative links: the web edition reads the same on a disk, in a preview and below any base address. */
export const relativeFrom =
  (page: Address): LinkTo =>
  (address) => {
    const [here, there] = [page.split("/").slice(0, -1), address.split("/")];
    const shared = here.findIndex((part, index) => part !== there[index] || index === there.length - 1);
    const common = shared < 0 ? here.length : shared;
    return [...here.slice(common).map(() => ".."), ...there.slice(common)].join("/") || "./";
  };

/** For pages that answer at any address: a missing page, a leave link. */
export const rootedAt =
  (baseUrl: string): LinkTo =>
  (address) =>
    `${new URL(baseUrl).pathname.replace(/\/$/, "")}/${address}`;

/** Whole addresses, for feeds, mails and machines. */
export const absoluteAt =
  (baseUrl: string): LinkTo =>
  (address) =>
    `${baseUrl}/${address}`;
