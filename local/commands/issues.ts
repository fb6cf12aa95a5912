import { dirname, resolve } from "node:path";
import { articlesOf, planOf } from "../../core/issue/draft.ts";
import { type Issue, idOfIssue, issueLabel, type Scheduled } from "../../core/issue/issue.ts";
import { schedule } from "../../core/issue/schedule.ts";
import { pauseSentence } from "../../core/issue/send.ts";
import { Refusal } from "../../core/refusal.ts";
import { fill, words } from "../../core/words.ts";
import type { Cloud } from "../../functions/cloud/cloud.ts";
import { type AudienceAhead, audienceAhead } from "../../functions/desk/audience.ts";
import { keepDownloads } from "../../functions/desk/downloads.ts";
import { approveIssue, draftIssue, orderBuild, scheduleIssue } from "../../functions/desk/issues.ts";
import { type BuildReport, readBuildReport } from "../../functions/records/build-reports.ts";
import { requireIssue } from "../../functions/records/issues.ts";
import { requirePublication } from "../../functions/records/publications.ts";
import { number } from "../account-lines.ts";
import { articlesThere, buildLines } from "../build-lines.ts";
import { confirmed, left } from "../confirm.ts";
import { aheadLine, costAhead } from "../cost-lines.ts";
import { readDownloads } from "../downloads.ts";
import { germanIssue, planFor, planOnPaper } from "../press-folder.ts";
import { writePreview } from "../preview.ts";
import { inSession, person, publicationOf } from "../session.ts";
import { readSettingsFile } from "../settings-file.ts";
import { headLine } from "../standing-lines.ts";
import { readTime, spokenTime } from "../wall-clock.ts";
import { type Call, issueArgument, option, type Run } from "./command.ts";
import { showStanding } from "./status.ts";

export const issuesCreate: Run = (call) =>
  inSession(call, async ({ cloud }) => {
    const [file = ""] = call.args;
    const publication = await requirePublication(cloud, await publicationOf(call, cloud));
    const plan = await readSettingsFile(file, planOnPaper(publication.language), {
      german: germanIssue,
      language: call.language,
    });
    const planned = planFor(publication, plan);
    const offered = await readDownloads(dirname(resolve(file)), plan.downloads);
    const downloads = await keepDownloads(cloud, person, planned, offered);
    const issue = await draftIssue(cloud, person, { ...planned, downloads });
    call.show(issue, [draftedLine(call, issue)]);
    return 0;
  });

/** Whoever hands in the same plan again is told that nothing changed, and where the issue stands. */
function draftedLine(call: Call, issue: Issue): string {
  const label = issueLabel(issue);
  if (issue.status !== "draft")
    return fill(call.say.issue.unchanged, { issue: label, state: words(call.language).state.issue[issue.status] });
  const { title: theme } = issue.theme;
  return fill(call.say.issue.drafted, {
    id: idOfIssue(issue),
    issue: label,
    theme,
    articles: articlesOf(issue).length,
  });
}

export const issuesShow: Run = (call) =>
  inSession(call, async ({ cloud }) => {
    const publication = await publicationOf(call, cloud);
    const issue = await requireIssue(cloud, publication, issueArgument(call));
    const report = await readBuildReport(cloud, publication, idOfIssue(issue));
    call.show({ issue, build: report ?? null }, [
      ...issueLines(call, issue),
      ...(report ? buildLines(call, report, idOfIssue(issue)) : []),
    ]);
    return 0;
  });

export const issuesBuild: Run = (call) =>
  inSession(call, async ({ cloud, settle }) => {
    const publication = await publicationOf(call, cloud);
    const id = issueArgument(call);
    const before = await readBuildReport(cloud, publication, id);
    await orderBuild(cloud, person, publication, id);
    await settle();
    const report = await waitForReport(cloud, publication, id, before?.at);
    if (!report) {
      call.show({ ordered: true }, [fill(call.say.issue.buildOrdered, { id })]);
      return 0;
    }
    call.show(report, [...buildLines(call, report, id), ...(await articlesThere(call, cloud, publication, report))]);
    return report.fingerprint ? 0 : 2;
  });

const reportSeconds = 120;

/** On AWS the build runs by itself: looks for its report until one newer than `since` is there. */
async function waitForReport(
  cloud: Cloud,
  publication: string,
  issue: string,
  since: string | undefined,
): Promise<BuildReport | undefined> {
  for (let second = 0; second < reportSeconds; second += 2) {
    const report = await readBuildReport(cloud, publication, issue);
    if (report && report.at !== since) return report;
    await cloud.clock.sleep(2000);
  }
  return undefined;
}

export const issuesPreview: Run = (call) =>
  inSession(call, async ({ cloud }) => {
    const publication = await publicationOf(call, cloud);
    const issue = await requireIssue(cloud, publication, issueArgument(call));
    const out = resolve(option(call, "out") ?? `preview-${publication}-${idOfIssue(issue)}`);
    const files = await writePreview(cloud, issue, out);
    call.show({ out, files }, [fill(call.say.issue.previewed, { out, files: files.length })]);
    return 0;
  });

export const issuesApprove: Run = (call) =>
  inSession(call, async ({ cloud }) => {
    const publication = await publicationOf(call, cloud);
    const issue = await requireIssue(cloud, publication, issueArgument(call));
    // What stands there now is what is signed off, unless someone says exactly which build they saw.
    const seen = option(call, "fingerprint") ?? ("fingerprint" in issue ? issue.fingerprint : "");
    const approved = await approveIssue(cloud, person, publication, idOfIssue(issue), seen);
    call.show(approved, [
      fill(call.say.issue.approved, {
        id: idOfIssue(approved),
        issue: issueLabel(approved),
        fingerprint: approved.fingerprint.slice(0, 12),
      }),
    ]);
    return 0;
  });

export const issuesSchedule: Run = (call) =>
  inSession(call, async (session) => {
    const { cloud, settle } = session;
    const { id: publication, timeZone } = await requirePublication(cloud, await publicationOf(call, cloud));
    const sendAt = timeOf(call, cloud, timeZone);
    const place = { publication, issue: issueArgument(call) };
    const issue = await requireIssue(cloud, publication, place.issue);
    const due = schedule(issue, { sendAt, now: cloud.clock.now(), by: person.id }); // refused before anybody is asked
    const ahead = await audienceAhead(cloud, place, new Date(due.sendAt));
    const cost = await costAhead(session, issue, ahead.readers);
    call.tell(aheadLine(call.language, session, cost, ahead.readers));
    const questions = [
      ...(isPast(due, sendAt) ? [past(call, ahead, spokenTime(sendAt, timeZone, call.language))] : []),
      ...(ahead.readers === 0 ? [call.say.schedule.nobody] : ahead.isFarOff ? [farOff(call, ahead)] : []),
    ];
    for (const question of questions) if (!(await confirmed(call, question))) return left(call);
    const expected = { expectedReaders: ahead.readers };
    const scheduled = await scheduleIssue(cloud, person, publication, place.issue, sendAt, expected);
    const at = spokenTime(new Date(scheduled.sendAt), timeZone, call.language);
    call.tell(`${fill(call.say.issue.scheduled, { issue: issueLabel(scheduled), at })}\n`);
    await settle();
    await showStanding(call, session, place, { timeZone }, { sendAt: scheduled.sendAt, estimate: cost });
    return 0;
  });

/** A slip of the year would send an issue to everybody at once. The minute the clock still shows is no slip. */
const isPast = (due: Scheduled, meant: Date): boolean => Date.parse(due.sendAt) - meant.getTime() > 60_000;

const past = ({ language, say }: Call, { readers }: AudienceAhead, at: string): string =>
  fill(say.schedule.past, { at, readers: number(language, readers) });

function farOff({ language, say }: Call, { readers, last }: AudienceAhead): string {
  const before = number(language, last?.readers ?? 0);
  return fill(say.schedule.farOff, { readers: number(language, readers), last: last?.issue ?? "", before });
}

/** `--at 2026-03-02T08:00`, by the publication's clock; without it, now. @throws Refusal `time-unreadable` */
function timeOf(call: Call, cloud: Cloud, timeZone: string): Date {
  const typed = option(call, "at");
  if (!typed) return cloud.clock.now();
  const at = readTime(typed, timeZone);
  if (!at) throw new Refusal("time-unreadable", { typed });
  return at;
}

export function issueLines(call: Call, issue: Issue): string[] {
  return [
    headLine(call.language, issue),
    ...(issue.status === "paused" ? [pauseSentence(call.language, issue)] : []),
    ...planOf(issue).sections.map(({ name, articles }) => `  ${name}: ${articles.join(", ")}`),
  ];
}
