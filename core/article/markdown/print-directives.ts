import type { BlockContent, DefinitionContent, Paragraph } from "mdast";
import type { ContainerDirective, LeafDirective } from "mdast-util-directive";
import type { Language } from "../../words.ts";
import type { Inline } from "../article.ts";
import { type Attributes, printAttributes } from "./attributes.ts";
import { phrasing } from "./print-inlines.ts";
import { type DirectiveName, directiveWords } from "./words.ts";

export type Flow = BlockContent | DefinitionContent;

/** A directive of one line; its label is what stands in brackets. */
export const leaf = (
  language: Language,
  name: DirectiveName,
  label: readonly Inline[],
  attributes: Attributes,
): LeafDirective => ({
  type: "leafDirective",
  name: directiveWords[name][language],
  attributes: printAttributes(language, attributes),
  children: phrasing(language, label, true),
});

/** A directive around blocks. */
export function container(
  language: Language,
  name: DirectiveName,
  label: readonly Inline[],
  attributes: Attributes,
  children: readonly Flow[],
): ContainerDirective {
  const labelled: Paragraph = {
    type: "paragraph",
    data: { directiveLabel: true } as Paragraph["data"],
    children: phrasing(language, label, true),
  };
  return {
    type: "containerDirective",
    name: directiveWords[name][language],
    attributes: printAttributes(language, attributes),
    children: [...(label.length > 0 ? [labelled] : []), ...children],
  };
}
