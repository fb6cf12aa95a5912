import type { Author } from "../article.ts";
import { creditLine } from "../credit.ts";
import { undecorated } from "./masthead.ts";
import { endsSentence, joinLines, type Passage } from "./passages.ts";
import { authorBlock, type Byline, bylineOf } from "./people.ts";
import { isBody, looksLikeHeading, looksLikeName } from "./shape.ts";

/** What stands between the masthead and the text. */
export interface HeadLines {
  readonly kicker: string;
  readonly title: string;
  readonly subtitle: string;
  readonly lead: string;
  readonly authors: readonly Author[];
  readonly credit: string | null;
  /** The text, and what of the head was none (captions). */
  readonly rest: readonly Passage[];
}

/** How many passages after its start a text may still name its author. */
const lateByline = 3;

/** Finds kicker, title, subtitle, standfirst and authors; what is none of them stays in `rest`. */
export function readHeadLines(passages: readonly Passage[]): HeadLines {
  const { kicker, title, rest } = titleOf(passages);
  return { kicker, title, ...readBelowTitle(rest) };
}

/** The same where the title is known: subtitle, standfirst and authors. */
export function readBelowTitle(rest: readonly Passage[]): Omit<HeadLines, "kicker" | "title"> {
  const body = rest.findIndex(isText);
  const front = rest.slice(0, body < 0 ? rest.length : body);
  const people = peopleIn(front);
  const text = rest.slice(front.length);
  const late = people.authors.length === 0 ? text.slice(1, lateByline).findIndex(isByline) : -1;
  const by = late < 0 ? undefined : bylineOf(joinLines(text[late + 1]?.lines ?? []));
  // A paragraph before the author's name is the standfirst.
  const lead = by && late === 0 ? joinLines(text[0]?.lines ?? []) : "";
  const [subtitle, ...others] =
    (people.authors.length === 0 || people.before > 0) && !isWholeText(people.rest, text)
      ? subtitleOf(people.rest, people.before)
      : ["", ...people.rest];
  return {
    ...{ subtitle: typeof subtitle === "string" ? subtitle : "", lead },
    authors: [...people.authors, ...(by?.authors ?? [])],
    credit: people.credit ?? by?.credit ?? null,
    rest: [
      ...others.filter((passage) => typeof passage !== "string"),
      ...(by ? text.filter((_, index) => index !== late + 1 && !(lead && index === 0)) : text),
    ],
  };
}

/** A notice of one short sentence below its title: taken for a subtitle, nothing would be left to read. */
const isWholeText = ([only, ...others]: readonly Passage[], text: readonly Passage[]): boolean =>
  text.length === 0 && others.length === 0 && only !== undefined && endsSentence(joinLines(only.lines));

/** A paragraph, not a few lines of a head that a column set close. */
const isText = ({ lines }: Passage): boolean =>
  isBody(joinLines(lines)) && (lines.length > 3 || !lines.some((line) => bylineOf(line)));
const isByline = ({ lines }: Passage): boolean => bylineOf(joinLines(lines)) !== undefined;
const isMarked = (line: string): boolean => /^[→►▶➔➜]/u.test(line);

/** The title is marked by an arrow, or the first line; a shorter line in capitals or with a colon above it is the kicker. */
function titleOf(passages: readonly Passage[]): { kicker: string; title: string; rest: Passage[] } {
  const [first, second, ...more] = passages;
  if (!first) return { kicker: "", title: "", rest: [] };
  const [line = "", ...below] = wrapped(first.lines);
  const rest = [...(below.length > 0 ? [{ lines: below, gap: 0 }] : []), ...passages.slice(1)];
  const next = below[0] ?? second?.lines[0] ?? "";
  if (!isMarked(line) && looksLikeKicker(line) && isTitle(next) && (below.length > 0 || second)) {
    const after = titleOf(
      below.length > 0 ? [{ lines: below, gap: 0 }, ...passages.slice(1)] : [...(second ? [second] : []), ...more],
    );
    return { ...after, kicker: undecorated(line.replace(/:$/, "")) };
  }
  if (isBody(line) && !isMarked(line)) return { kicker: "", title: "", rest: [...passages] };
  return { kicker: "", title: undecorated(line), rest };
}

const looksLikeKicker = (line: string): boolean =>
  line.length <= 45 &&
  ((line === line.toUpperCase() && /\p{Lu}{3}/u.test(line)) ||
    /^Aus (?:dem|der|den)\s\p{Lu}\p{L}+(?:\s\p{Lu}\p{L}+)?$/u.test(line) ||
    /^[\p{L}\s.-]{3,40}:$/u.test(line));
const isTitle = (line: string): boolean =>
  (looksLikeHeading(line.replace(/:$/, "")) || isMarked(line)) && !bylineOf(line) && line !== line.toUpperCase();

/** A title a column broke is one line again. */
function wrapped(lines: readonly string[]): string[] {
  const [first = "", second, ...more] = lines;
  const goesOn =
    second !== undefined &&
    (/[-–,]$/.test(first) || /^\p{Ll}/u.test(second)) &&
    !bylineOf(second) &&
    !/[.!?]$/.test(second);
  return goesOn ? wrapped([joinLines([first, second]), ...more]) : [...lines];
}

interface People {
  readonly authors: readonly Author[];
  readonly credit: string | null;
  /** Passages that name nobody, and how many of them stood before the first author. */
  readonly rest: readonly Passage[];
  readonly before: number;
}

function peopleIn(passages: readonly Passage[]): People {
  const lines = passages.flatMap((passage) =>
    passage.lines.map((line, index) => ({ line, gap: index === 0 ? passage.gap : 0 })),
  );
  const authors: Author[] = [];
  const rest: Passage[] = [];
  let credit: string | null = null;
  let before = -1;
  for (let index = 0; index < lines.length; index += 1) {
    const { line, gap } = lines[index] ?? { line: "", gap: 0 };
    const by: Byline | undefined = bylineOf(line);
    const block = authorBlock(
      lines.slice(index, index + 3).map((each) => each.line),
      authors.filter(({ portrait }) => portrait).length,
    );
    const found = by?.authors ?? (block ? [block.author] : []);
    if (found.length > 0 && before < 0) before = rest.length;
    if (by) authors.push(...withRole(by, lines[index + 1]?.line ?? ""));
    else if (block) authors.push(block.author);
    else if (gap === 0 && rest.length > 0 && !creditLine(line))
      rest.splice(-1, 1, { ...(rest.at(-1) ?? { gap: 0 }), lines: [...(rest.at(-1)?.lines ?? []), line] });
    else rest.push({ lines: [line], gap });
    credit ??= by?.credit ?? null;
    if (by && authors.at(-1)?.roleAtTime === lines[index + 1]?.line) index += 1;
    if (block && !by) index += block.taken - 1;
  }
  return { authors, credit, rest, before: Math.max(before, 0) };
}

/** "Von Max Muster" with the office on the next line. */
function withRole({ authors }: Byline, next: string): readonly Author[] {
  const [only] = authors;
  const block = only && authors.length === 1 && only.roleAtTime === "" ? authorBlock([only.name, next], 0) : undefined;
  return block && block.author.roleAtTime === next && !looksLikeName(next) ? [block.author] : authors;
}

/** The first line after the title, where nobody is named yet: more of the title. */
function subtitleOf(passages: readonly Passage[], before: number): (string | Passage)[] {
  const [first, ...others] = passages;
  if (!first) return [""];
  const line = joinLines(first.lines);
  const isCaption = creditLine(joinLines(others[0]?.lines ?? [])) !== undefined;
  return (before > 0 || passages.length === 1) && !isCaption && creditLine(line) === undefined && line.length <= 200
    ? [line, ...others]
    : ["", ...passages];
}
