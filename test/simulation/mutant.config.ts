import { defineConfig } from "vitest/config";
import { fileOf, mutantCalled, mutated } from "./plant.ts";

/** Runs a test on code with a known bug, `MUTANT=<name>`: it has to fail. */
const mutant = mutantCalled(process.env.MUTANT ?? "");

export default defineConfig({
  root: new URL("../..", import.meta.url).pathname,
  plugins: [
    {
      name: "plant",
      enforce: "pre",
      transform: (source, id) => (id === fileOf(mutant) ? mutated(mutant, source) : undefined),
    },
  ],
  test: {
    ...{ include: ["test/**/*.test.ts"], pool: "forks", testTimeout: 30_000, hookTimeout: 60_000, bail: 1 },
    // What was transformed for another mutant must not be met again.
    fsModuleCache: false,
  },
});
