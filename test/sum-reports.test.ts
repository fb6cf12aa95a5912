import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { sumReports } from "./sum-reports.ts";

const folder = mkdtempSync(join(tmpdir(), "kurier-reports-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A run as its exit code and its report. */
const run = (code: number, name: string, passed: number, failed: number, testResults: object[] = []): string => {
  const path = join(folder, `${name}.json`);
  writeFileSync(path, JSON.stringify({ numPassedTests: passed, numFailedTests: failed, testResults }));
  return `${code}:${path}`;
};
const summed = (...args: string[]): [last: string | undefined, code: number] => {
  const lines: string[] = [];
  const code = sumReports(args, (line) => lines.push(line));
  return [lines.at(-1), code];
};

describe("the sum of all reports", () => {
  it("is green when all passed", () => {
    expect(summed(run(0, "a", 7, 0), run(0, "b", 5, 0))).toEqual(["12 passed, 0 failed", 0]);
  });

  it("is red when one test failed", () => {
    expect(summed(run(0, "a", 7, 0), run(1, "b", 5, 2))).toEqual(["12 passed, 2 failed", 1]);
  });

  it("is red when nothing ran", () => {
    expect(summed(run(0, "a", 0, 0))).toEqual(["0 passed, 0 failed", 1]);
    expect(summed()).toEqual(["0 passed, 0 failed", 1]);
  });

  it("counts a report that is missing as a failure", () => {
    expect(summed(run(0, "a", 7, 0), `0:${join(folder, "never.json")}`)).toEqual(["7 passed, 1 failed", 1]);
  });

  it("counts a file that could not be run as a failure", () => {
    const unrun = { name: "a.test.ts", status: "failed", assertionResults: [] };
    expect(summed(run(1, "a", 7, 0, [unrun]))).toEqual(["7 passed, 1 failed", 1]);
  });

  it("counts a run that ended badly outside every test as a failure", () => {
    expect(summed(run(1, "a", 7, 0))).toEqual(["7 passed, 1 failed", 1]);
  });

  it("names what failed, and what it said", () => {
    const failed = { status: "failed", fullName: "a reader leaves", failureMessages: ["expected 1\nto be 2"] };
    const passed = { status: "passed", fullName: "a reader stays", failureMessages: [] };
    const file = { name: "leave.test.ts", status: "failed", assertionResults: [passed, failed] };
    const lines: string[] = [];
    sumReports([run(1, "a", 1, 1, [file])], (line) => lines.push(line));
    expect(lines.slice(0, 2)).toEqual(["✗ a reader leaves (leave.test.ts)", "  expected 1\n  to be 2"]);
    expect(lines.join()).not.toContain("stays");
  });

  it("counts a failed step as a failure", () => {
    expect(summed(run(0, "a", 7, 0), "--failed=check", "--failed=cfn-lint")).toEqual(["7 passed, 2 failed", 1]);
  });
});
