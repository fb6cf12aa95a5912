import type { ContainerDirective, LeafDirective, TextDirective } from "mdast-util-directive";
import { type AttributeName, attributeWords, wordFinder } from "./words.ts";

const attributeNamed = wordFinder(attributeWords);

/** A directive's attributes by our names, whichever language they were written in. */
export function attributesOf(
  node: ContainerDirective | LeafDirective | TextDirective,
): Partial<Record<AttributeName, string>> {
  const found: Partial<Record<AttributeName, string>> = {};
  for (const [word, value] of Object.entries(node.attributes ?? {})) {
    const name = attributeNamed(word);
    if (name !== undefined) found[name] = value ?? "";
  }
  return found;
}

/** "schmuck" alone, "ja", "yes" and "true" say yes. */
export const saysYes = (value: string | undefined): boolean =>
  value !== undefined && !/^(nein|no|false|falsch)$/i.test(value.trim());
