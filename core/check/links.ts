import type { Article } from "../article/article.ts";
import { amber, type Finding, red } from "./finding.ts";
import { type PlacedLink, placedLinks } from "./parts.ts";

/** Links as they are written; whether anybody answers there `visits.ts` says. */
export const checkLinks = (article: Article): Finding[] => {
  const links = placedLinks(article);
  return [...links.flatMap(checkLink), ...checkSameWords(links)];
};

/** Whoever hears the links of a page in a row hears nothing else. */
const vague = new RegExp(
  `^(?:${[
    "(?:bitte )?(?:hier|da|dort)(?: (?:klicken|drücken|entlang|lesen|geht es weiter|geht['’]s weiter|finden sie mehr))?",
    "klicken sie hier|klicke? hier|lesen sie (?:hier )?mehr|mehr(?: lesen| dazu| erfahren)?|weiter|weiterlesen|jetzt lesen",
    "(?:mehr|weitere|nähere) (?:infos?|informationen)(?: hier)?|alles weitere|details",
    "(?:unter |auf )?dies(?:er|em|en|e)? (?:links?|seite|webseite|website)|(?:zum |der )?link",
    "(?:zu[mr] |der |die |das )?(?:artikel|beitrag|seite|website|webseite|homepage|download|pdf|dokument)",
    "(?:please )?(?:click |read |see )?(?:here|more)|(?:more|further) (?:info|information|details)",
    "(?:find out|learn) more|this (?:link|page|site)|the (?:link|page|website)",
  ].join("|")})$|^$`,
  "iu",
);
/** Of a label, without arrows, quotes and stops around it. */
const bareLabel = (label: string): string =>
  label.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "").replace(/\s+/g, " ");
const isVague = (label: string): boolean => vague.test(bareLabel(label));

/** An address read aloud is a minute of signs; "www.amt.example/satzung" is short enough to be a name. */
const isAddress = (label: string): boolean =>
  /^(?:https?:\/\/|www\.)\S+$/i.test(label) && (/^http.*[^/:]\/[^/]/i.test(label) || label.length > longestName);
const longestName = 40;

/** Names by which analytics follow readers. @see https://privacytests.org (tracking query parameters) */
const follower =
  /^(?:utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|mc_[ce]id|igshid|twclid|yclid|_hsenc|_hsmi|vero_id|pk_\w+|mtm_\w+|wt_mc)$/i;

/** Nobody but whoever wrote it gets there. */
const inwardHost =
  /^(?:localhost|[^.]+|.*\.(?:local|localhost|internal|intern|intra|lan|home|corp)|(?:10|127|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))\..*|\[.*\])$/i;

function checkLink({ url, label, place }: PlacedLink): Finding[] {
  const findings = [
    // One without any words the gate refuses.
    ...(label.trim() && isVague(label) ? [amber("link-vague", place, { label: label.trim(), url })] : []),
    ...(isAddress(label.trim()) ? [amber("link-bare", place, { url: label.trim() })] : []),
  ];
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
    const isSame = before === undefined || before === url || spoken === "" || isVague(spoken);
    return isSame ? [] : [amber("link-same-words", place, { label: label.trim(), url, other: before })];
  });
}
