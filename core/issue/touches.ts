import type { PlanChange } from "./change.ts";
import type { IssuePlan } from "./issue.ts";

/**
 * Which changes of a plan get along. Each touches something that is its own for the moment, and leans on what must
 * still be as it was; two of them clash where one touches what the other touches or leans on.
 */
export interface Reach {
  readonly touches: readonly string[];
  readonly leans: readonly string[];
}

/** Somebody gave the whole plan anew. */
export const everything: Reach = { touches: ["*"], leans: [] };

/** What a change was made of, in the words of the plan it was made for. */
export function reachOf(change: PlanChange, plan: IssuePlan): Reach {
  switch (change.kind) {
    case "head":
      return { touches: Object.keys(change.head).map((field) => `head:${field}`), leans: [] };
    case "add-section":
      return { touches: [], leans: [] };
    case "rename-section":
      return { touches: [`name:${change.section}`], leans: [`section:${change.section}`] };
    case "place-section":
      return { touches: [`order:${change.section}`], leans: sections(change.section, change.before) };
    case "remove-section":
      return { touches: removing(change.section, plan), leans: [] };
    case "add-article":
      return { touches: [`place:${change.article}`], leans: sections(change.section) };
    case "place-article":
      return { touches: [`place:${change.article}`], leans: [`here:${change.article}`, ...sections(change.section)] };
    case "remove-article":
      return { touches: leaving(change.article, plan), leans: [] };
    case "lead":
    case "editorial":
      return { touches: [change.kind], leans: change.article === null ? [] : [`here:${change.article}`] };
    case "cover":
      return { touches: ["cover"], leans: change.cover ? [`here:${change.cover.article}`] : [] };
    case "teaser":
      return { touches: [`teaser:${change.article}`], leans: [`here:${change.article}`] };
  }
}

const sections = (...names: readonly (string | null)[]): string[] =>
  names.flatMap((name) => (name === null ? [] : [`section:${name}`]));

/** Whoever removes a section means the articles they saw in it. */
const removing = (section: string, plan: IssuePlan): string[] => [
  ...[`section:${section}`, `name:${section}`, `order:${section}`],
  ...(plan.sections.find(({ name }) => name === section)?.articles ?? []).flatMap((article) => leaving(article, plan)),
];

const leaving = (article: string, { lead, editorial, cover }: IssuePlan): string[] => [
  ...[`here:${article}`, `place:${article}`, `teaser:${article}`],
  ...(lead === article ? ["lead"] : []),
  ...(editorial === article ? ["editorial"] : []),
  ...(cover?.article === article ? ["cover"] : []),
];

/** Whether both may stand, whichever came first. */
export function clash(one: Reach, other: Reach): boolean {
  const all = (reach: Reach): string[] => [...reach.touches, ...reach.leans];
  if (one.touches.includes("*") || other.touches.includes("*")) return true;
  return (
    one.touches.some((thing) => all(other).includes(thing)) || other.touches.some((thing) => all(one).includes(thing))
  );
}
