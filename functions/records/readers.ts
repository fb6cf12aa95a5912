import type { Delivery } from "../../core/delivery/delivery.ts";
import { idOfIssue } from "../../core/issue/issue.ts";
import type { Evidence } from "../../core/subscriber/consent.ts";
import { type Choice, choose } from "../../core/subscriber/preferences.ts";
import type { AddressKey, Confirmed, Subscriber, Unsubscribed } from "../../core/subscriber/subscriber.ts";
import type { Cloud, Item } from "../cloud/cloud.ts";
import { evidenceOf, evidenceRow } from "./consents.ts";
import { readDeliveries } from "./deliveries.ts";
import { keysBeside } from "./erasing.ts";
import { listIssues } from "./issues.ts";
import { suppressionKey, undoKey } from "./keys.ts";
import { listPublications, requirePublication } from "./publications.ts";
import { readSubscriber, rowOfSubscriber, whereNow } from "./subscribers.ts";
import { untilWritten } from "./until-written.ts";
import { readWordings } from "./wordings.ts";

/** What a reader may do with a link of theirs, besides leaving. */

export { type Asked, askFor, noteMail } from "./asking.ts";
export { confirmReader } from "./confirming.ts";
export { eraseReader } from "./erasing.ts";
export { askToMove, type MoveAsked, moveReader } from "./moving.ts";

/** Answers the reader as they are now; undefined when they are none. @throws Refusal `away-…`, `no-publication` */
export const savePreferences = (
  cloud: Cloud,
  publication: string,
  addressKey: AddressKey,
  choice: Choice,
): Promise<Confirmed | undefined> =>
  untilWritten(async () => {
    const settings = await requirePublication(cloud, publication);
    const reader = await whereNow(cloud, publication, addressKey);
    if (reader?.state !== "confirmed") return undefined;
    const chosen = choose(reader, choice, settings, cloud.clock.now());
    await cloud.table.write([{ put: rowOfSubscriber(chosen), if: { version: reader.version } }]);
    return chosen;
  });

/** "That was a mistake", for ten minutes after leaving. Answers whether they are a reader again. */
export const undoLeaving = (cloud: Cloud, publication: string, addressKey: AddressKey): Promise<boolean> =>
  untilWritten(async () => {
    const leaver = await whereNow(cloud, publication, addressKey);
    if (leaver?.state !== "unsubscribed") return false;
    const undo = undoKey(leaver.addressKey, publication);
    const [row] = await cloud.table.get([undo], { consistent: true });
    // They may have left again since, or asked to be forgotten.
    if (row?.leftAt !== leaver.unsubscribedAt) return false;
    const at = cloud.clock.now().toISOString();
    const evidence = evidenceRow(leaver.addressKey, { kind: "returned", publication, at });
    await cloud.table.write([backAgain(row, leaver, at), { remove: undo, if: "present" }, evidence]);
    return true;
  });

function backAgain(row: Item, { version }: Unsubscribed, at: string) {
  const reader: Confirmed = { ...(row.reader as unknown as Confirmed), version: version + 1, returnedAt: at };
  return { put: rowOfSubscriber(reader), if: { version } };
}

/** Everything we hold under an address, for whoever owns it (GDPR 15 and 20). */
export interface ReaderData {
  readonly addressKey: AddressKey;
  readonly subscriptions: readonly Subscriber[];
  /** Requests and new addresses that wait to be confirmed, and what leaving has only just forgotten. */
  readonly waiting: readonly Readonly<Record<string, unknown>>[];
  readonly suppression: { readonly reason: string; readonly at: string } | undefined;
  readonly evidence: readonly Evidence[];
  /** The words that were agreed to, by hash. */
  readonly wordings: Readonly<Record<string, string>>;
  /** What became of the letters of some months. */
  readonly letters: readonly (Pick<Delivery, "state" | "claimedAt"> & { publication: string; issue: string })[];
}

export async function dataOf(cloud: Cloud, addressKey: AddressKey): Promise<ReaderData> {
  const publications = await listPublications(cloud);
  const [subscribers, suppression, evidence, waiting, letters] = await Promise.all([
    Promise.all(publications.map((id) => readSubscriber(cloud, id, addressKey))),
    readSuppression(cloud, addressKey),
    evidenceOf(cloud, addressKey),
    waitingAt(cloud, publications, addressKey),
    Promise.all(publications.map((id) => lettersTo(cloud, id, addressKey))),
  ]);
  const hashes = new Set(evidence.flatMap((one) => ("wording" in one ? [one.wording] : [])));
  const wordings = await readWordings(cloud, [...hashes]);
  return {
    addressKey,
    subscriptions: subscribers.filter((one) => one !== undefined),
    waiting,
    suppression,
    evidence,
    wordings: Object.fromEntries(wordings.map(({ hash, text }) => [hash, text])),
    letters: letters.flat(),
  };
}

async function readSuppression(cloud: Cloud, addressKey: AddressKey): Promise<ReaderData["suppression"]> {
  const [row] = await cloud.table.get([suppressionKey(addressKey)], { consistent: true });
  return row && { reason: String(row.reason), at: String(row.at) };
}

async function waitingAt(
  cloud: Cloud,
  publications: readonly string[],
  addressKey: AddressKey,
): Promise<ReaderData["waiting"]> {
  const keys = publications.flatMap((id) => keysBeside(id, addressKey));
  const rows = await cloud.table.get(keys, { consistent: true });
  return rows.flatMap((row) => {
    if (!row) return [];
    const { pk: _, sk, ...fields } = row;
    return [{ kind: sk.split("#")[0], publication: sk.split("#")[1], ...fields }];
  });
}

async function lettersTo(cloud: Cloud, publication: string, addressKey: AddressKey): Promise<ReaderData["letters"]> {
  const letters = [];
  for (const issue of (await listIssues(cloud, publication)).map(idOfIssue)) {
    const [delivery] = await readDeliveries(cloud, { publication, issue }, [addressKey]);
    if (delivery) letters.push({ publication, issue, state: delivery.state, claimedAt: delivery.claimedAt });
  }
  return letters;
}
