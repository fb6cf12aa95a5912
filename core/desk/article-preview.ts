import type { Article } from "../article/article.ts";
import type { House } from "../edition/edition.ts";
import { renderEmail } from "../edition/email.ts";
import { readable } from "../edition/letter.ts";
import { paletteFor } from "../edition/palette.ts";
import { fillSlots } from "../edition/slots.ts";
import { absoluteAt, type LinkTo } from "../edition/web/address.ts";
import { articleInFrame } from "../edition/web/article-page.ts";
import { lookOnPage } from "../edition/web/look.ts";
import { policyWith } from "../edition/web/page.ts";
import { isEditable } from "../issue/draft.ts";
import { type Issue, type IssuePlan, idOfIssue, issuePlanSchema } from "../issue/issue.ts";
import { nextIssue } from "../issue/next.ts";
import type { Publication } from "../publication.ts";
import { Refusal } from "../refusal.ts";

/** One article as readers will see it, alone: a page of the web edition, and a letter. */

export interface Previewed {
  readonly publication: Publication;
  readonly article: Article;
  /** The issue it stands in, or one it could stand in. */
  readonly issue: IssuePlan;
  readonly house: House;
}

/** The issue it is shown in: its own, else one that is being made, else the next. @param today by the publication's clock */
export function issueFor(
  article: Article,
  issues: readonly Issue[],
  own: IssuePlan | undefined,
  today: string,
): IssuePlan {
  const { publication, id, language } = article;
  const { number, year, date } = own ?? beingMade(issues) ?? nextIssue(issues, today);
  const section = own?.sections.find(({ articles }) => articles.includes(id))?.name ?? article.title;
  const theme = own?.theme ?? { title: article.title };
  const sections = [{ name: section, articles: [id] }];
  return issuePlanSchema.parse({
    ...{ publication, number, year, date, theme, sections, language: own?.language ?? language },
    ...(own?.teasers?.[id] && { teasers: { [id]: own.teasers[id] } }),
  });
}

/** The first of them; no erratum, which holds its own words alone. */
const beingMade = (issues: readonly Issue[]): Issue | undefined =>
  issues
    .filter((issue) => isEditable(issue) && issue.erratum === undefined)
    .toSorted((one, other) => (idOfIssue(one) < idOfIssue(other) ? -1 : 1))[0];

/** Where the desk shows a publication's pictures and type; everything else leads to its site. */
const deskLinks = ({ id, baseUrl }: Publication): LinkTo => {
  const site = absoluteAt(baseUrl);
  return (address) => (address.startsWith(pictures) ? picturePath(id, address.slice(pictures.length)) : site(address));
};
const pictures = "bilder/";

/** @param file name of a variant, as `pictureAddress` makes it */
export const picturePath = (publication: string, file: string): string => `/pictures/${publication}/${file}`;
const fontPath = (address: string): string =>
  `/gestalt/${address.replace(/^.*\//, "").replace(/-[0-9a-f]{16}\.woff2$/, ".woff2")}`;

export function webPreview({ publication, article, issue, house }: Previewed): string {
  const { styleText, icon } = lookOnPage(house, publication, fontPath);
  const input = readable({ publication, issue, articles: new Map([[article.id, article]]), house });
  return articleInFrame(input.articles.get(article.id) ?? article, input, {
    ...{ policy: policyWith("'self' 'unsafe-inline'", { pictures: "'self' data:" }), style: null, styleText, icon },
    ...{ early: [], referrer: "no-referrer", linkTo: deskLinks(publication) },
  });
}

export async function emailPreview({ publication, article, issue, house }: Previewed): Promise<string> {
  const dyed = { ...house, palette: paletteOrOurs(house, publication) };
  const { files } = await renderEmail({ publication, issue, articles: new Map([[article.id, article]]), house: dyed });
  const html = String(files.find(({ path }) => path === "email.html")?.body ?? "");
  const url = `${publication.baseUrl}/`;
  const filled = fillSlots(html, { greeting: "", leaveUrl: url, preferencesUrl: url }, "html");
  return filled.replaceAll(`${publication.baseUrl}/${pictures}`, picturePath(publication.id, ""));
}

/** A colour nobody can read stops an issue, not a look at an article. */
function paletteOrOurs(house: House, { accent }: Publication): House["palette"] {
  try {
    return paletteFor(accent, house.palette).palette;
  } catch (refusal) {
    if (refusal instanceof Refusal) return house.palette;
    throw refusal;
  }
}
