import { largest, nothingYet, type ProviderCounts, plusCounts, providerOf } from "../../core/delivery/providers.ts";
import { type Issue, issueLabel } from "../../core/issue/issue.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Person } from "../../core/rights.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { demand } from "../records/acts.ts";
import type { Place } from "../records/issue-control.ts";
import { requireIssue } from "../records/issues.ts";
import { type Report, readReport, saveReport } from "../records/reports.ts";
import type { Walk } from "../records/walks.ts";
import { type LinePage, linePages } from "./deliveries.ts";
import { type Errand, type WorkOf, walkWhole, work } from "./walks.ts";

/**
 * What became of an issue, by reading every reader of it once: letters and bounces by who carries the mailbox, and who left
 * or came soon after. Nothing is tracked for it.
 */

/** So long after an issue a departure may have to do with it. */
const days = 14;

/** @throws Refusal `not-begun`, `no-issue`, `not-allowed` */
export async function demandReport(cloud: Cloud, person: Person, { publication, issue }: Place): Promise<Issue> {
  demand(person, "read-subscribers", { publication, kind: "subscribers", id: publication });
  const found = await requireIssue(cloud, publication, issue);
  begunAt(found);
  return found;
}

function begunAt(issue: Issue): string {
  if ("startedAt" in issue) return (issue as { readonly startedAt: string }).startedAt;
  throw new Refusal("not-begun", { issue: issueLabel(issue) });
}

/** @throws Refusal `not-begun`, `no-issue`, `not-allowed` */
export async function reportErrand(cloud: Cloud, person: Person, place: Place): Promise<Errand> {
  await demandReport(cloud, person, place);
  return { wish: { kind: "report", ...place, given: "" }, workOf: reportWork };
}

/** The whole of it, however long that takes. @throws Refusal `not-begun`, `no-issue`, `not-allowed` */
export async function evaluateIssue(
  cloud: Cloud,
  person: Person,
  place: Place,
  tell?: (walk: Walk) => void,
): Promise<Report> {
  await walkWhole(cloud, await reportErrand(cloud, person, place), tell);
  const report = await readReport(cloud, place);
  if (!report) throw new Error(`the report of ${place.publication} ${place.issue} was not kept`);
  return report;
}

/** A publication has readers at some ten thousand domains: they are counted in place. Only the largest are kept in the end. */
interface Found {
  readonly houses: Map<string, ProviderCounts>;
  readonly left: number;
  readonly came: number;
}
interface KeptFound extends Omit<Found, "houses"> {
  readonly houses: readonly (readonly [string, ProviderCounts])[];
}

export const reportWork: WorkOf = async (cloud, { publication, issue }) => {
  const place = { publication, issue };
  const startedAt = begunAt(await requireIssue(cloud, publication, issue));
  const pageAfter = await linePages(cloud, place);
  return work<Found>({
    begin: { houses: new Map(), left: 0, came: 0 },
    kept: {
      write: ({ houses, ...moves }): KeptFound => ({ houses: [...houses], ...moves }),
      read: ({ houses, ...moves }: KeptFound) => ({ houses: new Map(houses), ...moves }),
    },
    async step({ houses, left, came }, from) {
      const { lines, next } = await pageAfter(from);
      for (const line of lines) countLine(houses, line);
      const moves = movesAmong(lines, startedAt);
      return { soFar: { houses, left: left + moves.left, came: came + moves.came }, seen: lines.length, next };
    },
    async end({ houses, left, came }) {
      const at = cloud.clock.now().toISOString();
      await saveReport(cloud, place, { v: 1, at, providers: largest(houses), left, came, days });
      return null;
    },
  });
};

function countLine(houses: Found["houses"], { address, state }: LinePage["lines"][number]): void {
  if (address === null || state === "not-planned" || state === "waiting") return;
  const house = providerOf(address.slice(address.lastIndexOf("@") + 1));
  const one = { letters: 1, bounced: Number(state === "bounced"), complained: Number(state === "complained") };
  houses.set(house, plusCounts(houses.get(house) ?? nothingYet, one));
}

/** Who left, and who came, soon after it began. */
function movesAmong(lines: LinePage["lines"], from: string): Pick<Found, "left" | "came"> {
  const to = new Date(Date.parse(from) + days * 86_400_000).toISOString();
  const isThen = (at: string): boolean => at > from && at <= to;
  const all = lines.flatMap(({ subscriber }) => subscriber ?? []);
  return {
    left: all.filter((one) => one.state === "unsubscribed" && isThen(one.unsubscribedAt)).length,
    came: all.filter((one) => one.state === "confirmed" && isThen(one.confirmedAt)).length,
  };
}
