import type { Article } from "../article/article.ts";
import type { EditionInput } from "../edition/edition.ts";
import { mostEmailBytes } from "../edition/gate.ts";
import { longestBytes } from "../edition/ladder.ts";
import { usualSubject } from "../edition/letter.ts";
import type { IssuePlan } from "../issue/issue.ts";
import { checkArticle, checkTwins } from "./articles.ts";
import type { Finding } from "./finding.ts";
import { type Gated, passGate } from "./gate.ts";
import { checkLinks } from "./links.ts";
import { type ClientSupport, checkClients, supportOf } from "./mail-clients.ts";
import { checkMailSize } from "./mail-size.ts";
import { checkNames } from "./names.ts";
import { checkOwnLinks } from "./own-links.ts";
import { checkPictures, checkRepeatedPictures } from "./pictures.ts";
import { checkChosen, checkEnvelope, checkPublication, checkSequence } from "./plan.ts";
import { printed } from "./printed.ts";
import { checkVisits, type Visited } from "./visits.ts";
import { checkWeekdays } from "./weekdays.ts";
import { checkWords } from "./words.ts";

/** What a check looks at beside the issue itself. */
export interface CheckInput extends EditionInput {
  /** The publication's other issues, in any order; cancelled ones left out. */
  readonly others: readonly IssuePlan[];
  /** "2026-03-02", by the publication's clock. */
  readonly today: string;
  /** Of the files this issue links to and does not bring, those that stand in the archive. */
  readonly archived: ReadonlySet<string>;
  /** Undefined where nobody followed the links. */
  readonly visited: Visited | undefined;
}

export interface Check {
  /** Red ones first, each colour in the order of the issue. */
  readonly findings: readonly Finding[];
  /** Undefined where the issue cannot be set yet. */
  readonly mail: MailFacts | undefined;
  readonly linksFollowed: number | undefined;
}

export interface MailFacts {
  /** Of the HTML part, every slot at its longest. */
  readonly bytes: number;
  readonly most: number;
  /** What each mail program makes of it. */
  readonly clients: readonly ClientSupport[];
}

/** Looks an issue through (Prüfung). Changes nothing; the same in, the same out. */
export async function check(input: CheckInput): Promise<Check> {
  const { publication, issue, others, today, visited } = input;
  const articles = printed(input);
  const gated = await passGate(input);
  const mail = mailOf(gated, input);
  const findings = [
    ...gated.findings,
    ...checkPublication(publication),
    ...checkSequence(issue, others, today),
    ...checkEnvelope(issue, gated.editions?.manifest ?? usualEnvelope(input, articles)),
    ...checkChosen(issue, articles),
    ...articles.flatMap((article) => [
      ...checkArticle(article, issue),
      ...checkPictures(article),
      ...checkWords(article),
      ...checkWeekdays(article, issue.year),
      ...checkLinks(article),
    ]),
    ...checkTwins(articles),
    ...checkRepeatedPictures(articles),
    ...checkNames(articles),
    ...checkOwnLinks(input, input.archived),
    ...(visited ? checkVisits(articles, visited) : []),
    ...(mail ? [...checkMailSize(mail.bytes), ...checkClients(mail.clients)] : []),
  ];
  return { findings: sorted(findings, input), mail, linksFollowed: visited?.visits.size };
}

/** What would stand in the inbox, while the build still refuses the issue. */
const usualEnvelope = (input: EditionInput, articles: readonly Article[]) => ({
  subject: usualSubject(input),
  preheader: articles
    .slice(0, 3)
    .map(({ title }) => title)
    .join(" · "),
});

function mailOf({ editions }: Gated, { publication }: EditionInput): MailFacts | undefined {
  const html = editions?.files.find(({ path }) => path === "email.html");
  if (!html) return undefined;
  const body = String(html.body);
  return { bytes: longestBytes(body, publication.baseUrl), most: mostEmailBytes, clients: supportOf(body) };
}

/** Red first; then publication, issue, articles as they are printed, editions. */
function sorted(findings: readonly Finding[], input: CheckInput): Finding[] {
  const articles = printed(input).map(({ id }) => id);
  const rank = ({ colour, place }: Finding): number => {
    const among = { publication: 0, issue: 1, article: 2, links: 3, edition: 4 }[place.in] * 10_000;
    const nth = place.in === "article" ? articles.indexOf(place.article) : 0;
    return (colour === "red" ? 0 : 1_000_000) + among + nth;
  };
  return findings.toSorted((one, other) => rank(one) - rank(other));
}
