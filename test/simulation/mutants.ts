import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Bugs planted one at a time: a simulation that does not notice one of them would not notice ours. */
export interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly was: string;
  readonly is: string;
}

export const mutants: readonly Mutant[] = [
  {
    name: "double-plan",
    file: "functions/records/batches.ts",
    was: 'rowOfBatch(place, number, batch), if: "absent"',
    is: "rowOfBatch(place, number, batch)",
  },
  {
    name: "expired-lease-waits-again",
    file: "functions/records/deliveries.ts",
    was: "next: Delivery): Change => ({",
    is: 'next: Delivery): Change => seen.state === "sending" && "reason" in next && next.reason === "lease expired" ? giveBack(place, seen) : ({',
  },
  {
    name: "no-turn-check",
    file: "functions/records/rounds.ts",
    was: "set, if: free }",
    is: "set }",
  },
  {
    name: "no-suppression-check-at-claim",
    file: "functions/deliver/claim.ts",
    was: "skipReasonOf(reader, rows[2 * index + 1] !== undefined,",
    is: "skipReasonOf(reader, false,",
  },
  {
    name: "no-claim-age-check",
    file: "functions/deliver/send.ts",
    was: "const consentMilliseconds = 5000;",
    is: "const consentMilliseconds = 500_000;",
  },
  {
    name: "own-write-not-recognised",
    file: "functions/deliver/claim.ts",
    was: 'outcome === "done" || found?.attempt === deliveryOf(one).attempt;',
    is: 'outcome === "done";',
  },
  {
    name: "doubtful-taken-as-definite",
    file: "functions/deliver/send.ts",
    was: 'else return { ...common, state: "uncertain", reason, uncertainSince: cloud.clock.now().toISOString() };',
    is: "",
  },
  {
    name: "closed-taken-as-rejected",
    file: "functions/deliver/send.ts",
    was: 'if (trouble instanceof Closed) hand.stop ??= "closed";',
    is: "if (trouble instanceof Closed) return rejected(walk, hand, common, reason);",
  },
  {
    name: "no-pause-check",
    file: "functions/deliver/walk.ts",
    was: '.then((row) => row?.state === "sending")',
    is: ".then(() => true)",
  },
  {
    name: "lease-too-short",
    file: "functions/deliver/walk.ts",
    was: "leaseMilliseconds = 60_000",
    is: "leaseMilliseconds = -119_000",
  },
  {
    name: "no-sweeper",
    file: "functions/sweep.ts",
    was: "for (const place of await openIssues(cloud)) {",
    is: "for (const place of []) {",
  },
];

/** In how many seeds a mutant has to be caught. */
export const seedsPerMutant = 300;

const script = fileURLToPath(new URL("simulate.ts", import.meta.url));

/** Simulates with the bug in a process of its own. Answers the seed that caught it and the first sentence it said. */
export function caughtBy({ name }: Mutant): Promise<{ seed: number; says: string } | undefined> {
  const given = [script, "--mutant", name, "--seeds", String(seedsPerMutant), "--json"];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, given, { maxBuffer: 2 ** 27 }, (fault, stdout) => {
      if (stdout === "") return reject(fault);
      const { failure } = JSON.parse(stdout) as { failure?: { seed: number; broken: string[] } };
      resolve(failure && { seed: failure.seed, says: failure.broken[0] ?? "" });
    });
  });
}

if (import.meta.main) {
  for (const mutant of mutants) {
    const caught = await caughtBy(mutant);
    console.log(`${caught ? `caught by seed ${caught.seed}` : "SURVIVED"}  ${mutant.name}  ${caught?.says ?? ""}`);
    if (!caught) process.exitCode = 1;
  }
}
