import { framedLetter, framedPage } from "../../core/edition/framed.ts";
import { fileOf } from "../../core/edition/web/address.ts";
import type { Card } from "../../core/edition/web/card.ts";
import type { Cover } from "../../core/edition/web/cover.ts";
import { type Issue, idOfIssue } from "../../core/issue/issue.ts";
import type { Publication } from "../../core/publication.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { house } from "../house.ts";
import type { EditionPlace as Edition } from "../records/editions.ts";
import { readEditionFile, readManifest } from "../records/editions.ts";

/** A build as readers will get it, for whoever is to approve it: what lies in its folder, not what the library holds now. */

export interface BuiltPage {
  /** "" is the cover. */
  readonly slug: string;
  readonly title: string;
  /** Behind the publication's base address. */
  readonly address: string;
}
export interface BuiltLook {
  readonly subject: string;
  readonly preheader: string;
  readonly pages: readonly BuiltPage[];
}

/** Where the build of an issue lies; undefined where it has none. */
export const editionOf = (issue: Issue): Edition | undefined =>
  "fingerprint" in issue
    ? {
        ...{ publication: issue.publication, issue: idOfIssue(issue), language: issue.language },
        fingerprint: (issue as { readonly fingerprint: string }).fingerprint,
      }
    : undefined;

/** What there is to look at. @throws when the build is not there whole */
export async function lookAt(cloud: Cloud, edition: Edition): Promise<BuiltLook> {
  const [manifest, cover] = await Promise.all([readManifest(cloud, edition), coverOf(cloud, edition)]);
  if (!manifest) throw new Error(`there is no edition ${edition.fingerprint}`);
  const { lead, side, sections, address } = cover;
  const cards = [lead, ...side, ...sections.flatMap((section) => [...section.cards, ...section.dates])];
  const articles = cards.filter(({ whole }) => whole === null).map(pageOf);
  const pages = [{ slug: "", title: "", address }, ...new Map(articles.map((page) => [page.slug, page])).values()];
  return { subject: manifest.subject, preheader: manifest.preheader, pages };
}

const coverOf = async (cloud: Cloud, edition: Edition): Promise<Cover> =>
  JSON.parse(Buffer.from(await readEditionFile(cloud, edition, "cover.json")).toString()) as Cover;

const pageOf = ({ address, title }: Card): BuiltPage => ({
  ...{ address, title },
  slug: address.split("/").at(-2) ?? "",
});

/** The letter, filled for the sample reader. */
export async function builtLetter(cloud: Cloud, publication: Publication, edition: Edition): Promise<string> {
  const html = Buffer.from(await readEditionFile(cloud, edition, "email.html")).toString();
  return framedLetter(html, framingOf(publication, edition));
}

/** A page of the web edition; undefined where the build has none of that name. */
export async function builtPage(
  cloud: Cloud,
  publication: Publication,
  edition: Edition,
  slug: string,
): Promise<string | undefined> {
  const page = (await lookAt(cloud, edition)).pages.find((one) => one.slug === slug);
  if (!page) return undefined;
  const html = Buffer.from(await readEditionFile(cloud, edition, `web/${fileOf(page.address)}`)).toString();
  return framedPage(html, house(), framingOf(publication, edition));
}

const framingOf = (publication: Publication, { language }: Edition) => ({
  ...{ publication, language, scheme: "light" as const, pictures: `/pictures/${publication.id}/` },
});
