import { articlesOf } from "../issue/draft.ts";
import { asPrinted } from "../issue/printed.ts";
import { Refusal } from "../refusal.ts";
import type { EditionFile, EditionInput } from "./edition.ts";
import { judgeArticle, judgePlaces } from "./gate/article.ts";
import { judgePage, judgeSlots } from "./gate/page.ts";
import { judgePalette } from "./gate/palette.ts";
import { joinVerdicts, nothing, type Verdict } from "./gate/verdict.ts";

/** Gmail cuts a mail at about 102,000 bytes; every edition stays below this with its slots at their longest. */
export const mostEmailBytes = 90_000;

/** Judges what editors and authors brought: publication, plan, articles. */
export const judgePlan = (input: EditionInput): Verdict =>
  joinVerdicts([
    judgeIssue(input),
    ...articlesOf(input.issue)
      .map((id) => input.articles.get(id))
      .filter((article) => article !== undefined)
      .map((article) => judgeArticle(asPrinted(article, input.issue))),
  ]);

/** Publication and plan alone. */
export function judgeIssue({ publication, issue, articles, house }: EditionInput): Verdict {
  const named = articlesOf(issue);
  const missing = named.filter((id) => !articles.has(id)).map((id) => new Refusal("no-article", { article: id }));
  const imprint =
    publication.proofPrinting || publication.imprint.trim()
      ? []
      : [new Refusal("no-imprint", { publication: publication.title })];
  const responsible =
    publication.proofPrinting || publication.responsiblePerson.trim()
      ? []
      : [new Refusal("no-responsible-person", { publication: publication.title })];
  return joinVerdicts([
    { refusals: [...imprint, ...responsible, ...missing], notes: [] },
    named.length === 0 ? { refusals: [new Refusal("empty-issue", { issue: issue.theme.title })], notes: [] } : nothing,
    judgePlaces(issue.theme.title, [
      ...[issue.theme.title, issue.theme.intro, issue.subject, issue.preheader],
      ...issue.sections.map(({ name }) => name),
    ]),
    judgePalette(house.palette.light, "light"),
    judgePalette(house.palette.dark, "dark"),
  ]);
}

/** Judges what readers would get: the rendered files, `emailBytes` with every slot at its longest. */
export function judgeFiles(files: readonly EditionFile[], emailBytes: number): Verdict {
  const pages = files.filter(({ type }) => type.startsWith("text/html"));
  const letters = files.filter(({ path }) => path === "email.html" || path === "email.txt");
  return joinVerdicts([
    emailBytes > mostEmailBytes
      ? { refusals: [new Refusal("too-many-bytes", { bytes: emailBytes, most: mostEmailBytes })], notes: [] }
      : nothing,
    ...letters.map(judgeSlots),
    ...pages.map(judgePage),
  ]);
}
