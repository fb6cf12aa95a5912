import type { Cloud } from "../cloud/cloud.ts";
import { submissionFolder } from "../records/paths.ts";
import { dropTurn, endTurn, followTurn, standingTurn, takeTurn } from "../records/reading-turns.ts";

/** Forty files are forty notices: the first has the submission read, the others only that it is looked at once more. */

interface Place {
  readonly publication: string;
  readonly submission: string;
}

/** Not everything could be read in one run. What was read is remembered; the next run goes on from there. */
export class Unfinished extends Error {}

/** The longest a message can be held back. */
const mostDelaySeconds = 900;
/** Files go on arriving: a moment later more of them are there. */
const pauseSeconds = 5;

/**
 * @param read throws {@link Unfinished} where it has to go on in another run, as what it is given does when time is over
 * @param deadline of this run: nobody waits longer for a reader that died
 */
export async function inTurn(
  cloud: Cloud,
  place: Place,
  deadline: Date,
  read: (demandTime: () => void) => Promise<void>,
): Promise<void> {
  const holder = await turnOrWord(cloud, place, deadline);
  if (holder === undefined) return;
  try {
    do await read(timeUntil(cloud, deadline));
    while (!(await endTurn(cloud, place, holder)));
  } catch (trouble) {
    await dropTurn(cloud, place, holder);
    if (!(trouble instanceof Unfinished)) throw trouble;
    await lookAgain(cloud, place, pauseSeconds);
  }
}

/** The turn, or undefined where somebody reads already and will look again. */
async function turnOrWord(cloud: Cloud, place: Place, deadline: Date): Promise<string | undefined> {
  for (;;) {
    const holder = await takeTurn(cloud, place, deadline.toISOString());
    if (holder !== undefined) return holder;
    const standing = await standingTurn(cloud, place);
    if (!standing) continue;
    if (standing.isFollowed) return undefined;
    // Before the word is left: a reader that dies has a message behind it that wakes another.
    const seconds = Math.ceil((Date.parse(standing.until) - cloud.clock.now().getTime()) / 1000) + 1;
    await lookAgain(cloud, place, Math.min(Math.max(seconds, 1), mostDelaySeconds));
    if (await followTurn(cloud, place, standing)) return undefined;
  }
}

/** As if a file had come. */
const lookAgain = (cloud: Cloud, { publication, submission }: Place, delaySeconds: number): Promise<void> =>
  cloud.queues.arrivals.add([{ detail: { object: { key: `${submissionFolder(publication, submission)}~` } } }], {
    delaySeconds,
  });

/** The largest picture is opened, cut and written in less. */
const pictureSeconds = 60;

/** Each run makes at least one picture: forty large ones are made in several, and not in none. */
function timeUntil({ clock }: Cloud, deadline: Date): () => void {
  let isFirst = true;
  return () => {
    const isOver = deadline.getTime() - clock.now().getTime() < pictureSeconds * 1000;
    if (isOver && !isFirst) throw new Unfinished("the next run goes on");
    isFirst = false;
  };
}
