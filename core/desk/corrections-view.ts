import { longDay } from "../edition/web/dates.ts";
import { type Amendments, offeredNow } from "../issue/amend.ts";
import { type Issue, idOfIssue, issueLabel } from "../issue/issue.ts";
import { fill, type Language, words } from "../words.ts";

/** What became of an issue since it is public: corrections, withdrawals, files, and the mails that told of them. */

export interface CorrectionsPage {
  readonly issue: Issue;
  readonly amendments: Amendments;
  readonly articles: readonly {
    readonly id: string;
    readonly title: string;
    readonly url: string;
    readonly shown: number;
    readonly newest: number;
    readonly isWithdrawn: boolean;
  }[];
  readonly isPublished: boolean;
  readonly errata: readonly Issue[];
  readonly mayWithdraw: boolean;
  /** What somebody typed that could not be done, and why. */
  readonly typed?: {
    readonly form: "correction" | "withdrawal";
    readonly article: string;
    readonly text: string;
    readonly takesMended?: boolean;
  };
  readonly problem?: string | undefined;
}

export function correctionsView(page: CorrectionsPage, language: Language): object {
  const { issue, amendments, articles, errata, typed } = page;
  const { corrections: say } = words(language).desk;
  const at = `/${issue.publication}/issues/${idOfIssue(issue)}/corrections`;
  const known = new Map(articles.map((one) => [one.id, one]));
  const named = (id: string) => ({ title: known.get(id)?.title ?? id, url: known.get(id)?.url ?? null });
  const standing = articles.filter(({ isWithdrawn }) => !isWithdrawn);
  const typedIn = (form: "correction" | "withdrawal") => (typed?.form === form ? typed : undefined);
  const choice = (form: "correction" | "withdrawal") =>
    standing.map(({ id, title, shown, newest }) => ({
      ...{ value: id, isOn: typedIn(form)?.article === id },
      label: newest > shown && form === "correction" ? fill(say.mended, { title, revision: newest }) : title,
    }));
  return {
    ...{ at, seen: amendments.version, isPublished: page.isPublished, problem: page.problem ?? null },
    ...{ mayWithdraw: page.mayWithdraw, isErratum: issue.erratum !== undefined },
    corrections: amendments.corrections.map(({ article, date, text }, index) => ({
      ...{ index, ...named(article), text, day: longDay(date, language) },
    })),
    withdrawals: amendments.withdrawals.map(({ article, date, text }) => ({
      ...{ article, ...named(article), text, day: longDay(date, language) },
    })),
    downloads: offeredNow(issue, amendments).map(({ file, label }) => ({
      ...{ file, label, mayGo: !issue.downloads.some((one) => one.file === file) },
    })),
    errata: errata.map((one) => ({
      url: `/${one.publication}/issues/${idOfIssue(one)}`,
      label: issueLabel(one),
      state: { label: words(language).state.issue[one.status], tone: one.status === "sent" ? "good" : "quiet" },
    })),
    correctable: choice("correction"),
    withdrawable: choice("withdrawal"),
    correctionText: typedIn("correction")?.text ?? "",
    withdrawalText: typedIn("withdrawal")?.text ?? "",
    takesMended: typedIn("correction")?.takesMended === true,
    hasMended: standing.some(({ newest, shown }) => newest > shown),
  };
}
