import { longestTeaser } from "../article/article.ts";
import type { PlanChange } from "../issue/change.ts";
import { fill, type Language, words } from "../words.ts";
import { readTarget } from "./issue-contents.ts";
import type { FieldText } from "./issue-fields.ts";

/** What the small forms of an issue say: a change of its plan, or what is wrong with it. */
export interface ChangeRead {
  /** Undefined where the form says nothing we know. */
  readonly change: PlanChange | undefined;
  readonly problem?: string;
  /** Where the change is seen: "#article-hochwasser". */
  readonly anchor?: string;
}
export type Part = "sections" | "articles" | "choices" | "teasers";

export function readChange(part: Part, text: FieldText, language: Language): ChangeRead {
  const read = { sections: sectionChange, articles: articleChange, choices: choiceChange, teasers: teaserChange };
  return read[part](text, language);
}

const longestName = 300;
/** Of a place on the page: names may hold anything. */
export const anchorOf = (what: "article" | "section", name: string): string => `#${what}-${encodeURIComponent(name)}`;

function sectionChange(text: FieldText, language: Language): ChangeRead {
  const [section, name, to] = [text("section"), text("name"), text("to")];
  if (text("remove")) return { change: { kind: "remove-section", section } };
  if (to) {
    const [before] = readTarget(to) ?? [];
    const change = before === undefined ? undefined : ({ kind: "place-section", section, before } as const);
    return { change, anchor: anchorOf("section", section) };
  }
  if (name === "" || name.length > longestName) return { change: undefined, problem: words(language).desk.wrong.name };
  const anchor = anchorOf("section", name);
  if (section === "") return { change: { kind: "add-section", section: name }, anchor };
  return { change: { kind: "rename-section", section, name }, anchor };
}

function articleChange(text: FieldText): ChangeRead {
  const [article, section] = [text("article"), text("section")];
  const anchor = anchorOf("article", article);
  if (article === "") return { change: undefined };
  if (text("remove")) return { change: { kind: "remove-article", article } };
  if (text("add")) {
    if (section === "") return { change: { kind: "editorial", article }, anchor };
    return { change: { kind: "add-article", article, section }, anchor };
  }
  const [place, before = null] = readTarget(text("to")) ?? (section ? [section] : []);
  if (place === undefined || place === null) return { change: undefined };
  return { change: { kind: "place-article", article, section: place, before }, anchor };
}

function choiceChange(text: FieldText): ChangeRead {
  const [what, chosen] = [text("what"), text("chosen")];
  if (what === "lead" || what === "editorial") return { change: { kind: what, article: chosen || null } };
  if (what !== "cover") return { change: undefined };
  const [article, picture] = chosen ? (readTarget(chosen) ?? []) : [];
  if (chosen === "") return { change: { kind: "cover", cover: null } };
  return { change: article && picture ? { kind: "cover", cover: { article, picture } } : undefined };
}

function teaserChange(text: FieldText, language: Language): ChangeRead {
  const [article, teaser] = [text("article"), text("teaser").replace(/\s+/g, " ")];
  const anchor = anchorOf("article", article);
  const wrong = words(language).desk.wrong.teaser;
  if (teaser.length > longestTeaser)
    return { change: undefined, problem: fill(wrong, { most: longestTeaser }), anchor };
  return { change: { kind: "teaser", article, text: teaser }, anchor };
}
