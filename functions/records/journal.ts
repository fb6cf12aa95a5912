import { type EntryOf, type JournalEntry, journalEntrySchema } from "../../core/delivery/journal.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { inBatches } from "./in-batches.ts";
import { journalFile, journalFolder } from "./paths.ts";

/**
 * The journal: files beside the table, one an act, for the day an older copy of the table is put in its place.
 *
 * An entry is written before the table's row and before anybody is told that it is done. The other way round, a journal
 * that fails after the row stands would be forgotten: whoever tries again finds the row and has nothing left to do. This
 * way the worst is an entry of an act that then failed, and who asked to leave has asked.
 */

export type { EntryOf, JournalEntry } from "../../core/delivery/journal.ts";

/** Enters an act. @throws when it cannot be written: then the act must not be done either */
export async function enterJournal(cloud: Cloud, entry: Unversioned<JournalEntry>): Promise<void> {
  const body = JSON.stringify(journalEntrySchema.parse({ v: 1, ...entry }));
  await cloud.files.write(journalFile(entry.at, cloud.clock.id()), body, { type: "application/json" });
}
type Unversioned<Entry> = Entry extends unknown ? Omit<Entry, "v"> : never;

/** An older table would take an issue that began for one that is still to come. */
export const enterBegun = (
  cloud: Cloud,
  { publication, issue, fingerprint, language, topic }: Omit<EntryOf<"begun">, "v" | "kind" | "at" | "pass" | "rest">,
  { pass, rest }: Pick<EntryOf<"begun">, "pass" | "rest"> = { pass: 0, rest: [] },
): Promise<void> =>
  enterJournal(cloud, {
    ...{ kind: "begun", at: cloud.clock.now().toISOString() },
    ...{ publication, issue, fingerprint, language, pass, rest, topic },
  });

/** Entries held in memory together. */
const pageSize = 400;

/** The whole journal in the order it was written, page by page. */
export async function* journalPages(cloud: Cloud): AsyncGenerator<JournalEntry[]> {
  for (let after: string | undefined = ""; after !== undefined; ) {
    const page: JournalPage = await journalAfter(cloud, after);
    if (page.entries.length > 0) yield page.entries;
    after = page.next;
  }
}

interface JournalPage {
  readonly entries: JournalEntry[];
  readonly next?: string;
}

/** One page of it. @param after what an earlier page answered as `next`; "" is its beginning */
export async function journalAfter(cloud: Cloud, after: string): Promise<JournalPage> {
  const files = await cloud.files.list(journalFolder, { limit: pageSize, after });
  const last = files.at(-1);
  const entries = await inBatches(files, ({ key }) => readEntry(cloud, key));
  return { entries, ...(last && { next: last.key }) };
}

async function readEntry(cloud: Cloud, key: string): Promise<JournalEntry> {
  const file = await cloud.files.read(key);
  // Nobody ever removes an entry: one that cannot be read is a reason to stop, not to mail who had left.
  if (!file) throw new Error(`the journal lacks ${key}`);
  return journalEntrySchema.parse(JSON.parse(new TextDecoder().decode(file.body)));
}

/** Whether anything was ever entered. */
export const isJournalBegun = async (cloud: Cloud): Promise<boolean> =>
  (await cloud.files.list(journalFolder, { limit: 1 })).length > 0;
