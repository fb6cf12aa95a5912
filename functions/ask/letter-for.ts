import { type Asked, renderAnswer, senderOf } from "../../core/answer/answer.ts";
import type { Reply } from "../../core/delivery/headers.ts";
import { prepare, prepareAnswer, write } from "../../core/delivery/message.ts";
import { digestOf } from "../../core/digest.ts";
import { readAddress } from "../../core/email-address.ts";
import { linkRing, linkToken } from "../../core/subscriber/link.ts";
import { confirmBy } from "../../core/subscriber/subscribe.ts";
import type { Cloud, Letter } from "../cloud/cloud.ts";
import { house } from "../house.ts";
import { forgetRow } from "../records/forgetting.ts";
import { tokenKey } from "../records/keys.ts";
import { makeToken, type TokenFor } from "../records/tokens.ts";
import type { AnswerTo } from "./answer-to.ts";
import { proofLetter } from "./proof.ts";

/**
 * The mail itself, with a link of its own: nobody can read an earlier one again. It greets nobody by name and has none
 * in its headers: whoever typed it may be a stranger.
 */
export async function letterFor(cloud: Cloud, answer: AnswerTo, attempt: string): Promise<Letter> {
  const { asked, language, address, addressKey } = answer;
  if (asked.is === "proof") return proofLetter(cloud, asked, answer, attempt);
  const publication = senderOf(asked);
  const { subject, html, text } = await renderAnswer(asked, language, house());
  const reply = replyOf(asked, answer);
  const writing = { publication, language, fingerprint: attempt, subject, html, text, ...(reply && { reply }) };
  // A reader is on a list, and has its way off; who only asked is on none.
  const prepared = asked.is === "welcome" ? prepare(writing) : prepareAnswer(writing);
  const links = await linksFor(cloud, asked, answer);
  return {
    stream: "confirmations",
    from: readAddress(publication.sender.from),
    to: address,
    message: write(prepared, { address, name: "", greeting: "", ...links }),
    tags: { delivery: addressKey, attempt, answer: publication.id },
  };
}

/** An author's answer to a receipt comes in by the same address; a stranger's goes to the desk. */
function replyOf(asked: Asked, { inReplyTo }: AnswerTo): Reply | undefined {
  if (asked.is === "review") return { inReplyTo: undefined, replyTo: asked.publication.sender.replyTo };
  if (asked.is !== "receipt" && asked.is !== "stranger") return undefined;
  const { submissions, sender } = asked.publication;
  return { inReplyTo, replyTo: asked.is === "receipt" ? (submissions ?? sender.replyTo) : sender.replyTo };
}

async function linksFor(cloud: Cloud, asked: Asked, { addressKey, token, makeLink }: AnswerTo) {
  const { id, baseUrl } = senderOf(asked);
  const ring = linkRing(await cloud.secrets.read("links"));
  return {
    leaveUrl: `${baseUrl}/u/${linkToken(ring, "leave", addressKey, id)}`,
    preferencesUrl: `${baseUrl}/e/${linkToken(ring, "preferences", addressKey, id)}`,
    ...(makeLink && { confirmUrl: await makeLink() }),
    ...(token && { confirmUrl: `${baseUrl}/c/${await newToken(cloud, token)}` }),
  };
}

async function newToken(cloud: Cloud, what: TokenFor): Promise<string> {
  const token = await makeToken(cloud, what);
  await cloud.table.each([forgetRow(confirmBy(cloud.clock.now().toISOString()), tokenKey(digestOf(token)))]);
  return token;
}
