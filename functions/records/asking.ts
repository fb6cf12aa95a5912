import { Refusal } from "../../core/refusal.ts";
import type { SignUp } from "../../core/subscriber/ask.ts";
import { addressKeyOf, addressSecret } from "../../core/subscriber/link.ts";
import { request, type Wish } from "../../core/subscriber/subscribe.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { putRequest, readAtAddress } from "./at-address.ts";
import { evidenceRow } from "./consents.ts";
import { findPublication } from "./publications.ts";
import { untilWritten } from "./until-written.ts";
import { type KeptWording, readWording } from "./wordings.ts";

/** What asking left behind. */
export interface Asked {
  readonly addressKey: AddressKey;
  /** Publications that wait to be confirmed; none: there is nothing to confirm, no mail goes out. */
  readonly publications: readonly string[];
  readonly wording: string;
  readonly requestedAt: string;
}

/**
 * Takes a sign-up: evidence and a request for each publication that waits to be confirmed. The same message twice is
 * one, whatever became of it meanwhile.
 *
 * @throws Refusal `wording-unknown` where nobody was ever shown these words for these publications
 */
export async function askFor(cloud: Cloud, ask: SignUp): Promise<Asked> {
  const wording = await readWording(cloud, ask.wording);
  const isShown = wording && ask.publications.every((id) => wording.publications.includes(id));
  if (!isShown) throw new Refusal("wording-unknown");
  const addressKey = addressKeyOf(addressSecret(await cloud.secrets.read("address")), ask.address);
  const waiting: string[] = [];
  for (const publication of new Set(ask.publications)) {
    const wish = await wishFor(cloud, ask, publication, addressKey);
    if (wish && (await isToConfirm(cloud, wish, wording))) waiting.push(publication);
  }
  return { addressKey, publications: waiting, wording: wording.hash, requestedAt: ask.at };
}

/** Undefined where the publication is none any more. */
async function wishFor(cloud: Cloud, ask: SignUp, id: string, addressKey: AddressKey): Promise<Wish | undefined> {
  const publication = await findPublication(cloud, id);
  const chosen = ask.topics[id] ?? [];
  const topics = publication?.topics.map((topic) => topic.id).filter((topic) => chosen.includes(topic));
  return topics && { ...ask, publication: id, addressKey, topics };
}

/** The evidence comes first: nobody waits, or is confirmed, without it. */
const isToConfirm = (cloud: Cloud, wish: Wish, wording: KeptWording): Promise<boolean> =>
  untilWritten(async () => {
    const { publication, addressKey, at, form } = wish;
    const there = await readAtAddress(cloud, publication, addressKey);
    const pending = request(there, wish);
    if (!pending) return false;
    const { hash, language } = wording;
    const evidence = { kind: "requested", publication, at, wording: hash, language, form } as const;
    await cloud.table.each([evidenceRow(addressKey, evidence)]);
    if (pending !== there.waiting) await cloud.table.write([putRequest(there, pending)]);
    return true;
  });

/** The confirm mail of a request was accepted: part of the evidence. */
export async function noteMail(
  cloud: Cloud,
  { addressKey, publications, requestedAt }: Asked,
  mail: { readonly id: string; readonly acceptedAt: string },
): Promise<void> {
  const evidence = { kind: "mailed", requestedAt, at: mail.acceptedAt, mail: mail.id } as const;
  await cloud.table.each(publications.map((publication) => evidenceRow(addressKey, { ...evidence, publication })));
}
