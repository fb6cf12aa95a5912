import type { EntryKind, EntryOf, JournalEntry } from "../../../core/delivery/journal.ts";
import type { Person } from "../../../core/rights.ts";
import type { AddressKey, Subscriber } from "../../../core/subscriber/subscriber.ts";
import { unsubscribe } from "../../../core/subscriber/unsubscribe.ts";
import type { Change, Cloud } from "../../cloud/cloud.ts";
import { evidenceRow } from "../../records/consents.ts";
import { keysBeside } from "../../records/erasing.ts";
import { erasureChange, readErasure } from "../../records/erasures.ts";
import { forgetEvidence } from "../../records/forgetting.ts";
import { inBatches } from "../../records/in-batches.ts";
import { journalPages } from "../../records/journal.ts";
import { suppressionKey } from "../../records/keys.ts";
import type { PersonEntry } from "../../records/people-journal.ts";
import { findPublication, listPublications } from "../../records/publications.ts";
import { readSubscriber, rowOfSubscriber } from "../../records/subscribers.ts";
import { hearOf } from "../../records/suppressions.ts";
import { untilWritten } from "../../records/until-written.ts";
import { tellMoved } from "./moved.ts";
import { plusWord, tellOfPerson } from "./people.ts";

/** How many acts the table did not know of, by kind. */
export type Replayed = Record<Exclude<EntryKind, "begun">, number>;

/**
 * Tells the table everything the journal holds of readers and of people. Whatever it knows already, or knows better because it is
 * newer, stays; so the journal may be told again and again.
 *
 * @param person who restores
 */
export async function replayJournal(cloud: Cloud, person: Person): Promise<Replayed> {
  const told: Replayed = { left: 0, suppressed: 0, unsuppressed: 0, erased: 0, moved: 0, removed: 0, appointed: 0 };
  const erased: AddressKey[] = [];
  const people = new Map<string, PersonEntry>();
  for await (const page of journalPages(cloud)) {
    for (const entry of page) if (isOfPerson(entry)) plusWord(people, entry);
    await inBatches(byReader(page), async (entries) => {
      // One reader's acts one after the other: the last one counts.
      for (const entry of entries) {
        if (!(await tell(cloud, entry))) continue;
        told[entry.kind]++;
        if (entry.kind === "erased") erased.push(entry.addressKey);
      }
    });
  }
  // An outbox that was put back with the table has their letters again.
  if (erased.length > 0) await cloud.forget({ addresses: [], addressKeys: erased });
  for (const entry of people.values())
    if (await untilWritten(() => tellOfPerson(cloud, person, entry))) told[entry.kind]++;
  return told;
}

type ReaderEntry = Exclude<JournalEntry, PersonEntry | { kind: "begun" }>;

const isOfPerson = (entry: JournalEntry): entry is PersonEntry =>
  entry.kind === "removed" || entry.kind === "appointed";

function byReader(page: readonly JournalEntry[]): ReaderEntry[][] {
  const entries = page.filter((entry): entry is ReaderEntry => entry.kind !== "begun" && !isOfPerson(entry));
  return [...Map.groupBy(entries, (entry) => (entry.kind === "moved" ? entry.from : entry.addressKey)).values()];
}

/** Answers whether the table did not know it. */
async function tell(cloud: Cloud, entry: ReaderEntry): Promise<boolean> {
  switch (entry.kind) {
    case "left":
      return untilWritten(() => tellLeft(cloud, entry));
    case "erased":
      return tellErased(cloud, entry);
    case "moved":
      return untilWritten(() => tellMoved(cloud, entry));
    case "suppressed":
      return hearOf(cloud, entry.addressKey, { reason: entry.reason, at: entry.at });
    case "unsuppressed": {
      const [row] = await cloud.table.get([suppressionKey(entry.addressKey)], { consistent: true });
      if (!row || String(row.at) > entry.at) return false;
      return (
        (await cloud.table.each([{ remove: suppressionKey(entry.addressKey), if: { at: String(row.at) } }]))[0] ===
        "done"
      );
    }
  }
}

/** Who is not in this table any more is written down too: an import must not take them in again. */
async function tellLeft(cloud: Cloud, { publication, addressKey, at }: EntryOf<"left">): Promise<boolean> {
  const known = await readSubscriber(cloud, publication, addressKey);
  await forgetOlder(cloud, publication, addressKey, at);
  if (known && !isToLeave(known, at)) return false;
  const stranger = known ? undefined : await asStranger(cloud, publication, addressKey);
  const leaver = known ?? stranger;
  if (!leaver) return false;
  const { language } = leaver;
  const evidence = { kind: "withdrawn", publication, at, language, form: "journal" } as const;
  await cloud.table.each([evidenceRow(addressKey, evidence), forgetEvidence(addressKey, publication, at)]);
  await cloud.table.write([over(known, unsubscribe(leaver, at))]);
  return true;
}

/** Whoever confirmed, asked, or took their leaving back after that is a reader again. Who moved gets nothing at the old address. */
function isToLeave(subscriber: Subscriber, at: string): boolean {
  if (subscriber.state === "confirmed") return (subscriber.returnedAt ?? subscriber.confirmedAt) <= at;
  return subscriber.state === "pending" && subscriber.requestedAt <= at;
}

type Stranger = Pick<Subscriber, "v" | "version" | "publication" | "addressKey" | "language">;

async function asStranger(cloud: Cloud, publication: string, addressKey: AddressKey): Promise<Stranger | undefined> {
  const found = await findPublication(cloud, publication);
  return found && { v: 1, version: 0, publication, addressKey, language: found.language };
}

const over = (known: Subscriber | undefined, next: Subscriber): Change => ({
  put: rowOfSubscriber(next),
  if: known ? { version: known.version } : "absent",
});

/** Forgotten everywhere; the key stays, as of everybody who left. */
async function tellErased(cloud: Cloud, { addressKey, at }: EntryOf<"erased">): Promise<boolean> {
  const erasedAt = await readErasure(cloud, addressKey);
  let isNews = erasedAt === undefined || erasedAt < at;
  if (isNews) await cloud.table.each([erasureChange(addressKey, at)]);
  for (const publication of await listPublications(cloud)) {
    const erase = async (): Promise<boolean> => {
      const known = await readSubscriber(cloud, publication, addressKey);
      await forgetOlder(cloud, publication, addressKey, at);
      if (!known || !isToLeave(known, at)) return false;
      const evidence = { kind: "withdrawn", publication, at, language: known.language, form: "erased" } as const;
      await cloud.table.each([evidenceRow(addressKey, evidence), forgetEvidence(addressKey, publication, at)]);
      await cloud.table.write([over(known, unsubscribe(known, at))]);
      return true;
    };
    isNews = (await untilWritten(erase)) || isNews;
  }
  return isNews;
}

/** What waited beside a reader's row, address and all, before they left. */
async function forgetOlder(cloud: Cloud, publication: string, addressKey: AddressKey, at: string): Promise<void> {
  const keys = keysBeside(publication, addressKey);
  const rows = await cloud.table.get(keys, { consistent: true });
  const older = keys.filter((_, index) => {
    const since = rows[index]?.requestedAt ?? rows[index]?.leftAt;
    return since !== undefined && String(since) <= at;
  });
  await cloud.table.each(older.map((remove) => ({ remove })));
}
