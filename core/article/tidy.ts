import type { ArticleText, Author, Block, Inline, Picture } from "./article.ts";
import { kindOfLink, labelOfUrl } from "./link.ts";
import { mapInlines } from "./map-inlines.ts";
import { tidyInlines, tidyLine } from "./tidy-inlines.ts";

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

const tidyAuthor = ({ name, roleAtTime, portrait }: Author): Author => ({
  name: tidyLine(name),
  roleAtTime: tidyLine(roleAtTime),
  portrait: portrait && tidyPicture(withoutMarks(portrait)),
});

const tidyPicture = (picture: Picture): Picture => ({
  name: picture.name,
  alt: picture.alt === null ? null : tidyLine(picture.alt),
  caption: tidyInlines(picture.caption),
  credit: picture.credit === null ? null : tidyLine(picture.credit) || null,
  ...(picture.focus && { focus: picture.focus }),
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

const tidyBlocks = (blocks: readonly Block[]): Block[] => blocks.flatMap(tidyBlock);

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

/** A footnote mark without a footnote would lead a reader nowhere. */
const withoutNotes = (content: readonly Inline[], count: number): Inline[] =>
  content.flatMap((inline): Inline[] => {
    if (inline.type === "noteRef") return inline.number <= count ? [inline] : [];
    return "content" in inline ? [{ ...inline, content: withoutNotes(inline.content, count) }] : [inline];
  });

/** Pictures named in front matter stand outside the text, where no footnote is counted. */
const withoutMarks = (picture: Picture): Picture => ({ ...picture, caption: withoutNotes(picture.caption, 0) });
