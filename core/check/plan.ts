import type { Article } from "../article/article.ts";
import { picturesOf } from "../article/contents.ts";
import { articlesOf } from "../issue/draft.ts";
import { type IssuePlan, idOfIssue, issueLabel } from "../issue/issue.ts";
import type { Publication } from "../publication.ts";
import { amber, type Finding } from "./finding.ts";
import type { Place } from "./place.ts";

/** The plan of an issue beside those before it, and its envelope. */

const at = (field: keyof IssuePlan): Place => ({ in: "issue", field });

/**
 * @param others the publication's other issues, in any order; cancelled ones left out
 * @param today "2026-03-02", by the publication's clock
 */
export function checkSequence(issue: IssuePlan, others: readonly IssuePlan[], today: string): Finding[] {
  const last = newest(others.filter((other) => idOfIssue(other) < idOfIssue(issue)));
  return [
    ...(issue.date < today ? [amber("date-past", at("date"), { date: issue.date })] : []),
    ...(last ? [...checkNumber(issue, last), ...checkDate(issue, last), ...checkTheme(issue, others)] : []),
  ];
}

const newest = (issues: readonly IssuePlan[]): IssuePlan | undefined =>
  issues.toSorted((one, other) => (idOfIssue(one) < idOfIssue(other) ? 1 : -1))[0];

/** The next number of the same year, or the first of a later one. */
function checkNumber(issue: IssuePlan, last: IssuePlan): Finding[] {
  const expected = issue.year === last.year ? last.number + 1 : 1;
  if (issue.number === expected) return [];
  const next = issueLabel({ number: expected, year: issue.year });
  return [amber("number-skipped", at("number"), { issue: issueLabel(issue), last: issueLabel(last), next })];
}

const checkDate = (issue: IssuePlan, last: IssuePlan): Finding[] =>
  issue.date > last.date
    ? []
    : [amber("date-not-after", at("date"), { date: issue.date, last: issueLabel(last), lastDate: last.date })];

function checkTheme({ theme, ...issue }: IssuePlan, others: readonly IssuePlan[]): Finding[] {
  const isSame = (other: IssuePlan): boolean => bare(other.theme.title) === bare(theme.title);
  const before = others.find((other) => idOfIssue(other) !== idOfIssue(issue) && isSame(other));
  return before ? [amber("theme-again", at("theme"), { theme: theme.title, other: issueLabel(before) })] : [];
}

/** What editors chose for this issue alone, where the article it belongs to has gone. */
export function checkChosen({ teasers = {}, cover, ...issue }: IssuePlan, articles: readonly Article[]): Finding[] {
  const astray = Object.keys(teasers).filter((id) => !articlesOf(issue).includes(id));
  const shows = (article: Article): boolean =>
    article.id === cover?.article && picturesOf(article).some(({ name }) => name === cover.picture);
  return [
    ...astray.map((article) => amber("teaser-unused", at("teasers"), { article })),
    ...(cover && !articles.some(shows) ? [amber("cover-gone", at("cover"), { picture: cover.picture })] : []),
  ];
}

const bare = (text: string): string => text.trim().toLowerCase();

/** What phones show of a subject, in characters; and of subject and preheader together, about two lines. */
const longestSubject = 70;
const longestPreheader = 140;
const shortestPreheader = 30;

/** @param shown subject and preheader as they go out, where the issue could be set */
export function checkEnvelope(issue: IssuePlan, shown: { subject: string; preheader: string } | undefined): Finding[] {
  const subject = issue.subject.trim() || (shown?.subject ?? "");
  const preheader = issue.preheader.trim() || (shown?.preheader ?? "");
  return [
    ...(issue.subject.trim() ? [] : [amber("subject-usual", at("subject"), { subject })]),
    ...(subject.length > longestSubject
      ? [amber("subject-long", at("subject"), { length: subject.length, most: longestSubject })]
      : []),
    ...(isLoud(subject) ? [amber("subject-loud", at("subject"), { subject })] : []),
    ...checkPreheader(issue, { subject, preheader }),
  ];
}

function checkPreheader(issue: IssuePlan, { subject, preheader }: { subject: string; preheader: string }): Finding[] {
  const own = issue.preheader.trim();
  const { length } = own;
  // Of an issue without articles another rule speaks; there are no titles yet to stand behind the subject.
  if (!own) return preheader ? [amber("preheader-usual", at("preheader"), { preheader })] : [];
  if (subject && bare(own).startsWith(bare(subject)))
    return [amber("preheader-repeats", at("preheader"), { preheader: own })];
  if (length > longestPreheader) return [amber("preheader-long", at("preheader"), { length, most: longestPreheader })];
  return length < shortestPreheader
    ? [amber("preheader-short", at("preheader"), { length, least: shortestPreheader })]
    : [];
}

/** Filters take capitals and strings of marks for advertising. */
const isLoud = (subject: string): boolean =>
  /[!?]{2,}|!.*!/.test(subject) || /(?:\b\p{Lu}{4,}\b[\s,:–-]*){3,}/u.test(subject);

type PublicationPlace = Extract<Place, { in: "publication" }>;
const inPublication = (field: PublicationPlace["field"]): Place => ({ in: "publication", field });

/** The address an issue comes from and the one it leads to. */
export function checkPublication({ sender, baseUrl, proofPrinting }: Publication): Finding[] {
  const { hostname, protocol } = new URL(baseUrl);
  const domain = sender.from.slice(sender.from.lastIndexOf("@") + 1).toLowerCase();
  const isLocal = /^(?:localhost|127\..*|.*\.local)$/.test(hostname);
  const isOurs = hostname === domain || hostname.endsWith(`.${domain}`) || domain.endsWith(`.${hostname}`);
  const mute = (["from", "replyTo"] as const).find((field) =>
    /^(?:no|do-?not|nicht)[-_.]?(?:reply|antworten)/i.test(sender[field]),
  );
  return [
    ...(isLocal && !proofPrinting ? [amber("site-local", inPublication("baseUrl"), { baseUrl })] : []),
    ...(!isLocal && protocol === "http:" ? [amber("site-insecure", inPublication("baseUrl"), { baseUrl })] : []),
    ...(isLocal || isOurs ? [] : [amber("sender-elsewhere", inPublication("sender.from"), { domain, site: hostname })]),
    ...(mute ? [amber("sender-mute", inPublication(`sender.${mute}`), { address: sender[mute] })] : []),
  ];
}
