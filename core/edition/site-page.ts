import { createHash } from "node:crypto";
import { type Publication, paths } from "../publication.ts";
import { fill, type Language, languages, words } from "../words.ts";
import type { House } from "./edition.ts";
import type { Content, Place } from "./site/place.ts";
import { type SitePageName, type SiteView, siteViews } from "./site/views.ts";
import { eachText, visible } from "./visible.ts";
import { rootedAt } from "./web/address.ts";
import { lookOnPage } from "./web/look.ts";
import { type Page, policyWith, renderDressed } from "./web/page.ts";

/**
 * A page the site function answers with, whole in itself: nothing but the fonts is fetched, so it stands even when
 * nothing was published yet.
 *
 * @param publication undefined where nobody can tell which one a link belongs to
 * @param language the reader's
 * @param isAnswer to something posted: its address, asked for again in the other language, would show another page
 */
export function renderSitePage<Name extends SitePageName>(
  house: House,
  publication: Publication | undefined,
  name: Name,
  given: SiteView<Name>,
  language: Language,
  isAnswer = false,
): string {
  const linkTo = rootedAt(publication?.baseUrl ?? "http://localhost");
  const order = publication ? orderAddress(publication, language) : null;
  const place: Place = { house, publication, language, linkTo, order };
  const content = (siteViews[name] as (given: SiteView<Name>, place: Place) => Content)(given, place);
  const text = eachText(words(language).site[name], (sentence) => fill(sentence, content.details));
  const { styleText, icon } = lookOnPage(house, publication, linkTo);
  return renderDressed(
    house,
    eachText(publication, visible),
    `site/${name}`,
    pageOf(place, content, text.title),
    eachText({ ...content.view, text, other: isAnswer ? null : otherThan(language) }, visible),
    {
      policy: policyWith(hashOf(styleText), { pictures: "data:", runs: content.script !== undefined }),
      ...{ style: null, styleText, icon, early: [], referrer: "no-referrer" },
    },
  );
}

const hashOf = (style: string): string => `'sha256-${createHash("sha256").update(style).digest("base64")}'`;

/** The order page stands in the publication's language; in another the site answers with the same form. */
export const orderAddress = (publication: Publication, language: Language): string =>
  rootedAt(publication.baseUrl)(
    language === publication.language ? `${paths[language].subscribe}/` : `s?sprache=${language}`,
  );

function pageOf({ publication, language, linkTo }: Place, { mark, script }: Content, title: string): Page {
  const named = mark ? `${mark}: ${title}` : title;
  return {
    ...{ language, linkTo, title: [named, publication?.title].filter(Boolean).join(" – ") },
    ...{ description: "", canonical: "", home: "", issue: null, small: true, indexed: false, social: null, data: null },
    ...(script && { script }),
  };
}

function otherThan(language: Language): object | null {
  const code = languages.find((one) => one !== language);
  return code ? { code, label: words(language).site.otherLanguage, url: `?sprache=${code}` } : null;
}
