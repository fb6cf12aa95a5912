import { rounds } from "../../core/delivery/delivery.ts";
import { largest, nothingYet, type ProviderCounts, plusCounts, providerOf } from "../../core/delivery/providers.ts";
import { deliveriesSheet } from "../../core/delivery/sheet.ts";
import { type Issue, idOfIssue, issueLabel, spokenLabel } from "../../core/issue/issue.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Person } from "../../core/rights.ts";
import { dayFrom } from "../../core/subscriber/retention.ts";
import type { Language } from "../../core/words.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { actRow } from "../records/acts.ts";
import { forgetFolder } from "../records/forgetting.ts";
import type { Place } from "../records/issue-control.ts";
import { requireIssue } from "../records/issues.ts";
import { handoutFolder } from "../records/keys.ts";
import { requirePublication } from "../records/publications.ts";
import { type Report, saveReport } from "../records/reports.ts";
import { subscribersAfter } from "../records/subscribers.ts";
import { listDeliveries } from "./deliveries.ts";

/** So long after an issue a departure may have to do with it. */
const days = 14;

/**
 * Reads every reader of an issue once: letters and bounces by who carries the mailbox, and who left or came soon after.
 * Nothing is tracked for it.
 *
 * @throws Refusal `not-begun`, `no-issue`, `not-allowed`
 */
export async function evaluateIssue(cloud: Cloud, person: Person, place: Place): Promise<Report> {
  const issue = await requireIssue(cloud, place.publication, place.issue);
  const startedAt = demandBegun(issue);
  const counts = new Map<string, ProviderCounts>();
  for await (const { address, state } of listDeliveries(cloud, person, place)) {
    if (address === null || state === "not-planned" || state === "waiting") continue;
    const house = providerOf(address.slice(address.lastIndexOf("@") + 1));
    const one = { letters: 1, bounced: Number(state === "bounced"), complained: Number(state === "complained") };
    counts.set(house, plusCounts(counts.get(house) ?? nothingYet, one));
  }
  const moves = await movesAfter(cloud, place.publication, startedAt);
  const report: Report = { v: 1, at: cloud.clock.now().toISOString(), providers: largest(counts), ...moves, days };
  await saveReport(cloud, place, report);
  return report;
}

function demandBegun(issue: Issue): string {
  if ("startedAt" in issue) return (issue as { readonly startedAt: string }).startedAt;
  throw new Refusal("not-begun", { issue: issueLabel(issue) });
}

async function movesAfter(cloud: Cloud, publication: string, from: string): Promise<{ left: number; came: number }> {
  const to = new Date(Date.parse(from) + days * 86_400_000).toISOString();
  const isThen = (at: string): boolean => at > from && at <= to;
  let [left, came] = [0, 0];
  for (const round of rounds)
    for (let after = "", isLast = false; !isLast; ) {
      const page = await subscribersAfter(cloud, publication, round, after, 400);
      left += page.subscribers.filter((one) => one.state === "unsubscribed" && isThen(one.unsubscribedAt)).length;
      came += page.subscribers.filter((one) => one.state === "confirmed" && isThen(one.confirmedAt)).length;
      after = page.subscribers.at(-1)?.addressKey ?? after;
      isLast = page.isLast;
    }
  return { left, came };
}

/** A link that hands the table out. */
const linkSeconds = 300;

/**
 * Writes who got an issue and who did not into a file, and answers a link that is good for five minutes. The file is gone
 * the day after.
 *
 * @throws Refusal `not-begun`, `no-issue`, `not-allowed`
 */
export async function handOutDeliveries(
  cloud: Cloud,
  person: Person,
  place: Place,
  language: Language,
): Promise<string> {
  const [issue, { timeZone, title }] = await Promise.all([
    requireIssue(cloud, place.publication, place.issue),
    requirePublication(cloud, place.publication),
  ]);
  demandBegun(issue);
  const sheet = deliveriesSheet(language, timeZone);
  const lines: string[] = [sheet.head];
  for await (const line of listDeliveries(cloud, person, place)) lines.push(sheet.line(line));
  const folder = handoutFolder(place.publication, cloud.clock.id());
  const now = cloud.clock.now().toISOString();
  const thing = { publication: place.publication, kind: "issue", id: idOfIssue(issue) } as const;
  await cloud.table.write([
    forgetFolder(dayFrom(now.slice(0, 10), 1), folder),
    actRow(cloud.clock, person, "read-subscribers", thing, { lines: lines.length - 1 }),
  ]);
  const key = `${folder}deliveries.csv`;
  await cloud.files.write(key, lines.join(""), { type: "text/csv; charset=utf-8" });
  const name = `${title} ${spokenLabel(issue).replace("/", "-")}.csv`;
  return cloud.files.downloadLink(key, { seconds: linkSeconds, name });
}
