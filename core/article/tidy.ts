import type { ArticleText, Author, Block, Inline, Picture } from "./article.ts";
import { cleanLine } from "./encoding.ts";
import { kindOfLink, labelOfUrl } from "./link.ts";

/**
 * The one form of a text: nothing empty, nothing doubled, no space at an edge. Canonical Markdown prints and reads
 * exactly this form. Tidying twice is the same as once.
 */
export function tidy(article: ArticleText): ArticleText {
  const notes = article.notes.map((note) => tidyInlines(withoutNotes(note, 0)));
  const known = (content: readonly Inline[]) => withoutNotes(content, notes.length);
  return {
    ...article,
    kicker: tidyLine(article.kicker),
    title: tidyLine(article.title),
    subtitle: tidyLine(article.subtitle),
    teaser: tidyLine(article.teaser),
    lead: tidyInlines(known(article.lead)),
    authors: article.authors.map(tidyAuthor),
    hero: article.hero && tidyPicture(withoutMarks(article.hero)),
    blocks: tidyBlocks(mapInlines(article.blocks, known)),
    linkBox: tidyLinkBox(article.linkBox),
    notes,
    event: article.event && { ...article.event, place: tidyLine(article.event.place) },
  };
}

export const tidyLine = (line: string): string => squeeze(cleanLine(line)).trim();

/** Spaces and tabs become one space; no-break spaces stay. */
const squeeze = (text: string): string => text.replace(/[ \t\n]+/g, " ");

const tidyAuthor = ({ name, roleAtTime, portrait }: Author): Author => ({
  name: tidyLine(name),
  roleAtTime: tidyLine(roleAtTime),
  portrait: portrait && tidyPicture(withoutMarks(portrait)),
});

export const tidyPicture = (picture: Picture): Picture => ({
  name: picture.name,
  alt: picture.alt === null ? null : tidyLine(picture.alt),
  caption: tidyInlines(picture.caption),
  credit: picture.credit === null ? null : tidyLine(picture.credit) || null,
});

function tidyLinkBox(box: ArticleText["linkBox"]): ArticleText["linkBox"] {
  const entries = (box?.entries ?? [])
    .map(({ label, url }) => ({
      kind: kindOfLink(url),
      label: tidyLine(label) || (url === null ? "" : labelOfUrl(url)),
      url,
    }))
    .filter(({ label }) => label !== "");
  return box && entries.length > 0 ? { title: tidyLine(box.title), entries } : null;
}

// ── blocks ─────────────────────────────────────────────────────────────────────────────────────

export const tidyBlocks = (blocks: readonly Block[]): Block[] => blocks.flatMap(tidyBlock);

function tidyBlock(block: Block): Block[] {
  switch (block.type) {
    case "heading":
    case "paragraph": {
      const content = tidyInlines(block.content);
      return content.length > 0 ? [{ ...block, content }] : [];
    }
    case "list":
      return block.items.length > 0 ? [{ ...block, ...startOf(block), items: block.items.map(tidyBlocks) }] : [];
    case "figure":
      return [{ ...block, picture: tidyPicture(block.picture) }];
    case "gallery":
      return [{ ...block, pictures: block.pictures.map(tidyPicture), caption: tidyInlines(block.caption) }];
    case "quote":
      return keepFilled({ ...block, blocks: tidyBlocks(block.blocks), source: tidyInlines(block.source) });
    case "infobox":
      return keepFilled({ ...block, title: tidyInlines(block.title), blocks: tidyBlocks(block.blocks) });
    case "interview":
      return [
        {
          ...block,
          turns: block.turns.map(({ question, answer, speaker }) => ({
            question: tidyInlines(question),
            answer: tidyBlocks(answer),
            speaker: tidyLine(speaker),
          })),
        },
      ];
    case "table":
      return tidyTable(block);
    case "embed":
      return [{ ...block, title: tidyLine(block.title) }];
    case "separator":
      return [block];
  }
}

const startOf = ({ ordered, start }: { ordered: boolean; start: number }) => ({ start: ordered ? start : 1 });

function keepFilled<B extends Extract<Block, { type: "quote" | "infobox" }>>(block: B): B[] {
  const heading = block.type === "quote" ? block.source : block.title;
  return block.blocks.length > 0 || heading.length > 0 ? [block] : [];
}

/** Every row as wide as the widest. */
function tidyTable(table: Extract<Block, { type: "table" }>): Block[] {
  const width = Math.max(table.head.length, ...table.rows.map((row) => row.length));
  if (width === 0) return [];
  const columns = [...Array(width).keys()];
  const filled = (row: readonly (readonly Inline[])[]) => columns.map((column) => tidyInlines(row[column] ?? []));
  const align = columns.map((column) => table.align[column] ?? null);
  return [
    { ...table, caption: tidyInlines(table.caption), align, head: filled(table.head), rows: table.rows.map(filled) },
  ];
}

// ── inlines ────────────────────────────────────────────────────────────────────────────────────

type Wrapping = Extract<Inline, { content: readonly Inline[] }>;
const wraps = (inline: Inline): inline is Wrapping => "content" in inline;

/** @param around what stands around the content: strong in strong and link in link are one */
export function tidyInlines(content: readonly Inline[], around: readonly string[] = []): Inline[] {
  const flat = content.flatMap((inline) => tidyInline(inline, around));
  return around.length > 0 ? merge(flat) : trim(merge(flat));
}

function tidyInline(inline: Inline, around: readonly string[]): Inline[] {
  if (inline.type === "text") {
    const text = squeeze(cleanLine(inline.text));
    return text === "" ? [] : [{ type: "text", text }];
  }
  if (inline.type === "abbr") {
    const [title, text] = [tidyLine(inline.title), tidyLine(inline.text)];
    if (title === "" || text === "")
      return [{ type: "text", text: text || title }].flatMap((t) => (t.text ? [t as Inline] : []));
    return [{ type: "abbr", title, text }];
  }
  if (!wraps(inline)) return [inline];
  if (around.includes(inline.type) && inline.type !== "lang") return tidyInlines(inline.content, around);
  return outerSpaces(inline, tidyInlines(inline.content, [...around, inline.type]));
}

/** "<strong> a </strong>" is " <strong>a</strong> "; breaks at an edge move out too. */
function outerSpaces(inline: Wrapping, content: readonly Inline[]): Inline[] {
  const before: Inline[] = [];
  const after: Inline[] = [];
  const inner = [...content];
  for (let first = inner[0]; first && isEdge(first, /^ /); first = inner[0]) {
    inner.shift();
    if (first.type === "text") {
      before.push({ type: "text", text: " " });
      if (first.text !== " ") inner.unshift({ type: "text", text: first.text.slice(1) });
    } else before.push(first);
  }
  for (let last = inner.at(-1); last && isEdge(last, / $/); last = inner.at(-1)) {
    inner.pop();
    if (last.type === "text") {
      after.unshift({ type: "text", text: " " });
      if (last.text !== " ") inner.push({ type: "text", text: last.text.slice(0, -1) });
    } else after.unshift(last);
  }
  return [...before, ...(inner.length > 0 ? [{ ...inline, content: inner }] : []), ...after];
}

const isEdge = (inline: Inline, space: RegExp): boolean =>
  inline.type === "break" || (inline.type === "text" && space.test(inline.text));

/** Neighbours of one kind become one; no space stands beside a break or another space. */
function merge(content: readonly Inline[]): Inline[] {
  const merged: Inline[] = [];
  for (const inline of content) {
    const last = merged.at(-1);
    const joined = last && join(last, inline);
    if (joined) merged.splice(-1, 1, ...joined);
    else merged.push(inline);
  }
  return merged.filter((inline) => inline.type !== "text" || inline.text !== "");
}

function join(left: Inline, right: Inline): Inline[] | undefined {
  if (left.type === "text" && right.type === "text") {
    return [{ type: "text", text: squeeze((left.text + right.text).normalize("NFC")) }];
  }
  if (left.type === "break" && right.type === "text" && right.text.startsWith(" ")) {
    return [left, { type: "text", text: right.text.slice(1) }];
  }
  if (left.type === "text" && right.type === "break") return [{ type: "text", text: left.text.trimEnd() }, right];
  const isPair = left.type === right.type && wraps(left) && wraps(right) && left.type !== "lang";
  const isSameLink = left.type !== "link" || right.type !== "link" || left.url === right.url;
  if (!isPair || !isSameLink) return undefined;
  return [{ ...left, content: merge([...left.content, ...right.content]) }];
}

/** No space and no break at either end of a paragraph, heading or caption. */
function trim(content: readonly Inline[]): Inline[] {
  const inner = [...content];
  for (let first = inner[0]; first && isEdge(first, /^\s/); first = inner[0]) {
    const text = first.type === "text" ? first.text.trimStart() : "";
    inner.splice(0, 1, ...(text ? [{ type: "text" as const, text }] : []));
  }
  for (let last = inner.at(-1); last && isEdge(last, /\s$/); last = inner.at(-1)) {
    const text = last.type === "text" ? last.text.trimEnd() : "";
    inner.splice(-1, 1, ...(text ? [{ type: "text" as const, text }] : []));
  }
  return inner;
}

/** A footnote mark without a footnote would lead a reader nowhere. */
const withoutNotes = (content: readonly Inline[], count: number): Inline[] =>
  content.flatMap((inline): Inline[] => {
    if (inline.type === "noteRef") return inline.number <= count ? [inline] : [];
    return wraps(inline) ? [{ ...inline, content: withoutNotes(inline.content, count) }] : [inline];
  });

/** Pictures named in front matter stand outside the text, where no footnote is counted. */
const withoutMarks = (picture: Picture): Picture => ({ ...picture, caption: withoutNotes(picture.caption, 0) });

/** The same blocks with every run of inlines changed. */
export function mapInlines(blocks: readonly Block[], change: (content: readonly Inline[]) => Inline[]): Block[] {
  const inside = (inner: readonly Block[]) => mapInlines(inner, change);
  return blocks.map((block): Block => {
    switch (block.type) {
      case "heading":
      case "paragraph":
        return { ...block, content: change(block.content) };
      case "list":
        return { ...block, items: block.items.map(inside) };
      case "figure":
        return { ...block, picture: { ...block.picture, caption: change(block.picture.caption) } };
      case "gallery": {
        const pictures = block.pictures.map((picture) => ({ ...picture, caption: change(picture.caption) }));
        return { ...block, pictures, caption: change(block.caption) };
      }
      case "quote":
        return { ...block, blocks: inside(block.blocks), source: change(block.source) };
      case "infobox":
        return { ...block, title: change(block.title), blocks: inside(block.blocks) };
      case "interview":
        return {
          ...block,
          turns: block.turns.map((turn) => ({ ...turn, question: change(turn.question), answer: inside(turn.answer) })),
        };
      case "table":
        return {
          ...block,
          caption: change(block.caption),
          head: block.head.map(change),
          rows: block.rows.map((row) => row.map(change)),
        };
      default:
        return block;
    }
  });
}
