import type { Article } from "../article/article.ts";
import { amber, type Finding, red } from "./finding.ts";
import { type PlacedLink, placedLinks } from "./parts.ts";

/** Links as they are written; whether anybody answers there `visits.ts` says. */
export const checkLinks = (article: Article): Finding[] => {
  const links = placedLinks(article);
  return [...links.flatMap(checkLink), ...checkSameWords(links)];
};

/** Whoever hears the links of a page in a row hears nothing else. */
const vague =
  /^(?:(?:bitte )?(?:hier|da|dort)(?: (?:klicken|drücken|entlang|lesen|geht es weiter|geht's weiter))?|klicken sie hier|klick(?:e)? hier|mehr|mehr lesen|mehr (?:dazu|infos?|informationen)|weiter|weiterlesen|link|zum link|website|webseite|(?:click |read )?(?:here|more)|this link|learn more)[\s.:…>»→]*$/iu;

/** Names by which analytics follow readers. @see https://privacytests.org (tracking query parameters) */
const follower =
  /^(?:utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|mc_[ce]id|igshid|twclid|yclid|_hsenc|_hsmi|vero_id|pk_\w+|mtm_\w+|wt_mc)$/i;

/** Nobody but whoever wrote it gets there. */
const inwardHost =
  /^(?:localhost|[^.]+|.*\.(?:local|localhost|internal|intern|intra|lan|home|corp)|(?:10|127|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))\..*|\[.*\])$/i;

function checkLink({ url, label, place }: PlacedLink): Finding[] {
  const findings = vague.test(label.trim()) ? [amber("link-vague", place, { label: label.trim(), url })] : [];
  if (!/^https?:/i.test(url)) return findings;
  const { hostname, searchParams } = new URL(url);
  const parameter = [...searchParams.keys()].find((name) => follower.test(name));
  return [
    ...findings,
    ...(inwardHost.test(hostname) ? [red("link-inward", place, { url })] : []),
    ...(parameter ? [amber("link-tracked", place, { url, parameter })] : []),
  ];
}

/** The same words that lead to two places; vague ones were said already. */
function checkSameWords(links: readonly PlacedLink[]): Finding[] {
  const targets = new Map<string, string>();
  return links.flatMap(({ url, label, place }): Finding[] => {
    const spoken = label.trim().toLowerCase();
    const before = targets.get(spoken);
    targets.set(spoken, before ?? url);
    const isSame = before === undefined || before === url || spoken === "" || vague.test(spoken);
    return isSame ? [] : [amber("link-same-words", place, { label: label.trim(), url, other: before })];
  });
}
