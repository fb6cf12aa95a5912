import type { Asked } from "../../core/answer/answer.ts";
import { absoluteAt } from "../../core/edition/web/address.ts";
import { issueLabel } from "../../core/issue/issue.ts";
import type { Ask, MoveAsk, SignUp, WelcomeAsk } from "../../core/subscriber/ask.ts";
import { addressKeyOf, addressSecret } from "../../core/subscriber/link.ts";
import { confirmBy } from "../../core/subscriber/subscribe.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import type { Language } from "../../core/words.ts";
import type { Cloud, Key } from "../cloud/cloud.ts";
import { hasRoom } from "../records/confirm-mails.ts";
import { forgetEvidence, forgetRow } from "../records/forgetting.ts";
import {
  confirmMailKey,
  erasureKey,
  movingKey,
  requestKey,
  subscriberKey,
  suppressionKey,
  welcomeKey,
} from "../records/keys.ts";
import { findPublication } from "../records/publications.ts";
import { askFor, askToMove, type Asked as Waiting } from "../records/readers.ts";
import { currentCover } from "../records/shelf.ts";
import { readSubscriber } from "../records/subscribers.ts";
import type { TokenFor } from "../records/tokens.ts";
import { toAsker } from "./answered.ts";
import { toApprover } from "./approval.ts";
import { toCommissioned, toPublished, toWhoHandedIn } from "./author.ts";
import { toInvited } from "./invitation.ts";
import { type ProofLetter, toTeam } from "./proof.ts";
import { toAuthor, toStranger } from "./receipt.ts";
import { toReviewer } from "./review.ts";

/** A mail that is to go out, and where its row stands. */
export interface AnswerTo {
  readonly asked: Asked | ProofLetter;
  readonly language: Language;
  readonly key: Key;
  readonly addressKey: AddressKey;
  readonly address: string;
  /** What its button is good for; undefined where it only leads to a page. */
  readonly token: TokenFor | undefined;
  /** Makes where its button leads, at the desk; every attempt has a link of its own. */
  readonly makeLink?: () => Promise<string>;
  /** What waits to be confirmed by it. */
  readonly waiting?: Waiting;
  /** The `Message-ID` of the mail it answers. */
  readonly inReplyTo?: string | undefined;
  /** Whose wish it is that somebody else's address gets a mail. */
  readonly mover?: AddressKey;
}

/** What an address is to us decides which mail goes there, or none. Undefined: nobody is written to. */
export function answerTo(cloud: Cloud, ask: Ask): Promise<AnswerTo | undefined> {
  if (ask.is === "sign-up") return toSignUp(cloud, ask);
  if (ask.is === "receipt") return toAuthor(cloud, ask);
  if (ask.is === "stranger") return toStranger(cloud, ask);
  if (ask.is === "proof") return toTeam(cloud, ask);
  if (ask.is === "handed-in") return toWhoHandedIn(cloud, ask);
  if (ask.is === "commission") return toCommissioned(cloud, ask);
  if (ask.is === "appeared") return toPublished(cloud, ask);
  if (ask.is === "approval") return toApprover(cloud, ask);
  if (ask.is === "answered") return toAsker(cloud, ask);
  if (ask.is === "review") return toReviewer(cloud, ask);
  if (ask.is === "invitation") return toInvited(cloud, ask);
  return ask.is === "move" ? toMove(cloud, ask) : toNewReader(cloud, ask);
}

async function toSignUp(cloud: Cloud, ask: SignUp): Promise<AnswerTo | undefined> {
  const addressKey = await keyOf(cloud, ask.address);
  if (!(await mayBeAsked(cloud, addressKey, ask))) return undefined;
  await forgetUnconfirmed(cloud, ask, addressKey);
  const waiting = await askFor(cloud, ask);
  const isConfirm = waiting.publications.length > 0;
  const ordered = await orderedOf(cloud, ask, isConfirm ? waiting.publications : await readIn(cloud, ask, addressKey));
  const [first] = ordered;
  if (!first) return undefined;
  const { publications, wording, requestedAt } = waiting;
  return {
    asked: { is: isConfirm ? "confirm" : "reader", ordered, at: ask.at, until: confirmBy(ask.at) },
    key: confirmMailKey(addressKey, first.publication.id, ask.at),
    ...{ addressKey, address: ask.address, language: ask.language },
    token: isConfirm ? { is: "confirm", addressKey, publications, wording, requestedAt } : undefined,
    ...(isConfirm && { waiting }),
  };
}

const keyOf = async (cloud: Cloud, address: string): Promise<AddressKey> =>
  addressKeyOf(addressSecret(await cloud.secrets.read("address")), address);

/**
 * Whoever complained or asked never to be written to gets nothing, also where somebody types their address: only a
 * mailbox that once came back may have opened again. Whoever asked to be forgotten meant what still waited, too. Nobody
 * gets more than the caps allow.
 */
async function mayBeAsked(cloud: Cloud, addressKey: AddressKey, { id, at }: SignUp | MoveAsk): Promise<boolean> {
  const keys = [suppressionKey(addressKey), erasureKey(addressKey)];
  const [suppression, erasure] = await cloud.table.get(keys, { consistent: true });
  if (suppression && suppression.reason !== "bounced") return false;
  if (erasure && String(erasure.at) >= at) return false;
  return hasRoom(cloud, addressKey, id);
}

/** Written down before anything is there: what nobody confirms is gone in a week, and its evidence in its time. */
async function forgetUnconfirmed(cloud: Cloud, { at, publications }: SignUp, addressKey: AddressKey): Promise<void> {
  const rows = publications.flatMap((id) => [subscriberKey(id, addressKey), requestKey(addressKey, id)]);
  await cloud.table.each([
    ...rows.map((row) => forgetRow(confirmBy(at), row)),
    ...publications.map((id) => forgetEvidence(addressKey, id, at)),
  ]);
}

/** The publications somebody reads already, of those they asked for. */
async function readIn(cloud: Cloud, { publications }: SignUp, addressKey: AddressKey): Promise<string[]> {
  const subscribers = await Promise.all(publications.map((id) => readSubscriber(cloud, id, addressKey)));
  return publications.filter((_, index) => subscribers[index]?.state === "confirmed");
}

async function orderedOf(cloud: Cloud, { topics }: SignUp, ids: readonly string[]) {
  const found = await Promise.all(ids.map((id) => findPublication(cloud, id)));
  return found.flatMap((publication) => (publication ? [{ publication, topics: topics[publication.id] ?? [] }] : []));
}

async function toMove(cloud: Cloud, ask: MoveAsk): Promise<AnswerTo | undefined> {
  const publication = await findPublication(cloud, ask.publication);
  const addressKey = await keyOf(cloud, ask.address);
  if (!publication || !(await mayBeAsked(cloud, addressKey, ask))) return undefined;
  const reader = await readSubscriber(cloud, ask.publication, ask.from);
  await cloud.table.each([forgetRow(confirmBy(ask.at), movingKey(addressKey, ask.publication))]);
  const move = await askToMove(cloud, ask);
  if (!move) return undefined;
  return {
    asked: { is: "move", ordered: [{ publication, topics: [] }], at: ask.at, until: confirmBy(ask.at) },
    key: confirmMailKey(addressKey, ask.publication, ask.at),
    ...{ addressKey, address: ask.address, language: reader?.language ?? publication.language },
    token: { is: "move", ...move },
    mover: ask.from,
  };
}

async function toNewReader(cloud: Cloud, { publication: id, addressKey }: WelcomeAsk): Promise<AnswerTo | undefined> {
  const [publication, reader, cover] = await Promise.all([
    findPublication(cloud, id),
    readSubscriber(cloud, id, addressKey),
    currentCover(cloud, id),
  ]);
  const [suppression] = await cloud.table.get([suppressionKey(addressKey)], { consistent: true });
  if (!publication?.welcome || !cover || reader?.state !== "confirmed" || suppression) return undefined;
  const url = absoluteAt(publication.baseUrl)(cover.address);
  return {
    asked: { is: "welcome", publication, current: { label: issueLabel(cover), theme: cover.theme.title, url } },
    key: welcomeKey(addressKey, id),
    ...{ addressKey, address: reader.address, language: reader.language, token: undefined },
  };
}
