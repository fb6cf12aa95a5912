import type { Article } from "../article/article.ts";
import { amber, type Finding, red } from "./finding.ts";
import { placedLinks } from "./parts.ts";
import type { Place } from "./place.ts";

/** What became of links that were followed. */

/** answered: somebody did · inward: the name leads where only we could go · silent: nobody did, for this reason */
export type Visit =
  | { readonly kind: "answered"; readonly status: number; readonly url: string; readonly isMoved: boolean }
  | { readonly kind: "inward" }
  | { readonly kind: "silent"; readonly reason: Silence };
export type Silence =
  | "unknown-host"
  | "too-slow"
  | "no-answer"
  | "certificate"
  | "too-many-redirects"
  | "not-visitable";

export interface Visited {
  /** By the address as it is written. */
  readonly visits: ReadonlyMap<string, Visit>;
  /** How many were not followed, because an issue may only have so many. */
  readonly leftOut: number;
}

/** Addresses of the web an issue leads to, each once, in reading order; those below `baseUrl` are our own. */
export const webLinks = (articles: readonly Article[], baseUrl: string): string[] => [
  ...new Set(
    articles
      .flatMap(placedLinks)
      .map(({ url }) => url)
      .filter((url) => /^https?:/i.test(url) && !isOwn(url, baseUrl)),
  ),
];

export const isOwn = (url: string, baseUrl: string): boolean => url === baseUrl || url.startsWith(`${baseUrl}/`);

const whole: Place = { in: "links" };

export function checkVisits(articles: readonly Article[], { visits, leftOut }: Visited): Finding[] {
  const rest = leftOut > 0 ? [amber("links-unvisited", whole, { links: leftOut })] : [];
  // Where nobody at all answers, this machine is not on the net: one sentence, not one a link.
  if (visits.size > 2 && [...visits.values()].every(({ kind }) => kind === "silent"))
    return [...rest, amber("web-silent", whole, { links: visits.size })];
  const placed = articles.flatMap(placedLinks);
  return [
    ...rest,
    ...[...visits].flatMap(([url, visit]) =>
      placed
        .filter((link) => link.url === url)
        .slice(0, 1)
        .flatMap(({ place }) => ofVisit(url, visit, place)),
    ),
  ];
}

function ofVisit(url: string, visit: Visit, place: Place): Finding[] {
  if (visit.kind === "inward") return [red("link-leads-inward", place, { url })];
  if (visit.kind === "silent") return [ofSilence(url, visit.reason, place)];
  const { status } = visit;
  if (status === 404 || status === 410) return [red("link-gone", place, { url, status })];
  if (status >= 500) return [amber("link-troubled", place, { url, status })];
  if (status >= 400) return [amber("link-closed", place, { url, status })];
  if (/^http:/i.test(url) && /^https:/i.test(visit.url))
    return [amber("link-has-https", place, { url, to: visit.url })];
  return visit.isMoved ? [amber("link-moved", place, { url, to: visit.url })] : [];
}

/** A name nobody knows is dead for readers, too; everything else may be better in an hour. */
function ofSilence(url: string, reason: Silence, place: Place): Finding {
  if (reason === "unknown-host") return red("link-host-unknown", place, { url });
  if (reason === "certificate") return amber("link-certificate", place, { url });
  return amber(reason === "too-slow" ? "link-slow" : "link-silent", place, { url });
}
