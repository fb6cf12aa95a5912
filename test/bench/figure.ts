/** A figure is a ratio of two things measured in one run on one machine: seconds alone say nothing about the code. */
export interface Figure {
  readonly figure: string;
  /** Median of the ratios. */
  readonly value: number;
  readonly goal: string;
  readonly met: boolean;
  /** What was measured on both sides, in its unit. */
  readonly measured: string;
}

/** A goal is a bound: `most` or `least`; without one nothing can be missed. */
export function figureOf(
  figure: string,
  exact: number,
  { most, least }: { most?: number; least?: number },
  measured: string,
): Figure {
  const value = round(exact);
  const goal = most !== undefined ? `≤ ${most}` : least !== undefined ? `≥ ${least}` : "–";
  return { figure, value, goal, met: value <= (most ?? value) && value >= (least ?? value), measured };
}

export const median = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] ?? Number.NaN) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};

export const round = (number: number): number => Number(number.toPrecision(3));

/** Milliseconds of one run. */
export async function milliseconds(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Milliseconds this process was at work, its collector included: what others do on the machine is not counted. */
export async function cpuMilliseconds(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Runs two things in turn, A B A B …, after one warm-up of each. */
export async function inTurn(
  runs: number,
  one: () => unknown,
  other: () => unknown,
  measure = milliseconds,
): Promise<{ one: number[]; other: number[] }> {
  await one();
  await other();
  const times = { one: [] as number[], other: [] as number[] };
  for (let run = 0; run < runs; run++) {
    times.one.push(await measure(one));
    times.other.push(await measure(other));
  }
  return times;
}

export const ratios = (above: readonly number[], below: readonly number[]): number[] =>
  above.map((time, index) => time / (below[index] ?? Number.NaN));
