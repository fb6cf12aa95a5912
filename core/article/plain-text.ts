import { type Note, note } from "../refusal.ts";
import type { Block, Inline, Picture } from "./article.ts";
import type { MarkdownReading } from "./markdown.ts";
import { type PictureItem, signed } from "./plain-text/captions.ts";
import { readHeadLines } from "./plain-text/head-lines.ts";
import { inlineText } from "./plain-text/inline-text.ts";
import { announcesInterview, type Interview, interviewOf } from "./plain-text/interview.ts";
import { type Item, itemsOf } from "./plain-text/items.ts";
import { splitMasthead } from "./plain-text/masthead.ts";
import { passagesOf } from "./plain-text/passages.ts";
import { splitTail } from "./plain-text/tail.ts";
import type { Masthead } from "./submission.ts";
import { tidy } from "./tidy.ts";

export interface PlainReading extends MarkdownReading {
  readonly masthead: Masthead | undefined;
  /** Page numbers and running heads, as they stood there. */
  readonly setAside: readonly string[];
}

/** Reads a text copied out of a printed page: everything in it finds its place, nothing is made up. */
export function readPlainText(source: string): PlainReading {
  const page = passagesOf(source);
  const { masthead, rest } = splitMasthead(page.passages);
  const tail = splitTail(rest);
  const head = readHeadLines(tail.rest);
  const body = itemsOf(head.rest);
  const notes: Note[] = [...tail.notes];
  const authors = [...head.authors, ...body.bylines.flatMap((byline) => byline.authors)];
  const credit = body.credit ?? head.credit ?? body.bylines.find((byline) => byline.credit)?.credit ?? null;
  const pictures = picturesOf(body.items, credit, notes);
  const [hero, items] = heroOf(body.items);
  const isAnnounced = announcesInterview(`${head.kicker} ${head.title} ${head.subtitle} ${head.lead}`);
  const interview = interviewOf(items, isAnnounced, withoutLabel);
  const blocks = interview ? interviewBlocks(interview, pictures, notes) : blocksOf(items, pictures, notes);
  if (page.setAside.length > 0) notes.push(note("page-furniture", { lines: page.setAside.join(" · ") }));
  const text = tidy({
    ...{ kind: interview ? "interview" : "report", language: "de", mail: "teaser", teaser: "", event: null, notes: [] },
    ...{ kicker: head.kicker, title: head.title, subtitle: head.subtitle },
    lead: inlineText(head.lead, notes),
    authors,
    hero: hero ? (pictures.get(hero) ?? null) : null,
    blocks,
    linkBox: tail.linkBox,
  });
  return {
    text: { ...text, kind: interview ? "interview" : undefined, language: undefined },
    ...{ credit: null, decorative: [], notes, masthead, setAside: page.setAside },
  };
}

const withoutLabel = (item: Item, label: string): Item =>
  "text" in item ? { ...item, text: item.text.slice(label.length) } : item;

/** Pictures nobody has handed in yet get names an author can use: "bild-1". */
function picturesOf(items: readonly Item[], credit: string | null, notes: Note[]): ReadonlyMap<PictureItem, Picture> {
  const pictures = items.filter((item) => item.kind === "picture");
  for (const { caption, credit: name, isGuessed } of pictures)
    if (isGuessed) notes.push(note("caption-beside-file", { caption, name: name ?? "" }));
  return new Map(
    pictures.map((item, index) => [
      item,
      { ...signed(item.credit ?? credit, `bild-${index + 1}`), alt: null, caption: inlineText(item.caption, notes) },
    ]),
  );
}

/** A picture before the first word of the text opens it. */
function heroOf(items: readonly Item[]): [PictureItem | undefined, readonly Item[]] {
  const [first, ...others] = items;
  return first?.kind === "picture" ? [first, others] : [undefined, items];
}

function blocksOf(items: readonly Item[], pictures: ReadonlyMap<PictureItem, Picture>, notes: Note[]): Block[] {
  const inline = (text: string): Inline[] => inlineText(text, notes);
  const blocks = (item: Item): Block[] => {
    switch (item.kind) {
      case "heading":
        return [{ type: "heading", level: 2, content: inline(item.text) }];
      case "paragraph":
        return [{ type: "paragraph", content: inline(item.text) }];
      case "quote":
        return [
          { type: "quote", blocks: [{ type: "paragraph", content: inline(item.text) }], source: inline(item.source) },
        ];
      case "list": {
        const entries = item.items.map((text): Block[] => [{ type: "paragraph", content: inline(text) }]);
        return [{ type: "list", ordered: item.ordered, start: 1, items: entries }];
      }
      case "picture": {
        const picture = pictures.get(item);
        return picture ? [{ type: "figure", picture }] : [];
      }
    }
  };
  return items.flatMap(blocks);
}

function interviewBlocks(
  { before, turns, box }: Interview<Item>,
  pictures: ReadonlyMap<PictureItem, Picture>,
  notes: Note[],
): Block[] {
  const spoken = turns.map(({ question, speaker, answer }) => ({
    question: inlineText("text" in question ? question.text : "", notes),
    speaker,
    answer: blocksOf(answer, pictures, notes),
  }));
  const [title, ...boxed] = box;
  const infobox: Block[] =
    title?.kind === "heading"
      ? [{ type: "infobox", title: inlineText(title.text, notes), blocks: blocksOf(boxed, pictures, notes) }]
      : [];
  return [...blocksOf(before, pictures, notes), { type: "interview", turns: spoken }, ...infobox];
}
