import { readIssueId } from "./issue.ts";

/**
 * Brings the short ways people write a plan into the long one: `issue: 01|26` for number and year, a theme that is
 * only its title, articles without sections, and teasers one by one, since a key may be translated and a name must not.
 *
 * @param sectionName what the one section is called where none is planned
 */
export function completePlan(given: unknown, sectionName: string): unknown {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return given;
  const { issue, articles, teasers, ...plan } = given as Record<string, unknown>;
  const [year, number] = (typeof issue === "string" ? (readIssueId(issue) ?? "") : "").split("-").map(Number);
  return {
    ...(issue === undefined ? {} : number ? { number, year } : { issue }),
    ...(Array.isArray(articles) ? { sections: [{ name: sectionName, articles }] } : {}),
    ...(teasers === undefined ? {} : { teasers: byArticle(teasers) }),
    ...plan,
    ...(typeof plan.theme === "string" ? { theme: { title: plan.theme } } : {}),
  };
}

/** `[{ article, text }]` by article; what is something else stays, so that it is refused by name. */
function byArticle(given: unknown): unknown {
  if (!Array.isArray(given) || !given.every(isTeaser)) return given;
  return Object.fromEntries(given.map(({ article, text }) => [article, text]));
}

const isTeaser = (entry: unknown): entry is { article: string; text: unknown } =>
  typeof entry === "object" &&
  entry !== null &&
  Object.keys(entry).sort().join() === "article,text" &&
  "article" in entry &&
  typeof entry.article === "string";
