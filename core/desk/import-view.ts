import type { NoteCode, RefusalCode } from "../refusal.ts";
import type { ListFacts } from "../subscriber/list-tally.ts";
import { fill, type Language, noteSentence, words } from "../words.ts";
import { spokenNumber } from "./numbers.ts";

/** A list of readers on its way in: what its lines are like, what would happen, how far it is. */

interface Counts {
  readonly added: number;
  readonly known: number;
  readonly suppressed: number;
  readonly erased: number;
}
export interface ImportShown extends ListFacts {
  readonly version: number;
  readonly id: string;
  readonly consentSource: string;
  readonly state: "awaited" | "looking" | "ready" | "taking" | "done";
  readonly seen: number;
  readonly would: Counts;
  readonly took: Counts;
}

export function importView(publication: string, language: Language, one: ImportShown): object {
  const { import: say } = words(language).desk;
  const number = (value: number): string => spokenNumber(language, value);
  const counts = one.state === "done" || one.state === "taking" ? one.took : one.would;
  return {
    ...{ at: `/${publication}/subscribers/imports/${one.id}`, list: `/${publication}/subscribers` },
    ...{ source: one.consentSource, version: one.version },
    ...{ isAwaited: one.state === "awaited", isReady: one.state === "ready", isDone: one.state === "done" },
    isWorking: one.state === "looking" || one.state === "taking",
    progress: fill(one.state === "taking" ? say.taking : say.looking, {
      seen: number(one.seen),
      rows: number(one.rows),
    }),
    counts: one.state === "awaited" ? [] : countsView(language, one, counts),
    notes: one.notes.map((each) => noteSentence(language, each)),
    more: moreThan(language, one),
    yes: fill(say.yes, { readers: number(one.would.added), source: one.consentSource }),
    take: fill(say.take, { readers: number(one.would.added) }),
    hasNobody: one.would.added === 0,
    took: fill(say.took, { readers: number(one.took.added) }),
  };
}

function countsView(language: Language, { rows, refused, noted }: ImportShown, counts: Counts): object[] {
  const { count: say } = words(language).desk.import;
  const { count: told } = words(language).cli.importing;
  const line = (label: string, value: number): object[] => [{ label, value: spokenNumber(language, value) }];
  const others = Object.entries(refused).filter(([code]) => !(code in told));
  const unreadable = others.reduce((sum, [, lines]) => sum + lines, 0);
  const named = [...Object.entries(refused), ...Object.entries(noted)].filter(([code]) => code in told);
  return [
    ...line(say.rows, rows),
    ...line(say.added, counts.added),
    ...line(say.known, counts.known),
    ...(counts.suppressed > 0 ? line(say.suppressed, counts.suppressed) : []),
    ...(counts.erased > 0 ? line(say.erased, counts.erased) : []),
    ...(unreadable > 0 ? line(labelOf(told.unreadable), unreadable) : []),
    ...named.flatMap(([code, lines]) =>
      line(labelOf(told[code as (RefusalCode | NoteCode) & keyof typeof told]), lines),
    ),
  ];
}

/** "doppelt: {lines}" without its number. */
const labelOf = (sentence: string): string => sentence.replace(/:?\s*\{lines\}/, "");

function moreThan(language: Language, { refused, noted, notes }: ImportShown): string | null {
  const all = [...Object.entries(refused), ...Object.entries(noted)]
    .filter(([code]) => !code.startsWith("listed-") || code === "listed-unknown")
    .reduce((sum, [, lines]) => sum + lines, 0);
  const more = all - notes.length;
  return more > 0 ? fill(words(language).cli.subscribers.more, { more }) : null;
}
