import type { Feedback } from "../core/delivery/feedback.ts";
import { feedbackIn, isGreeting, piecesOf, readFeedbackMessage } from "../core/delivery/feedback-message.ts";
import { type SuppressionReason, suppressionBy } from "../core/delivery/suppression.ts";
import type { AddressKey } from "../core/subscriber/subscriber.ts";
import type { Cloud, FunctionMaker } from "./cloud/cloud.ts";
import { eachMessage } from "./cloud/each-message.ts";
import { onAws } from "./cloud/on-aws.ts";
import { stopWhenBroken } from "./record-feedback/breakers.ts";
import { moveForward } from "./record-feedback/ledger.ts";
import { addFeedbackCounts, type FeedbackCounts, nothingHeard, plusFeedbackCounts } from "./records/feedback.ts";
import type { Place } from "./records/issue-control.ts";
import { issueName } from "./records/keys.ts";
import { suppress } from "./records/suppressions.ts";

/** What one run hears, by issue. */
type Heard = Map<string, { readonly place: Place; readonly counts: FeedbackCounts; readonly isTrouble: boolean }>;

/** Hears what SES tells: one event, or a file of many. Told twice, in any order or by two at once, it ends the same. */
export const recordFeedback: FunctionMaker = (cloud) => {
  const hear = eachMessage(readFeedbackMessage, async (message, { deadline }) => {
    const heard: Heard = new Map();
    try {
      if (message.is === "file") await recordFile(cloud, message, deadline, heard);
      else if (message.feedback) await record(cloud, [message.feedback], heard);
    } finally {
      await count(cloud, heard);
    }
  });
  return (event, context) => hear(withoutGreeting(event), context);
};

function withoutGreeting(event: unknown): unknown {
  const { Records = [] } = event as { Records?: { body?: unknown }[] };
  return { Records: Records.filter(({ body }) => typeof body !== "string" || !isGreeting(body)) };
}

/** Events held in memory and looked up together. */
const together = 400;
/** Nothing new is begun when less than this is left. */
const reserveMilliseconds = 15_000;

/** A file goes when all of it is recorded; what a run does not get through is left to the next one. */
async function recordFile(
  cloud: Cloud,
  { key, done }: { key: string; done: number },
  deadline: Date,
  heard: Heard,
): Promise<void> {
  const file = key.startsWith("feedback/") ? await cloud.files.read(key) : undefined;
  if (!file) return; // another run is through with it
  let [number, unreadable] = [0, 0];
  let page: Feedback[] = [];
  for (const piece of piecesOf(file.body)) {
    if (++number <= done) continue;
    const feedback = feedbackIn(piece);
    if (feedback === "unreadable") unreadable++;
    else if (feedback) page.push(feedback);
    if (page.length < together) continue;
    await record(cloud, page, heard);
    page = [];
    if (isOutOfTime(cloud, deadline)) return cloud.queues.feedback.add([{ detail: { object: { key } }, done: number }]);
  }
  await record(cloud, page, heard);
  if (unreadable > 0) console.warn({ file: key, pieces: number, unreadable });
  await cloud.files.remove([key]);
}

const isOutOfTime = ({ clock }: Cloud, deadline: Date): boolean =>
  clock.now().getTime() > deadline.getTime() - reserveMilliseconds;

/** Who must not be written to again comes first: the issue may still be on its way to them, or the next one. */
async function record(cloud: Cloud, page: readonly Feedback[], heard: Heard): Promise<void> {
  const reasons = page.flatMap((feedback): [AddressKey, SuppressionReason][] => {
    const reason = suppressionBy(feedback);
    return reason ? [[feedback.addressKey, reason]] : [];
  });
  await suppress(cloud, new Map(reasons));
  for (const [name, feedback] of Map.groupBy(page.filter(isOfIssue), nameOf)) {
    const [{ publication, issue }] = feedback as [FeedbackOfIssue];
    const place = { publication, issue };
    const { counts, isTrouble } = heard.get(name) ?? { counts: nothingHeard, isTrouble: false };
    const more = await moveForward(cloud, place, feedback);
    const trouble = isTrouble || feedback.some((one) => suppressionBy(one) !== undefined);
    heard.set(name, { place, counts: plusFeedbackCounts(counts, more), isTrouble: trouble });
  }
}

type FeedbackOfIssue = Feedback & Place;
const isOfIssue = (feedback: Feedback): feedback is FeedbackOfIssue => feedback.issue !== undefined;

const nameOf = ({ publication, issue }: Place): string => issueName(publication, issue);

/** Also when a run fails in the middle: rows that moved do not move again. */
async function count(cloud: Cloud, heard: Heard): Promise<void> {
  for (const { place, counts, isTrouble } of heard.values()) {
    await addFeedbackCounts(cloud, place, counts);
    if (isTrouble) await stopWhenBroken(cloud, place);
  }
}

export const handler = onAws(recordFeedback);
