import { Simulated } from "./faults.ts";
import type { Run, World } from "./world.ts";

/** What one call over the network meets on its way. Milliseconds. */
export interface Course {
  readonly there: number;
  readonly back: number;
  readonly kills?: "before" | "after";
  /** half: only some of it is done · late: the answer is a fault, and then it is done. */
  readonly fails?: "before" | "after" | "half" | "late";
}

const longestStall = 30_000;
const latest = 10_000;

/** A quick call, or one that stalls on its way there, on its way back or both. */
export function course({ lots, faults, slowness }: World): Course {
  const quick = { there: lots.between(1, 8) * slowness, back: lots.between(1, 8) * slowness };
  if (!faults.strikes("call was slow")) return quick;
  const stall = lots.between(500, longestStall);
  const share = lots.pick([0, lots.between(0, 1), 1]);
  return { there: quick.there + stall * share, back: quick.back + stall * (1 - share) };
}

/** The deaths a call with an effect may bring. */
export function deadly(world: World): Course {
  const way = course(world);
  if (world.faults.strikes("killed before an effect")) return { ...way, kills: "before" };
  return world.faults.strikes("killed after an effect") ? { ...way, kills: "after" } : way;
}

/**
 * Makes a call for a run: `steps` happen out there, one after the other at moments of their own, whether the run lives
 * or not; the answer reaches only the living.
 */
export function call<T>(
  world: World,
  run: Run,
  what: string,
  { there, back, kills, fails }: Course,
  steps: readonly (() => void)[],
  answer: () => T,
): Promise<T> {
  const { time, lots, tell } = world;
  return new Promise((resolve, reject) => {
    if (run.state !== "alive") return;
    if (kills === "before") return run.die(`killed before ${what}`);
    if (fails) {
      run.isStruck = true;
      tell(`${run.name}: ${what} fails, ${fails === "half" ? "half done" : `${fails} it is done`}`);
    }
    let thrown: unknown;
    let at = there + (fails === "late" ? back + lots.between(0, latest) : 0);
    for (const step of steps.slice(0, doneOf(fails, steps.length))) {
      time.after(at, () => {
        try {
          step();
        } catch (fault) {
          thrown ??= fault;
        }
      });
      at += lots.between(0, 4);
    }
    if (kills === "after") return time.after(there, () => run.die(`killed after ${what}`));
    time.after((fails === "late" ? there : at) + back, () => {
      if (run.state !== "alive") return;
      if (fails) reject(new Simulated(`simulated: ${what}`));
      else if (thrown !== undefined) reject(thrown);
      else resolve(answer());
    });
  });
}

/** How many of the steps are done out there, whatever the run hears of it. */
function doneOf(fails: Course["fails"], steps: number): number {
  if (fails === "before") return 0;
  return fails === "half" ? Math.floor(steps / 2) : steps;
}
