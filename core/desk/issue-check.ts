import type { Article } from "../article/article.ts";
import type { Check } from "../check/check.ts";
import { type Finding, findingSentence } from "../check/finding.ts";
import { testedUntil } from "../check/mail-clients.ts";
import { addressOf, type Place } from "../check/place.ts";
import { longDay } from "../edition/web/dates.ts";
import { isEditable } from "../issue/draft.ts";
import { type Issue, idOfIssue } from "../issue/issue.ts";
import type { Note, Refusal } from "../refusal.ts";
import { sentencesOf } from "../sentences.ts";
import { fill, type Language, noteSentence, refusalSentence, words } from "../words.ts";
import { spokenTime } from "./spoken-time.ts";

/** What a check found (Prüfung), place by place, each finding with the way to where it can be mended. */

export interface Checked {
  readonly check: Check;
  readonly followedAt: string | undefined;
  readonly build: {
    readonly report: BuildSaid | undefined;
    readonly orderedAt: string | undefined;
  };
}
interface BuildSaid {
  readonly at: string;
  readonly fingerprint: string | null;
  readonly refusals: readonly Pick<Refusal, "code" | "details">[];
  readonly notes: readonly Note[];
}
interface Setting {
  readonly articles: ReadonlyMap<string, Pick<Article, "title">>;
  readonly timeZone: string;
  readonly checksLinks: boolean;
  /** Whether who looks may change the publication. */
  readonly mayChangePublication: boolean;
  readonly now: Date;
}

export function checkView(issue: Issue, checked: Checked, setting: Setting, language: Language): object {
  const { findings } = checked.check;
  const say = words(language).desk.check;
  const count = (colour: Finding["colour"]): number => findings.filter((finding) => finding.colour === colour).length;
  const [red, amber] = [count("red"), count("amber")];
  return {
    verdict: red > 0 ? say.someRed : amber > 0 ? say.onlyAmber : say.clean,
    counts: fill(say.counts, { red, amber }),
    isSound: red === 0,
    groups: groupsOf(findings, issue, setting, language),
    links: linksView(checked, setting, language),
    mail: mailView(checked.check, language),
    build: buildView(issue, checked.build, setting, language),
  };
}

function groupsOf(findings: readonly Finding[], issue: Issue, setting: Setting, language: Language): object[] {
  const say = words(language).desk.check;
  const base = `/${issue.publication}/`;
  const isClosed = (place: Place): boolean => place.in === "publication" && !setting.mayChangePublication;
  return [...Map.groupBy(findings, ({ place }) => headOf(place, setting.articles, language))].map(([head, found]) => ({
    head,
    findings: found.map((finding) => ({
      isRed: finding.colour === "red",
      colour: finding.colour === "red" ? say.red : say.amber,
      sentence: findingSentence(language, finding),
      url: isClosed(finding.place) ? null : base + addressOf(finding.place, idOfIssue(issue)),
    })),
  }));
}

function headOf(place: Place, articles: Setting["articles"], language: Language): string {
  const say = words(language).desk.check;
  if (place.in === "article") return articles.get(place.article)?.title ?? place.article;
  return { issue: say.ofIssue, publication: say.ofPublication, edition: say.ofEdition, links: say.links }[place.in];
}

function linksView({ check, followedAt }: Checked, { timeZone, checksLinks }: Setting, language: Language): object {
  const say = words(language).desk.check;
  if (!checksLinks) return { sentence: say.linksForbidden, mayFollow: false };
  const at = followedAt && spokenTime(followedAt, timeZone, language);
  const sentence = at ? fill(say.linksFollowed, { links: check.linksFollowed ?? 0, at }) : say.linksUnfollowed;
  return { sentence, mayFollow: true };
}

function mailView({ mail }: Check, language: Language): object | null {
  if (!mail) return null;
  const say = words(language).desk.check;
  const number = new Intl.NumberFormat(language);
  return {
    bytes: fill(say.mailBytes, { bytes: number.format(mail.bytes), most: number.format(mail.most) }),
    caption: fill(say.clientsUntil, { updated: longDay(testedUntil, language) }),
    clients: mail.clients.map(({ client, asked, inPart, not, untested }) => ({
      ...{ client, whole: asked - inPart.length - not.length - untested.length },
      ...{ inPart: inPart.length, none: not.length, untested: untested.length },
    })),
  };
}

/** A build takes seconds; after so long something is amiss. */
const patienceMilliseconds = 2 * 60_000;

function buildView(
  issue: Issue,
  { report, orderedAt }: Checked["build"],
  { timeZone, now }: Setting,
  language: Language,
): object {
  const say = words(language).desk.check;
  const isLate = orderedAt !== undefined && now.getTime() - Date.parse(orderedAt) > patienceMilliseconds;
  const at = report && spokenTime(report.at, timeZone, language);
  return {
    mayBuild: isEditable(issue),
    isWaiting: orderedAt !== undefined,
    waiting: orderedAt === undefined ? null : isLate ? say.buildLate : say.buildWaiting,
    said:
      report && at
        ? fill(saidOf(issue, report, language), { at, fingerprint: report.fingerprint?.slice(0, 12) ?? "" })
        : say.neverBuilt,
    refusals: sentencesOf(language, report?.refusals ?? [], (each) => refusalSentence(language, each)),
    notes: sentencesOf(language, report?.notes ?? [], (each) => noteSentence(language, each)),
  };
}

function saidOf(issue: Issue, { fingerprint }: BuildSaid, language: Language): string {
  const say = words(language).desk.check;
  if (fingerprint === null) return say.buildRefused;
  if (!("fingerprint" in issue) || issue.fingerprint !== fingerprint) return say.buildOutdated;
  return issue.status === "built" ? say.buildStands : say.buildWas;
}
