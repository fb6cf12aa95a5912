import type { Article } from "../article/article.ts";
import type { PlanChange } from "../issue/change.ts";
import type { IssuePlan } from "../issue/issue.ts";
import { issueTeaser } from "../issue/printed.ts";
import { fill, type Language, words } from "../words.ts";

/** A change that met another one: what somebody wanted, and what stands there now. Nothing of either is lost. */
export interface ConflictView {
  /** Why it was not taken. */
  readonly sentence: string;
  readonly wanted: string;
  readonly now: string;
}

export function conflictView(
  sentence: string,
  change: PlanChange,
  { plan, articles }: { plan: IssuePlan; articles: ReadonlyMap<string, Article> },
  language: Language,
): ConflictView {
  const titleOf = (id: string | null | undefined): string => (id ? (articles.get(id)?.title ?? id) : "–");
  return { sentence, wanted: wantedOf(change, titleOf, language), now: nowOf(change, plan, titleOf, language) };
}

type TitleOf = (id: string | null | undefined) => string;

function wantedOf(change: PlanChange, titleOf: TitleOf, language: Language): string {
  const { wanted } = words(language).desk.conflict;
  switch (change.kind) {
    case "head":
      return wanted.head;
    case "add-section":
    case "remove-section":
    case "place-section":
      return fill(wanted[change.kind], { section: change.section });
    case "rename-section":
      return fill(wanted["rename-section"], { section: change.section, name: change.name });
    case "add-article":
      return fill(wanted["add-article"], { article: titleOf(change.article), section: change.section });
    case "place-article":
      return change.before === null
        ? fill(wanted["place-article"], { article: titleOf(change.article), section: change.section })
        : fill(wanted["above-article"], { article: titleOf(change.article), other: titleOf(change.before) });
    case "remove-article":
      return fill(wanted["remove-article"], { article: titleOf(change.article) });
    case "lead":
    case "editorial":
      return fill(wanted[change.kind], { article: titleOf(change.article) });
    case "cover":
      return fill(wanted.cover, { picture: change.cover?.picture ?? "–" });
    case "teaser":
      return fill(wanted.teaser, { article: titleOf(change.article), text: change.text || "–" });
  }
}

function nowOf(change: PlanChange, plan: IssuePlan, titleOf: TitleOf, language: Language): string {
  const { now } = words(language).desk.conflict;
  switch (change.kind) {
    case "head":
      return now.head;
    case "lead":
    case "editorial":
      return fill(now.chosen, { what: titleOf(plan[change.kind]) });
    case "cover":
      return fill(now.chosen, { what: plan.cover?.picture ?? "–" });
    case "teaser":
      return fill(now.teaser, { text: issueTeaser(plan, change.article) ?? "–" });
    case "add-article":
    case "place-article":
    case "remove-article":
      return standsIn(change.article, plan, titleOf, language);
    default:
      return fill(now.sections, { sections: plan.sections.map(({ name }) => name).join(" · ") || "–" });
  }
}

function standsIn(id: string, plan: IssuePlan, titleOf: TitleOf, language: Language): string {
  const { now } = words(language).desk.conflict;
  const section = plan.sections.find(({ articles }) => articles.includes(id));
  if (!section) return fill(now.notHere, { article: titleOf(id) });
  return fill(now.here, { article: titleOf(id), section: section.name });
}
