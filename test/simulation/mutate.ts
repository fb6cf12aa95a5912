import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Mutant, mutants } from "./mutants.ts";

/** `npm run mutants`, or `npm run mutants -- no-sweeper`: plants each bug and says what noticed it. A bug nobody notices fails the run. */

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
const reports = mkdtempSync(join(tmpdir(), "kurier-mutants-"));
const besides = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** Where this is asked for: a process of its own, with the bug in it. */
function heard(
  command: string,
  given: readonly string[],
  mutant: string,
): Promise<{ code: number; said: string; told: string }> {
  const env = { ...process.env, MUTANT: mutant };
  return new Promise((resolve) => {
    execFile(command, given, { ...inRoot, env }, (fault, stdout, stderr) => {
      resolve({ code: fault ? 1 : 0, said: stdout, told: stdout + stderr });
    });
  });
}

async function inSeeds({ name }: Mutant): Promise<Pick<Verdict, "caughtBy" | "says">> {
  const given = ["--mutant", name, "--seeds", String(seedsPerMutant), "--workers", "1", "--json"];
  const { said, told } = await heard(process.execPath, [besides("simulate.ts"), ...given], name);
  if (!said.startsWith("{")) return { caughtBy: undefined, says: told };
  const { failure } = JSON.parse(said) as { failure?: { seed: number; broken: string[] } };
  return { caughtBy: failure && `seed ${failure.seed}`, says: failure?.broken[0] ?? "" };
}

async function inTest(
  { name }: Mutant,
  { test, called }: { test: string; called?: string },
): Promise<Pick<Verdict, "caughtBy" | "says">> {
  const given = ["run", "--config", besides("mutant.config.ts"), test, ...(called ? ["-t", called] : [])];
  const report = join(reports, `${name}.json`);
  const { told } = await heard("vitest", [...given, "--reporter=json", `--outputFile.json=${report}`], name);
  if (!existsSync(report)) return { caughtBy: undefined, says: told };
  const { testResults } = JSON.parse(readFileSync(report, "utf8")) as Report;
  // A file that cannot even be loaded is no test that failed.
  const failed = testResults.flatMap(({ assertionResults }) => assertionResults.filter(isFailed))[0];
  return { caughtBy: failed && test, says: failed?.fullName ?? told.slice(-300) };
}

interface Report {
  readonly testResults: readonly { readonly assertionResults: readonly Assertion[] }[];
}
interface Assertion {
  readonly status: string;
  readonly fullName: string;
}
const isFailed = ({ status }: Assertion): boolean => status === "failed";

async function tried(mutant: Mutant): Promise<Verdict> {
  const begunAt = performance.now();
  const verdict = await (mutant.caughtBy === "seeds" ? inSeeds(mutant) : inTest(mutant, mutant.caughtBy));
  return { mutant: mutant.name, ...verdict, seconds: Math.round((performance.now() - begunAt) / 100) / 10 };
}

const asked = process.argv.slice(2);
const left = mutants.filter(({ name }) => asked.length === 0 || asked.includes(name));
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
// Whatever fails without a bug would seem to notice each of them.
const control = await heard(process.execPath, [besides("simulate.ts"), "--seeds", "20", "--json"], "");
if (control.code !== 0) throw new Error(`the simulation fails without a mutant: ${control.told.slice(0, 2000)}`);
await Promise.all(Array.from({ length: availableParallelism() }, lane));
rmSync(reports, { recursive: true });

const survivors = verdicts.filter(({ caughtBy }) => caughtBy === undefined);
console.log(`${verdicts.length} mutants, ${survivors.length} survived`);
process.exitCode = survivors.length > 0 ? 1 : 0;
