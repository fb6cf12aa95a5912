import type { Clock } from "./cloud.ts";

/** Enough for half a minute of trouble. */
const maxTries = 12;
const longestPauseMilliseconds = 4_000;

/** Waits a random while, longer with every try, so that those who collided do not collide again. */
export const pause = (clock: Clock, tries: number): Promise<void> =>
  clock.sleep(Math.random() * Math.min(25 * 2 ** tries, longestPauseMilliseconds));

/** Tries again while the fault is a passing one. */
export async function retrying<T>(
  clock: Clock,
  isPassing: (fault: unknown) => boolean,
  call: (tries: number) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await call(tries);
    } catch (fault) {
      if (tries === maxTries || !isPassing(fault)) throw fault;
      await pause(clock, tries);
    }
  }
}

/** Works on all, a few at once; answers in their order. When some fail the others are finished first, then the first fault is thrown. */
export async function inParallel<T, R>(
  all: readonly T[],
  atOnce: number,
  work: (one: T, index: number) => Promise<R>,
): Promise<R[]> {
  const answers: PromiseSettledResult<R>[] = [];
  const waiting = all.entries();
  const worker = async () => {
    for (const [index, one] of waiting)
      [answers[index]] = (await Promise.allSettled([work(one, index)])) as [PromiseSettledResult<R>];
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, all.length) }, worker));
  return answers.map((answer) => {
    if (answer.status === "rejected") throw answer.reason;
    return answer.value;
  });
}
