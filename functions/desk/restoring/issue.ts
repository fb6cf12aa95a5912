import { isAtRest } from "../../../core/delivery/account.ts";
import { rounds } from "../../../core/delivery/delivery.ts";
import { draft } from "../../../core/issue/draft.ts";
import { correctedBy } from "../../../core/issue/erratum.ts";
import { type IssuePlan, issuePlanSchema, numberedAs } from "../../../core/issue/issue.ts";
import { sentAsKnown } from "../../../core/issue/restore.ts";
import type { Person } from "../../../core/rights.ts";
import type { Change, Cloud, Value } from "../../cloud/cloud.ts";
import { issueAccount } from "../../records/account.ts";
import { actRow } from "../../records/acts.ts";
import { readManifest } from "../../records/editions.ts";
import { type Control, controlChange, type Place } from "../../records/issue-control.ts";
import { saveIssue } from "../../records/issues.ts";
import { controlKey, openKey } from "../../records/keys.ts";
import { keepLedger } from "../../records/ledger-files.ts";
import { putOnShelf } from "../../records/shelf.ts";
import type { Doubt } from "./doubts.ts";
import { closeRound } from "./round.ts";

/** An issue whose books were closed, and how many deliveries nobody can tell the fate of. */
export interface Closed extends Place {
  readonly accepted: number;
  readonly open: number;
}

/** Closes the books of an issue that may have left. May die anywhere and run again: the issue's own row comes last. */
export async function closeIssue(cloud: Cloud, person: Person, doubt: Doubt): Promise<Closed> {
  const place: Place = { publication: doubt.publication, issue: doubt.issue };
  const reach = { ...doubt.reach, topic: doubt.began.topic };
  for (const round of rounds) await closeRound(cloud, { ...place, round }, reach, doubt.control?.revoked ?? []);
  await keepLedger(cloud, place);
  const account = await issueAccount(cloud, place.publication, place.issue);
  if (!account || !isAtRest(account)) throw new Error(`${place.publication} ${place.issue} is closed and not at rest`);
  await backOnShelf(cloud, doubt);
  await save(cloud, person, doubt, account.unresolved);
  return { ...place, accepted: account.accepted, open: account.unresolved };
}

/** Its pages are public; an older table does not know that. */
async function backOnShelf(cloud: Cloud, { publication, issue, began }: Doubt): Promise<void> {
  const { fingerprint, language, startedAt } = began;
  const edition = { publication, issue, fingerprint, language };
  if (correctedBy(issue) === undefined && (await readManifest(cloud, edition)))
    await putOnShelf(cloud, edition, startedAt);
}

async function save(cloud: Cloud, person: Person, doubt: Doubt, open: number): Promise<void> {
  const { publication, issue, found, began } = doubt;
  const act = actRow(cloud.clock, person, "restore", { publication, kind: "issue", id: issue }, { open });
  const besides = [controlOf(doubt), { remove: openKey(publication, issue) }, act];
  if (found?.status === "cancelled") return cloud.table.write(besides);
  const sentAt = cloud.clock.now().toISOString();
  const known = found ?? draft(planAsKnown(doubt));
  await saveIssue(cloud, sentAsKnown(known, began, { by: person.id, sentAt, open }), besides);
}

/** It is at rest, and the next "send to the rest" counts on from the last that may have been. */
function controlOf({ publication, issue, found, control, began, reach }: Doubt): Change {
  const state = found?.status === "cancelled" ? "cancelled" : "sent";
  const rests: Partial<Control> = { ...reach, waits: null, revoked: [] };
  if (control) return controlChange(control, state, rests);
  const { fingerprint, language, startedAt, topic } = began;
  const row = { v: 1, publication, issue, state, epoch: 1, fingerprint, language, startedAt, heldUntil: startedAt };
  const whom = topic === undefined ? {} : { topic };
  const fresh = { ...row, ...whom, notAfter: null, ...(rests as Readonly<Record<string, Value>>) };
  return { put: { ...controlKey(publication, issue), ...fresh }, if: "absent" };
}

/** Enough of a plan to show that this number was sent: its articles are in the library, its pages on the shelf. */
function planAsKnown({ publication, issue, began }: Doubt): IssuePlan {
  const { language, startedAt, topic } = began;
  const date = startedAt.slice(0, "2026-11-23".length);
  const whom = topic === undefined ? {} : { topic };
  const plan = { publication, ...numberedAs(issue), date, language, theme: { title: issue }, sections: [] };
  return issuePlanSchema.parse({ ...plan, ...whom });
}
