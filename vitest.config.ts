import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/aws/**", "test/browser/**", "test/office/**", "node_modules/**"],
    // sharp, mjml and CDK are heavy to load: forks keep native code apart and two cores busy.
    pool: "forks",
    // Left to itself it keeps one core free: of two that is half of them.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
