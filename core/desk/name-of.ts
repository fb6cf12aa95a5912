import { isPersonId } from "../person.ts";
import { house, operator } from "../rights.ts";
import { fill, type Language, words } from "../words.ts";

/** What others read of somebody. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** Whom an act, a build or a submission is by, as people read it. Of whoever was removed nothing is left but their id. */
export function nameOf(people: readonly Named[], id: string, language: Language): string {
  const say = words(language).desk.acts;
  if (id === operator.id) return say.operator;
  if (id === house.id) return say.rule;
  if (id.startsWith("review-")) return say.byLink;
  return people.find((one) => one.id === id)?.name ?? (isPersonId(id) ? fill(say.former, { id: id.slice(2, 6) }) : id);
}
