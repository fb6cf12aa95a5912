import { fill, words } from "../../../core/words.ts";
import type { DeskContext } from "./desk-env.ts";
import { type TypedField, typedFields } from "./typed.ts";

/** What somebody wrote where nothing is taken any more, and to whom they may send it instead. */
export interface UntakenWords {
  readonly typed: readonly TypedField[];
  readonly sentence: string;
}

/** What people write into the forms of a personal link, however short; the rest of them the page itself put there. */
const written = /^(text|words|p\d+-(alt|caption|credit))$/;

/** Undefined where nothing was written. */
export async function untakenWords(c: DeskContext): Promise<UntakenWords | undefined> {
  if (c.req.method !== "POST") return undefined;
  const fields = await typedFields(c);
  const typed = fields
    .filter(({ name, value }) => written.test(name) && value.trim() !== "")
    .map((field) => ({ ...field, isWords: true }));
  if (typed.length === 0) return undefined;
  const say = words(c.var.language).desk.layout;
  // Of a link that leads nowhere nobody knows whose it was.
  const address = c.var.publication?.sender.replyTo;
  return { typed, sentence: address ? fill(say.untakenTo, { address }) : say.untaken };
}
