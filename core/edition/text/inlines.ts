import type { Inline } from "../../article/article.ts";
import type { Links } from "./links.ts";

const raised: Readonly<Record<string, string>> = Object.fromEntries(
  [..."0123456789+-"].map((sign, index) => [sign, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"[index] ?? sign]),
);
const lowered: Readonly<Record<string, string>> = Object.fromEntries(
  [..."0123456789+-"].map((sign, index) => [sign, "₀₁₂₃₄₅₆₇₈₉₊₋"[index] ?? sign]),
);

/** Inlines as one running line; where a break stands, a line break. */
export const inlineText = (content: readonly Inline[], links: Links): string =>
  content.map((inline) => one(inline, links)).join("");

function one(inline: Inline, links: Links): string {
  switch (inline.type) {
    case "text":
    case "abbr":
      return inline.text;
    case "strong":
    case "em":
    case "lang":
      return inlineText(inline.content, links);
    case "sup":
      return shifted(inlineText(inline.content, links), raised);
    case "sub":
      return shifted(inlineText(inline.content, links), lowered);
    case "link": {
      const words = inlineText(inline.content, links);
      // A telephone number is dialled whole.
      const label = inline.url.startsWith("tel:") ? words.replaceAll(" ", "\u00a0") : words;
      const end = label.trimEnd();
      return end + links.mark(inline.url, end) + label.slice(end.length);
    }
    case "noteRef":
      return shifted(String(inline.number), raised);
    case "break":
      return "\n";
  }
}

/** m² and CO₂ where the signs exist, else the plain letters. */
function shifted(text: string, signs: Readonly<Record<string, string>>): string {
  return [...text].every((sign) => signs[sign]) ? [...text].map((sign) => signs[sign]).join("") : text;
}
