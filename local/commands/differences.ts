import type { Differences, Piece } from "../../core/desk/differences.ts";
import { differencesPage } from "../../core/desk/differences-page.ts";
import { issueLabel } from "../../core/issue/issue.ts";
import { Refusal } from "../../core/refusal.ts";
import { words } from "../../core/words.ts";
import type { Cloud } from "../../functions/cloud/cloud.ts";
import { compareBuilds } from "../../functions/desk/builds.ts";
import { latestBuilds } from "../../functions/records/builds.ts";
import type { Place } from "../../functions/records/issue-control.ts";
import { requireIssue } from "../../functions/records/issues.ts";
import { inSession, person, publicationOf } from "../session.ts";
import { type Call, issueArgument, option, type Run } from "./command.ts";

/** Between the build that stands and the one before it, or two others by the first digits of their fingerprints. */
export const issuesDifferences: Run = (call) =>
  inSession(call, async ({ cloud }) => {
    const place = { publication: await publicationOf(call, cloud), issue: issueArgument(call) };
    const builds = await buildsAsked(call, cloud, place);
    const found = await compareBuilds(cloud, person, place, builds);
    const [from, to] = builds;
    call.show({ from, to, ...found }, differenceLines(call, found, builds));
    return 0;
  });

/** More than any issue has, so that first digits name one of them. */
const mostBuilds = 100;

/** @throws Refusal `not-built`, `no-build` */
async function buildsAsked(call: Call, cloud: Cloud, place: Place): Promise<readonly [string, string]> {
  const issue = await requireIssue(cloud, place.publication, place.issue);
  const label = issueLabel(issue);
  const made = (await latestBuilds(cloud, place, mostBuilds)).map(({ fingerprint }) => fingerprint);
  const named = (digits: string): string => made.find((one) => one.startsWith(digits.toLowerCase())) ?? digits;
  const [from, to] = [option(call, "from"), option(call, "to")];
  const standing = "fingerprint" in issue ? issue.fingerprint : undefined;
  const is = to === undefined ? standing : named(to);
  if (is === undefined) throw new Refusal("not-built", { issue: label });
  const voided = "voided" in issue ? issue.voided?.fingerprint : undefined;
  const was = from === undefined ? (voided ?? made.find((one) => one !== is)) : named(from);
  if (was === undefined) throw new Refusal("no-build", { issue: label });
  return [was, is];
}

/** In the words of the desk's page, one thing a line. */
function differenceLines({ language }: Call, found: Differences, builds: readonly [string, string]): string[] {
  const say = words(language).desk.differences;
  const { lead, lines, articles, pictures, more } = differencesPage(found, builds, language);
  const under = (heading: string, all: readonly string[]): string[] => (all.length > 0 ? ["", heading, ...all] : []);
  return [
    lead,
    ...(found.isSame ? ["", say.same] : []),
    ...lines.flatMap(({ label, was, is }) => ["", label, `  - ${was}`, `  + ${is}`]),
    ...under(
      say.articles,
      articles.map(({ title, kind }) => `  ${title}: ${kind}`),
    ),
    ...under(
      say.pictures,
      pictures.map((line) => `  ${line}`),
    ),
    ...under(
      say.words,
      found.passages.flatMap(({ was, is }) => [...passage("-", was), ...passage("+", is), ""]),
    ),
    ...(more ? [more] : []),
  ];
}

const passage = (sign: string, pieces: readonly Piece[]): string[] =>
  pieces.length > 0 ? [`  ${sign} ${pieces.map(({ text }) => text).join("")}`] : [];
