import { startOfWalk, type WalkPosition } from "../../core/subscriber/walk.ts";
import type { Cloud } from "../cloud/cloud.ts";
import {
  beginWalk,
  keepSoFar,
  readSoFar,
  readWalk,
  saveWalk,
  takeWalk,
  type Walk,
  type Wish,
} from "../records/walks.ts";

/** Work over all readers, in pieces that fit a request: each begins where the one before it ended. */

/** What a walk does. `T` is what it has found so far. */
export interface Work<T> {
  readonly begin: T;
  /** Where `T` is no JSON: as it is kept between two pieces, and as it goes on. */
  readonly kept?: { write(soFar: T): unknown; read(kept: never): T };
  /** Looks at the page of readers behind a position, and says where the next one begins. */
  step(soFar: T, from: WalkPosition): Promise<Step<T>>;
  /** Every reader was seen. Done again where a run died behind it. Answers how many lines it wrote, where it writes any. */
  end(soFar: T): Promise<number | null>;
}
export interface Step<T> {
  readonly soFar: T;
  readonly seen: number;
  readonly next: WalkPosition | undefined;
}
/** Made anew for every piece, for the very turn it belongs to. */
export type WorkOf = (cloud: Cloud, walk: Walk) => Promise<Work<unknown>>;

/** What somebody wishes for, and the work that brings it. Whoever hands one out has looked whether they may have it. */
export interface Errand {
  readonly wish: Wish;
  readonly workOf: WorkOf;
}

/** The same with its own idea of what was found: only {@link walkOn} hands it back, to the work it came from. */
export const work = <T>(one: Work<T>): Work<unknown> => one as unknown as Work<unknown>;

/** Longer than any request of the desk: whoever held it then is dead. */
const heldSeconds = 35;
/** So long somebody waits who finds another at it: whoever asks again at once would only ask again and again. */
const politeMilliseconds = 1000;

/** Begins what is wished for, or goes on with it where it was begun: one piece, until it is late. */
export async function walkOn(cloud: Cloud, { wish, workOf }: Errand, isLate: () => boolean): Promise<Walk | undefined> {
  const standing = await readWalk(cloud, wish);
  const isSame = standing?.state === "walking" && standing.given === wish.given;
  return pieceOf(cloud, isSame ? standing : await beginWalk(cloud, wish, startOfWalk), workOf, isLate);
}

/**
 * One piece of a walk that is under way; nothing where it is done or another was begun. A piece that dies is done again by
 * the next, from where it began; two at once never both go on.
 */
export async function pieceOf(
  cloud: Cloud,
  walk: Walk,
  workOf: WorkOf,
  isLate: () => boolean,
): Promise<Walk | undefined> {
  if (walk.state === "done") return walk;
  const now = cloud.clock.now();
  const heldUntil = new Date(now.getTime() + heldSeconds * 1000).toISOString();
  const isFree = (walk.heldUntil ?? "") <= now.toISOString();
  const taken = isFree ? await takeWalk(cloud, walk, heldUntil) : undefined;
  if (!taken) await cloud.clock.sleep(politeMilliseconds);
  else await goOn(cloud, taken, workOf, isLate);
  return readWalk(cloud, walk);
}

async function goOn(cloud: Cloud, walk: Walk, workOf: WorkOf, isLate: () => boolean): Promise<void> {
  try {
    const work = await workOf(cloud, walk);
    const kept = await readSoFar(cloud, walk);
    let soFar = kept === undefined ? work.begin : work.kept ? work.kept.read(kept as never) : kept;
    let [position, seen]: [WalkPosition | undefined, number] = [walk.position, walk.seen];
    do {
      const step: Step<unknown> = await work.step(soFar, position);
      [soFar, position, seen] = [step.soFar, step.next, seen + step.seen];
    } while (position && !isLate());
    const set = position
      ? { position, soFar: await keepSoFar(cloud, walk, work.kept ? work.kept.write(soFar) : soFar) }
      : { state: "done" as const, lines: await work.end(soFar) };
    await saveWalk(cloud, walk, { ...set, seen, heldUntil: null });
  } catch (fault) {
    // Whoever tries again need not wait for a run that is known to be over.
    await saveWalk(cloud, walk, { heldUntil: null }).catch(() => false);
    throw fault;
  }
}

/** To its end, for who can wait: the command line. @param tell hears how far it is */
export async function walkWhole(cloud: Cloud, errand: Errand, tell?: (walk: Walk) => void): Promise<Walk> {
  for (;;) {
    const until = cloud.clock.now().getTime() + patientSeconds * 1000;
    const walk = await walkOn(cloud, errand, () => cloud.clock.now().getTime() >= until);
    if (walk?.state === "done") return walk;
    if (walk) tell?.(walk);
  }
}
const patientSeconds = 5;
