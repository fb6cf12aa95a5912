import { sampleName } from "../core/edition/sample-slots.ts";
import type { Publication } from "../core/publication.ts";
import { note } from "../core/refusal.ts";
import { readReaders } from "../core/subscriber/import.ts";
import { factsOf, type ListFacts, newTally, tallied, withTopicsOf } from "../core/subscriber/list-tally.ts";
import type { Pieces } from "../core/subscriber/list-text.ts";
import type { Language } from "../core/words.ts";
import type { Cloud } from "../functions/cloud/cloud.ts";
import { type Imported, type ImportOptions, importSubscribers } from "../functions/desk/subscribers.ts";
import { person } from "./session.ts";

export type ReadersTaken = Imported & ListFacts;

export interface ReadersOptions extends ImportOptions {
  readonly language: Language;
  /** Told as lines are read. */
  readonly progress?: (lines: number) => void;
}

/**
 * Takes the readers of a CSV file in, of any length; a line that brings none is told and left out.
 *
 * @throws Refusal `list-empty`, `list-without-email`, `consent-source-missing`
 */
export async function importReaders(
  cloud: Cloud,
  publication: Publication,
  file: Pieces,
  { language, progress, ...options }: ReadersOptions,
): Promise<ReadersTaken> {
  const tally = newTally();
  const rows = withTopicsOf(publication, tallied(readReaders(file, publication.language), tally, progress));
  const imported = await importSubscribers(cloud, person, publication.id, rows, options);
  return { ...imported, ...factsOf(tally, language) };
}

/** The readers of a press: those of its CSV, else one invented reader, which is said. */
export async function pressReaders(
  cloud: Cloud,
  publication: Publication,
  file: Uint8Array | undefined,
  language: Language,
): Promise<ReadersTaken> {
  if (file) return importReaders(cloud, publication, [file], { consentSource: "readers.csv", language });
  const invented = new TextEncoder().encode(`email;name\nprobe@example.org;${sampleName}\n`);
  const taken = await importReaders(cloud, publication, [invented], { consentSource: "Probe", language });
  return { ...taken, notes: [note("assumed-reader", { name: sampleName })] };
}
