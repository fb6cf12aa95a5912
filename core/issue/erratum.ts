import type { ArticleText, Block } from "../article/article.ts";
import type { Publication } from "../publication.ts";
import { Refusal } from "../refusal.ts";
import { fill, words } from "../words.ts";
import type { Correction } from "./amend.ts";
import { type Issue, type IssuePlan, idOfIssue, issueLabel, numberedAs } from "./issue.ts";

/**
 * A mail that corrects an issue is an issue of its own, "2026-01-e1": built, approved, sent and accounted for as any
 * other, to those who received what it corrects. It stands on no shelf.
 */

/** The issue an erratum corrects: "2026-01" of "2026-01-e1"; undefined for any other. */
export function correctedBy(issue: string): string | undefined {
  const numbered = numberedAs(issue);
  return numbered?.erratum === undefined ? undefined : idOfIssue({ number: numbered.number, year: numbered.year });
}

/** A correction with the article it is of. */
export interface Corrected extends Pick<Correction, "text"> {
  readonly title: string;
  /** Absolute: its page. */
  readonly url: string;
}

/** The words of an erratum, as an article of the library: whoever sends it may mend them. @throws Refusal `nothing-corrected` */
export function erratumText(issue: Issue, corrected: readonly Corrected[]): ArticleText {
  if (corrected.length === 0) throw new Refusal("nothing-corrected", { issue: issueLabel(issue) });
  const { language } = issue;
  const { erratum: say } = words(language);
  const only = corrected.length === 1 ? corrected[0] : undefined;
  return {
    ...{ kind: "notice", language, kicker: "", subtitle: "", teaser: "", lead: [], authors: [], hero: null },
    title: only ? fill(say.one, { title: only.title }) : say.several,
    blocks: corrected.flatMap((one) => [...(only ? [] : [headingOf(one)]), ...blocksOf(one, say.link)]),
    ...{ linkBox: null, notes: [], event: null, mail: "full" },
  };
}

const headingOf = ({ title }: Corrected): Block => ({
  ...{ type: "heading", level: 2 },
  content: [{ type: "text", text: title }],
});

function blocksOf({ text, url }: Corrected, link: string): Block[] {
  return [
    ...text
      .split(/\n\s*\n/)
      .map((part): Block => ({ type: "paragraph", content: [{ type: "text", text: part.trim() }] })),
    { type: "paragraph", content: [{ type: "link", url, content: [{ type: "text", text: link }] }] },
  ];
}

/** The plan of the erratum after the last. @param date "2026-03-05", by the publication's clock */
export function erratumPlan(
  { title }: Publication,
  issue: Issue,
  { article, erratum, date }: { article: string; erratum: number; date: string },
): IssuePlan {
  const { publication, number, year, language } = issue;
  const { erratum: say } = words(language);
  const label = issueLabel({ number, year });
  return {
    ...{ publication, number, year, erratum, date, language },
    theme: { title: fill(say.theme, { issue: label, theme: issue.theme.title }), intro: "" },
    sections: [{ name: say.section, articles: [article] }],
    subject: fill(say.subject, { publication: title, issue: label }),
    ...{ preheader: "", downloads: [], corrections: [] },
  };
}
