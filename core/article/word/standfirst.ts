import type { Inline } from "../article.ts";
import { isBody } from "../plain-text/shape.ts";
import { withoutStrong } from "./body.ts";
import type { Item } from "./items.ts";
import { type Losses, placeOf } from "./losses.ts";

/**
 * A first paragraph all in bold above one that is not: the standfirst, where no style names one. The guess is told; a
 * question is the first of an interview.
 */
export function boldLead(
  items: readonly Item[],
  losses: Losses,
): { readonly lead: readonly Inline[]; readonly rest: readonly Item[] } {
  const words = items.filter((item) => item.kind === "words");
  const [first, second] = words;
  const isSetApart = first?.isBold === true && second?.isBold === false && second.role === undefined;
  if (
    !isSetApart ||
    first.role !== undefined ||
    first.list ||
    first.box > 0 ||
    !isBody(first.text) ||
    first.text.endsWith("?")
  )
    return { lead: [], rest: items };
  losses.say("word-lead-proposed", placeOf(first.text));
  return { lead: withoutStrong(first.content), rest: items.filter((item) => item !== first) };
}
