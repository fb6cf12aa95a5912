import type { Ask } from "../../core/subscriber/ask.ts";
import { type ConfirmMail, mostAttempts, type SendingMail, standingOf } from "../../core/subscriber/confirm-mail.ts";
import { Closed, type Cloud, Doubtful, Rejected, Throttled } from "../cloud/cloud.ts";
import { claimMail, keptUntil, readMail, settleMail, takeMailBack } from "../records/confirm-mails.ts";
import { slowDown, takePlaces } from "../records/rate.ts";
import { noteMail } from "../records/readers.ts";
import type { AnswerTo } from "./answer-to.ts";
import { later, laterAt } from "./later.ts";
import { letterFor } from "./letter-for.ts";
import { countMail, isTooMuch } from "./too-much.ts";

/** One mail to be sent: the wish, what answers it, and how often that may be tried. */
interface Sending {
  readonly ask: Ask;
  readonly answer: AnswerTo;
  readonly most: number;
  readonly before: ConfirmMail | undefined;
}
/** What became of an attempt; "back": nothing has left, and nobody is to blame. */
type Outcome = Exclude<ConfirmMail, SendingMail> | { readonly state: "back"; readonly because: "closed" | "throttled" };

/** Sends an answer once. What may not have left is sent again; what certainly did not comes back later. */
export async function sendAnswer(cloud: Cloud, ask: Ask, answer: AnswerTo, deadline: Date): Promise<void> {
  const before = await readMail(cloud, answer.key);
  if (before?.state === "accepted") return noteAccepted(cloud, answer, before); // a run may have died before it did
  const most = once.has(ask.is) ? 1 : mostAttempts;
  const standing = standingOf(before, most, cloud.clock.now().toISOString());
  if (standing.is === "done") return;
  if (standing.is === "wait") return laterAt(cloud, ask, "lease", Date.parse(standing.until));
  const excess = await isTooMuch(cloud, answer);
  if (excess === "wait") return later(cloud, ask, "cap");
  if (excess === "never" || !(await waitForPlace(cloud, ask))) return;
  const claim = claimNow(cloud, ask, standing.attemptNo, deadline);
  const claimed = { key: answer.key, addressKey: answer.addressKey, isCounted: isTyped(ask) };
  if (!(await claimMail(cloud, { ...claimed, seen: before, next: claim }))) return; // another run, or another wish
  await settle(cloud, { ask, answer, most, before }, claim, await attempt(cloud, answer, claim, before));
}

/** Courtesies: a doubled one would be worse than a lost one. */
const once: ReadonlySet<Ask["is"]> = new Set(["welcome", "stranger", "appeared", "answered"] as const);

/** Anybody may have typed the address it goes to. */
const isTyped = ({ is }: Ask): boolean => is === "sign-up" || is === "move";

/** A place in the confirm mails' own share of the rate; false: the wish was put back. */
async function waitForPlace(cloud: Cloud, ask: Ask): Promise<boolean> {
  const taking = await takePlaces(cloud, "confirmations", 1);
  if (taking.is === "too-soon") await laterAt(cloud, ask, "rate", taking.at);
  if (taking.is === "day-full") await laterAt(cloud, ask, "quota", taking.until);
  if (taking.is !== "taken") return false;
  const wait = taking.places.first - cloud.clock.now().getTime();
  if (wait > 0) await cloud.clock.sleep(wait);
  return true;
}

function claimNow({ clock, grace }: Cloud, ask: Ask, attemptNo: number, deadline: Date): SendingMail {
  const now = clock.now();
  // After its deadline a run may still be alive for a while.
  const leaseUntil = new Date(deadline.getTime() + grace.leaseSeconds * 1000).toISOString();
  return {
    ...{ v: 1, id: ask.id, attempt: clock.id(), attemptNo, claimedAt: now.toISOString(), expiresAt: keptUntil(now) },
    ...{ state: "sending", leaseUntil },
  };
}

async function attempt(
  cloud: Cloud,
  answer: AnswerTo,
  claim: SendingMail,
  before: ConfirmMail | undefined,
): Promise<Outcome> {
  const { leaseUntil: _, state: __, ...row } = claim;
  try {
    const letter = await letterFor(cloud, answer, claim.attempt);
    const { messageId } = await cloud.mail.send(letter);
    return { ...row, state: "accepted", messageId, acceptedAt: cloud.clock.now().toISOString() };
  } catch (trouble) {
    const reason = reasonOf(trouble);
    if (trouble instanceof Closed) return { state: "back", because: "closed" };
    if (trouble instanceof Throttled) return { state: "back", because: "throttled" };
    if (trouble instanceof Rejected) return { ...row, state: "rejected", reason };
    if (trouble instanceof Doubtful) return { ...row, state: "uncertain", reason };
    await takeMailBack(cloud, answer.key, claim, before); // a fault of ours, before anything was sent
    throw trouble;
  }
}

/** Rows and logs hold no addresses; a carrier's answer may. */
const reasonOf = (trouble: unknown): string =>
  String(trouble)
    .replace(/[^\s<>"']+@[^\s<>"']+/g, "…@…")
    .slice(0, 300);

const throttledSeconds = 30;
const doubtSeconds = 60;

async function settle(cloud: Cloud, sending: Sending, claim: SendingMail, outcome: Outcome): Promise<void> {
  const { ask, answer, before, most } = sending;
  if (outcome.state === "back") {
    await takeMailBack(cloud, answer.key, claim, before);
    if (outcome.because === "closed") return later(cloud, ask, "closed");
    await slowDown(cloud, "confirmations");
    return later(cloud, ask, "throttled", throttledSeconds);
  }
  await settleMail(cloud, answer.key, claim, outcome);
  if (outcome.state !== "rejected") await countMail(cloud, answer);
  if (outcome.state === "accepted") return noteAccepted(cloud, answer, outcome);
  if (outcome.state === "rejected") return console.warn({ ask: ask.id, rejected: outcome.reason });
  if (outcome.attemptNo < most) return later(cloud, ask, "doubt", doubtSeconds);
  console.warn({ ask: ask.id, givenUp: outcome.reason });
}

/** Part of the evidence. */
async function noteAccepted(
  cloud: Cloud,
  { waiting }: AnswerTo,
  { messageId: id, acceptedAt }: Extract<ConfirmMail, { state: "accepted" }>,
): Promise<void> {
  if (waiting) await noteMail(cloud, waiting, { id, acceptedAt });
}
