import { type Note, note } from "../../refusal.ts";
import type { Author, Block, Inline } from "../article.ts";
import { languageOf } from "../finish.ts";
import { type Head, readHead } from "../head.ts";
import { inlinesOf, joined } from "../markdown/read-blocks.ts";
import type { MarkdownReading } from "../markdown.ts";
import { plain } from "../plain.ts";
import { announcesInterview, interviewOf } from "../plain-text/interview.ts";
import { tidy } from "../tidy.ts";
import { bodyBlocks, dropStart, pictureOf, textOfBlock, withoutStrong } from "./body.ts";
import { withCaptions } from "./captions.ts";
import { type HeadFound, readWordHead } from "./head.ts";
import { type Item, itemsOf, type Reader } from "./items.ts";
import { withoutLetterhead } from "./letterhead.ts";
import { placeOf } from "./losses.ts";
import { withoutMail } from "./mail-traces.ts";
import { withMentioned } from "./mentions.ts";
import { portraitIn, portrayed } from "./people.ts";
import { withoutBareContact } from "./placeholders.ts";
import { propose } from "./proposals.ts";
import { boldLead } from "./standfirst.ts";
import type { Structure } from "./structure.ts";
import { headTable, unarranged } from "./tables.ts";
import { splitWordTail } from "./tail.ts";
import type { Workbench } from "./workbench.ts";

/** The structure of a document becomes an article: table on top, captions, head, tail, and what is left the body. */
export function articleOf(bench: Workbench, structure: Structure): MarkdownReading {
  const footnotes = footnotesOf(structure);
  const reader: Reader = { bench, losses: bench.losses, isForeign: foreignIn(bench), noteNumber: footnotes.number };
  const top = topOf(bench, withoutBareContact(itemsOf(reader, structure.children)));
  const tail = splitWordTail(top.rest);
  const { credit, bodySize } = top;
  const names = bench.pictures.map(({ name }) => name);
  const body = propose(tail.rest, { losses: bench.losses, bodySize, credit, names });
  const [hero, items] = top.said.hero ? [undefined, body.items] : heroOf(body.items);
  const blocks = bodyBlocks(items, { losses: bench.losses, outermost: outermostOf(items) });
  const interview = interviewIn(blocks, `${top.kicker} ${top.title} ${top.subtitle} ${plain(top.lead)}`);
  if (!interview) for (const { text } of body.questions) bench.losses.say("word-heading-proposed", placeOf(text));
  const { kind, language, teaser, event, mail } = top.said;
  const text = tidy({
    ...{ kind: "report", language: "de", teaser, event, mail },
    ...{ kicker: top.kicker, title: top.title, subtitle: top.subtitle, lead: top.lead },
    authors: distinct([...top.authors, ...body.authors]),
    hero: hero ? pictureOf(hero) : top.said.hero,
    blocks: interview ?? blocks,
    linkBox: tail.linkBox,
    notes: Array.from(footnotes.bodies(), (nodes) => joined(itemsOf(reader, nodes).map(contentOf))),
  });
  return {
    text: { ...text, kind: kind ?? (interview ? "interview" : undefined), language },
    ...{ credit: body.credit, decorative: top.decorative },
    notes: [...top.notes, ...tail.notes, ...besideNotes(bench), ...bench.losses.notes()],
  };
}

interface Top extends HeadFound, Pick<Head, "decorative" | "notes"> {
  /** What a table on top says. */
  readonly said: Head["text"];
  readonly bodySize: number;
}

function topOf(bench: Workbench, all: readonly Item[]): Top {
  const bodySize = bodySizeOf(bench);
  const arranged = unarranged(withoutMail(all, bench.losses), () => ++bench.boxes);
  const table = headTable(arranged);
  const front = readHead(table?.front ?? {});
  const items = withCaptions(withMentioned(table?.rest ?? arranged), bodySize);
  const found = readWordHead(items, bodySize, front.text);
  const portrait = portraitIn(items, found.authors);
  const letterhead = withoutLetterhead(items, found);
  const below = letterhead.rest.filter((item) => item !== portrait);
  const opening = found.lead.length > 0 ? { lead: found.lead, rest: below } : boldLead(below, bench.losses);
  return {
    ...{ ...found, ...opening, authors: portrayed(found.authors, portrait), credit: front.credit ?? found.credit },
    ...{ bodySize, said: front.text, decorative: front.decorative },
    notes: [...front.notes, ...letterhead.notes],
  };
}

/** Who is named above the text and below it again wrote it once. */
const distinct = (authors: readonly Author[]): Author[] =>
  authors.filter(({ name }, index) => authors.findIndex((each) => each.name === name) === index);

// ── what the whole document tells ──────────────────────────────────────────────────────────────

/** The size most letters of the text have, in half points. */
function bodySizeOf({ paragraphs }: Workbench): number {
  const letters = new Map<number, number>();
  for (const { size, letters: count } of paragraphs) if (size) letters.set(size, (letters.get(size) ?? 0) + count);
  return [...letters].sort(([, left], [, right]) => right - left)[0]?.[0] ?? 0;
}

/** Where most letters are said to be of another language than the text plainly is, nothing is believed of any. */
function foreignIn({ languages, paragraphs }: Workbench): (language: string) => boolean {
  const [most = ""] = [...languages].sort(([, left], [, right]) => right - left)[0] ?? [];
  const words = paragraphs.map(({ place }): Block => ({ type: "paragraph", content: [{ type: "text", text: place }] }));
  const isTold = primary(most) === languageOf({ title: "", lead: [], blocks: words });
  return (language) => isTold && primary(language) !== primary(most) && /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(language);
}

const primary = (language: string): string => language.split("-", 1)[0] ?? "";

type Bodies = readonly Structure["children"][number][];

/** Bodies in the order of their numbers; reading one may name another, which then follows. */
function footnotesOf({ notes }: Structure): { number: Reader["noteNumber"]; bodies: () => Iterable<Bodies> } {
  const known = new Map<string, { number: number; body: Bodies }>();
  const numbered = (reference: Parameters<Reader["noteNumber"]>[0]) => {
    const key = `${reference.noteType} ${reference.noteId}`;
    const note = known.get(key) ?? { number: known.size + 1, body: notes.resolve(reference)?.body ?? [] };
    known.set(key, note);
    return note.number;
  };
  return { number: numbered, bodies: () => known.values().map(({ body }) => body) };
}

/** The words of a footnote, whatever it is made of. */
function contentOf(item: Item): readonly Inline[] {
  if (item.kind === "words") return item.content;
  return item.kind === "table"
    ? joined(item.rows.flatMap(({ cells }) => cells.flatMap((cell) => cell.items.map(contentOf))))
    : [];
}

/** Whoever mixes more has said enough. */
const mostFonts = 5;

/** What lies beside the text of a document and never becomes part of an article. */
function besideNotes({ package: { beside }, fonts }: Workbench): Note[] {
  const mixed = [...fonts.keys()].filter(Boolean).slice(0, mostFonts);
  return [
    ...(fonts.size > 1 ? [note("word-fonts", { fonts: mixed.join(", ") })] : []),
    ...(beside.comments > 0 ? [note("word-comments", { count: beside.comments })] : []),
    ...(beside.furniture !== "" ? [note("word-furniture", { lines: beside.furniture })] : []),
    ...(beside.hasCreator ? [note("word-person")] : []),
  ];
}

// ── blocks ─────────────────────────────────────────────────────────────────────────────────────

/** A picture before the first word of the text opens it; several stay together. */
function heroOf(items: readonly Item[]): [Extract<Item, { kind: "picture" }> | undefined, readonly Item[]] {
  const [first, second] = items;
  const isAlone = first?.kind === "picture" && first.box === 0 && second?.kind !== "picture";
  return isAlone ? [first, items.slice(1)] : [undefined, items];
}

const outermostOf = (items: readonly Item[]): number =>
  Math.min(...items.map((item) => (item.kind === "words" && item.role === "heading" ? item.level : 9)));

interface Spoken {
  readonly kind: string;
  readonly text: string;
  readonly block: Block;
}

/** Questions and answers, where the text is an interview. */
function interviewIn(blocks: readonly Block[], head: string): Block[] | undefined {
  const spoken = blocks.map((block): Spoken => ({ kind: block.type, text: textOfBlock(block), block }));
  const withoutLabel = ({ kind, text, block }: Spoken, label: string): Spoken => ({
    ...{ kind, text: text.slice(label.length) },
    block: block.type === "paragraph" ? { ...block, content: dropStart(block.content, label) } : block,
  });
  const interview = interviewOf(spoken, announcesInterview(head), withoutLabel);
  if (!interview) return undefined;
  const turns = interview.turns.map(({ question, speaker, answer }) => ({
    ...{ question: withoutStrong(inlinesOf(question.block)), speaker },
    answer: answer.map(({ block }) => block),
  }));
  const box = interview.box.map(({ block }) => block);
  return [...interview.before.map(({ block }) => block), { type: "interview", turns }, ...boxOf(box)];
}

function boxOf([title, ...blocks]: readonly Block[]): Block[] {
  return title ? [{ type: "infobox", title: inlinesOf(title), blocks }] : [];
}
