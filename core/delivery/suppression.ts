import type { Feedback } from "./feedback.ts";

/** Why an address is never to be mailed again; "asked": its reader told a person so. */
export const suppressionReasons = ["bounced", "complained", "asked"] as const;
export type SuppressionReason = (typeof suppressionReasons)[number];

/** At once: there is no such mailbox, or its reader calls the letter junk. */
export function suppressionBy({ kind }: Feedback): SuppressionReason | undefined {
  if (kind === "complained") return "complained";
  return kind === "hardBounced" ? "bounced" : undefined;
}

/** Issues in a row that a mailbox sent back for the time being, oldest first. */
export interface SoftBounces {
  readonly v: 1;
  readonly version: number;
  readonly issues: readonly SoftBounce[];
}
export interface SoftBounce {
  /** "slk-2026-01" */
  readonly issue: string;
  readonly at: string;
}

/** A mailbox that is full for a week is one again; a server may be down for a weekend, whatever is sent meanwhile. */
const mostInARow = 3;
const shortestMilliseconds = 14 * 86_400_000;

export function isGivenUp({ issues }: SoftBounces): boolean {
  const [first, last] = [issues[0], issues.at(-1)];
  if (!first || !last || issues.length < mostInARow) return false;
  return Date.parse(last.at) - Date.parse(first.at) >= shortestMilliseconds;
}

/** What the mailbox says of the letter, not of itself: another letter may pass. */
const aboutLetter: readonly string[] = ["MessageTooLarge", "ContentRejected", "AttachmentRejected"];

export const isAboutAddress = ({ reason }: Feedback): boolean => !aboutLetter.includes(reason.split(" ")[0] ?? "");

/** One more; an issue counts once, however often its letter comes back. */
export function plusSoftBounce(row: SoftBounces | undefined, { issue: name, at: when }: SoftBounce): SoftBounces {
  const { version, issues } = row ?? { version: 0, issues: [] };
  if (row && issues.some(({ issue, at }) => issue === name && at <= when)) return row;
  const all = [...issues.filter(({ issue }) => issue !== name), { issue: name, at: when }];
  return { v: 1, version, issues: all.sort((one, other) => (one.at < other.at ? -1 : 1)) };
}

/** A letter arrived: whatever came back before it ends the row, and what came back of this letter was an automatic answer. */
export function afterArrival(row: SoftBounces, arrival: SoftBounce): SoftBounces {
  const issues = row.issues.filter(({ issue, at }) => issue !== arrival.issue && at > arrival.at);
  return issues.length === row.issues.length ? row : { ...row, issues };
}
