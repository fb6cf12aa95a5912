import { Refusal } from "../refusal.ts";
import { articlesOf } from "./draft.ts";
import { type IssuePlan, issueLabel } from "./issue.ts";

/** What an editor changes of a plan in one go: small, so that two people rarely want the same thing at once. */

/** What an issue says of itself. Its number is its address and changes by other rules. */
export type Head = Pick<IssuePlan, "date" | "theme" | "subject" | "preheader" | "topic" | "dueAt">;
export type HeadField = keyof Head;

/** Articles and sections are named, never counted: a place in a list means another thing a moment later. */
export type PlanChange =
  | { readonly kind: "head"; readonly head: Partial<Head> }
  | { readonly kind: "add-section"; readonly section: string }
  | { readonly kind: "rename-section"; readonly section: string; readonly name: string }
  /** `before`: the section it stands above from now on; null: at the end. */
  | { readonly kind: "place-section"; readonly section: string; readonly before: string | null }
  /** Its articles go back to the library. */
  | { readonly kind: "remove-section"; readonly section: string }
  | { readonly kind: "add-article"; readonly article: string; readonly section: string }
  /** `before`: the article of that section it stands above from now on; null: at the end. */
  | {
      readonly kind: "place-article";
      readonly article: string;
      readonly section: string;
      readonly before: string | null;
    }
  | { readonly kind: "remove-article"; readonly article: string }
  | { readonly kind: "lead" | "editorial"; readonly article: string | null }
  | { readonly kind: "cover"; readonly cover: NonNullable<IssuePlan["cover"]> | null }
  /** "" takes the article's own. */
  | { readonly kind: "teaser"; readonly article: string; readonly text: string };

type Section = IssuePlan["sections"][number];
type Of<Kind extends PlanChange["kind"]> = Extract<PlanChange, { kind: Kind }>;

/**
 * The plan as it is after the change. What the plan has already stays as it is.
 *
 * @throws Refusal `section-gone`, `section-twice`, `article-gone`, `article-twice` where the plan has no place for it
 */
export const changed = (plan: IssuePlan, change: PlanChange): IssuePlan => tidied(applied(plan, change));

function applied(plan: IssuePlan, change: PlanChange): IssuePlan {
  switch (change.kind) {
    case "head":
      return { ...plan, ...change.head };
    case "add-section":
      return withSection(plan, change);
    case "rename-section":
      return renamed(plan, change);
    case "place-section":
      return sectionPlaced(plan, change);
    case "remove-section":
      return sectionRemoved(plan, change);
    case "add-article":
      return withArticle(plan, change);
    case "place-article":
      return articlePlaced(plan, change);
    case "remove-article":
      return articleRemoved(plan, change.article);
    case "lead":
    case "editorial":
      return chosen(plan, change);
    case "cover":
      return covered(plan, change);
    case "teaser":
      return withTeaser(plan, change);
  }
}

/** What was chosen or written for an article goes with it; a field that is undefined is none. */
function tidied(plan: IssuePlan): IssuePlan {
  const here = new Set(articlesOf(plan));
  const teasers = Object.entries(plan.teasers ?? {}).filter(([article]) => here.has(article));
  const kept = {
    teasers:
      teasers.length > 0 ? Object.fromEntries(teasers.sort(([one], [other]) => (one < other ? -1 : 1))) : undefined,
    cover: plan.cover && here.has(plan.cover.article) ? plan.cover : undefined,
  };
  return Object.fromEntries(
    Object.entries({ ...plan, ...kept }).filter(([, value]) => value !== undefined),
  ) as IssuePlan;
}

function withSection(plan: IssuePlan, { section }: Of<"add-section">): IssuePlan {
  demandFree(plan, section);
  return { ...plan, sections: [...plan.sections, { name: section, articles: [] }] };
}

function renamed(plan: IssuePlan, { section, name }: Of<"rename-section">): IssuePlan {
  demandSection(plan, section);
  if (name !== section) demandFree(plan, name);
  return { ...plan, sections: plan.sections.map((one) => (one.name === section ? { ...one, name } : one)) };
}

function sectionPlaced(plan: IssuePlan, { section, before }: Of<"place-section">): IssuePlan {
  const moved = demandSection(plan, section);
  if (before !== null) demandSection(plan, before);
  if (before === section) return plan;
  return {
    ...plan,
    sections: placed(
      plan.sections.filter((one) => one !== moved),
      moved,
      ({ name }) => name === before,
    ),
  };
}

function sectionRemoved(plan: IssuePlan, { section }: Of<"remove-section">): IssuePlan {
  const { articles } = demandSection(plan, section);
  const emptied = articles.reduce(articleRemoved, plan);
  return { ...emptied, sections: emptied.sections.filter(({ name }) => name !== section) };
}

function withArticle(plan: IssuePlan, { article, section }: Of<"add-article">): IssuePlan {
  demandSection(plan, section);
  const home = plan.sections.find(({ articles }) => articles.includes(article));
  if (home?.name === section) return plan;
  if (home) throw new Refusal("article-twice", { article, issue: issueLabel(plan) });
  return inSection(plan, section, (articles) => [...articles, article]);
}

function articlePlaced(plan: IssuePlan, { article, section, before }: Of<"place-article">): IssuePlan {
  demandArticle(plan, article);
  const target = demandSection(plan, section);
  if (before === article) return plan;
  if (before !== null && !target.articles.includes(before)) throw goneFrom(plan, before);
  const sections = plan.sections.map((one) => ({ ...one, articles: one.articles.filter((id) => id !== article) }));
  return inSection({ ...plan, sections }, section, (articles) => placed(articles, article, (id) => id === before));
}

const articleRemoved = (plan: IssuePlan, article: string): IssuePlan => ({
  ...plan,
  sections: plan.sections.map((one) => ({ ...one, articles: one.articles.filter((id) => id !== article) })),
  lead: plan.lead === article ? undefined : plan.lead,
  editorial: plan.editorial === article ? undefined : plan.editorial,
});

function chosen(plan: IssuePlan, { kind, article }: Of<"lead" | "editorial">): IssuePlan {
  if (article !== null && kind === "lead") demandArticle(plan, article);
  return { ...plan, [kind]: article ?? undefined };
}

function covered(plan: IssuePlan, { cover }: Of<"cover">): IssuePlan {
  if (cover) demandArticle(plan, cover.article);
  return { ...plan, cover: cover ?? undefined };
}

function withTeaser(plan: IssuePlan, { article, text }: Of<"teaser">): IssuePlan {
  demandArticle(plan, article);
  const others = Object.entries(plan.teasers ?? {}).filter(([id]) => id !== article);
  return { ...plan, teasers: Object.fromEntries(text === "" ? others : [...others, [article, text]]) };
}

const inSection = (plan: IssuePlan, section: string, change: (articles: string[]) => string[]): IssuePlan => ({
  ...plan,
  sections: plan.sections.map((one) => (one.name === section ? { ...one, articles: change(one.articles) } : one)),
});

/** Above the first that is meant, else at the end. */
function placed<Thing>(among: readonly Thing[], thing: Thing, isMeant: (other: Thing) => boolean): Thing[] {
  const at = among.findIndex(isMeant);
  return among.toSpliced(at < 0 ? among.length : at, 0, thing);
}

function demandSection(plan: IssuePlan, section: string): Section {
  const found = plan.sections.find(({ name }) => name === section);
  if (!found) throw new Refusal("section-gone", { section, issue: issueLabel(plan) });
  return found;
}

function demandFree(plan: IssuePlan, section: string): void {
  if (plan.sections.some(({ name }) => name === section))
    throw new Refusal("section-twice", { section, issue: issueLabel(plan) });
}

function demandArticle(plan: IssuePlan, article: string): void {
  if (!articlesOf(plan).includes(article)) throw goneFrom(plan, article);
}

const goneFrom = (plan: IssuePlan, article: string): Refusal =>
  new Refusal("article-gone", { article, issue: issueLabel(plan) });
