import type { KnownPerson } from "../person.ts";
import { operator } from "../rights.ts";
import { type Language, words } from "../words.ts";

/** By the name a person has now; by their id where they are known no more. */
export const nameOf = (people: readonly KnownPerson[], id: string, language: Language): string =>
  id === operator.id ? words(language).desk.sending.operator : (people.find((one) => one.id === id)?.name ?? id);
