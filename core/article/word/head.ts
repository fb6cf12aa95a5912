import type { Author, Inline } from "../article.ts";
import { creditLine } from "../credit.ts";
import { joined } from "../markdown/read-blocks.ts";
import { plain } from "../plain.ts";
import { readBelowTitle, readHeadLines } from "../plain-text/head-lines.ts";
import type { Passage } from "../plain-text/passages.ts";
import { bylineOf } from "../plain-text/people.ts";
import { isBody } from "../plain-text/shape.ts";
import type { Item, Words } from "./items.ts";
import { peopleOf } from "./people.ts";

/** What stands above the text: by its styles, and where there are none by how it looks and reads. */
export interface HeadFound {
  readonly kicker: string;
  readonly title: string;
  readonly subtitle: string;
  readonly lead: readonly Inline[];
  readonly authors: readonly Author[];
  /** Who made every picture that names nobody. */
  readonly credit: string | null;
  readonly rest: readonly Item[];
}

/** @param said what a table on top said already: it is not looked for again */
export function readWordHead(items: readonly Item[], bodySize: number, said: Said): HeadFound {
  const styled = byStyles(items, said);
  const titled = styled.title === "" ? byLook(styled, bodySize) : styled;
  return titled.title === "" ? byWords(titled) : belowTitle(titled);
}

type Said = Pick<HeadFound, "kicker" | "title" | "subtitle" | "lead" | "authors">;

// ── styles ─────────────────────────────────────────────────────────────────────────────────────

function byStyles(items: readonly Item[], said: Said): HeadFound {
  const words = items.filter((item) => item.kind === "words");
  const styled = (...roles: Words["role"][]) => words.filter(({ role }) => role !== undefined && roles.includes(role));
  const titles = said.title === "" ? titleOf(items) : words.filter(({ text }) => text === said.title).slice(0, 1);
  const kicker = said.kicker === "" ? styled("kicker")[0] : undefined;
  const subtitle = said.subtitle === "" ? styled("subtitle")[0] : undefined;
  const leads = styled("lead");
  const people = said.authors.length === 0 ? styled("author", "office") : [];
  const used = new Set<Item | undefined>([...titles, kicker, subtitle, ...leads, ...people]);
  const { authors, credit } = peopleOf(people);
  return {
    ...{
      kicker: kicker?.text ?? said.kicker,
      title: titles.map(({ text }) => text).join(" ") || said.title,
      subtitle: subtitle?.text ?? said.subtitle,
    },
    lead: joined([said.lead, ...leads.map(({ content }) => content)]),
    ...{ authors: said.authors.length > 0 ? said.authors : authors, credit },
    rest: items.filter((item) => !used.has(item)),
  };
}

/** The style "Titel", on several lines too; or a heading of the first level that nothing but a kicker stands above. */
function titleOf(items: readonly Item[]): Words[] {
  const words = items.filter((item) => item.kind === "words");
  const styled = words.findIndex(({ role }) => role === "title");
  const end = words.findIndex(({ role }, index) => index > styled && role !== "title");
  if (styled >= 0) return words.slice(styled, end < 0 ? styled + 1 : end);
  const [first] = words.filter(
    ({ role, text }) => role !== "kicker" && (role !== undefined || text.length > 45 || isBody(text)),
  );
  return first?.role === "heading" && first.level === 1 ? [first] : [];
}

// ── looks ──────────────────────────────────────────────────────────────────────────────────────

const longestTitle = 160;
/** How many lines may stand above a title: a kicker, a date, a name. */
const above = 3;

/** Says what kind of paper it is, and not what stands in it. */
const announcement = /^(?:Presse|Medien)(?:mitteilung|information|info|meldung|erklärung)\b/i;

/** The largest of the first lines, else the first in bold. */
function byLook(head: HeadFound, bodySize: number): HeadFound {
  const first = head.rest.slice(0, above + 2).filter((item): item is Words => item.kind === "words" && isLine(item));
  const titles = first.filter(({ text }) => !announcement.test(text));
  const largest = Math.max(0, ...titles.map(({ size }) => size));
  const title =
    (largest > bodySize ? titles.find(({ size }) => size === largest) : undefined) ??
    titles.slice(0, 2).find(({ isBold }) => isBold);
  if (!title) return head;
  const before = head.rest.slice(0, head.rest.indexOf(title)).filter((item): item is Words => item.kind === "words");
  const [kicker] = before;
  const isKicker = before.length === 1 && kicker && isLine(kicker) && head.kicker === "" && !bylineOf(kicker.text);
  const used = new Set<Item>([title, ...(isKicker ? [kicker] : [])]);
  return {
    ...head,
    title: title.text,
    kicker: isKicker ? kicker.text : head.kicker,
    rest: head.rest.filter((item) => !used.has(item)),
  };
}

const isLine = ({ role, list, box, text }: Words): boolean =>
  role === undefined && !list && box === 0 && text.length <= longestTitle && !bylineOf(text) && !creditLine(text);

// ── words ──────────────────────────────────────────────────────────────────────────────────────

/** As a pasted text is read. */
function byWords(head: HeadFound): HeadFound {
  const { passages, after, itemOf } = leading(head.rest);
  const read = readHeadLines(passages);
  return merged({ ...head, title: read.title, kicker: head.kicker || read.kicker }, read, itemOf, after);
}

function belowTitle(head: HeadFound): HeadFound {
  const { passages, after, itemOf } = leading(head.rest);
  return merged(head, readBelowTitle(passages), itemOf, after);
}

type Read = ReturnType<typeof readBelowTitle>;

function merged(head: HeadFound, read: Read, itemOf: (passage: Passage) => Item[], after: readonly Item[]): HeadFound {
  const lead = itemsOf(read.lead, itemOf);
  const subtitle = itemsOf(read.subtitle, itemOf);
  const rest = [...read.rest.flatMap(itemOf), ...after];
  // Styles have said it already, or nothing would be left for the text.
  const isSubtitled = head.subtitle !== "" || rest.length === 0;
  const isLed = head.lead.length > 0;
  return {
    ...head,
    subtitle: isSubtitled ? head.subtitle : read.subtitle,
    lead: isLed ? head.lead : joined(lead.map((item) => (item.kind === "words" ? item.content : []))),
    authors: head.authors.length > 0 ? head.authors : read.authors,
    credit: head.credit ?? read.credit,
    rest: [...(isSubtitled ? subtitle : []), ...(isLed ? lead : []), ...rest],
  };
}

const itemsOf = (line: string, itemOf: (passage: Passage) => Item[]): Item[] =>
  line === "" ? [] : itemOf({ lines: [line], gap: 1 });

/** Paragraphs before the first thing that is more than that, as lines; and the way back to them. */
function leading(items: readonly Item[]): {
  passages: Passage[];
  after: readonly Item[];
  itemOf: (passage: Passage) => Item[];
} {
  const end = items.findIndex((item) => item.kind !== "words" || !isPlain(item));
  const front = items.slice(0, end < 0 ? items.length : end) as Words[];
  const passages = front.map(({ content }) => ({ lines: linesOf(content), gap: 1 }));
  const known = new Map<Passage, Words>(passages.map((passage, index) => [passage, front[index] as Words]));
  const byWords = new Map(passages.map(({ lines }, index) => [lines.join(" "), front[index] as Words]));
  const itemOf = (passage: Passage): Item[] => {
    const item = known.get(passage) ?? byWords.get(passage.lines.join(" "));
    return item ? [item] : passage.lines.map(plainLine);
  };
  return { passages, itemOf, after: end < 0 ? [] : items.slice(end) };
}

/** No style says what it is, and it asks nothing: a question opens an interview sooner than it is a subtitle. */
const isPlain = ({ role, list, box, text }: Words): boolean =>
  role === undefined && !list && box === 0 && !text.endsWith("?");

const linesOf = (content: readonly Inline[]): string[] => {
  const lines = [""];
  for (const inline of content) {
    if (inline.type === "break") lines.push("");
    else lines.push(`${lines.pop()}${plain([inline])}`);
  }
  return lines.map((line) => line.replace(/\s+/g, " ").trim()).filter(Boolean);
};

const plainLine = (text: string): Words => ({
  ...{
    kind: "words",
    content: [{ type: "text", text }],
    text,
    role: undefined,
    level: 0,
    isBold: false,
    size: 0,
    box: 0,
  },
  ...{ list: undefined, align: null },
});
