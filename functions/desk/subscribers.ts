import { Refusal } from "../../core/refusal.ts";
import type { Person } from "../../core/rights.ts";
import { importEvidence } from "../../core/subscriber/consent.ts";
import type { Row } from "../../core/subscriber/import.ts";
import { type AddressSecret, addressKeyOf, addressSecret } from "../../core/subscriber/link.ts";
import type { Confirmed } from "../../core/subscriber/subscriber.ts";
import type { Change, Cloud } from "../cloud/cloud.ts";
import { actRow, demand } from "../records/acts.ts";
import { erasedAmong } from "../records/erasures.ts";
import { consentKey, subscriberKey } from "../records/keys.ts";
import { rowOfSubscriber, suppressedAmong } from "../records/subscribers.ts";

export interface Imported {
  /** Taken in as confirmed by this import; of a dry run, who would be. */
  readonly added: number;
  /** Here before, in whatever state: nothing was changed, nobody who left comes back. */
  readonly known: number;
  readonly suppressed: number;
  /** They asked to be forgotten: only they themselves may subscribe again. */
  readonly erased: number;
}
const nobody: Imported = { added: 0, known: 0, suppressed: 0, erased: 0 };

export interface ImportOptions {
  readonly consentSource: string;
  /** Looks and counts, and writes nothing. */
  readonly isDryRun?: boolean;
}

/** Rows looked at and written together. */
const atOnce = 1000;

/**
 * Takes readers in who consented elsewhere, as many as there are. The evidence is written before the reader, so nobody is
 * confirmed without it; running it again changes nothing.
 *
 * @throws Refusal `consent-source-missing`, `not-allowed`
 */
export async function importSubscribers(
  cloud: Cloud,
  person: Person,
  publication: string,
  rows: Iterable<Row> | AsyncIterable<Row>,
  { consentSource, isDryRun = false }: ImportOptions,
): Promise<Imported> {
  const thing = { publication, kind: "subscribers", id: publication } as const;
  demand(person, "import-subscribers", thing);
  const source = consentSource.trim();
  if (source === "") throw new Refusal("consent-source-missing");
  const secret = addressSecret(await cloud.secrets.read("address"));
  let sum = nobody;
  for await (const some of inPages(rows)) {
    const newcomers = some.map((row) => newcomer(cloud, secret, publication, row, source));
    sum = plus(sum, await takeIn(cloud, newcomers, person, isDryRun));
  }
  if (sum.added > 0 && !isDryRun) {
    await cloud.table.write([actRow(cloud.clock, person, "import-subscribers", thing, { ...sum, source })]);
  }
  return sum;
}

async function* inPages(rows: Iterable<Row> | AsyncIterable<Row>): AsyncGenerator<Row[]> {
  let page: Row[] = [];
  for await (const row of rows) {
    page.push(row);
    if (page.length < atOnce) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

const plus = (one: Imported, other: Imported): Imported => ({
  added: one.added + other.added,
  known: one.known + other.known,
  suppressed: one.suppressed + other.suppressed,
  erased: one.erased + other.erased,
});

interface Newcomer {
  readonly reader: Confirmed;
  readonly listed: Row["listed"];
}

function newcomer(cloud: Cloud, secret: AddressSecret, publication: string, row: Row, consentSource: string): Newcomer {
  const { address, name, language, topics = [], format = "html", pausedUntil, listed } = row;
  const reader: Confirmed = {
    ...{ v: 1, version: 1, publication, addressKey: addressKeyOf(secret, address), language },
    ...{ address, name, topics, format },
    ...(pausedUntil !== undefined && { pausedUntil }),
    ...{ state: "confirmed", confirmedAt: cloud.clock.now().toISOString(), consentSource },
  };
  return { reader, listed };
}

async function takeIn(cloud: Cloud, all: readonly Newcomer[], person: Person, isDryRun: boolean): Promise<Imported> {
  const keys = all.map(({ reader }) => reader.addressKey);
  const standing = await cloud.table.get(
    all.map(({ reader }) => subscriberKey(reader.publication, reader.addressKey)),
    { consistent: true },
  );
  // Whoever is a reader has not been erased since, or asked again.
  const erased = await erasedAmong(
    cloud,
    keys.filter((_, index) => standing[index]?.state === undefined || standing[index].state === "unsubscribed"),
  );
  const strangers = all.filter(({ reader }, index) => !standing[index] && !erased.has(reader.addressKey));
  const suppressed = await suppressedAmong(
    cloud,
    strangers.map(({ reader }) => reader.addressKey),
  );
  const newcomers = strangers.filter(({ reader }) => !suppressed.has(reader.addressKey));
  const added = isDryRun ? newcomers.length : await write(cloud, newcomers, person);
  const left = { suppressed: suppressed.size, erased: erased.size };
  return { added, known: all.length - added - suppressed.size - erased.size, ...left };
}

async function write(cloud: Cloud, newcomers: readonly Newcomer[], person: Person): Promise<number> {
  await cloud.table.each(newcomers.map((one) => evidence(one, person)));
  const puts = newcomers.map(({ reader }): Change => ({ put: rowOfSubscriber(reader), if: "absent" }));
  return (await cloud.table.each(puts)).filter((outcome) => outcome === "done").length;
}

/** Filed under the address key: it holds no address and outlives the subscription. */
function evidence({ reader, listed }: Newcomer, person: Person): Change {
  const { publication, addressKey, language, confirmedAt, consentSource } = reader;
  const what = { kind: "import", form: "import", source: consentSource, by: person.id };
  const row = { v: 1, publication, at: confirmedAt, language, ...what };
  const key = consentKey(addressKey, publication, importEvidence(consentSource));
  return { put: { ...key, ...row, ...(listed && { listed }) }, if: "absent" };
}
