/** Files under way at once. */
const atOnce = 16;

/** Works on all, a few at once; answers in their order. The first fault ends it. */
export async function inBatches<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = [];
  for (let start = 0; start < all.length; start += atOnce)
    answers.push(...(await Promise.all(all.slice(start, start + atOnce).map(work))));
  return answers;
}
