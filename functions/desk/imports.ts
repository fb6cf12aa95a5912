import type { Publication } from "../../core/publication.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Person, Thing } from "../../core/rights.ts";
import { type Row, readReaders } from "../../core/subscriber/import.ts";
import { factsOf, newTally, tallied, withTopicsOf } from "../../core/subscriber/list-tally.ts";
import type { Language } from "../../core/words.ts";
import type { Cloud, UploadForm } from "../cloud/cloud.ts";
import { demand } from "../records/acts.ts";
import {
  hasImportList,
  importListForm,
  type ListCounts,
  type ReaderImport,
  readImport,
  readImportList,
  removeImport,
  removeImportList,
  saveImport,
  saveNewImport,
} from "../records/imports.ts";
import { importSubscribers } from "./subscribers.ts";

/** A list of readers from the browser: looked through first, taken in after a yes, in pieces that fit a request. */

/** Some hundred thousand lines of a usual list: more is read at the command line. */
export const mostListBytes = 10_000_000;

/** Somebody wants to bring a list, and says where its consent comes from. @throws Refusal `consent-source-missing`, `not-allowed` */
export async function beginImport(
  cloud: Cloud,
  person: Person,
  publication: string,
  consentSource: string,
): Promise<ReaderImport> {
  demand(person, "import-subscribers", thingOf(publication));
  const source = consentSource.trim();
  if (source === "") throw new Refusal("consent-source-missing");
  return saveNewImport(cloud, publication, { by: person.id, consentSource: source });
}

/** A form the list can be posted to storage with, and whether one has come. @param backTo the page to come back to */
export async function awaitedList(
  cloud: Cloud,
  person: Person,
  publication: string,
  { id, backTo }: { id: string; backTo: string },
): Promise<{ readonly form: UploadForm; readonly hasCome: boolean }> {
  await requireImport(cloud, person, publication, id);
  const [form, hasCome] = await Promise.all([
    importListForm(cloud, publication, id, { maxBytes: mostListBytes, backTo }),
    hasImportList(cloud, publication, id),
  ]);
  return { form, hasCome };
}

/**
 * Reads the list that has come and says what its lines are like. Nobody is taken in; a list that is none is gone at once.
 *
 * @throws Refusal `list-awaited`, `list-empty`, `list-without-email`, `import-gone`, `not-allowed`
 */
export async function readList(
  cloud: Cloud,
  person: Person,
  publication: Publication,
  { id, language }: { id: string; language: Language },
): Promise<void> {
  const found = await requireImport(cloud, person, publication.id, id);
  if (found.state !== "awaited") return;
  const list = await readImportList(cloud, publication.id, id);
  if (!list) throw new Refusal("list-awaited");
  const tally = newTally();
  try {
    await drain(tallied(readReaders([list], publication.language), tally));
  } catch (refusal) {
    if (refusal instanceof Refusal) await removeImportList(cloud, publication.id, id);
    throw refusal;
  }
  await saveImport(cloud, publication.id, { ...found, ...factsOf(tally, language), state: "looking" });
}

async function drain(rows: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of rows);
}

/** @throws Refusal `import-gone`, `not-allowed` */
export async function requireImport(
  cloud: Cloud,
  person: Person,
  publication: string,
  id: string,
): Promise<ReaderImport> {
  demand(person, "import-subscribers", thingOf(publication));
  const found = await readImport(cloud, publication, id);
  if (!found) throw new Refusal("import-gone");
  return found;
}

/** Somebody said yes to what they saw. @throws Refusal `import-gone`, `moved-on`, `not-allowed` */
export async function takeListIn(
  cloud: Cloud,
  person: Person,
  publication: string,
  { id, seen }: { id: string; seen: number },
): Promise<void> {
  const found = await requireImport(cloud, person, publication, id);
  if (found.state !== "ready" || found.version !== seen) throw new Refusal("moved-on", { thing: found.consentSource });
  const begun = { ...found, state: "taking", seen: 0 } as const;
  if (!(await saveImport(cloud, publication, begun))) throw new Refusal("moved-on", { thing: found.consentSource });
}

/** The list is gone at once. @throws Refusal `import-gone`, `not-allowed` */
export async function dropList(cloud: Cloud, person: Person, publication: string, id: string): Promise<void> {
  await requireImport(cloud, person, publication, id);
  await removeImportList(cloud, publication, id);
  await removeImport(cloud, publication, id);
}

/**
 * One piece of the work, until it is late: looking readers up, or taking them in. A piece that dies is done again by the
 * next and takes nobody in twice. Of two at once one is in vain.
 *
 * @throws Refusal `import-gone`, `not-allowed`
 */
export async function goOn(
  cloud: Cloud,
  person: Person,
  publication: Publication,
  { id, isLate }: { id: string; isLate: () => boolean },
): Promise<void> {
  const found = await requireImport(cloud, person, publication.id, id);
  if (found.state !== "looking" && found.state !== "taking") return;
  const list = await readImportList(cloud, publication.id, id);
  if (!list) throw new Refusal("import-gone");
  const piece = { rows: 0, isWhole: false };
  const rows = rowsFrom(withTopicsOf(publication, rowsOf(list, publication)), found.seen, piece, isLate);
  const isDryRun = found.state === "looking";
  const counts = await importSubscribers(cloud, person, publication.id, rows, { ...found, isDryRun });
  const next = advanced(found, counts, piece);
  if ((await saveImport(cloud, publication.id, next)) && next.state === "done")
    await removeImportList(cloud, publication.id, id);
}

function advanced(found: ReaderImport, counts: ListCounts, piece: { rows: number; isWhole: boolean }): ReaderImport {
  const seen = found.seen + piece.rows;
  if (found.state === "looking")
    return { ...found, seen, would: plus(found.would, counts), state: piece.isWhole ? "ready" : "looking" };
  return { ...found, seen, took: plus(found.took, counts), state: piece.isWhole ? "done" : "taking" };
}

const plus = (one: ListCounts, other: ListCounts): ListCounts => ({
  added: one.added + other.added,
  known: one.known + other.known,
  suppressed: one.suppressed + other.suppressed,
  erased: one.erased + other.erased,
});

const rowsOf = (list: Uint8Array, { language }: Publication): AsyncGenerator<Row> =>
  tallied(readReaders([list], language), newTally());

/** As many as are looked up together: between them it is asked whether it is late. */
const together = 1000;

async function* rowsFrom(
  rows: AsyncIterable<Row>,
  seen: number,
  piece: { rows: number; isWhole: boolean },
  isLate: () => boolean,
): AsyncGenerator<Row> {
  let index = 0;
  for await (const row of rows) {
    if (index++ < seen) continue;
    if (piece.rows > 0 && piece.rows % together === 0 && isLate()) return;
    piece.rows += 1;
    yield row;
  }
  piece.isWhole = true;
}

const thingOf = (publication: string): Thing => ({ publication, kind: "subscribers", id: publication });
