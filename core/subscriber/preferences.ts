import * as z from "zod";
import type { Publication } from "../publication.ts";
import { Refusal } from "../refusal.ts";
import { fromTheWall, onTheWall } from "../wall-clock.ts";
import type { Language } from "../words.ts";
import { readName } from "./name.ts";
import type { Confirmed } from "./subscriber.ts";

/** What a reader may choose for one publication. */
export interface Choice {
  /** Ids of topics; none: everything. */
  readonly topics: readonly string[];
  readonly format: "html" | "text";
  readonly language: Language;
  /** Away: the last day without an issue, "2026-09-01"; undefined: not away. */
  readonly awayUntil: string | undefined;
  /** Undefined: as it was. */
  readonly name?: string;
}

/**
 * Chooses anew. Topics the publication does not have any more are let go.
 *
 * @throws Refusal `away-date`, `away-past`, `away-far`
 */
export function choose(confirmed: Confirmed, choice: Choice, publication: Publication, now: Date): Confirmed {
  const { pausedUntil: _, ...rest } = confirmed;
  const pausedUntil = choice.awayUntil && endOfAway(choice.awayUntil, publication, now);
  return {
    ...rest,
    version: confirmed.version + 1,
    topics: publication.topics.map(({ id }) => id).filter((id) => choice.topics.includes(id)),
    format: choice.format,
    language: choice.language,
    ...(choice.name !== undefined && { name: readName(choice.name) }),
    ...(pausedUntil && { pausedUntil }),
  };
}

const dayMilliseconds = 86_400_000;
/** Who is away for longer has left; a slip of the year is what it mostly is. */
const farthestDays = 366;

/** The instant the day after begins, by the publication's clock: "until 1 September" is without an issue on that day too. */
function endOfAway(day: string, { timeZone }: Publication, now: Date): string {
  if (!z.iso.date().safeParse(day).success) throw new Refusal("away-date", { typed: day.slice(0, 40) });
  const end = fromTheWall(new Date(Date.parse(day) + dayMilliseconds), timeZone);
  if (end <= now) throw new Refusal("away-past", { day });
  if (end.getTime() > now.getTime() + farthestDays * dayMilliseconds) throw new Refusal("away-far", { day });
  return end.toISOString();
}

/** The last day without an issue, as a form shows it; undefined when the reader is not away. */
export function awayUntilOf(
  { pausedUntil }: Pick<Confirmed, "pausedUntil">,
  { timeZone }: Pick<Publication, "timeZone">,
  now: Date,
): string | undefined {
  if (pausedUntil === undefined || Date.parse(pausedUntil) <= now.getTime()) return undefined;
  return onTheWall(new Date(Date.parse(pausedUntil) - 1), timeZone).slice(0, "2026-09-01".length);
}
