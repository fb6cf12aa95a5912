import { createHash } from "node:crypto";
import { type Publication, paths } from "../publication.ts";
import { fill, type Language, words } from "../words.ts";
import type { House } from "./edition.ts";
import { eachText, visible } from "./visible.ts";
import { rootedAt } from "./web/address.ts";
import { lookOnPage } from "./web/look.ts";
import { type Page, policyWith, renderDressed } from "./web/page.ts";

/** leave: one button · left: done · unknown-link: says nothing about anyone · fault: not saved, try again. */
export const sitePageNames = ["leave", "left", "unknown-link", "fault"] as const;
export type SitePageName = (typeof sitePageNames)[number];

export interface SiteContext {
  /** The reader's address, half hidden: "a…@stadt-….de". Never the whole one: links get forwarded. */
  readonly address?: string;
}

/**
 * A page the site function answers with, whole in itself: nothing but the fonts is fetched, so it stands even when
 * nothing was published yet. Its form posts to the address it was got from.
 *
 * @param publication undefined where nobody can tell which one a link belongs to
 * @param language the reader's
 */
export function renderSitePage(
  house: House,
  publication: Publication | undefined,
  name: SitePageName,
  context: SiteContext,
  language: Language,
): string {
  const { site } = words(language);
  const linkTo = rootedAt(publication?.baseUrl ?? "http://localhost");
  const { styleText, icon } = lookOnPage(house, publication, linkTo);
  const named = { publication: publication?.title ?? site.thisPublication, address: context.address ?? "" };
  const page: Page = {
    language,
    title: [site[name].title, publication?.title].filter(Boolean).join(" – "),
    description: "",
    canonical: "",
    linkTo,
    home: "",
    issue: null,
    small: true,
    indexed: false,
    social: null,
    data: null,
  };
  return renderDressed(
    house,
    eachText(publication, visible),
    `site/${name}`,
    page,
    eachText(viewOf(publication, named, language), visible),
    {
      policy: policyWith(`'sha256-${createHash("sha256").update(styleText).digest("base64")}'`, "data:"),
      style: null,
      styleText,
      icon,
      early: [],
      referrer: "no-referrer",
    },
  );
}

function viewOf(
  publication: Publication | undefined,
  named: { publication: string; address: string },
  language: Language,
): object {
  const { site } = words(language);
  const order = publication && rootedAt(publication.baseUrl)(`${paths[publication.language].subscribe}/`);
  return {
    address: named.address || null,
    order: order ?? null,
    contact: publication?.sender.replyTo ?? null,
    text: {
      leave: fill(site.leave.text, named),
      left: fill(named.address ? site.left.text : site.left.textWithoutAddress, named),
    },
  };
}
