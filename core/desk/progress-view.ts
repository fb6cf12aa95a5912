import type { IssueAccount, Reported } from "../delivery/account.ts";
import { type AccountRow, accountRows, accountSums } from "../delivery/account-rows.ts";
import { total } from "../delivery/batch.ts";
import type { Issue } from "../issue/issue.ts";
import { pauseSentence } from "../issue/send.ts";
import { spokenNumber } from "../spoken-number.ts";
import { fill, type Language, words } from "../words.ts";
import { spokenMoment } from "./moment.ts";

/** How far an issue is: counts that add up, how fast it goes, and what it waits for. */

/** Where an issue stands, as `standingOf` sees it. */
export interface Seen {
  readonly issue: Issue;
  /** Null before anything was planned. */
  readonly account: IssueAccount | null;
  readonly reported: Reported;
  /** Why nothing leaves at this moment, and until when. */
  readonly waitsFor: {
    readonly for: "time" | "quota" | "warm-up" | "carrier" | "feedback";
    readonly until: string;
  } | null;
  /** By the carrier's rate, the day's quota and the warm-up; null where nothing is on its way. */
  readonly estimatedEnd: string | null;
  /** When this was seen. */
  readonly at: string;
}
/** What a page saw some seconds ago; from both comes the pace. */
export interface Before {
  readonly accepted: number;
  readonly at: string;
}

export interface ProgressView {
  readonly status: Issue["status"];
  /** In one sentence, for who cannot see the table. */
  readonly line: string;
  readonly done: number;
  readonly planned: number;
  readonly rows: readonly (Omit<AccountRow, "count" | "depth"> & { readonly count: string; readonly part: string })[];
  readonly sums: readonly string[];
  readonly facts: readonly string[];
  /** Why it is paused; null where it is not. */
  readonly paused: string | null;
  /** For the next look. */
  readonly accepted: number;
  readonly at: string;
}

/** Null before anybody was planned. */
export function progressView(
  seen: Seen,
  timeZone: string,
  language: Language,
  before: Before | undefined,
): ProgressView | null {
  const { issue, account, reported, at } = seen;
  if (!account) return null;
  const done = doneOf(account);
  const { planned, accepted } = account;
  const { standing } = words(language).cli;
  const number = (count: number): string => spokenNumber(language, count);
  return {
    ...{ status: issue.status, done, planned, accepted, at },
    line: fill(words(language).desk.sending.line, {
      done: number(done),
      planned: number(planned),
      accepted: number(accepted),
    }),
    rows: accountRows(language, account, reported).map(({ depth, label, note, count }) => ({
      ...{ part: `part-${depth}`, label, note, count: number(count) },
    })),
    sums: accountSums(language, account),
    facts: [
      ...rateOf(seen, before, language),
      ...(seen.waitsFor ? [fill(standing[seen.waitsFor.for], { at: spoken(seen.waitsFor.until) })] : []),
      ...(seen.estimatedEnd ? [fill(standing.end, { at: spoken(seen.estimatedEnd) })] : []),
    ],
    paused: issue.status === "paused" ? pauseSentence(language, issue) : null,
  };

  function spoken(instant: string): string {
    return spokenMoment(instant, timeZone, language);
  }
}

/** Everybody who has a letter, or gets none. */
const doneOf = ({ accepted, skipped, rejected, unresolved, cancelled }: IssueAccount): number =>
  accepted + total(skipped) + rejected + unresolved + cancelled;

/** Letters a minute since the look before; without one since it began. */
function rateOf({ issue, account, at }: Seen, before: Before | undefined, language: Language): string[] {
  if (issue.status !== "sending" || !account) return [];
  const since = before ?? { accepted: 0, at: issue.startedAt };
  const minutes = (Date.parse(at) - Date.parse(since.at)) / 60_000;
  const letters = minutes > 0 ? Math.round((account.accepted - since.accepted) / minutes) : 0;
  return letters > 0 ? [fill(words(language).cli.standing.rate, { letters: spokenNumber(language, letters) })] : [];
}
