import type { KnownPerson } from "../person.ts";
import { type Role, roles } from "../rights.ts";
import { spokenNumber } from "../spoken-number.ts";
import { fill, type Language, words } from "../words.ts";

/** The people of a publication, as who looks after them sees them. */

/** What a form said of somebody. */
export interface TypedPerson {
  readonly address?: string;
  readonly name: string;
  readonly roles: readonly string[];
}

/** One box of several that may be ticked. */
export interface Box {
  readonly value: string;
  readonly label: string;
  readonly hint: string;
  readonly isTicked: boolean;
}

export function peopleView(people: readonly KnownPerson[], publication: string, language: Language): object {
  return {
    people: people.map((one) => ({
      url: `/${publication}/people/${one.id}`,
      ...{ name: one.name, address: one.address, roles: rolesSpoken(one.roles, language) },
    })),
  };
}

/** The form somebody is invited with. */
export const inviteView = (typed: TypedPerson, problem: string, language: Language): object => ({
  ...{ address: typed.address ?? "", name: typed.name, boxes: roleBoxes(typed.roles, language), problem },
});

/**
 * Somebody, to be changed. Where somebody else was quicker, what was typed stands in the form, and beside it what stands
 * now.
 */
export function personView(
  known: KnownPerson,
  {
    language,
    typed,
    problem = "",
  }: { readonly language: Language; readonly typed?: TypedPerson; readonly problem?: string },
): object {
  const { name, roles: held } = typed ?? known;
  return {
    ...{ address: known.address, version: known.version ?? 0, name, problem },
    boxes: roleBoxes(held, language),
    now: typed ? { name: known.name, roles: rolesSpoken(known.roles, language) } : null,
  };
}

/** In how many browsers somebody is signed in just now. */
export function signedIn(sessions: number, language: Language): string {
  const { nowhere, once, often } = words(language).desk.person.signedIn;
  if (sessions === 0) return nowhere;
  return sessions === 1 ? once : fill(often, { sessions: spokenNumber(language, sessions) });
}

export const rolesSpoken = (held: readonly Role[], language: Language): string =>
  held.map((role) => words(language).desk.role[role]).join(", ");

function roleBoxes(ticked: readonly string[], language: Language): Box[] {
  const { desk, answer } = words(language);
  return roles.map((role) => ({
    ...{ value: role, label: desk.role[role], hint: answer.invitation.roles[role], isTicked: ticked.includes(role) },
  }));
}
