import type { Item } from "./items.ts";

/** Questions and answers in a pasted text. */
export interface Turn {
  readonly question: string;
  readonly speaker: string;
  readonly answer: readonly Item[];
}

const fewestTurns = 3;
const longestQuestion = 400;
const labelled = /^(\p{Lu}[^:.!?]{0,40}):\s+(?=\S)/u;

/** Undefined when it is none: a few questions among the headings make no interview. */
export function interviewOf(
  items: readonly Item[],
  isAnnounced: boolean,
): { before: readonly Item[]; turns: readonly Turn[]; box: readonly Item[] } | undefined {
  const labels = labelsOf(items);
  const isQuestion = labels ? (item: Item) => labelOf(item) === labels.asks : looksLikeQuestion;
  const questions = items.filter(isQuestion).length;
  const headings = items.filter((item) => item.kind === "heading" && !looksLikeQuestion(item)).length;
  const isInterview = labels !== undefined || (questions >= fewestTurns && (isAnnounced || headings === 0));
  if (!isInterview) return undefined;
  const first = items.findIndex(isQuestion);
  const boxed = items.findLastIndex(isBoxTitle);
  const end = boxed > items.findLastIndex(isQuestion) ? boxed : items.length;
  const turns: Turn[] = [];
  for (const item of items.slice(first, end)) {
    const turn = turns.at(-1);
    if (isQuestion(item)) turns.push({ question: textOf(item), speaker: "", answer: [] });
    else if (turn) turns.splice(-1, 1, answered(turn, item, labels !== undefined));
  }
  return { before: items.slice(0, first), turns, box: items.slice(end) };
}

/** What stands in a box after the last answer is nobody's answer. */
const isBoxTitle = (item: Item): boolean =>
  item.kind === "heading" && /^(?:Info|Infokasten|Hintergrund|Zur Person|Zur Sache|Background)\s*:?$/i.test(item.text);
const textOf = (item: Item): string => (item.kind === "heading" || item.kind === "paragraph" ? item.text : "");
const looksLikeQuestion = (item: Item): boolean =>
  /\?[“”"]?$/.test(textOf(item)) && textOf(item).length <= longestQuestion;
const labelOf = (item: Item): string | undefined => labelled.exec(textOf(item))?.[1];

/** Two names in turn before a colon; whoever asks more questions is the one who asks. */
function labelsOf(items: readonly Item[]): { asks: string } | undefined {
  const counts = new Map<string, { all: number; asked: number }>();
  for (const item of items) {
    const label = labelOf(item);
    if (label === undefined) continue;
    const { all, asked } = counts.get(label) ?? { all: 0, asked: 0 };
    counts.set(label, { all: all + 1, asked: asked + (looksLikeQuestion(item) ? 1 : 0) });
  }
  const often = [...counts].filter(([, { all }]) => all > 1);
  const [asks] = often.sort(([, left], [, right]) => right.asked - left.asked);
  return often.length >= 2 && asks && asks[1].asked > 1 ? { asks: asks[0] } : undefined;
}

/** The name before an answer says who speaks; the first of a turn is the turn's. */
function answered(turn: Turn, item: Item, isLabelled: boolean): Turn {
  const label = isLabelled ? labelOf(item) : undefined;
  if (label === undefined || turn.answer.length > 0 || item.kind !== "paragraph")
    return { ...turn, answer: [...turn.answer, item] };
  return { ...turn, speaker: label, answer: [{ ...item, text: item.text.replace(labelled, "") }] };
}
