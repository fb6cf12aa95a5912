import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { SitePageName, SiteView } from "../../core/edition/site/views.ts";
import { renderSitePage } from "../../core/edition/site-page.ts";
import type { Publication } from "../../core/publication.ts";
import { type Language, languages } from "../../core/words.ts";
import { house } from "../house.ts";

/** Whose page it is and how it is answered with. */
export interface Manner {
  readonly publication: Publication | undefined;
  /** Of the reader, where one is known. */
  readonly language?: Language | undefined;
  readonly status?: ContentfulStatusCode;
}

export function answer<Name extends SitePageName>(
  c: Context,
  name: Name,
  view: SiteView<Name>,
  { publication, language, status = 200 }: Manner,
): Response | Promise<Response> {
  const spoken = languageOf(c, publication, language);
  return c.html(renderSitePage(house(), publication, name, view, spoken, c.req.method === "POST"), status);
}

/** What is asked for here and now, then the reader's own, then the browser's, then the publication's. */
export const languageOf = (c: Context, publication?: Publication, known?: Language): Language =>
  readLanguage(c.req.query("sprache")) ?? known ?? accepted(c) ?? publication?.language ?? "de";

export const readLanguage = (text: string | undefined): Language | undefined =>
  languages.find((language) => language === text);

/** The first of ours in `Accept-Language`, which browsers write in the order of preference. */
function accepted(c: Context): Language | undefined {
  const wanted = (c.req.header("accept-language") ?? "").split(",").map((one) => one.trim().slice(0, 2).toLowerCase());
  return wanted.map(readLanguage).find((language) => language !== undefined);
}
