import { clean } from "../encoding.ts";
import type { Masthead } from "../submission.ts";
import { joinLines, type Passage, passagesOf } from "./passages.ts";

/** The lines a printed page opens with: wordmark, "Organ des …", theme, issue number. They are no part of the article. */

const issueNumber = /^(?:(?:Ausgabe|Heft|Nummer|Nr\.?|Issue|No\.?)\s*)?(\d{1,3})\s*[|/]\s*((?:19|20)?\d{2})$/i;
/** A month or a season may follow: "Heft 3/2025 · September". */
const namedIssue =
  /^(?:Ausgabe|Heft|Nummer|Nr\.?|Issue|No\.?)\s*(\d{1,3})\s*[|/]\s*((?:19|20)?\d{2})(?:\s*[·|,–-]\s*[\p{L}\s/]{3,30})?$/iu;
const themeLabel =
  /^(?:(?:Das )?(?:Thema|Titelthema|Schwerpunkt)(?: (?:der|dieser) Ausgabe| des Hefts| des Heftes)?|(?:The )?Theme(?: of (?:the|this) issue)?|In focus)\s*:?$/i;
const themeLine = /^(?:Das )?(?:Thema|Titelthema|Schwerpunkt)(?: (?:der|dieser) Ausgabe)?\s*:\s*(\S.{2,120})$/i;
const subtitle =
  /^(?:Organ|Mitteilungsblatt|Amtliches|Offizielles|Verbandsorgan|Journal of|Organ of|\p{L}*(?:blatt|anzeiger|rundbrief) (?:der|des|für))(?!\p{L})/iu;
const claim =
  /\p{L}*(?:zeitschrift|magazin|zeitung|amtsblatt|nachrichten|journal|magazine|bulletin)\b.*\b(?:für|aus|der|des|for|of)\b/iu;
/** How far down a page its masthead may reach. */
const reach = 12;

/** Undefined when the text begins without one. */
export const readMasthead = (text: string): Masthead | undefined =>
  splitMasthead(passagesOf(clean(text).text).passages).masthead;

/** The masthead, and the passages after it. One number or theme alone makes none: two signs do. */
export function splitMasthead(passages: readonly Passage[]): {
  masthead: Masthead | undefined;
  rest: readonly Passage[];
} {
  const head = passages.slice(0, reach).flatMap(unset);
  const signs = head
    .map((passage, index) => (isSign(passage) || isTheme(head, index) ? index : -1))
    .filter((index) => index >= 0);
  const end = (signs.at(-1) ?? -1) + 1;
  const taken = head.slice(0, end);
  const isTitled = titledIssue.test(joinLines(passages[0]?.lines ?? []));
  const isHead = (isTitled || signs.length >= 2) && taken.every(({ lines }) => joinLines(lines).length <= 160);
  if (!isHead) return { masthead: undefined, rest: passages };
  return { masthead: mastheadOf(taken), rest: [...head.slice(end), ...passages.slice(reach)] };
}

const longestBlock = 6;

/** Wordmark, subtitle and number set in one block: each is a passage of its own. */
function unset(passage: Passage): Passage[] {
  const { lines, gap } = passage;
  const [, title, issue] = (lines.length === 1 && titledIssue.exec(lines[0] ?? "")) || [];
  if (title && issue) return [title, issue].map((line) => ({ lines: [line], gap }));
  const isBlock = lines.length > 1 && lines.length <= longestBlock && lines.some((line) => namedIssue.test(line));
  if (!isBlock) return [passage];
  const parts: string[][] = [];
  for (const [index, line] of lines.entries()) {
    const isNew =
      index === 0 || namedIssue.test(line) || subtitle.test(line) || namedIssue.test(lines[index - 1] ?? "");
    if (isNew) parts.push([line]);
    else parts.at(-1)?.push(line);
  }
  return parts.map((part, index) => ({ lines: part, gap: index === 0 ? gap : 0 }));
}

function isSign({ lines }: Passage): boolean {
  const line = joinLines(lines);
  if (line.length > 160) return false;
  return (
    lines.some((each) => namedIssue.test(each)) ||
    namedIssue.test(line) ||
    themeLabel.test(line) ||
    themeLine.test(line) ||
    subtitle.test(line)
  );
}

/** "Stadtspiegel Nr. 11/2025" says all a masthead must. */
const titledIssue =
  /^(\p{Lu}.{2,60}?)[\s,·|–-]+((?:Ausgabe|Heft|Nummer|Nr\.|Issue|No\.)\s*\d{1,3}\s*[|/]\s*(?:19|20)?\d{2})$/u;

/** What follows "Das Thema der Ausgabe". */
const isTheme = (passages: readonly Passage[], index: number): boolean =>
  themeLabel.test(joinLines(passages[index - 1]?.lines ?? []));

function mastheadOf(passages: readonly Passage[]): Masthead {
  let masthead: Masthead = {
    ...{ titleParts: ["", ""], subtitle: "", claim: "", number: null, year: null, theme: "", publisherName: "" },
    lines: passages.flatMap(({ lines }) => lines),
  };
  const others: string[] = [];
  for (const [index, passage] of passages.entries()) {
    const line = joinLines(passage.lines);
    const issue = numberIn(line) ?? passage.lines.map(numberIn).find(Boolean);
    if (issue) masthead = { ...masthead, ...numberOf(issue) };
    else if (isTheme(passages, index)) masthead = { ...masthead, theme: undecorated(line) };
    else if (themeLine.test(line)) masthead = { ...masthead, theme: undecorated(themeLine.exec(line)?.[1] ?? "") };
    else if (subtitle.test(line) && masthead.subtitle === "") masthead = { ...masthead, subtitle: line };
    else if (claim.test(line) && masthead.claim === "" && others.length > 0) masthead = { ...masthead, claim: line };
    else if (!themeLabel.test(line)) others.push(...(others.length === 0 ? passage.lines : [line]));
  }
  const [title = "", ...rest] = others;
  const claimed = masthead.claim === "" ? rest.find((line) => claim.test(line)) : undefined;
  const publisherName = rest.find((line) => line !== claimed) ?? "";
  return {
    ...masthead,
    titleParts: titleParts(undecorated(title)),
    claim: masthead.claim || (claimed ?? ""),
    publisherName,
  };
}

const numberIn = (line: string): RegExpExecArray | null => issueNumber.exec(line) ?? namedIssue.exec(line);

function numberOf([, number, year]: RegExpExecArray): Pick<Masthead, "number" | "year"> {
  const short = Number(year);
  return { number: Number(number), year: short < 100 ? 2000 + short : short };
}

/** Arrows and bold marks are typography, not text. */
export const undecorated = (line: string): string =>
  line
    .replace(/^[→►▶➔➜»›\s]+(?=\S)/u, "")
    .replace(/^\*\*(.+)\*\*$/u, "$1")
    .replace(/^[→►▶➔➜]\s*/u, "")
    .trim();

/** Bold and light half of a wordmark: at the change from capitals to small letters, else at the first space. */
export function titleParts(title: string): [string, string] {
  const change =
    /^(\p{Lu}{2,})(\p{Ll}.*)$/u.exec(title) ??
    /^(\p{Lu}\p{Ll}+)(\p{Lu}.*)$/u.exec(title) ??
    /^(\S+)(\s.*)$/u.exec(title);
  return change ? [change[1] ?? "", change[2] ?? ""] : [title, ""];
}
