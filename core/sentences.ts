import type { Details } from "./refusal.ts";
import { fill, type Language, words } from "./words.ts";

/** Twelve photos and one thing to say of them: a sentence for each kind, not a wall. */

export interface ToSay {
  readonly code: string;
  readonly details: Details;
}

/**
 * Notes or refusals in words, one of each kind that speaks of a file by its name: the other files follow its sentence,
 * with what else differs in brackets.
 *
 * @param sentence puts one into words
 */
export function sentencesOf<T extends ToSay>(
  language: Language,
  all: readonly T[],
  sentence: (one: T) => string,
): string[] {
  return kindsOf(all).map(([first, ...others]) => {
    if (others.length === 0) return sentence(first);
    const named = others.map((other) => namedIn(first, other));
    return `${sentence(first)} ${fill(words(language).sentence.also, { others: named.join(", ") })}`;
  });
}

/** What notes call a file, and refusals of a build. */
const nameOf = ({ details }: ToSay): string | undefined => {
  const name = details.name ?? details.picture;
  return name === undefined ? undefined : String(name);
};

function kindsOf<T extends ToSay>(all: readonly T[]): (readonly [T, ...T[]])[] {
  const kinds = new Map<unknown, [T, ...T[]]>();
  for (const one of all) {
    const key = nameOf(one) === undefined ? one : `${one.code} ${one.details.title ?? ""}`;
    const kind = kinds.get(key);
    if (kind) kind.push(one);
    else kinds.set(key, [one]);
  }
  return [...kinds.values()];
}

function namedIn(first: ToSay, other: ToSay): string {
  const name = nameOf(other) ?? "";
  const differing = Object.entries(other.details).filter(
    ([key, value]) => String(value) !== name && value !== first.details[key],
  );
  return differing.length === 0 ? name : `${name} (${differing.map(([, value]) => value).join(", ")})`;
}
