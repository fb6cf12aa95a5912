import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { faultKinds } from "./faults.ts";
import { mutants } from "./mutants.ts";
import { onceFailed } from "./once-failed.ts";
import { mutated } from "./plant.ts";
import { simulate } from "./simulation.ts";

/** A few seeds with every test; `npm run simulate` plays as many as asked for, `npm run check` two thousand. */

const firstSeeds = Array.from({ length: 50 }, (_, index) => index + 1);

describe("issues in a world where much goes wrong", () => {
  const met = new Set<string>();

  it.each([...firstSeeds, ...onceFailed])("keep every promise of delivery in seed %i", async (seed) => {
    const { broken, letters, trace, faults } = await simulate(seed);
    for (const kind of faults.keys()) met.add(kind);
    expect(broken, trace.slice(-40).join("\n")).toEqual([]);
    expect(letters).toBeGreaterThan(0);
  });

  it("meet every kind of fault", () => {
    expect([...met].sort()).toEqual([...faultKinds].sort());
  });

  it("are played again exactly, and another seed is another world", async () => {
    const [once, again, other] = [await simulate(5), await simulate(5), await simulate(6)];
    expect(once.trace.length).toBeGreaterThan(100);
    expect(again).toEqual(once);
    expect(other.trace).not.toEqual(once.trace);
  });
});

describe("a planted bug", () => {
  it.each(mutants)("$name has a line to be planted in", (mutant) => {
    const source = readFileSync(new URL(`../../${mutant.file}`, import.meta.url), "utf8");
    expect(mutated(mutant, source)).not.toBe(source);
  });
});
