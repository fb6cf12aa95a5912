/** Questions and answers among the things a text is made of, lines of a paste or blocks of a document. */
export interface Turn<I> {
  readonly question: I;
  readonly speaker: string;
  readonly answer: readonly I[];
}
export interface Interview<I> {
  readonly before: readonly I[];
  readonly turns: readonly Turn<I>[];
  readonly box: readonly I[];
}
/** Only headings and paragraphs ask and answer. */
interface Spoken {
  readonly kind: string;
  readonly text?: string;
}

const fewestTurns = 3;
const longestQuestion = 400;
/** Whoever writes "Frage:" names nobody. */
const nameless = /^(?:Frage|Antwort|Question|Answer|[FAQ])$/i;
const labelled = /^(\p{Lu}[^:.!?]{0,40}):\s+(?=\S)/u;

/**
 * Undefined when it is none: a few questions among the headings make no interview.
 *
 * @param withoutLabel the item without the name and colon it begins with
 */
export function interviewOf<I extends Spoken>(
  items: readonly I[],
  isAnnounced: boolean,
  withoutLabel: (item: I, label: string) => I,
): Interview<I> | undefined {
  const labels = labelsOf(items);
  const isQuestion = labels ? (item: I) => labelOf(item) === labels.asks : looksLikeQuestion;
  const questions = items.filter(isQuestion).length;
  const headings = items.filter((item) => item.kind === "heading" && !looksLikeQuestion(item)).length;
  const isInterview = labels !== undefined || (questions >= fewestTurns && (isAnnounced || headings === 0));
  if (!isInterview) return undefined;
  const first = items.findIndex(isQuestion);
  const boxed = items.findLastIndex(isBoxTitle);
  const end = boxed > items.findLastIndex(isQuestion) ? boxed : items.length;
  const turns: Turn<I>[] = [];
  for (const item of items.slice(first, end)) {
    const turn = turns.at(-1);
    if (isQuestion(item)) turns.push({ question: labels ? asked(item, withoutLabel) : item, speaker: "", answer: [] });
    else if (turn) turns.splice(-1, 1, answered(turn, item, labels ? withoutLabel : undefined));
  }
  return { before: items.slice(0, first), turns, box: items.slice(end) };
}

/** What stands in a box after the last answer is nobody's answer. */
const isBoxTitle = (item: Spoken): boolean =>
  item.kind === "heading" &&
  /^(?:Info|Infokasten|Hintergrund|Zur Person|Zur Sache|Background)\s*:?$/i.test(textOf(item));
const textOf = ({ kind, text = "" }: Spoken): string => (kind === "heading" || kind === "paragraph" ? text : "");
const looksLikeQuestion = (item: Spoken): boolean =>
  /\?[“”"]?$/.test(textOf(item)) && textOf(item).length <= longestQuestion;
/** "Frage 1" and "Frage 2" are one. */
const labelOf = (item: Spoken): string | undefined => labelled.exec(textOf(item))?.[1]?.replace(/\s*\d+$/, "");

/** Two names in turn before a colon; whoever asks more questions is the one who asks. */
function labelsOf(items: readonly Spoken[]): { asks: string } | undefined {
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

function asked<I extends Spoken>(item: I, withoutLabel: (item: I, label: string) => I): I {
  const label = labelled.exec(textOf(item))?.[0] ?? "";
  return nameless.test(labelOf(item) ?? "") ? withoutLabel(item, label) : item;
}

/** The name before an answer says who speaks; the first of a turn is the turn's. */
function answered<I extends Spoken>(
  turn: Turn<I>,
  item: I,
  withoutLabel: ((item: I, label: string) => I) | undefined,
): Turn<I> {
  const label = withoutLabel && labelOf(item);
  if (label === undefined || turn.answer.length > 0 || item.kind !== "paragraph")
    return { ...turn, answer: [...turn.answer, item] };
  const speaker = nameless.test(label) ? "" : label;
  return { ...turn, speaker, answer: [withoutLabel?.(item, labelled.exec(textOf(item))?.[0] ?? "") ?? item] };
}

/** Told once, before a text begins: what follows are questions and answers. */
export const announcesInterview = (head: string): boolean =>
  /\b(?:Interview|Gespräch|Fragen an|nachgefragt|in conversation)\b/i.test(head);
