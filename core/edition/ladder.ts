import type { Article } from "../article/article.ts";
import { type Note, note } from "../refusal.ts";
import type { EditionInput } from "./edition.ts";
import { htmlOf } from "./email/html.ts";
import { mostEmailBytes } from "./gate.ts";
import { fullest, type Plan, planOf, type Shape } from "./letter/shape.ts";
import { composeLetter, type Letter } from "./letter.ts";
import { fillSlots, longestSlotValues } from "./slots.ts";

export interface Fitting {
  readonly letter: Letter;
  readonly html: string;
  /** What was shortened, each article once, in the order it was. */
  readonly notes: readonly Note[];
}

/** One rung: the shape below it, and what the editor is told. */
interface Step {
  readonly id: string;
  readonly take: (shape: Shape) => Shape;
  readonly note: Note;
}

/**
 * The fullest letter below the limit with every slot at its longest. One rendering where it fits at once; else the
 * fewest steps down are found by halving, each try a rendering. A letter too large even at the foot comes back as it
 * is: the gate refuses it.
 */
export async function fitting(input: EditionInput): Promise<Fitting> {
  const plan = planOf(input.issue, input.articles);
  const whole = fullest(plan);
  const steps = stepsDown(plan, whole);
  const attempt = async (count: number): Promise<Fitting> => {
    const taken = steps.slice(0, count);
    const letter = composeLetter(
      input,
      plan,
      taken.reduce((shape, step) => step.take(shape), whole),
    );
    const last = taken.filter((step) => taken.findLast(({ id }) => id === step.id) === step);
    return { letter, html: await htmlOf(letter, input.house), notes: last.map((step) => step.note) };
  };
  const fits = ({ html }: Fitting): boolean => longestBytes(html, input.publication.baseUrl) < mostEmailBytes;
  return fewest(steps.length, attempt, fits);
}

/** The first attempt that fits, or the last of all. Every further step makes the letter smaller. */
async function fewest<T>(
  most: number,
  attempt: (count: number) => Promise<T>,
  fits: (tried: T) => boolean,
): Promise<T> {
  const first = await attempt(0);
  if (fits(first) || most === 0) return first;
  let found = await attempt(most);
  let [tooFew, enough] = [0, most];
  while (fits(found) && enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    const tried = await attempt(middle);
    if (fits(tried)) [found, enough] = [tried, middle];
    else tooFew = middle;
  }
  return found;
}

/** From the end: whole texts become teasers, then teasers lose their pictures, then teasers become lines. */
function stepsDown({ lead, sections }: Plan, { full, pictured }: Shape): Step[] {
  const others = sections.flatMap(({ articles }) => articles).reverse();
  const teasers = others.filter(({ kind }) => kind !== "date");
  return [
    ...[...others, lead].filter(({ id }) => full.has(id)).map(shorten),
    ...others.filter(({ id }) => pictured.has(id) && !full.has(id)).map(dropPicture),
    ...teasers.map(reduceToLine),
  ];
}

const without = (set: ReadonlySet<string>, id: string): ReadonlySet<string> =>
  new Set([...set].filter((one) => one !== id));

const shorten = ({ id, title }: Article): Step => ({
  id,
  take: (shape) => ({ ...shape, full: without(shape.full, id), pictured: without(shape.pictured, id) }),
  note: note("mail-full-shortened", { title }),
});

const dropPicture = ({ id, title }: Article): Step => ({
  id,
  take: (shape) => ({ ...shape, pictured: without(shape.pictured, id) }),
  note: note("mail-picture-dropped", { title }),
});

const reduceToLine = ({ id, title }: Article): Step => ({
  id,
  take: (shape) => ({ ...shape, lines: new Set([...shape.lines, id]) }),
  note: note("mail-teaser-to-line", { title }),
});

/** Bytes of the HTML part with every slot at its longest. */
export const longestBytes = (html: string, baseUrl: string): number =>
  Buffer.byteLength(fillSlots(html, longestSlotValues(baseUrl), "html"));
