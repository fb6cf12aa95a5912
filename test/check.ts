import { spawnSync } from "node:child_process";

/** `npm run check`: what can be said about the code without its tests. Each line is one command; all run, whatever fails. */
const checks: readonly { says: string; command: string; args: readonly string[] }[] = [
  { says: "types", command: "tsc", args: [] },
  { says: "style and lint", command: "biome", args: ["check", "--error-on-warnings", "."] },
  // Every stage, held against cdk-nag: a finding that nobody has argued fails it.
  { says: "templates and cdk-nag", command: "cdk", args: ["synth", "--quiet"] },
  // Not all can be said by reading: two thousand seeds, each a world where issues are sent and much goes wrong.
  { says: "simulation, 2,000 seeds", command: "node", args: ["test/simulation/simulate.ts", "--seeds", "2000"] },
];

const results = checks.map(({ says, command, args }) => {
  const begun = performance.now();
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  const isFine = status === 0;
  if (!isFine) console.log(`${stdout ?? ""}${stderr ?? ""}${error?.message ?? ""}`.trim());
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  return { isFine, line: `${isFine ? "ok    " : "FAILED"}  ${says}  (${[command, ...args].join(" ")}, ${seconds} s)` };
});

for (const { line } of results) console.log(line);
process.exitCode = results.every(({ isFine }) => isFine) ? 0 : 1;
