import { Refusal } from "../refusal.ts";
import { downloadType, type IssueDownload } from "./download.ts";
import { articlesOf } from "./draft.ts";
import { type Issue, type IssuePlan, issueLabel } from "./issue.ts";

/** What became of an issue on the web after it was public: letters that left stay as they were. */
export interface Amendments {
  /** Counts every change; a change that names an older one is refused. 0: nothing was amended. */
  readonly version: number;
  readonly corrections: readonly Correction[];
  readonly withdrawals: readonly Withdrawal[];
  /** Attached since, or in the place of one of the plan's, by its file. */
  readonly downloads: readonly IssueDownload[];
  /** Files that were attached once and are offered no more. */
  readonly detached?: readonly string[];
}
/** A dated note below the article, and from which revision on its page is printed. */
export interface Correction {
  readonly article: string;
  /** "2026-03-05", by the publication's clock. */
  readonly date: string;
  readonly text: string;
  readonly revision: number;
}
/** A sentence in the place of an article. */
export interface Withdrawal {
  readonly article: string;
  readonly date: string;
  readonly text: string;
}

export const unamended: Amendments = { version: 0, corrections: [], withdrawals: [], downloads: [] };

/** What an amendment is checked against: the issue as it is, and the amendments as the editor saw them. */
export interface Amended {
  readonly issue: Issue;
  readonly amendments: Amendments;
}

/** @throws Refusal `not-public`, `not-in-issue`, `is-withdrawn`, `words-missing` */
export function correct({ issue, amendments }: Amended, correction: Correction): Amendments {
  demandPublic(issue);
  demandIn(issue, correction.article);
  if (isWithdrawn(amendments, correction.article)) throw new Refusal("is-withdrawn", { article: correction.article });
  const text = demandWords(correction.text);
  return next(amendments, { corrections: [...amendments.corrections, { ...correction, text }] });
}

/** @throws Refusal `not-public`, `not-in-issue`, `is-withdrawn`, `words-missing` */
export function withdraw({ issue, amendments }: Amended, withdrawal: Withdrawal): Amendments {
  demandPublic(issue);
  demandIn(issue, withdrawal.article);
  if (isWithdrawn(amendments, withdrawal.article)) throw new Refusal("is-withdrawn", { article: withdrawal.article });
  const text = demandWords(withdrawal.text);
  return next(amendments, { withdrawals: [...amendments.withdrawals, { ...withdrawal, text }] });
}

/** The article is public again, with every correction it had. @throws Refusal `not-public`, `not-withdrawn` */
export function bringBack({ issue, amendments }: Amended, article: string): Amendments {
  demandPublic(issue);
  if (!isWithdrawn(amendments, article)) throw new Refusal("not-withdrawn", { article });
  return next(amendments, { withdrawals: amendments.withdrawals.filter((one) => one.article !== article) });
}

/** Offers one more file to take along. @throws Refusal `not-public`, `download-standing` */
export function attach({ issue, amendments }: Amended, download: IssueDownload): Amendments {
  demandPublic(issue);
  const { file } = download;
  if (offeredNow(issue, amendments).some((one) => one.file === file)) throw new Refusal("download-standing", { file });
  const detached = (amendments.detached ?? []).filter((one) => one !== file);
  return next(amendments, { downloads: [...amendments.downloads, download], detached });
}

/**
 * Another file at the address of one that is offered, for letters and bookmarks lead there; without a name of its own it
 * goes by the old one's.
 *
 * @throws Refusal `not-public`, `download-gone`, `download-other-kind`
 */
export function replace({ issue, amendments }: Amended, file: string, download: IssueDownload): Amendments {
  demandPublic(issue);
  const old = offeredNow(issue, amendments).find((one) => one.file === file);
  if (!old) throw new Refusal("download-gone", { file });
  if (downloadType(download) !== downloadType(old)) throw new Refusal("download-other-kind", { file });
  const now = { ...download, file, label: download.label || old.label };
  const isOwn = amendments.downloads.some((one) => one.file === file);
  const downloads = isOwn
    ? amendments.downloads.map((one) => (one.file === file ? now : one))
    : [...amendments.downloads, now];
  return next(amendments, { downloads });
}

/** Takes back what was attached since. @throws Refusal `not-public`, `download-gone`, `download-in-letters` */
export function detach({ issue, amendments }: Amended, file: string): Amendments {
  demandPublic(issue);
  if (!offeredNow(issue, amendments).some((one) => one.file === file)) throw new Refusal("download-gone", { file });
  if (issue.downloads.some((one) => one.file === file)) throw new Refusal("download-in-letters", { file });
  const downloads = amendments.downloads.filter((one) => one.file !== file);
  return next(amendments, { downloads, detached: [...(amendments.detached ?? []), file] });
}

/** What readers may take along now: the plan's files, those in their place, those attached since. */
export function offeredNow(plan: Pick<IssuePlan, "downloads">, { downloads }: Amendments): IssueDownload[] {
  const standing = plan.downloads.map((one) => downloads.find(({ file }) => file === one.file) ?? one);
  return [...standing, ...downloads.filter(({ file }) => !plan.downloads.some((one) => one.file === file))];
}

export const isWithdrawn = ({ withdrawals }: Amendments, id: string): boolean =>
  withdrawals.some(({ article }) => article === id);

/** The revision of an article its page was last printed from; undefined: as it was sent. */
export const revisionShown = ({ corrections }: Amendments, id: string): number | undefined =>
  corrections.findLast(({ article }) => article === id)?.revision;

/** The plan as the web shows it now. */
export const amended = (plan: IssuePlan, amendments: Amendments): IssuePlan => ({
  ...plan,
  corrections: [
    ...plan.corrections,
    ...amendments.corrections.map(({ article, date, text }) => ({ article, date, text })),
  ],
  downloads: offeredNow(plan, amendments),
});

/** A plan without what was withdrawn; sections that leaves empty are gone. */
export function withoutWithdrawn(plan: IssuePlan, withdrawals: readonly Withdrawal[]): IssuePlan {
  const gone = new Set(withdrawals.map(({ article }) => article));
  const { lead, editorial, cover, ...rest } = plan;
  return {
    ...rest,
    ...(cover !== undefined && !gone.has(cover.article) && { cover }),
    ...(lead !== undefined && !gone.has(lead) && { lead }),
    ...(editorial !== undefined && !gone.has(editorial) && { editorial }),
    sections: plan.sections
      .map(({ name, articles }) => ({ name, articles: articles.filter((id) => !gone.has(id)) }))
      .filter(({ articles }) => articles.length > 0),
  };
}

const next = (amendments: Amendments, changed: Partial<Amendments>): Amendments => ({
  ...amendments,
  ...changed,
  version: amendments.version + 1,
});

/** What is not public yet is changed where it is made. @throws Refusal `not-public` */
export function demandPublic(issue: Issue): void {
  if (!("startedAt" in issue)) throw new Refusal("not-public", { issue: issueLabel(issue) });
}

function demandIn(issue: Issue, article: string): void {
  if (!articlesOf(issue).includes(article)) throw new Refusal("not-in-issue", { article, issue: issueLabel(issue) });
}

function demandWords(text: string): string {
  const trimmed = text.trim();
  if (trimmed === "") throw new Refusal("amendment-words-missing");
  return trimmed;
}
