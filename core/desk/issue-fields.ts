import type * as z from "zod";
import { type IssuePlan, issuePlanSchema } from "../issue/issue.ts";
import type { Proposal } from "../issue/next.ts";
import { fill, type Language, words } from "../words.ts";
import type { Problems } from "./issue-list.ts";

/** What people type into the forms of an issue: values, or a sentence beside each field that is none. */

/** The text of a field, trimmed; "" where there is none. */
export type FieldText = (name: string) => string;

const { number, year, date, theme } = issuePlanSchema.shape;

/** Number, year and day of an issue. */
export type Numbered = Proposal & Pick<IssuePlan, "theme">;

export function readNewIssue(
  text: FieldText,
  language: Language,
): { readonly given: Numbered | undefined; readonly problems: Problems } {
  const read = {
    ...{ number: number.safeParse(wholeNumber(text("number"))), year: year.safeParse(wholeNumber(text("year"))) },
    ...{ date: date.safeParse(text("date")), theme: theme.shape.title.safeParse(text("theme")) },
  };
  const problems = problemsOf(read, language);
  const { number: nth, year: of, date: day, theme: title } = read;
  if (!nth.success || !of.success || !day.success || !title.success) return { given: undefined, problems };
  return {
    given: { number: nth.data, year: of.data, date: day.data, theme: { title: title.data, intro: "" } },
    problems,
  };
}

/** "07" is seven; "7a" and "" are no number. */
const wholeNumber = (typed: string): number => (/^\d{1,4}$/.test(typed) ? Number(typed) : Number.NaN);

type Field = "number" | "year" | "date" | "dueAt" | "theme" | "intro" | "subject" | "preheader" | "name" | "teaser";

/** Each problem in the one sentence of its field. */
export function problemsOf(
  read: Readonly<Partial<Record<Field, z.ZodSafeParseResult<unknown>>>>,
  language: Language,
): Problems {
  const { wrong } = words(language).desk;
  return Object.fromEntries(
    Object.entries(read).flatMap(([name, result]) =>
      result.success ? [] : [[name, fill(wrong[name as Field], { most: mostOf(result.error) })]],
    ),
  );
}

const mostOf = ({ issues: [first] }: z.ZodError): number => (first?.code === "too_big" ? Number(first.maximum) : 0);
