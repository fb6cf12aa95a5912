import type { Publication } from "../core/publication.ts";
import { type Note, note } from "../core/refusal.ts";
import { readReaderList } from "../core/subscriber/import.ts";
import { type Language, refusalSentence } from "../core/words.ts";
import type { Cloud } from "../functions/cloud/cloud.ts";
import { type Imported, importSubscribers } from "../functions/desk/subscribers.ts";
import { sampleName } from "./sample-slots.ts";
import { person } from "./session.ts";

export interface ReadersTaken extends Imported {
  /** Lines that brought a reader. */
  readonly rows: number;
  /** What to know about the list, line by line; lines that bring no reader among them. */
  readonly notes: readonly Note[];
}

/**
 * Takes the readers of a CSV file in; a line that brings none is told and left out.
 *
 * @throws Refusal `list-empty`, `list-without-email`, `consent-source-missing`
 */
export async function importReaders(
  cloud: Cloud,
  publication: Publication,
  file: Uint8Array,
  { consentSource, language }: { consentSource: string; language: Language },
): Promise<ReadersTaken> {
  const { rows, problems, notes } = readReaderList(file, publication.language);
  const imported = await importSubscribers(cloud, person, publication.id, rows, { consentSource });
  const left = problems.map(({ line, refusal }) =>
    note("reader-line", { line, problem: refusalSentence(language, refusal) }),
  );
  return { ...imported, rows: rows.length, notes: [...left, ...notes] };
}

/** The readers of a press: those of its CSV, else one invented reader, which is said. */
export async function pressReaders(
  cloud: Cloud,
  publication: Publication,
  file: Uint8Array | undefined,
  language: Language,
): Promise<ReadersTaken> {
  if (file) return importReaders(cloud, publication, file, { consentSource: "readers.csv", language });
  const invented = new TextEncoder().encode(`email;name\nprobe@example.org;${sampleName}\n`);
  const taken = await importReaders(cloud, publication, invented, { consentSource: "Probe", language });
  return { ...taken, notes: [note("assumed-reader", { name: sampleName })] };
}
