import { amber, type Finding } from "./finding.ts";
import data from "./mail-clients.json" with { type: "json" };
import { featuresOf } from "./mail-features.ts";

/** How mail programs show a letter, by the tests of caniemail.com. */

/** A mail program and what it makes of what a letter asks: features by caniemail's titles. */
export interface ClientSupport {
  /** "Outlook (Windows)" */
  readonly client: string;
  readonly asked: number;
  readonly inPart: readonly string[];
  readonly not: readonly string[];
  /** Nobody has tested these there: no data is no promise. */
  readonly untested: readonly string[];
}

/** Day of the data, "2026-05-13". */
export const testedUntil = data.updated;

const features = new Map(
  Object.entries(data.features).map(([slug, [title = "", signs = ""]]) => [slug, { title, signs }]),
);
const known: ReadonlySet<string> = new Set(features.keys());

export function supportOf(html: string): ClientSupport[] {
  const asked = featuresOf(html, known).flatMap((slug) => features.get(slug) ?? []);
  return data.clients.map((client, index) => {
    const titles = (sign: string): string[] =>
      asked.filter(({ signs }) => signs[index] === sign).map(({ title }) => title);
    return {
      client: nameOf(client),
      asked: asked.length,
      inPart: titles("a"),
      not: titles("n"),
      untested: titles("u"),
    };
  });
}

const families: Readonly<Record<string, string>> = {
  ...{ outlook: "Outlook", gmx: "GMX", "web-de": "WEB.DE", "t-online-de": "T-Online" },
  ...{ gmail: "Gmail", "apple-mail": "Apple Mail" },
};
const platforms: Readonly<Record<string, string>> = {
  ...{ windows: "Windows", "outlook-com": "Web", macos: "macOS", ios: "iOS", android: "Android" },
  ...{ "desktop-webmail": "Web", "mobile-webmail": "Mobile" },
};

function nameOf(client: string): string {
  const [family = "", platform = ""] = client.split(".");
  return `${families[family] ?? family} (${platforms[platform] ?? platform})`;
}

/**
 * What our own letter asks and may be refused, looked at one by one: without it the letter is plainer and still whole.
 * Whatever else some program does not know is told, once a feature.
 */
const weighed: ReadonlySet<string> = new Set([
  // Dark views, and larger type where there is room: the letter is light and fits a phone without.
  ...["@media", "@media (prefers-color-scheme)", "color-scheme CSS property", "color-scheme meta tag"],
  ...["<style> element", "!important keyword", "Class selector", "ID selector", "Child combinator"],
  // How lines break and links are underlined.
  ...["hyphens", "hyphenate-limit-chars", "text-wrap", "text-underline-offset", "word-break", "word-spacing"],
  // Corners are square, the hand is an arrow, links open in the same window.
  ...["border-radius", "outline", "cursor", "target attribute"],
  // The preview line is hidden in six ways; each program knows at least one.
  ...["display:none", "max-height property", "opacity", "overflow", "white-space"],
  // For ears: where they are taken out, the order of the words is what remains, and it is right.
  ...["lang attribute", "dir attribute", "role attribute", "aria-label attribute", "aria-hidden attribute"],
  // A logo for dark screens: where they are passed over, the one for light screens stands there on a ground of its own.
  ...["<picture> element", "srcset and sizes attributes"],
  // Programs that put the letter into a page of theirs take its body for a div.
  "<body> element",
]);

export function checkClients(clients: readonly ClientSupport[]): Finding[] {
  const missed = new Set(clients.flatMap(({ not }) => not).filter((title) => !weighed.has(title)));
  return [...missed].map((feature) => {
    const where = clients.filter(({ not }) => not.includes(feature)).map(({ client }) => client);
    return amber("client-lacks", { in: "edition", path: "email.html" }, { feature, clients: where.join(", ") });
  });
}
