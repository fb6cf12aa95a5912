import { isRead, type Submission } from "../../core/article/submission.ts";
import type { ReceiptAsk, StrangerAsk } from "../../core/subscriber/ask.ts";
import { addressKeyOf, addressSecret } from "../../core/subscriber/link.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { receiptKey, strangerKey } from "../records/keys.ts";
import { findPerson } from "../records/people.ts";
import { findPublication } from "../records/publications.ts";
import { listFiles, readSubmission } from "../records/submissions.ts";
import type { AnswerTo } from "./answer-to.ts";
import { isSilenced } from "./silenced.ts";

/** Answers to mails. A receipt says what became of the files, so it waits until they have been read. */

/** A long article with photos takes one; whoever waits longer than this hears that it is still going on. */
const mostReadingMinutes = 10;

export async function isBeingRead(cloud: Cloud, ask: ReceiptAsk): Promise<boolean> {
  if (ask.submission === undefined || isLate(cloud, ask)) return false;
  return !(await isReadNow(cloud, ask.publication, await readSubmission(cloud, ask.publication, ask.submission)));
}

const isLate = ({ clock }: Cloud, { at }: ReceiptAsk): boolean =>
  clock.now().getTime() - Date.parse(at) > mostReadingMinutes * 60_000;

/** What its row says is of the files that lie there now. */
const isReadNow = async (cloud: Cloud, publication: string, row: Submission | undefined): Promise<boolean> =>
  !row || isRead(row, await listFiles(cloud, publication, row.id));

export async function toAuthor(cloud: Cloud, ask: ReceiptAsk): Promise<AnswerTo | undefined> {
  const { addressKey, publication: id, submission, refused, subject } = ask;
  const [publication, person] = await Promise.all([findPublication(cloud, id), findPerson(cloud, id, addressKey)]);
  if (!publication || !person || (await isSilenced(cloud, addressKey))) return undefined;
  const row = submission === undefined ? undefined : await readSubmission(cloud, id, submission);
  const isDone = await isReadNow(cloud, id, row);
  return {
    asked: { is: "receipt", publication, subject, submission: row, isRead: isDone, refused },
    key: receiptKey(addressKey, id, ask.id),
    ...{ addressKey, address: person.address, language: publication.language, token: undefined },
    inReplyTo: ask.inReplyTo,
  };
}

export async function toStranger(cloud: Cloud, ask: StrangerAsk): Promise<AnswerTo | undefined> {
  const publication = await findPublication(cloud, ask.publication);
  const addressKey = addressKeyOf(addressSecret(await cloud.secrets.read("address")), ask.address);
  if (!publication || (await isSilenced(cloud, addressKey))) return undefined;
  return {
    asked: { is: "stranger", publication },
    key: strangerKey(addressKey),
    ...{ addressKey, address: ask.address, language: publication.language, token: undefined },
    inReplyTo: ask.inReplyTo,
  };
}
