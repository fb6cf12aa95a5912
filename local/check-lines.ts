import type { Check, MailFacts } from "../core/check/check.ts";
import { type Finding, findingSentence } from "../core/check/finding.ts";
import { testedUntil } from "../core/check/mail-clients.ts";
import { nameOfPlace, type Place } from "../core/check/place.ts";
import { type IssuePlan, idOfIssue, issueLabel } from "../core/issue/issue.ts";
import { fill } from "../core/words.ts";
import { number } from "./account-lines.ts";
import type { Call } from "./commands/command.ts";

/** What a check found, for people: by place, red before amber. */
export function checkLines(call: Call, issue: IssuePlan, { findings, mail, linksFollowed }: Check): string[] {
  const { check } = call.say;
  const red = findings.filter(({ colour }) => colour === "red").length;
  const counts = { issue: issueLabel(issue), red, amber: findings.length - red };
  const groups = Map.groupBy(findings, ({ place }) => headOf(call, place));
  return [
    ...(findings.length === 0 ? [fill(check.clean, counts)] : [fill(check.counts, counts), check.legend]),
    ...[...groups].flatMap(([head, found]) => ["", head, ...found.map((finding) => lineOf(call, finding, issue))]),
    "",
    linksFollowed === undefined ? check.linksLeft : fill(check.linksFollowed, { links: linksFollowed }),
    ...(mail ? mailLines(call, mail) : [check.mailUnset]),
  ];
}

function headOf({ say: { check } }: Call, place: Place): string {
  if (place.in === "article") return fill(check.ofArticle, { article: place.article });
  if (place.in === "edition") return fill(check.ofEdition, { path: place.path });
  return place.in === "publication" ? check.ofPublication : check.issueItself;
}

function lineOf(call: Call, finding: Finding, issue: IssuePlan): string {
  const sign = finding.colour === "red" ? "✗" : "·";
  return `  ${sign} ${findingSentence(call.language, finding)}  [${nameOfPlace(finding.place, idOfIssue(issue))}]`;
}

function mailLines({ say: { check }, language }: Call, { bytes, most, clients }: MailFacts): string[] {
  return [
    fill(check.mailBytes, { bytes: number(language, bytes), most: number(language, most) }),
    fill(check.clients, { updated: testedUntil }),
    ...clients.map(({ client, asked, inPart, not, untested }) => {
      const whole = asked - inPart.length - not.length - untested.length;
      const counts = { inPart: inPart.length, none: not.length, untested: untested.length };
      return fill(check.client, { client, asked, whole, ...counts });
    }),
  ];
}
