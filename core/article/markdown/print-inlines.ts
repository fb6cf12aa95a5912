import type { PhrasingContent } from "mdast";
import type { TextDirective } from "mdast-util-directive";
import type { Language } from "../../words.ts";
import type { Inline } from "../article.ts";
import { type Attributes, printAttributes } from "./attributes.ts";
import { type DirectiveName, directiveWords } from "./words.ts";

/** What stands within a line as Markdown nodes. Names of directives are in the article's language. */

/** @param oneLine where Markdown allows no line break (headings, cells, labels) a directive stands for it */
export function phrasing(language: Language, content: readonly Inline[], oneLine: boolean): PhrasingContent[] {
  const directive = (name: DirectiveName, children: PhrasingContent[], attributes: Attributes = {}): TextDirective => ({
    type: "textDirective",
    name: directiveWords[name][language],
    attributes: printAttributes(language, attributes),
    children,
  });
  const node = (inline: Inline): PhrasingContent => {
    const inner = "content" in inline ? phrasing(language, inline.content, oneLine) : [];
    switch (inline.type) {
      case "text":
        return { type: "text", value: inline.text };
      case "strong":
        return { type: "strong", children: inner };
      case "em":
        return { type: "emphasis", children: inner };
      case "sup":
      case "sub":
        return directive(inline.type, inner);
      case "link":
        return { type: "link", url: inline.url, children: inner };
      case "lang":
        return directive("lang", inner, { language: inline.language });
      case "abbr":
        return directive("abbr", [{ type: "text", value: inline.text }], { title: inline.title });
      case "noteRef":
        return { type: "footnoteReference", identifier: String(inline.number), label: String(inline.number) };
      case "break":
        return oneLine ? directive("break", []) : { type: "break" };
    }
  };
  const nodes = content.map(node);
  return nodes.flatMap((each, index) =>
    nodes[index - 1]?.type === "footnoteReference" && startsWithColon(each) ? [apart, each] : [each],
  );
}

const startsWithColon = (node: PhrasingContent): boolean =>
  node.type === "textDirective" || (node.type === "text" && node.value.startsWith(":"));

/** Between a footnote mark and a colon: "[^1]:" would begin the footnote itself. */
const apart: PhrasingContent = { type: "html", value: "<!---->" };
