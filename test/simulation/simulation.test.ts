import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { faultKinds } from "./faults.ts";
import { caughtBy, mutants } from "./mutants.ts";
import { mutated } from "./plant.ts";
import { simulate } from "./simulation.ts";

/** A few seeds with every test; `npm run simulate` plays as many as asked for, `npm run check` two hundred. */

const firstSeeds = Array.from({ length: 20 }, (_, index) => index + 1);

describe("an issue in a world where much goes wrong", () => {
  const met = new Set<string>();

  it.each(firstSeeds)("keeps every promise of delivery in seed %i", async (seed) => {
    const { broken, letters, trace, faults } = await simulate(seed);
    for (const kind of faults.keys()) met.add(kind);
    expect(broken, trace.slice(-40).join("\n")).toEqual([]);
    expect(letters).toBeGreaterThan(0);
  });

  it("meets every kind of fault", () => {
    expect([...met].sort()).toEqual([...faultKinds].sort());
  });

  it("is played again exactly, and another seed is another world", async () => {
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

  it.each(mutants.filter(({ name }) => /^(expired-lease|own-write)/.test(name)))("$name is noticed", async (mutant) => {
    expect(await caughtBy(mutant)).toBeDefined();
  });
});
