import type { Publication } from "../core/publication.ts";
import { type Note, type NoteCode, note, type Refusal, type RefusalCode } from "../core/refusal.ts";
import { type ReaderLine, type Row, readReaders } from "../core/subscriber/import.ts";
import type { Pieces } from "../core/subscriber/list-text.ts";
import { type Language, refusalSentence } from "../core/words.ts";
import type { Cloud } from "../functions/cloud/cloud.ts";
import { type Imported, type ImportOptions, importSubscribers } from "../functions/desk/subscribers.ts";
import { sampleName } from "./sample-slots.ts";
import { person } from "./session.ts";

export interface ReadersTaken extends Imported {
  /** Lines that brought a reader. */
  readonly rows: number;
  /** Lines that brought none, by the refusal, and what else was noted, by the note: all of them, however many. */
  readonly refused: Readonly<Partial<Record<RefusalCode, number>>>;
  readonly noted: Readonly<Partial<Record<NoteCode, number>>>;
  /** What to know about the list, line by line; lines that bring no reader first. A long list tells its first hundred each. */
  readonly notes: readonly Note[];
}

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
  const rows = withTopicsOf(publication, counted(readReaders(file, publication.language), tally, progress));
  const imported = await importSubscribers(cloud, person, publication.id, rows, options);
  const left = tally.problems.map(({ line, refusal }) =>
    note("reader-line", { line, problem: refusalSentence(language, refusal) }),
  );
  const { rows: brought, refused, noted, notes } = tally;
  return { ...imported, rows: brought, refused, noted, notes: [...left, ...notes] };
}

/** Of a list with a million faults a hundred are enough to see what is wrong. */
const mostTold = 100;

interface Tally {
  rows: number;
  readonly refused: Partial<Record<RefusalCode, number>>;
  readonly noted: Partial<Record<NoteCode, number>>;
  readonly problems: { readonly line: number; readonly refusal: Refusal }[];
  readonly notes: Note[];
}
const newTally = (): Tally => ({ rows: 0, refused: {}, noted: {}, problems: [], notes: [] });

async function* counted(
  lines: AsyncIterable<ReaderLine>,
  tally: Tally,
  progress?: (lines: number) => void,
): AsyncGenerator<Row> {
  let read = 0;
  for await (const one of lines) {
    count(tally, one);
    if (one.row) yield one.row;
    progress?.(++read);
  }
}

/** Whoever chose only what this publication does not have would never get an issue. */
async function* withTopicsOf({ topics: known }: Publication, rows: AsyncIterable<Row>): AsyncGenerator<Row> {
  for await (const row of rows) {
    const topics = row.topics?.filter((topic) => known.some(({ id }) => id === topic));
    yield topics ? { ...row, topics } : row;
  }
}

function count(tally: Tally, { line, row, refusal, notes }: ReaderLine): void {
  if (row) tally.rows++;
  if (refusal) tally.refused[refusal.code] = (tally.refused[refusal.code] ?? 0) + 1;
  // Who left elsewhere is no fault of the list: counted is enough.
  if (refusal && !isListed(refusal) && tally.problems.length < mostTold) tally.problems.push({ line, refusal });
  for (const each of notes) {
    tally.noted[each.code] = (tally.noted[each.code] ?? 0) + 1;
    if (tally.notes.length < mostTold) tally.notes.push(each);
  }
}

const isListed = ({ code }: Refusal): boolean => code.startsWith("listed-") && code !== "listed-unknown";

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
