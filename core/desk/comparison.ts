import { diffArrays, diffWordsWithSpace } from "diff";

/** Two revisions side by side, in the words of the editor's page: what went, what came, and what stayed between. */
export type Passage =
  | { readonly is: "same"; readonly lines: readonly string[] }
  /** So many lines that stayed as they are, and are not shown. */
  | { readonly is: "left-out"; readonly lines: number }
  | { readonly is: "changed"; readonly pieces: readonly Piece[] };
export interface Piece {
  readonly text: string;
  readonly is: "same" | "gone" | "new";
}

/** Lines that stay around a change, so that one sees where it stands. */
const around = 2;
/** Beyond so many differences a passage was written anew, and is shown so; the search grows with their square. */
const mostEdits = 1500;

/** @param before canonical Markdown of the earlier revision */
export function compare(before: string, after: string): Passage[] {
  const passages: Passage[] = [];
  let gone: string[] = [];
  const runs = diffArrays(before.split("\n"), after.split("\n"), { maxEditLength: mostEdits }) ?? [
    { value: before.split("\n"), removed: true, added: false },
    { value: after.split("\n"), removed: false, added: true },
  ];
  for (const { value, removed, added } of runs) {
    if (removed) {
      gone = value;
      continue;
    }
    if (added || gone.length > 0) passages.push(changed(gone, added ? value : []));
    gone = [];
    if (!added) passages.push({ is: "same", lines: value });
  }
  if (gone.length > 0) passages.push(changed(gone, []));
  return passages.flatMap((passage, index) =>
    passage.is === "same" ? shortened(passage.lines, index > 0, index < passages.length - 1) : [passage],
  );
}

function changed(gone: readonly string[], came: readonly string[]): Passage {
  const [before, after] = [gone.join("\n"), came.join("\n")];
  const whole: Piece[] = [
    { text: before, is: "gone" },
    { text: after, is: "new" },
  ];
  const words = gone.length > 0 && came.length > 0 && diffWordsWithSpace(before, after, { maxEditLength: mostEdits });
  const pieces = words
    ? words.map(({ value, added, removed }): Piece => ({ text: value, is: added ? "new" : removed ? "gone" : "same" }))
    : whole.filter(({ text }) => text !== "");
  return { is: "changed", pieces };
}

/** The middle of what stayed is left out; at either end of the text only what stands next to a change is shown. */
function shortened(lines: readonly string[], isAfterChange: boolean, isBeforeChange: boolean): Passage[] {
  const [first, last] = [isAfterChange ? around : 0, isBeforeChange ? around : 0];
  const leftOut = lines.length - first - last;
  if (leftOut < 2) return [{ is: "same", lines }];
  return [
    ...(first > 0 ? [{ is: "same", lines: lines.slice(0, first) } as const] : []),
    { is: "left-out", lines: leftOut },
    ...(last > 0 ? [{ is: "same", lines: lines.slice(-last) } as const] : []),
  ];
}
