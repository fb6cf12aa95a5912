import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { type Failure, type Figures, figuresOf, type Told, told } from "./figures.ts";
import { plant } from "./plant.ts";

/**
 * `npm run simulate -- --seeds 2000 --from 1 --json`: sends issues in each seed's world, on every processor, and says
 * which promises were not kept. `--from S --seeds 1` plays a seed again, exactly. `--mutant no-sweeper` plants a bug
 * and stops at the first seed that notices.
 */
interface Options {
  readonly seeds: number;
  readonly from: number;
  readonly isJson: boolean;
  readonly mutant: string | undefined;
  readonly workers: number;
}

/** More failing seeds than this say nothing new. */
const mostFailures = 20;

if (isMainThread) await lead(readOptions());
else await work(workerData as { mutant: string | undefined });

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      seeds: { type: "string", default: "200" },
      from: { type: "string", default: "1" },
      json: { type: "boolean", default: false },
      mutant: { type: "string" },
      workers: { type: "string", default: String(availableParallelism()) },
    },
  });
  const { json: isJson, mutant } = values;
  const [seeds, from] = [whole("seeds", values.seeds), whole("from", values.from)];
  return { seeds, from, isJson, mutant, workers: whole("workers", values.workers) };
}

function whole(name: string, text: string): number {
  const number = Number(text);
  if (text.trim() !== "" && Number.isSafeInteger(number) && number > 0) return number;
  console.error(`--${name} is a whole number from 1 on, not "${text}".`);
  process.exit(2);
}

/** Hands seeds to a worker on each processor, one at a time. */
async function lead({ seeds, from, isJson, mutant, workers }: Options): Promise<void> {
  const done: Told[] = [];
  const begunAt = performance.now();
  const isEnough = (): boolean => {
    const failed = done.filter(({ broken }) => broken.length > 0).length;
    return failed >= (mutant ? 1 : mostFailures);
  };
  let next = from;
  const employ = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL(import.meta.url), { workerData: { mutant } });
      const give = (): void =>
        void (next < from + seeds && !isEnough() ? worker.postMessage(next++) : worker.terminate());
      worker.on("message", (one: Told) => {
        done.push(one);
        progress(done.length, seeds);
        give();
      });
      worker.on("error", reject);
      worker.on("exit", () => resolve());
      give();
    });
  await Promise.all(Array.from({ length: Math.min(workers, seeds) }, employ));
  const figures = { ...figuresOf(done), seconds: Math.round((performance.now() - begunAt) / 100) / 10 };
  const failures = done.filter(({ broken }) => broken.length > 0).sort((one, other) => one.seed - other.seed);
  const first = failures[0] && failureOf(failures[0]);
  if (isJson) console.log(JSON.stringify({ from, ...figures, ...(first && { failure: first }) }));
  else report(figures, failures.map(failureOf), mutant);
  process.exitCode = failures.length > 0 ? 1 : 0;
}

function failureOf({ seed, broken, trace }: Told): Failure {
  return { seed, trace, broken: broken.map(({ promise, says }) => `${promise}: ${says}`) };
}

async function work({ mutant }: { mutant: string | undefined }): Promise<void> {
  if (mutant) plant(mutant);
  const { simulate } = await import("./simulation.ts");
  parentPort?.on("message", async (seed: number) => parentPort?.postMessage(told(await simulate(seed))));
}

function report(
  { faultsByKind, failedSeeds, ...figures }: Figures & { seconds: number },
  failures: readonly Failure[],
  mutant: string | undefined,
) {
  const [first] = failures;
  const planted = mutant ? ` --mutant ${mutant}` : "";
  if (first) console.log(`${first.trace.join("\n")}\n`);
  for (const { seed, broken } of failures)
    console.log(`seed ${seed} breaks promises:\n${broken.slice(0, 9).join("\n")}\n`);
  if (first)
    console.log(
      `The trace above is of seed ${first.seed}: npm run simulate -- --from ${first.seed} --seeds 1${planted}\n`,
    );
  console.table(faultsByKind);
  console.table({ ...figures, failedSeeds: failedSeeds.length });
}

function progress(done: number, seeds: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${seeds} seeds${done === seeds ? "\n" : ""}`);
}
