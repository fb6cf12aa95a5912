import { parseArgs } from "node:util";
import { plant } from "./plant.ts";
import type { Simulated } from "./simulation.ts";

/**
 * `npm run simulate -- --seeds 200 --from 1 --json --mutant no-sweeper`: sends an issue in each seed's world and stops
 * at the first that breaks a promise. `--from S --seeds 1` plays a seed again, exactly.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "200" },
    from: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
    mutant: { type: "string" },
  },
});
const [seeds, from] = [whole("seeds", values.seeds), whole("from", values.from)];
if (values.mutant) plant(values.mutant);
const { simulate } = await import("./simulation.ts");

const faults = new Map<string, number>();
let [done, letters, unresolved] = [0, 0, 0];
let failed: Simulated | undefined;
for (let seed = from; seed < from + seeds && !failed; seed++) {
  const simulated = await simulate(seed);
  for (const [kind, count] of simulated.faults) faults.set(kind, (faults.get(kind) ?? 0) + count);
  [done, letters, unresolved] = [done + 1, letters + simulated.letters, unresolved + simulated.unresolved];
  if (simulated.broken.length > 0) failed = simulated;
  progress();
}
const failure = failed && { seed: failed.seed, broken: failed.broken, trace: failed.trace };
if (values.json)
  console.log(JSON.stringify({ from, seeds: done, letters, unresolved, faults: Object.fromEntries(faults), failure }));
else report();
process.exitCode = failed ? 1 : 0;

function report(): void {
  if (failed) {
    console.log(failed.trace.join("\n"));
    console.log(`\nseed ${failed.seed} breaks a promise:\n${failed.broken.join("\n")}`);
    console.log(`\nagain: npm run simulate -- --from ${failed.seed} --seeds 1\n`);
  }
  const kinds = [...faults].sort(([one], [other]) => (one < other ? -1 : 1)).map(([kind, count]) => `${count} ${kind}`);
  const total = [...faults.values()].reduce((sum, count) => sum + count, 0);
  console.log(
    `${done} seeds, ${letters} letters begun, ${unresolved} left open, ${failed ? 1 : 0} failed; ${total} faults and acts: ${kinds.join(", ")}`,
  );
}

function progress(): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(`\r${done} of ${seeds} seeds, ${letters} letters${done === seeds || failed ? "\n" : ""}`);
}

function whole(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) throw new Error(`--${name} is a whole number, not ${text}`);
  return number;
}
