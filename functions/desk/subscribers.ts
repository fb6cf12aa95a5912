import { Refusal } from "../../core/refusal.ts";
import type { Person } from "../../core/rights.ts";
import { importEvidence } from "../../core/subscriber/consent.ts";
import type { Row } from "../../core/subscriber/import.ts";
import { addressKeyOf, addressSecret } from "../../core/subscriber/link.ts";
import type { Confirmed } from "../../core/subscriber/subscriber.ts";
import type { Change, Cloud } from "../cloud/cloud.ts";
import { actRow, demand } from "../records/acts.ts";
import { consentKey, subscriberKey } from "../records/keys.ts";
import { rowOfSubscriber, suppressedAmong } from "../records/subscribers.ts";

export interface Imported {
  /** Taken in as confirmed by this import. */
  readonly added: number;
  /** Here before, in whatever state: nothing was changed, nobody who left comes back. */
  readonly known: number;
  readonly suppressed: number;
}

/** Rows looked at and written together. */
const atOnce = 40;

/**
 * Takes readers in who consented elsewhere. The evidence is written before the reader, so nobody is confirmed without
 * it; running it again changes nothing.
 *
 * @throws Refusal `consent-source-missing`, `not-allowed`
 */
export async function importSubscribers(
  cloud: Cloud,
  person: Person,
  publication: string,
  rows: readonly Row[],
  { consentSource }: { consentSource: string },
): Promise<Imported> {
  const thing = { publication, kind: "subscribers", id: publication } as const;
  demand(person, "import-subscribers", thing);
  const source = consentSource.trim();
  if (source === "") throw new Refusal("consent-source-missing");
  const secret = addressSecret(await cloud.secrets.read("address"));
  const sum = { added: 0, known: 0, suppressed: 0 };
  for (let start = 0; start < rows.length; start += atOnce) {
    const readers = rows.slice(start, start + atOnce).map((row) => confirmed(cloud, secret, publication, row, source));
    const done = await takeIn(cloud, readers, person);
    sum.added += done.added;
    sum.known += done.known;
    sum.suppressed += done.suppressed;
  }
  if (sum.added > 0) {
    await cloud.table.write([actRow(cloud.clock, person, "import-subscribers", thing, { ...sum, source })]);
  }
  return sum;
}

function confirmed(cloud: Cloud, secret: Buffer, publication: string, row: Row, consentSource: string): Confirmed {
  const { address, name, language } = row;
  return {
    ...{ v: 1, version: 1, publication, addressKey: addressKeyOf(secret, address), language },
    ...{ address, name, topics: [], format: "html" },
    ...{ state: "confirmed", confirmedAt: cloud.clock.now().toISOString(), consentSource },
  };
}

async function takeIn(cloud: Cloud, readers: readonly Confirmed[], person: Person): Promise<Imported> {
  const standing = await cloud.table.get(
    readers.map(({ publication, addressKey }) => subscriberKey(publication, addressKey)),
    { consistent: true },
  );
  const strangers = readers.filter((_, index) => standing[index] === undefined);
  const suppressed = await suppressedAmong(
    cloud,
    strangers.map(({ addressKey }) => addressKey),
  );
  const newcomers = strangers.filter(({ addressKey }) => !suppressed.has(addressKey));
  await cloud.table.each(newcomers.map((reader) => evidence(reader, person)));
  const puts = newcomers.map((reader): Change => ({ put: rowOfSubscriber(reader), if: "absent" }));
  const added = (await cloud.table.each(puts)).filter((outcome) => outcome === "done").length;
  return { added, known: readers.length - suppressed.size - added, suppressed: suppressed.size };
}

/** Filed under the address key: it holds no address and outlives the subscription. */
function evidence(
  { publication, addressKey, language, confirmedAt, consentSource }: Confirmed,
  person: Person,
): Change {
  const row = { v: 1, at: confirmedAt, language, form: "import", source: consentSource, by: person.id };
  return { put: { ...consentKey(addressKey, publication, importEvidence(consentSource)), ...row }, if: "absent" };
}
