import type { ContainerDirective, LeafDirective, TextDirective } from "mdast-util-directive";
import type { Language } from "../../words.ts";
import { type AttributeName, attributeWords, wordFinder } from "./words.ts";

export type Attributes = Readonly<Partial<Record<AttributeName, string>>>;

const attributeNamed = wordFinder(attributeWords);

/** A directive's attributes by our names, whichever language they were written in. */
export function attributesOf(node: ContainerDirective | LeafDirective | TextDirective): Attributes {
  const found: Partial<Record<AttributeName, string>> = {};
  for (const [word, value] of Object.entries(node.attributes ?? {})) {
    const name = attributeNamed(word);
    if (name !== undefined) found[name] = value ?? "";
  }
  return found;
}

/** Under the names an author knows in the language. */
export const printAttributes = (language: Language, attributes: Attributes): Record<string, string> =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [attributeWords[name as AttributeName][language], value]),
  );

/** "schmuck" alone, "ja", "yes" and "true" say yes. */
export const saysYes = (value: string | undefined): boolean =>
  value !== undefined && !/^(nein|no|false|falsch)$/i.test(value.trim());
