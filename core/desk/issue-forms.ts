import type { Article } from "../article/article.ts";
import { picturesOf } from "../article/contents.ts";
import { imageOf } from "../article/picture-address.ts";
import { usualSubject } from "../edition/letter.ts";
import type { Head } from "../issue/change.ts";
import { articlesOf } from "../issue/draft.ts";
import { type Issue, type IssuePlan, issuePlanSchema } from "../issue/issue.ts";
import type { Publication } from "../publication.ts";
import { fill, type Language, words } from "../words.ts";
import { type FieldText, problemsOf } from "./issue-fields.ts";
import type { Problems } from "./issue-list.ts";

/** What an issue says of itself, as a form: each field, and what it said when the page was made. */

export const headFields = ["date", "dueAt", "theme", "intro", "subject", "preheader", "topic"] as const;
export type HeadFieldName = (typeof headFields)[number];
export type HeadTexts = Readonly<Record<HeadFieldName, string>>;

export const headTexts = ({ date, dueAt, theme, subject, preheader, topic }: IssuePlan): HeadTexts => ({
  ...{ date, dueAt: dueAt ?? "", theme: theme.title, intro: theme.intro, subject, preheader, topic: topic ?? "" },
});

/** @param typed what somebody typed, where it could not be taken as it is */
export function headForm(
  issue: Issue,
  publication: Publication,
  { typed, problems = {} }: { typed?: HeadTexts; problems?: Problems },
  language: Language,
): object {
  const say = words(language).desk.issue;
  const standing = headTexts(issue);
  const hints: Readonly<Partial<Record<HeadFieldName, string>>> = {
    ...{
      subject: fill(say.subjectHint, { subject: usualSubject({ publication, issue }) }),
      preheader: say.preheaderHint,
      dueAt: say.dueAtHint,
    },
  };
  const field = (name: HeadFieldName, more: object = {}): object => ({
    ...{ name, label: say[name], value: typed?.[name] ?? standing[name], hint: hints[name] ?? null },
    ...{ problem: problems[name] ?? null, ...more },
  });
  return {
    was: headFields.map((name) => ({ name: `was-${name}`, value: standing[name] })),
    ...{ date: field("date", { type: "date", isRequired: true }), dueAt: field("dueAt", { type: "date" }) },
    ...{ theme: field("theme", { most: 300, isRequired: true }), intro: field("intro", { rows: 3, most: 2000 }) },
    ...{ subject: field("subject", { most: 300 }), preheader: field("preheader", { most: 300 }) },
    topic:
      publication.topics.length > 0
        ? {
            ...field("topic"),
            options: topicOptions(publication.topics, typed?.topic ?? standing.topic, say.everybody),
          }
        : null,
  };
}

const topicOptions = (topics: Publication["topics"], chosen: string, everybody: string): object[] =>
  [{ id: "", title: everybody }, ...topics].map(({ id, title }) => ({
    ...{ value: id, label: title, isChosen: id === chosen },
  }));

/** What somebody changed of the head, against what their page said; or what is wrong with it. */
export function readHead(
  text: FieldText,
  language: Language,
): { readonly head: Partial<Head> | undefined; readonly problems: Problems; readonly typed: HeadTexts } {
  const typed = Object.fromEntries(headFields.map((name) => [name, text(name)])) as HeadTexts;
  const { date, dueAt, theme, subject, preheader } = issuePlanSchema.shape;
  const read = {
    ...{ date: date.safeParse(typed.date), dueAt: dueAt.safeParse(typed.dueAt || undefined) },
    ...{ theme: theme.shape.title.safeParse(typed.theme), intro: theme.shape.intro.safeParse(typed.intro) },
    ...{ subject: subject.safeParse(typed.subject), preheader: preheader.safeParse(typed.preheader) },
  };
  const problems = problemsOf(read, language);
  const isChanged = (name: HeadFieldName): boolean => typed[name] !== text(`was-${name}`);
  const head: Partial<Head> = {
    ...(isChanged("date") && { date: typed.date }),
    ...(isChanged("dueAt") && { dueAt: typed.dueAt || undefined }),
    ...((isChanged("theme") || isChanged("intro")) && { theme: { title: typed.theme, intro: typed.intro } }),
    ...(isChanged("subject") && { subject: typed.subject }),
    ...(isChanged("preheader") && { preheader: typed.preheader }),
    ...(isChanged("topic") && { topic: typed.topic || undefined }),
  };
  return { head: Object.keys(problems).length === 0 ? head : undefined, problems, typed };
}

interface Option {
  readonly value: string;
  readonly label: string;
  readonly isChosen: boolean;
}

/** What opens the issue: its lead, its editorial, its picture. */
export function choiceForms(
  issue: Issue,
  articles: ReadonlyMap<string, Article>,
  language: Language,
): Readonly<Record<"lead" | "editorial" | "cover", readonly Option[]>> {
  const say = words(language).desk.issue;
  const titleOf = (id: string): string => articles.get(id)?.title ?? id;
  const options = (chosen: string | undefined, none: string): Option[] => [
    { value: "", label: none, isChosen: chosen === undefined },
    ...articlesOf(issue).map((id) => ({ value: id, label: titleOf(id), isChosen: id === chosen })),
  ];
  const cover = issue.cover && JSON.stringify([issue.cover.article, issue.cover.picture]);
  return {
    lead: options(issue.lead, say.firstArticle),
    editorial: options(issue.editorial, say.noEditorial),
    cover: [
      { value: "", label: say.leadPicture, isChosen: cover === undefined },
      ...articlesOf(issue).flatMap((id) => picturesIn(id, articles.get(id), cover)),
    ],
  };
}

const picturesIn = (id: string, article: Article | undefined, chosen: string | undefined): Option[] =>
  (article ? picturesOf(article) : [])
    .filter((picture) => article && imageOf(article, picture))
    .map(({ name }) => ({
      ...{ value: JSON.stringify([id, name]), label: `${article?.title}: ${name}` },
      isChosen: JSON.stringify([id, name]) === chosen,
    }));
