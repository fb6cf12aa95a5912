import type { SuppressionReason } from "../../core/delivery/suppression.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import { type Suppression, type SuppressionWord, wordOf } from "../../core/subscriber/suppressed.ts";
import type { Change, Cloud, Item, Value } from "../cloud/cloud.ts";
import { inBatches } from "./in-batches.ts";
import { enterJournal } from "./journal.ts";
import { softBouncesKey, suppressionKey, suppressionListKey } from "./keys.ts";
import { untilWritten } from "./until-written.ts";

/** Addresses never to be mailed again, in the whole deployment, and who said so. */

/** Undefined for an address that may be written to. */
export async function readSuppression(cloud: Cloud, addressKey: AddressKey): Promise<Suppression | undefined> {
  const [row] = await cloud.table.get([suppressionKey(addressKey)], { consistent: true });
  return row && suppressionOfRow(addressKey, row);
}

/** Where nobody is named it was the house. */
export function suppressionOfRow(addressKey: AddressKey, row: Item): Suppression {
  const first = { reason: String(row.reason), at: String(row.at) };
  const words = (row.words as unknown as readonly SuppressionWord[] | undefined) ?? [first];
  return { addressKey, ...first, words, version: Number(row.version ?? 0) };
}

/**
 * Suppresses addresses. Where one is suppressed already, whoever has not said so yet says so, too; the reason somebody named
 * first stays. The readers' own rows stay as they are: a suppression is looked at whenever a letter is claimed.
 *
 * @param publication where a person said so; undefined: the house
 * @throws when the journal or the table took not all of them: everything may be tried again
 */
export async function suppress(
  cloud: Cloud,
  reasons: ReadonlyMap<AddressKey, SuppressionReason>,
  publication?: string,
): Promise<void> {
  const all = [...reasons.keys()];
  const rows = await cloud.table.get(all.map(suppressionKey));
  const at = cloud.clock.now().toISOString();
  const word = (addressKey: AddressKey): SuppressionWord => ({
    ...{ reason: reasons.get(addressKey) ?? "bounced", at },
    ...(publication !== undefined && { publication }),
  });
  const unsaid = all.filter((addressKey, index) => {
    const row = rows[index];
    return row && !wordOf(suppressionOfRow(addressKey, row), publication);
  });
  const quicker = await enterNew(
    cloud,
    all.filter((_, index) => !rows[index]).map((addressKey) => ({ addressKey, word: word(addressKey) })),
  );
  await inBatches([...unsaid, ...quicker], (addressKey) => addWord(cloud, addressKey, word(addressKey)));
}

interface Said {
  readonly addressKey: AddressKey;
  readonly word: SuppressionWord;
}

/** Answers those somebody else has suppressed meanwhile. */
async function enterNew(cloud: Cloud, all: readonly Said[]): Promise<AddressKey[]> {
  await inBatches(all, (said) => enterJournal(cloud, entryOf(said)));
  // On the list first: a line too many is passed over, one that lacks would be missed.
  await cloud.table.each(all.map(listed));
  const outcomes = await cloud.table.each(all.map(({ addressKey, word }) => newSuppression(addressKey, word)));
  return all.flatMap(({ addressKey }, index) => (outcomes[index] === "done" ? [] : addressKey));
}

const newSuppression = (addressKey: AddressKey, word: SuppressionWord): Change => ({
  put: { ...suppressionKey(addressKey), v: 1, ...saying([word]) },
  if: "absent",
});

/** What a row says. The house's word alone is written as it was before anybody else had one. */
function saying(words: readonly SuppressionWord[]): Readonly<Record<string, Value>> {
  const [first] = words as [SuppressionWord];
  const isPlain = words.length === 1 && first.publication === undefined;
  return { reason: first.reason, at: first.at, ...(!isPlain && { words: words as unknown as Value }) };
}

/** Somebody says so, too. */
const addWord = (cloud: Cloud, addressKey: AddressKey, word: SuppressionWord): Promise<void> =>
  untilWritten(async () => {
    const standing = await readSuppression(cloud, addressKey);
    if (standing && wordOf(standing, word.publication)) return;
    const said = { addressKey, word };
    await enterJournal(cloud, entryOf(said));
    const change = standing ? saidNow(standing, [...standing.words, word]) : newSuppression(addressKey, word);
    await cloud.table.write([listed(said), change]);
  });

const entryOf = ({ addressKey, word: { reason, at } }: Said) =>
  ({ kind: "suppressed", at, addressKey, reason }) as const;

const listed = ({ addressKey, word: { at, publication } }: Said): Change => ({
  put: {
    ...suppressionListKey(at, addressKey, publication),
    ...{ v: 1, addressKey },
    ...(publication !== undefined && { publication }),
  },
});

const saidNow = (standing: Suppression, words: readonly SuppressionWord[]): Change => ({
  patch: suppressionKey(standing.addressKey),
  set: { ...saying(words), words: words as unknown as Value, version: standing.version + 1 },
  if: asSeen(standing),
});

/** Rows nothing was added to have no version. */
const asSeen = ({ at, version }: Suppression) => ({ at, version: version === 0 ? null : version });

/**
 * What has to be written so that only some of the words stand still; with none left the address may be mailed again, and
 * letters that came back before count no more.
 */
export async function takingBack(
  cloud: Cloud,
  standing: Suppression,
  left: readonly SuppressionWord[] = [],
): Promise<Change[]> {
  const { addressKey, words } = standing;
  const gone = words.filter((word) => !left.includes(word));
  const lines = gone.map(({ at, publication }) => ({ remove: suppressionListKey(at, addressKey, publication) }));
  if (left.length > 0) return [saidNow(standing, left), ...lines];
  // The journal first: an older table put back must not bring the suppression back unseen.
  await enterJournal(cloud, { kind: "unsuppressed", at: cloud.clock.now().toISOString(), addressKey });
  return [
    { remove: suppressionKey(addressKey), if: asSeen(standing) },
    ...lines,
    { remove: softBouncesKey(addressKey) },
  ];
}

/** The same for an address whose reader confirmed it anew, with whatever makes it so. */
export async function lifting(cloud: Cloud, addressKey: AddressKey): Promise<Change[]> {
  const standing = await readSuppression(cloud, addressKey);
  return standing ? takingBack(cloud, standing) : [];
}

/** What only the journal knows of: somebody said so after the table was copied. Answers whether it was news. */
export const hearOf = (cloud: Cloud, addressKey: AddressKey, word: SuppressionWord): Promise<boolean> =>
  untilWritten(async () => {
    const standing = await readSuppression(cloud, addressKey);
    if (standing?.words.some(({ at }) => at >= word.at)) return false;
    const change = standing ? saidNow(standing, [...standing.words, word]) : newSuppression(addressKey, word);
    await cloud.table.write([listed({ addressKey, word }), change]);
    return true;
  });
