import type { SignUp } from "../../core/subscriber/ask.ts";
import { wordingOf } from "../../core/subscriber/consent.ts";
import type { Subscriber } from "../../core/subscriber/subscriber.ts";
import type { Cloud } from "../../functions/cloud/cloud.ts";
import { requirePublication, savePublication } from "../../functions/records/publications.ts";
import { type Asked, askFor, askToMove, confirmReader } from "../../functions/records/readers.ts";
import { readSubscriber } from "../../functions/records/subscribers.ts";
import { makeToken } from "../../functions/records/tokens.ts";
import { keepWording } from "../../functions/records/wordings.ts";
import { aPublication } from "../people-and-papers.ts";
import { keyOf } from "./an-issue-to-send.ts";

/** Readers of the ELBLANDbote and its sister, and what they do on the site and in their mailbox. */

export const paper = "elblandbote";
export const sister = "heidekurier";
export const almut = "almut@auenrode.example";
export const form = "https://elblandbote.example/bestellen/";

export async function foundPapers(cloud: Cloud): Promise<void> {
  const topics = [
    { id: "bauen", title: "Bauen und Planen" },
    { id: "kitas", title: "Kitas und Schulen" },
  ];
  await savePublication(cloud, aPublication({ topics }));
  await savePublication(cloud, aPublication({ id: sister, title: "Heidekurier", titleParts: ["Heide", "kurier"] }));
}

let asked = 0;
/** A sign-up as the site puts it into the queue. The words were shown before. */
export async function signUp(cloud: Cloud, given: Partial<SignUp> = {}): Promise<SignUp> {
  const language = given.language ?? "de";
  const papers = await Promise.all([paper, sister].map((id) => requirePublication(cloud, id)));
  const [first, second] = papers;
  if (!first || !second) throw new Error("no papers");
  const wording = wordingOf(first, language, [second]);
  await keepWording(cloud, wording);
  return {
    ...{ v: 1, is: "sign-up", id: `ask-${asked++}`, at: cloud.clock.now().toISOString(), publications: [paper] },
    ...{ address: almut, name: "Almut Weiß", language, format: "html", topics: {}, form, wording: wording.hash },
    ...given,
  };
}

export const linkFor = (cloud: Cloud, { addressKey, publications, wording, requestedAt }: Asked): Promise<string> =>
  makeToken(cloud, { is: "confirm", addressKey, publications, wording, requestedAt });

/** Asks, and has the link of the confirm mail; undefined when no mail goes out. */
export async function asks(cloud: Cloud, given: Partial<SignUp> = {}): Promise<string | undefined> {
  const taken = await askFor(cloud, await signUp(cloud, given));
  return taken.publications.length > 0 ? linkFor(cloud, taken) : undefined;
}

export async function becomesReader(cloud: Cloud, given: Partial<SignUp> = {}): Promise<string> {
  const token = await asks(cloud, given);
  const done = token === undefined ? undefined : await confirmReader(cloud, token);
  if (done === undefined || done === "used") throw new Error("nobody confirmed");
  return done.addressKey;
}

/** Asks to move, and has the link of the mail to the new address. */
export async function asksToMove(cloud: Cloud, from: string, address: string): Promise<string | undefined> {
  const at = cloud.clock.now().toISOString();
  const taken = await askToMove(cloud, { v: 1, is: "move", id: `m${asked++}`, at, publication: paper, from, address });
  return taken && makeToken(cloud, { is: "move", ...taken });
}

export const at = async (cloud: Cloud, address: string, publication = paper): Promise<Subscriber | undefined> =>
  readSubscriber(cloud, publication, await keyOf(cloud, address));
