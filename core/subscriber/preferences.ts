import type { Publication } from "../publication.ts";
import type { Language } from "../words.ts";
import type { Confirmed } from "./subscriber.ts";

/** What a reader may choose for one publication. */
export interface Choice {
  /** Ids of topics; none: everything. */
  readonly topics: readonly string[];
  readonly format: "html" | "text";
  readonly language: Language;
  /** Away: the last day without an issue, "2026-09-01"; undefined: not away. */
  readonly awayUntil: string | undefined;
  readonly name?: string;
}

/** @throws Refusal `away-date`, `away-past`, `away-far` */
export function choose(confirmed: Confirmed, choice: Choice, publication: Publication, now: Date): Confirmed {
  throw new Error("to be written");
}

/** The last day without an issue, as a form shows it; undefined when the reader is not away. */
export function awayUntilOf(confirmed: Confirmed, publication: Publication, now: Date): string | undefined {
  throw new Error("to be written");
}
