import { issueLabel, readIssueId } from "../issue/issue.ts";
import type { ActName } from "../rights.ts";
import { fill, type Language, words } from "../words.ts";
import { type Named, nameOf } from "./name-of.ts";
import { spokenTime } from "./spoken-time.ts";

/** Who did what to which thing, as the desk tells it. */

/** One row of the log. Its words are a row's: another version of the code may have written them. */
export interface Act {
  readonly at: string;
  readonly by: string;
  readonly act: string;
  readonly kind: string;
  readonly id: string;
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}

/** What changes something; looking is not written down, taking addresses along is. */
type Said = Exclude<ActName, `read-${string}`> | "read-subscribers";

export interface ActLine {
  readonly sentence: string;
  readonly thing: string;
  readonly at: string;
  /** All acts of this person, all about this thing. */
  readonly ofPerson: string;
  readonly ofThing: string;
}

interface Place {
  readonly publication: string;
  readonly timeZone: string;
  readonly language: Language;
  readonly people: readonly Named[];
}

/** Whose names an act is told with. */
export const peopleIn = ({ by, kind, id }: Act): string[] => (kind === "person" ? [by, id] : [by]);

export const actLines = (acts: readonly Act[], place: Place): ActLine[] =>
  acts.map((act) => ({
    sentence: fill(sentenceOf(act, place.language), { who: nameOf(place.people, act.by, place.language) }),
    thing: thingOf(act, place),
    at: spokenTime(act.at, place.timeZone, place.language),
    ofPerson: `/${place.publication}/acts?${new URLSearchParams({ by: act.by })}`,
    ofThing: `/${place.publication}/acts?${new URLSearchParams({ kind: act.kind, id: act.id })}`,
  }));

function sentenceOf({ act, details }: Act, language: Language): string {
  const { said, closer, other } = words(language).desk.acts;
  const exact = closerName(act, details ?? {});
  if (exact) return closer[exact];
  const sentences: Readonly<Record<Said, string>> = said;
  return Object.hasOwn(sentences, act) ? sentences[act as Said] : fill(other, { act });
}

/** Two acts have an opposite of the same name, and not everything is taken over; what it was stands in their details. */
function closerName(act: string, { isBack, file, isGone, state }: Record<string, unknown>) {
  if (act === "ingest" && state === "waiting") return "ingest-waiting";
  if (act === "ingest" && state === "refused") return "ingest-refused";
  if (act === "withdraw" && isBack) return "bring-back";
  if (act !== "correct" || file === undefined) return undefined;
  return isGone ? "detach" : "attach";
}

export function thingOf(
  { kind, id }: Pick<Act, "kind" | "id">,
  { people, language }: Pick<Place, "people" | "language">,
): string {
  const { thing } = words(language).desk.acts;
  if (kind === "publication") return thing.publication;
  if (kind === "subscribers") return thing.subscribers;
  if (kind === "person") return nameOf(people, id, language);
  if (kind === "issue") return fill(thing.issue, { label: labelOf(id) });
  return fill(kind === "submission" ? thing.submission : thing.article, { id });
}

/** "2026-01" → "01|26" */
function labelOf(id: string): string {
  const [year = "", number = ""] = id.split("-");
  return readIssueId(id) === id ? issueLabel({ year: Number(year), number: Number(number) }) : id;
}
