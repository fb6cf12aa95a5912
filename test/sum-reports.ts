import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";

interface Counts {
  readonly passed: number;
  readonly failed: number;
}
/** What we read of vitest's JSON report. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly Assertion[];
  }[];
}
interface Assertion {
  readonly status: string;
  readonly fullName: string;
  readonly failureMessages?: readonly string[];
}

const failedStep = "--failed=";

/**
 * Adds up test runs: `node test/sum-reports.ts <exit code>:<report.json>… --failed=<step>…`.
 * What failed is named once more, for of a long log often only the end is kept; the last line is `N passed, N failed`.
 * A report that is missing, a file that could not be run, a run that ended badly outside every test, and a step that is
 * no test run each count as one failure.
 *
 * @returns the exit code: 1 when anything failed or nothing ran
 */
export function sumReports(args: readonly string[], print: (line: string) => void): 0 | 1 {
  for (const arg of args) for (const line of failuresOf(arg)) print(line);
  const counts = args.map((arg) => {
    const [name, one] = arg.startsWith(failedStep)
      ? [arg.slice(failedStep.length), { passed: 0, failed: 1 }]
      : [basename(arg, ".json"), countsOf(arg)];
    print(`${name}: ${lineOf(one)}`);
    return one;
  });
  const sum: Counts = {
    passed: counts.reduce((total, { passed }) => total + passed, 0),
    failed: counts.reduce((total, { failed }) => total + failed, 0),
  };
  print(lineOf(sum));
  return sum.failed === 0 && sum.passed > 0 ? 0 : 1;
}

const lineOf = ({ passed, failed }: Counts) => `${passed} passed, ${failed} failed`;

/** The exit code, and the report where there is one. */
function readRun(run: string): { code: string | undefined; report: Report | undefined } {
  const [, code, path] = /^(\d+):(.+)$/.exec(run) ?? [];
  const isThere = path !== undefined && existsSync(path);
  return { code, report: isThere ? (JSON.parse(readFileSync(path, "utf8")) as Report) : undefined };
}

/** Each failed test with the beginning of what it said; a file that could not be run with its message. */
function failuresOf(run: string): string[] {
  const files = readRun(run).report?.testResults ?? [];
  return files.flatMap(({ name, status, message = "", assertionResults }) => {
    const failed = assertionResults.filter((one) => one.status === "failed");
    if (status === "failed" && assertionResults.length === 0) return [`✗ ${name}`, beginningOf(message)];
    return failed.flatMap(({ fullName, failureMessages }) => [
      `✗ ${fullName} (${name})`,
      beginningOf(failureMessages?.[0] ?? ""),
    ]);
  });
}

const beginningOf = (message: string): string => `  ${message.slice(0, 600).trim().replaceAll("\n", "\n  ")}`;

function countsOf(run: string): Counts {
  const { code, report } = readRun(run);
  if (!report) return { passed: 0, failed: 1 };
  const unrun = report.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  const failed = report.numFailedTests + unrun.length;
  return { passed: report.numPassedTests, failed: failed === 0 && code !== "0" ? 1 : failed };
}

if (import.meta.main) process.exitCode = sumReports(process.argv.slice(2), console.log);
