/**
 * npm run bench [-- --json] [-- --only letter] [-- --readers 10000] [-- --runs 3] [-- --most 1000000] [-- --rows 1000000]
 * Every figure is a ratio of two things measured in this run. A benchmark, not a test: it fails nobody.
 */
import { parseArgs } from "node:util";
import { measureBuild } from "./build.bench.ts";
import { measureColdStarts } from "./cold-start.bench.ts";
import { measureCost } from "./cost.bench.ts";
import { measureDesk } from "./desk.bench.ts";
import type { Figure } from "./figure.ts";
import { measureImport } from "./import.bench.ts";
import { measureLetters } from "./letter.bench.ts";
import { measurePress } from "./press.bench.ts";
import { measureScale } from "./scale.bench.ts";
import { measureSending } from "./sending.bench.ts";
import { measureWord } from "./word.bench.ts";

const { values } = parseArgs({
  options: {
    json: { type: "boolean" },
    only: { type: "string" },
    readers: { type: "string", default: "10000" },
    runs: { type: "string", default: "3" },
    most: { type: "string", default: "100000" },
    rows: { type: "string", default: "100000" },
  },
});
const [readers, runs, most] = [Number(values.readers), Number(values.runs), Number(values.most)];

const benches: Readonly<Record<string, () => Figure[] | Promise<Figure[]>>> = {
  build: () => measureBuild(runs),
  letter: () => measureLetters(runs),
  sending: () => measureSending(runs),
  press: () => measurePress(readers, runs),
  scale: () => measureScale([1000, 10_000, most]),
  import: () => measureImport(Number(values.rows)),
  word: () => measureWord(runs),
  desk: measureDesk,
  cost: measureCost,
  "cold-start": () => measureColdStarts(runs),
};

const figures: Figure[] = [];
for (const [name, measure] of Object.entries(benches)) {
  if (values.only !== undefined && values.only !== name) continue;
  const measured = await measure();
  figures.push(...measured);
  if (!values.json) for (const figure of measured) print(figure);
}
if (values.json) process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);

function print({ figure, value, goal, met, measured }: Figure): void {
  process.stdout.write(
    `${met ? "✓" : "✗"} ${figure.padEnd(72)} ${String(value).padStart(7)}  goal ${goal.padEnd(6)} ${measured}\n`,
  );
}
