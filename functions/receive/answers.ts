import type { KnownPerson } from "../../core/person.ts";
import { Refusal } from "../../core/refusal.ts";
import type { ReceiptAsk, StrangerAsk } from "../../core/subscriber/ask.ts";
import type { Cloud } from "../cloud/cloud.ts";
import type { Mail } from "./take-in.ts";

/** Answers to mails wait with the confirm mails: `ask` knows whom nobody may write to, and how much is too much. */

/** @param outcome the submission's id, or why there is none */
export async function answerAuthor(
  cloud: Cloud,
  { id, publication, subject }: Mail,
  { addressKey }: KnownPerson,
  inReplyTo: string | undefined,
  outcome: string | Refusal,
): Promise<void> {
  const ask: ReceiptAsk = {
    ...{ v: 1, id, is: "receipt", at: cloud.clock.now().toISOString(), publication: publication.id, addressKey },
    subject: subject.slice(0, mostSubject).trimEnd(),
    ...(inReplyTo !== undefined && { inReplyTo }),
    ...(outcome instanceof Refusal
      ? { refused: { code: outcome.code, details: outcome.details } }
      : { submission: outcome }),
  };
  await cloud.queues.confirmations.add([ask]);
}

/** The rest of a subject says nothing an author would not know. */
const mostSubject = 120;

export async function answerStranger(
  cloud: Cloud,
  { id, publication }: Mail,
  address: string,
  inReplyTo: string | undefined,
): Promise<void> {
  const ask: StrangerAsk = {
    ...{ v: 1, id, is: "stranger", at: cloud.clock.now().toISOString(), publication: publication.id, address },
    ...(inReplyTo !== undefined && { inReplyTo }),
  };
  await cloud.queues.confirmations.add([ask]);
}
