import type { EntryKind } from "../../core/delivery/journal.ts";
import { idOfIssue, type Scheduled } from "../../core/issue/issue.ts";
import { unschedule } from "../../core/issue/schedule.ts";
import type { Person, Thing } from "../../core/rights.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { actRow, demand } from "../records/acts.ts";
import { isFenced, takeFence } from "../records/fence.ts";
import { saveIssue } from "../records/issues.ts";
import { journalPages } from "../records/journal.ts";
import { issueName, openKey } from "../records/keys.ts";
import { listPublications } from "../records/publications.ts";
import { type Begun, type Doubts, doubtsOf, plusBegun } from "./restoring/doubts.ts";
import { type Closed, closeIssue } from "./restoring/issue.ts";
import { endAllSessions } from "./restoring/people.ts";
import { type Replayed, replayJournal } from "./restoring/replay.ts";

/** Putting a table into service that is a copy, or an older one: what it cannot know is told to it first. */

export interface Found extends Doubts {
  /** How many entries the journal holds, by kind. */
  readonly entries: Readonly<Record<EntryKind, number>>;
}
export interface Restored {
  /** What the table did not know. */
  readonly told: Replayed;
  /** How many sessions at the desk were ended: all. */
  readonly sessions: number;
  readonly closed: readonly Closed[];
  readonly unscheduled: readonly Scheduled[];
}

/** What there is to do; undefined when this table is the one that sends. */
export async function lookAtRestored(cloud: Cloud): Promise<Found | undefined> {
  if (!(await isFenced(cloud))) return undefined;
  const entries = { left: 0, suppressed: 0, unsuppressed: 0, erased: 0, moved: 0, removed: 0, appointed: 0, begun: 0 };
  const begun = new Map<string, Begun>();
  for await (const page of journalPages(cloud)) {
    for (const entry of page) {
      entries[entry.kind]++;
      if (entry.kind !== "begun") continue;
      const name = issueName(entry.publication, entry.issue);
      begun.set(name, plusBegun(begun.get(name), entry));
    }
  }
  return { entries, ...(await doubtsOf(cloud, begun)) };
}

/**
 * Tells the table what it cannot know, closes every issue that may have left, and lets letters leave again. May die
 * anywhere and run again: the fence comes last.
 *
 * @throws Refusal `not-allowed`; `moved-on` when somebody changed an issue meanwhile
 */
export async function restore(cloud: Cloud, person: Person, { issues, overdue }: Found): Promise<Restored> {
  const things = (await listPublications(cloud)).map((id): Thing => ({ publication: id, kind: "publication", id }));
  for (const thing of things) demand(person, "restore", thing);
  // First: whoever was let go may not act meanwhile.
  const sessions = await endAllSessions(cloud);
  // Readers before issues: whoever left is in no audience that is frozen now.
  const told = await replayJournal(cloud, person);
  const closed: Closed[] = [];
  for (const doubt of issues) closed.push(await closeIssue(cloud, person, doubt));
  for (const issue of overdue) await takeBack(cloud, person, issue);
  const details = { ...told, issues: closed.length };
  await takeFence(
    cloud,
    things.map((thing) => actRow(cloud.clock, person, "restore", thing, details)),
  );
  return { told, sessions, closed, unscheduled: overdue };
}

/** It stays approved; when it leaves, if it did not, somebody has to say again. */
async function takeBack(cloud: Cloud, person: Person, issue: Scheduled): Promise<void> {
  const { publication } = issue;
  const id = idOfIssue(issue);
  const act = actRow(cloud.clock, person, "restore", { publication, kind: "issue", id });
  await saveIssue(cloud, unschedule(issue), [{ remove: openKey(publication, id) }, act]);
}
