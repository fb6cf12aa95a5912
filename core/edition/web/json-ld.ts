import type { Article } from "../../article/article.ts";
import { imageOf, pictureAddress, variantOf } from "../../article/picture-address.ts";
import { teaserOf } from "../../article/plain.ts";
import { issueLabel } from "../../issue/issue.ts";
import { logoAddress } from "../../logo/logo.ts";
import type { Publication } from "../../publication.ts";
import type { EditionInput } from "../edition.ts";
import { absoluteAt, articleAddress, issueAddress } from "./address.ts";
import { type Cover, cardsOf } from "./cover.ts";
import type { Shown } from "./picture.ts";

/** Linked data for machines that read pages. @see https://schema.org/PublicationIssue */
type Thing = Readonly<Record<string, unknown>>;

const context = { "@context": "https://schema.org" };

/** NewsArticle in PublicationIssue in Periodical. */
export function articleData(article: Article, section: string, { publication, issue }: EditionInput): Thing {
  const absolute = absoluteAt(publication.baseUrl);
  const url = absolute(articleAddress(publication, issue, article.slug));
  const image = imageOf(article, article.hero);
  return {
    ...context,
    "@type": article.kind === "advertisement" ? "AdvertiserContentArticle" : "NewsArticle",
    "@id": url,
    url,
    headline: article.title,
    description: teaserOf(article),
    inLanguage: article.language,
    datePublished: issue.date,
    ...(section ? { articleSection: section } : {}),
    ...(image ? { image: socialPicture({ image, alt: "" }, publication) } : {}),
    author: article.authors.map(({ name, roleAtTime }) => ({
      "@type": "Person",
      name,
      ...(roleAtTime ? { jobTitle: roleAtTime } : {}),
    })),
    publisher: publisherData(publication),
    isPartOf: issueData(publication, issue),
  };
}

export function coverData(publication: Publication, cover: Cover): Thing {
  const absolute = absoluteAt(publication.baseUrl);
  return {
    ...context,
    ...issueData(publication, cover),
    name: cover.theme.title,
    inLanguage: cover.language,
    datePublished: cover.date,
    publisher: publisherData(publication),
    hasPart: cardsOf(cover).map(({ address, title }) => ({
      "@type": "NewsArticle",
      "@id": absolute(address),
      headline: title,
    })),
  };
}

function issueData(publication: Publication, issue: Pick<Cover, "number" | "year">): Thing {
  const url = absoluteAt(publication.baseUrl)(issueAddress(publication, issue));
  return {
    "@type": "PublicationIssue",
    "@id": url,
    url,
    issueNumber: issueLabel(issue),
    isPartOf: {
      "@type": "Periodical",
      "@id": `${publication.baseUrl}/`,
      name: publication.title,
      ...(publication.issn ? { issn: publication.issn } : {}),
    },
  };
}

const publisherData = ({ publisher, logo, baseUrl }: Publication): Thing => ({
  ...{ "@type": "Organization", name: publisher.name },
  ...(logo ? { logo: absoluteAt(baseUrl)(logoAddress(logo.light)) } : {}),
});

/** The picture others show when somebody passes the page on; absolute, as they ask for it. */
export function socialPicture(shown: Shown | null, { baseUrl }: Publication): string | null {
  if (!shown) return null;
  const variant = variantOf(shown.image, "lead") ?? variantOf(shown.image, "mail");
  return variant ? absoluteAt(baseUrl)(pictureAddress(shown.image, variant)) : null;
}

/** As it stands in a script element: nothing in it can end the element or open a comment. */
export const jsonForScript = (data: Thing): string =>
  JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
