import { type ChildNode, type Element, isTag } from "domhandler";
import { digestOf } from "../../digest.ts";
import { languages, words } from "../../words.ts";
import type { Item } from "./items.ts";
import type { Place, Workbench } from "./workbench.ts";
import { within } from "./xml.ts";

/** What our own template says and shows where its author has written nothing yet; none of it is an article's. */

const guides = new Set(languages.flatMap((language) => Object.values(words(language).template.guide).map(bare)));
const contactTitles = new Set(languages.map((language) => bare(words(language).template.place.contactTitle)));
const places = new Set(
  languages
    .flatMap((language) => Object.values(words(language).template.place).map(bare))
    .filter((text) => !contactTitles.has(text)),
);

/** "guide" tells how to write and may stay, "place" is one that was left empty. */
export function ofTemplate(paragraph: string): "guide" | "place" | undefined {
  const text = bare(paragraph);
  return guides.has(text) ? "guide" : places.has(text) ? "place" : undefined;
}

/**
 * All of a paragraph but its properties; of a sentence of the template the pictures somebody put there.
 *
 * @param sentence the paragraph's words
 * @returns undefined where nobody has written
 */
export function writtenIn(
  paragraph: Element,
  sentence: string,
  { bench, words: place }: Pick<Place, "bench" | "words">,
): ChildNode[] | undefined {
  const nodes = paragraph.children.filter((each) => !isTag(each) || each.name !== "w:pPr");
  const left = ofTemplate(sentence);
  if (left === undefined) return nodes;
  if (left === "place") bench.losses.say("word-placeholder", place);
  return nodes.some(isDrawn) ? nodes.filter(isDrawn) : undefined;
}

const isDrawn = (node: ChildNode): boolean =>
  isTag(node) && [...within(node)].some(({ name }) => name === "w:drawing" || name === "w:pict");

/** A sentence as it is, however it was set: quotes, dashes and spaces change when somebody saves it elsewhere. */
function bare(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .toLowerCase();
}

/** The picture in the template, which a test compares. */
export const templatePicture = {
  bytes: 40_150,
  sha256: "c035489a7da1a817fd55dc18256e7623dd833d06583b167b35957e61f9025442",
} as const;

export function isTemplatePicture({ package: { media } }: Workbench, path: string): boolean {
  if (media.bytesOf(path) !== templatePicture.bytes) return false;
  const bytes = media.read(path, templatePicture.bytes);
  return bytes !== undefined && digestOf(bytes) === templatePicture.sha256;
}

/** "Kontakt und Links" with nothing below it was the template's too. */
export function withoutBareContact(items: readonly Item[]): readonly Item[] {
  const last = items.at(-1);
  const isBare = last?.kind === "words" && last.role === "heading" && contactTitles.has(bare(last.text));
  return isBare ? items.slice(0, -1) : items;
}
