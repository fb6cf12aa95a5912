import type { Article } from "../../article/article.ts";
import type { IssuePlan } from "../../issue/issue.ts";

/** How much of each article the letter brings. The ladder takes from it, from the end. */
export interface Shape {
  readonly full: ReadonlySet<string>;
  readonly pictured: ReadonlySet<string>;
  readonly lines: ReadonlySet<string>;
}

/** The article that opens the letter: the one the issue names, else the first of the first section. */
export const leadOf = (issue: IssuePlan): string | undefined =>
  issue.lead ?? issue.sections.flatMap(({ articles }) => articles)[0];

export interface PlannedSection {
  /** "" for the editorial, which is no section of the plan. */
  readonly name: string;
  readonly articles: readonly Article[];
}

export interface Plan {
  readonly lead: Article;
  readonly sections: readonly PlannedSection[];
}

/** Lead and sections in reading order, every article once; sections the lead leaves empty are gone. */
export function planOf(issue: IssuePlan, articles: ReadonlyMap<string, Article>): Plan {
  const seen = new Set<string>();
  const take = (ids: readonly (string | undefined)[]): Article[] =>
    ids.flatMap((id) => {
      if (id === undefined || seen.has(id)) return [];
      seen.add(id);
      const article = articles.get(id);
      if (!article) throw new Error(`article ${id} was not loaded`);
      return [article];
    });
  const [lead] = take([leadOf(issue) ?? issue.editorial]);
  if (!lead) throw new Error("an issue without articles cannot become a letter");
  const editorial = { name: "", articles: take([issue.editorial]) };
  const sections = issue.sections.map((section) => ({ name: section.name, articles: take(section.articles) }));
  return { lead, sections: [editorial, ...sections].filter((section) => section.articles.length > 0) };
}

/** As much as editors asked for: notices and an article on its own are whole, each section opens with a picture. */
export function fullest({ lead, sections }: Plan): Shape {
  const others = sections.flatMap((section) => section.articles);
  const alone = others.length === 0;
  const whole = [lead, ...others].filter(
    (one) => alone || one.mail === "full" || (one !== lead && one.kind === "notice"),
  );
  const openers = sections.flatMap((section) => section.articles.slice(0, 1));
  return {
    full: new Set(whole.filter(({ kind }) => kind !== "date" || alone).map(({ id }) => id)),
    pictured: new Set(openers.filter(({ hero }) => hero !== null).map(({ id }) => id)),
    lines: new Set(),
  };
}
