import { type Language, words } from "../words.ts";
import type { Confirmed, Pending, Subscriber } from "./subscriber.ts";

/** A list of readers as our own import reads it, in either language. */

/** Whoever left is known by a key alone: there is no address to hand over. */
export const isListed = (subscriber: Subscriber): subscriber is Pending | Confirmed => "address" in subscriber;

export function exportHeadings(language: Language): string[] {
  const { address, name, language: spoken, state, topics, format, awayUntil, ...times } = headingsIn(language);
  return [address, name, spoken, state, topics, format, awayUntil, times.requestedAt, times.confirmedAt, times.source];
}

const headingsIn = (language: Language) => words(language).cli.readers.heading;

export function exportCells(reader: Pending | Confirmed, language: Language): string[] {
  const { address, name, topics, format, pausedUntil = "" } = reader;
  const consent =
    reader.state === "confirmed" ? ["", reader.confirmedAt, reader.consentSource] : [reader.requestedAt, "", ""];
  const state = words(language).state.subscriber[reader.state];
  return [address, name, reader.language, state, topics.join(" "), format, pausedUntil, ...consent].map(guarded);
}

/** The ' put before a formula is taken off by the import; a cell that has one of its own gets another. */
const guarded = (cell: string): string => cell.replace(/^(?='+\s*[=+\-@＝＋－＠])/u, "'");
