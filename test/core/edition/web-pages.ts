import { textContent } from "domutils";
import { parseDocument } from "htmlparser2";
import type { Article } from "../../../core/article/article.ts";
import type { EditionInput } from "../../../core/edition/edition.ts";
import { renderWeb } from "../../../core/edition/web.ts";
import { anEditionInput } from "../../people-and-papers.ts";
import { springIssue } from "../../spring-issue.ts";

/** Pages of the web edition as tests open them. */

export const folder = "web/ausgaben/2026-01/";
export const page = (input: EditionInput, place = ""): string => {
  const file = renderWeb(input).files.find(({ path }) => path === `${folder}${place}index.html`);
  if (!file) throw new Error(`no page at ${place}`);
  return String(file.body);
};
export const pageOf = (article: Article, input: EditionInput = springIssue()): string =>
  page(input, `${article.slug}/`);
/** An issue of one article. */
export const alone = (article: Article, given?: Parameters<typeof anEditionInput>[1]): EditionInput =>
  anEditionInput({ "Aus den Kommunen": [article] }, given);
/** What a reader hears of a page, without scripts and styles. */
export const hear = (html: string): string =>
  textContent(parseDocument(html.replace(/<(script|style)[\s\S]*?<\/\1>/g, ""))).replace(/\s+/g, " ");
export const addresses = (html: string): string[] =>
  [...html.matchAll(/\s(?:href|src)="([^"]*)"/g)].map(([, url = ""]) =>
    url.replaceAll("&#x3D;", "=").replaceAll("&#38;", "&"),
  );
