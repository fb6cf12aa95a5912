import { type ChildNode, type Element, isTag, isText } from "domhandler";
import { getAttributeValue } from "domutils";
import { parseDocument } from "htmlparser2";
import { splitAtSlots } from "./slots.ts";
import { bare } from "./text/links.ts";

/**
 * What "the same words" means for the mail's two parts:
 *
 * - A word is a run of letters and digits after NFKC, in reading order. Signs, bullets, rules and columns are no words.
 * - HTML: what a reader sees, hears or reads instead of a picture. Text of the body and the alt of pictures count, as do
 *   the numbers of ordered lists; what is hidden (`display:none`, `aria-hidden`: preheader, arrow), conditional
 *   comments and a picture's credit (it goes where its picture goes) do not.
 * - A link ends a word, for there its number stands in the text.
 * - Text: numbers of links ("[2]"), their list, and the name before a picture's words ("[Bild: …]") do not count.
 * - The targets of links are no words where they stand alone. Every target in the HTML must stand in the text; one the
 *   HTML lacks stays a word of the text, and so a difference. Slots count as targets, the greeting as a word.
 *
 * @returns differences as short passages, none when both say the same
 */
export function differences(html: string, text: string): string[] {
  const page = read(parseDocument(html).children);
  const missing = page.targets.filter((target) => !text.includes(bare(target)));
  return [...differingWords(page, text), ...missing.map((target) => `HTML ${target}`)];
}

interface Page {
  readonly words: string;
  readonly targets: readonly string[];
}

const linkNumber = /\[\d+\]/g;
const pictureName = /\[\p{L}+:(?![\p{L}\p{N}])/gu;
const punctuation = /[^\p{L}\p{N}]+$/u;

function wordsIn(text: string, targets: readonly string[]): string[] {
  const addresses = new Set(targets.map((target) => target.replace(punctuation, "")));
  return (
    withoutSlots(text)
      .replace(linkNumber, " ")
      .replace(pictureName, " ")
      .replace(/[\u00AD\u200B-\u200D\u2060]/g, "")
      .replace(/\S+/g, (token) => (addresses.has(token.replace(punctuation, "")) ? " " : token))
      .normalize("NFKC")
      .match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
  );
}

const withoutSlots = (text: string): string =>
  splitAtSlots(text)
    .map((piece, index) => (index % 2 === 0 ? piece : piece === "greeting" ? " greeting " : " "))
    .join("");

function differingWords({ words, targets }: Page, text: string): string[] {
  const [left, right] = [wordsIn(words, targets), wordsIn(text, targets)];
  const start = left.findIndex((word, index) => word !== right[index]);
  if (start < 0 && left.length === right.length) return [];
  const from = start < 0 ? left.length : start;
  const passage = (some: readonly string[]): string => some.slice(Math.max(0, from - 3), from + 6).join(" ");
  return [`HTML „${passage(left)}“, Text „${passage(right)}“`];
}

const inlineTags = new Set(["a", "abbr", "em", "span", "strong", "sub", "sup"]);

function read(nodes: readonly ChildNode[]): Page {
  let words = "";
  const targets = new Set<string>();
  const walk = (node: ChildNode, index = 0): void => {
    if (isText(node)) words += node.data;
    if (!isTag(node) || isUnseen(node)) return;
    const href = node.name === "a" ? getAttributeValue(node, "href") : undefined;
    if (href !== undefined) targets.add(href);
    const space = inlineTags.has(node.name) ? "" : " ";
    words += space + spoken(node, index);
    node.children.filter(isTag).length > 0 && isOrdered(node)
      ? node.children.filter(isTag).forEach((item, at) => {
          walk(item, at);
        })
      : node.children.forEach((child) => {
          walk(child);
        });
    words += node.name === "a" ? " " : space;
  };
  for (const node of nodes) walk(node);
  return { words, targets: [...targets] };
}

const isOrdered = (element: Element): boolean => element.name === "ol";

/** What an element says beyond its text: the alt of a picture, the number of a list's item. */
function spoken(element: Element, index: number): string {
  if (element.name === "img") return `${getAttributeValue(element, "alt") ?? ""} `;
  const list = element.parent;
  if (element.name !== "li" || !list || !isTag(list) || !isOrdered(list)) return "";
  return `${Number(getAttributeValue(list, "start") ?? 1) + index}. `;
}

const isUnseen = (element: Element): boolean =>
  ["head", "style", "script"].includes(element.name) ||
  getAttributeValue(element, "aria-hidden") === "true" ||
  /display:\s*none/.test(getAttributeValue(element, "style") ?? "") ||
  (getAttributeValue(element, "class") ?? "").split(" ").includes("credit");
