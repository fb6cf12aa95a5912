import { shareBefore, type WalkPosition } from "../subscriber/walk.ts";
import { fill, type Language, words } from "../words.ts";
import { roughly, spokenNumber } from "./numbers.ts";
import { spokenTime } from "./spoken-time.ts";

/** A walk over all readers as a page shows it: how far it is, and what it left to be fetched. */

interface Shown {
  readonly id: string;
  readonly kind: "forecast" | "report" | "deliveries" | "subscribers";
  readonly state: "walking" | "done";
  readonly at: string;
  readonly position: WalkPosition;
  readonly seen: number;
  readonly lines: number | null;
}

/** Null where none is under way. @param action where its form leads */
export function underWay(walk: Shown | undefined, action: string, language: Language): object | null {
  if (walk?.state !== "walking") return null;
  const say = words(language).desk.walk;
  const number = (value: number): string => spokenNumber(language, value);
  const share = shareBefore(walk.position);
  const total = number(roughly(share > 0 ? walk.seen / share : walk.seen));
  const progress = fill(walk.seen === 0 ? say.begun : say.progress, {
    ...{ what: say.what[walk.kind], seen: number(walk.seen), total },
  });
  return { id: walk.id, action, progress, goOn: say.goOn };
}

/** Null where no table lies ready. */
export function readyTable(
  walk: Shown | undefined,
  action: string,
  { timeZone, language }: { readonly timeZone: string; readonly language: Language },
): object | null {
  if (walk?.state !== "done") return null;
  const say = words(language).desk.walk;
  const details = { at: spokenTime(walk.at, timeZone, language), lines: spokenNumber(language, walk.lines ?? 0) };
  return { id: walk.id, action, ready: fill(say.ready, details), fetch: say.fetch };
}
