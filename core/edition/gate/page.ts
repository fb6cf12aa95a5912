import { type Element, isTag } from "domhandler";
import { getAttributeValue, textContent } from "domutils";
import { parseDocument } from "htmlparser2";
import { Refusal } from "../../refusal.ts";
import type { EditionFile } from "../edition.ts";
import { type SlotName, splitAtSlots } from "../slots.ts";
import type { Verdict } from "./verdict.ts";

const slotsOfALetter: readonly SlotName[] = ["leaveUrl", "preferencesUrl"];

/** A letter a reader could not leave by is no letter. */
export function judgeSlots({ path, body }: EditionFile): Verdict {
  const slots = splitAtSlots(String(body)).filter((_, index) => index % 2 === 1);
  const missing = slotsOfALetter.filter((name) => !slots.includes(name));
  return { refusals: missing.map((name) => new Refusal("slot-missing", { slot: name, path })), notes: [] };
}

/** What any page, in a mail or on the web, must have before a person may get it. */
export function judgePage({ path, body }: EditionFile): Verdict {
  const elements = elementsOf(String(body));
  const html = elements.find(({ name }) => name === "html");
  const title = elements.find(({ name }) => name === "title");
  const lacks = [
    ...(html && getAttributeValue(html, "lang") ? [] : ["lang"]),
    ...(html && getAttributeValue(html, "dir") ? [] : ["dir"]),
    ...(title && textContent(title).trim() ? [] : ["title"]),
  ];
  return {
    refusals: [
      ...lacks.map((what) => new Refusal("page-lacks", { what, path })),
      ...elements
        .filter(isEmptyLink)
        .map((link) => new Refusal("empty-link", { url: getAttributeValue(link, "href") ?? "", title: path })),
      ...elements
        .filter((element) => element.name === "img" && getAttributeValue(element, "alt") === undefined)
        .map(() => new Refusal("page-lacks", { what: "alt", path })),
      ...jumps(elements.flatMap(({ name }) => /^h([1-6])$/.exec(name)?.[1] ?? []).map(Number)).map(
        (level) => new Refusal("heading-jump", { heading: `h${level}`, title: path }),
      ),
    ],
    notes: [],
  };
}

function elementsOf(html: string): Element[] {
  const elements: Element[] = [];
  const walk = (nodes: readonly unknown[]): void => {
    for (const node of nodes as Parameters<typeof isTag>[0][]) {
      if (!isTag(node)) continue;
      elements.push(node);
      walk(node.children);
    }
  };
  walk(parseDocument(html).children);
  return elements;
}

function isEmptyLink(element: Element): boolean {
  if (element.name !== "a" || getAttributeValue(element, "href") === undefined) return false;
  const href = getAttributeValue(element, "href") ?? "";
  const words = textContent(element).trim() || getAttributeValue(element, "aria-label");
  const picture = element.children.some(
    (child) => isTag(child) && child.name === "img" && getAttributeValue(child, "alt"),
  );
  return href.trim() === "" || href === "#" || !(words || picture);
}

/** Levels that stand more than one below the heading before them. */
const jumps = (levels: readonly number[]): number[] =>
  levels.filter((level, index) => level > (levels[index - 1] ?? level) + 1);
