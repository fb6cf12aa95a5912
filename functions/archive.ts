import { type IssueAccount, isAtRest } from "../core/delivery/account.ts";
import { rounds } from "../core/delivery/delivery.ts";
import { wakeSchema } from "../core/delivery/turn.ts";
import { articlesOf } from "../core/issue/draft.ts";
import { operator } from "../core/rights.ts";
import type { AppearedAsk } from "../core/subscriber/ask.ts";
import type { Cloud, FunctionMaker } from "./cloud/cloud.ts";
import { onAws } from "./cloud/on-aws.ts";
import { house } from "./house.ts";
import { issueAccount } from "./records/account.ts";
import { type Control, closeSending, openRow, type Place, readControl, waitBecause } from "./records/issue-control.ts";
import { readIssue } from "./records/issues.ts";
import { keepLedger } from "./records/ledger-files.ts";
import { readRounds, reopenRound } from "./records/rounds.ts";
import { publishShelf } from "./records/shelf.ts";
import { readSubmissions } from "./records/submissions.ts";

/**
 * Closes the books of an issue: when its sixteen rounds are balanced and the sums agree it is sent, or stays cancelled,
 * and is open work no more. Rung for by the round that is balanced last; woken earlier, it does nothing.
 */
export const archive: FunctionMaker = (cloud) => async (event) => {
  const place = wakeSchema.parse(event);
  const control = await readControl(cloud, place);
  if (!control || control.state === "planning" || control.state === "paused") return;
  if (mayBePlanned(cloud, control)) return;
  const account = await accountAtRest(cloud, control);
  if (account === undefined) return stayOpenIfReopened(cloud, control);
  if (control.state === "sending" && wasRejectedWhole(control, account))
    return waitBecause(cloud, control, "all-rejected", { revokedSince: control.startedAt });
  await keepLedger(cloud, place);
  // What SES tells later changes the books, not what is on the shelf.
  if (control.state !== "sent") await publishShelf(cloud, house(), place.publication);
  if (control.state === "sending") await tellAuthors(cloud, place);
  await closeSending(cloud, control, account.unresolved);
  if (control.state === "sending" && cloud.mail.reports) return readAgain(cloud, control);
  await stayOpenIfReopened(cloud, control);
};

/** Each once, however often the books are closed: the letter knows for which issue it was. */
async function tellAuthors(cloud: Cloud, { publication, issue: id }: Place): Promise<void> {
  const issue = await readIssue(cloud, publication, id);
  const submissions = issue ? await readSubmissions(cloud, publication, articlesOf(issue)) : [];
  const people = new Set(submissions.map(({ by }) => by).filter((by) => by !== operator.id));
  const at = cloud.clock.now().toISOString();
  const asks = [...people].map(
    (person): AppearedAsk => ({ v: 1, id: cloud.clock.id(), is: "appeared", at, publication, issue: id, person }),
  );
  if (asks.length > 0) await cloud.queues.confirmations.add(asks);
}

/** Cancelled in planning: its planner may be alive and still lay out rounds that somebody has to close. */
const mayBePlanned = ({ clock }: Cloud, { state, heldUntil }: Control): boolean =>
  state === "cancelled" && heldUntil > clock.now().toISOString();

/** Most of what SES tells comes soon after the last letter: the books are read once more then. */
async function readAgain(cloud: Cloud, place: Place): Promise<void> {
  const { publication, issue } = place;
  for (const { round, tally } of await readRounds(cloud, place))
    if (tally.accepted > 0) await reopenRound(cloud, { publication, issue, round });
}

/** A late event may have reopened a round in this very moment. */
async function stayOpenIfReopened(cloud: Cloud, place: Place): Promise<void> {
  const isReopened = (await readRounds(cloud, place)).some(({ phase }) => phase === "walking");
  if (isReopened) await cloud.table.each([openRow(place)]);
}

type AtRest = Pick<IssueAccount, "accepted" | "rejected" | "unresolved">;

/**
 * So few readers that the rejections in a row were never too many; but nobody took a single letter. They are taken back
 * when somebody resumes; rejected once more they stay so.
 */
const wasRejectedWhole = ({ revoked }: Control, { accepted, rejected }: AtRest): boolean =>
  accepted === 0 && rejected > 0 && revoked.length === 0;

/** Undefined while anything is still under way. */
async function accountAtRest(cloud: Cloud, { publication, issue, state }: Control): Promise<AtRest | undefined> {
  const frozen = await readRounds(cloud, { publication, issue });
  if (frozen.some(({ phase }) => phase === "walking")) return undefined;
  // Cancelled before everything was frozen: nobody was written to.
  if (frozen.length < rounds.length)
    return state === "cancelled" ? { accepted: 0, rejected: 0, unresolved: 0 } : undefined;
  const account = await issueAccount(cloud, publication, issue);
  if (!account || !isAtRest(account)) throw new Error(`${publication} ${issue} is balanced and not at rest`);
  return account;
}

export const handler = onAws(archive);
