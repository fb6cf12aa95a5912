import { readIssueId } from "./issue.ts";

/**
 * Brings the short ways people write a plan into the long one: `issue: 01|26` for number and year, a theme that is
 * only its title, and articles without sections.
 *
 * @param sectionName what the one section is called where none is planned
 */
export function completePlan(given: unknown, sectionName: string): unknown {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return given;
  const { issue, articles, ...plan } = given as Record<string, unknown>;
  const [year, number] = (typeof issue === "string" ? (readIssueId(issue) ?? "") : "").split("-").map(Number);
  return {
    ...(issue === undefined ? {} : number ? { number, year } : { issue }),
    ...(Array.isArray(articles) ? { sections: [{ name: sectionName, articles }] } : {}),
    ...plan,
    ...(typeof plan.theme === "string" ? { theme: { title: plan.theme } } : {}),
  };
}
