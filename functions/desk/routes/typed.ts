import type { DeskContext } from "./desk-env.ts";
import { posted } from "./posted.ts";

/** What a form said that was not taken: nobody writes an article twice. */

export interface TypedField {
  readonly name: string;
  readonly value: string;
  /** Somebody's own words, to be shown; else what the page itself put there. */
  readonly isWords: boolean;
}

/** Everything but the token, which is another one by now. */
export async function typedFields(c: DeskContext): Promise<TypedField[]> {
  const form = await posted(c);
  return form.names
    .filter((name) => name !== "token")
    .flatMap((name) => form.all(name).map((value) => ({ name, value, isWords: isWords(value) })));
}

/** The same to be copied, where sending it again would help nobody. */
export const typedWords = async (c: DeskContext): Promise<TypedField[]> =>
  (await typedFields(c)).filter((field) => field.isWords);

/** Between words there is room; in fingerprints, versions and choices there is none. */
const isWords = (value: string): boolean => /\S\s+\S/.test(value);

/** A script of ours asks: it puts into words itself what became of its asking. */
export const asksForData = (c: DeskContext): boolean =>
  c.req.header("accept") === "application/json" || c.req.header("x-kurier-token") !== undefined;
