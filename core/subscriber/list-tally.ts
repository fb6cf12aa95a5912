import type { Publication } from "../publication.ts";
import { type Note, type NoteCode, note, type Refusal, type RefusalCode } from "../refusal.ts";
import { type Language, refusalSentence } from "../words.ts";
import type { ReaderLine, Row } from "./import.ts";

/** What a list of readers is like, before anybody is taken in. */
export interface ListFacts {
  /** Lines that brought a reader. */
  readonly rows: number;
  /** Lines that brought none, by the refusal, and what else was noted, by the note: all of them, however many. */
  readonly refused: Readonly<Partial<Record<RefusalCode, number>>>;
  readonly noted: Readonly<Partial<Record<NoteCode, number>>>;
  /** What to know about the list, line by line; lines that bring no reader first. A long list tells its first hundred each. */
  readonly notes: readonly Note[];
}

/** Of a list with a million faults a hundred are enough to see what is wrong. */
const mostTold = 100;

export interface ListTally {
  rows: number;
  readonly refused: Partial<Record<RefusalCode, number>>;
  readonly noted: Partial<Record<NoteCode, number>>;
  readonly problems: { readonly line: number; readonly refusal: Refusal }[];
  readonly notes: Note[];
}
export const newTally = (): ListTally => ({ rows: 0, refused: {}, noted: {}, problems: [], notes: [] });

/** The rows of a list as they come, counted into a tally. @param progress told as lines are read */
export async function* tallied(
  lines: AsyncIterable<ReaderLine>,
  tally: ListTally,
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
export async function* withTopicsOf({ topics: known }: Publication, rows: AsyncIterable<Row>): AsyncGenerator<Row> {
  for await (const row of rows) {
    const topics = row.topics?.filter((topic) => known.some(({ id }) => id === topic));
    yield topics ? { ...row, topics } : row;
  }
}

function count(tally: ListTally, { line, row, refusal, notes }: ReaderLine): void {
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

/** @param language of the sentences that say why a line brings nobody */
export function factsOf({ rows, refused, noted, problems, notes }: ListTally, language: Language): ListFacts {
  const left = problems.map(({ line, refusal }) =>
    note("reader-line", { line, problem: refusalSentence(language, refusal) }),
  );
  return { rows, refused, noted, notes: [...left, ...notes] };
}
