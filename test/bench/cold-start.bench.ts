import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundle } from "../../infra/parts/bundle.ts";
import { type Figure, figureOf, median, round } from "./figure.ts";

const functions = ["ingest", "build", "plan", "deliver", "sweep", "archive", "site", "desk"];

/** On AWS sharp comes from beside the bundle, here from this repository. */
const libraries = join(import.meta.dirname, "..", "..", "node_modules");

/** Loads each real bundle in a fresh process, against a process that loads nothing. */
export function measureColdStarts(runs: number): Figure[] {
  const folder = mkdtempSync(join(tmpdir(), "kurier-bundles-"));
  try {
    const nothing = median(Array.from({ length: runs }, () => load("data:text/javascript,")));
    return functions.map((name) => {
      const place = join(folder, name);
      if (bundle(`functions/${name}.ts`, place).needsSharp) symlinkSync(libraries, join(place, "node_modules"));
      const file = join(place, "index.mjs");
      const kilobytes = Math.round(statSync(file).size / 1000);
      const took = median(Array.from({ length: runs }, () => load(file)));
      const measured = `${round(took)} ms against ${round(nothing)} ms, ${kilobytes} kB`;
      return figureOf(`cold start of ${name} ÷ empty process`, took / nothing, {}, measured);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function load(file: string): number {
  const code = `const t=performance.now();await import(${JSON.stringify(file)});process.stdout.write(String(performance.now()))`;
  return Number(
    execFileSync(process.execPath, ["--input-type=module", "-e", code], {
      encoding: "utf8",
      env: { PATH: process.env.PATH },
    }),
  );
}
