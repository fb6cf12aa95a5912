import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { type Mutant, mutants } from "./mutants.ts";

/** `npm run mutants`: plants each bug and says what noticed it. A bug nobody notices fails the run. */

interface Verdict {
  readonly mutant: string;
  /** A seed, or the test that was written for it; undefined: it survived. */
  readonly caughtBy: string | undefined;
  readonly says: string;
  readonly seconds: number;
}

/** In so many seeds a mutant has to be noticed. */
const seedsPerMutant = 400;

const inRoot = { cwd: fileURLToPath(new URL("../..", import.meta.url)), maxBuffer: 2 ** 27 };
const besides = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** Where this is asked for: a process of its own, with the bug in it. */
function heard(command: string, given: readonly string[], mutant: string): Promise<{ code: number; said: string }> {
  const env = { ...process.env, MUTANT: mutant };
  return new Promise((resolve) => {
    execFile(command, given, { ...inRoot, env }, (fault, stdout, stderr) => {
      resolve({ code: fault ? 1 : 0, said: stdout || stderr });
    });
  });
}

async function inSeeds({ name }: Mutant): Promise<Pick<Verdict, "caughtBy" | "says">> {
  const given = ["--mutant", name, "--seeds", String(seedsPerMutant), "--workers", "1", "--json"];
  const { said } = await heard(process.execPath, [besides("simulate.ts"), ...given], name);
  if (!said.startsWith("{")) return { caughtBy: undefined, says: said };
  const { failure } = JSON.parse(said) as { failure?: { seed: number; broken: string[] } };
  return { caughtBy: failure && `seed ${failure.seed}`, says: failure?.broken[0] ?? "" };
}

async function inTest(
  { name }: Mutant,
  { test, called }: { test: string; called?: string },
): Promise<Pick<Verdict, "caughtBy" | "says">> {
  const given = ["run", "--config", besides("mutant.config.ts"), test, ...(called ? ["-t", called] : [])];
  const { code, said } = await heard("vitest", given, name);
  // Without a test that failed, something else is wrong.
  const failed = /FAIL {2}(?<says>.*)/.exec(said.replace(/\x1b\[[0-9;]*m/g, ""))?.groups?.says;
  return code !== 0 && failed ? { caughtBy: test, says: failed } : { caughtBy: undefined, says: said.slice(-500) };
}

async function tried(mutant: Mutant): Promise<Verdict> {
  const begunAt = performance.now();
  const verdict = await (mutant.caughtBy === "seeds" ? inSeeds(mutant) : inTest(mutant, mutant.caughtBy));
  return { mutant: mutant.name, ...verdict, seconds: Math.round((performance.now() - begunAt) / 100) / 10 };
}

const left = [...mutants];
const verdicts: Verdict[] = [];
async function lane(): Promise<void> {
  for (let mutant = left.shift(); mutant; mutant = left.shift()) {
    const verdict = await tried(mutant);
    verdicts.push(verdict);
    const what = verdict.caughtBy ? `caught by ${verdict.caughtBy}` : "SURVIVED";
    console.log(
      `${mutant.name.padEnd(30)}  ${what} (${verdict.seconds} s)\n    ${verdict.says.split("\n")[0]?.slice(0, 160)}`,
    );
  }
}
await Promise.all(Array.from({ length: availableParallelism() }, lane));

const survivors = verdicts.filter(({ caughtBy }) => caughtBy === undefined);
console.log(`${verdicts.length} mutants, ${survivors.length} survived`);
process.exitCode = survivors.length > 0 ? 1 : 0;
