import { isAlias, isNode, parseDocument, visit, type YAMLParseError } from "yaml";
import { Refusal } from "../refusal.ts";

/** The YAML between two lines of "---" at the top of a text. Data only: every scalar is a string, nothing is evaluated. */

/** Some fifty lines are plenty; what is longer is no front matter. */
const maxLength = 20_000;

export interface Split {
  readonly yaml: string | undefined;
  readonly body: string;
}

/** @throws Refusal `front-matter-language` for "---js" and the like, `front-matter-open` where no second "---" follows */
export function splitFrontMatter(source: string): Split {
  const opening = /^\s*---[ \t]*(\S*)[ \t]*\n/.exec(source);
  if (!opening) return { yaml: undefined, body: source };
  const language = opening[1] ?? "";
  if (language !== "" && !/^(ya?ml|#.*)$/i.test(language)) {
    if (/^[a-z]{2,12}$/i.test(language)) throw new Refusal("front-matter-language", { language });
    return { yaml: undefined, body: source };
  }
  const rest = source.slice(opening[0].length);
  const closing = /^(?:---|\.\.\.)[ \t]*$/m.exec(rest);
  if (closing) return { yaml: rest.slice(0, closing.index), body: rest.slice(closing.index + closing[0].length) };
  if (/^[\p{L}_-]+[ \t]*:/u.test(rest)) throw new Refusal("front-matter-open");
  return { yaml: undefined, body: source };
}

/** @throws Refusal `front-matter-long`, `front-matter-alias`, `front-matter-colon`, `front-matter-tab`, `front-matter-twice`, `front-matter-yaml` */
export function parseFrontMatter(yaml: string): Readonly<Record<string, unknown>> {
  if (yaml.length > maxLength) throw new Refusal("front-matter-long");
  const document = parseDocument(yaml, { schema: "failsafe", version: "1.2", logLevel: "silent" });
  const [error] = document.errors;
  if (error) throw yamlRefusal(error, yaml);
  visit(document, (_, node) => {
    // One anchor referred to a thousand times is how a few lines become gigabytes.
    if (isAlias(node) || (isNode(node) && "anchor" in node && node.anchor)) throw new Refusal("front-matter-alias");
  });
  const value: unknown = document.toJS({ maxAliasCount: 0 });
  if (value === null || value === "") return {};
  if (typeof value !== "object" || Array.isArray(value))
    throw new Refusal("front-matter-yaml", { line: 2, text: firstLine(yaml) });
  return value as Record<string, unknown>;
}

const firstLine = (text: string): string => text.split("\n", 1)[0]?.trim().slice(0, 120) ?? "";

/** Says the line as the author counts it: the opening "---" is line 1. */
function yamlRefusal(error: YAMLParseError, yaml: string): Refusal {
  const before = yaml.slice(0, error.pos[0]);
  const index = before.split("\n").length - 1;
  const text = yaml.split("\n")[index] ?? "";
  const details = { line: index + 2, text: text.trim().slice(0, 120) };
  if (error.code === "DUPLICATE_KEY") return new Refusal("front-matter-twice", details);
  if (/^\s*\t/.test(text)) return new Refusal("front-matter-tab", details);
  if (/^[^:"']+:\s+[^"'[{|>].*:(?:\s|$)/.test(text)) return new Refusal("front-matter-colon", details);
  return new Refusal("front-matter-yaml", details);
}
