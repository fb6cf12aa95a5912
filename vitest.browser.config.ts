import { defineConfig } from "vitest/config";

/** `npm run browser`: pages and letters as a reader's browser shows them. Needs Chromium and fonts-liberation. */
export default defineConfig({
  test: {
    include: ["test/browser/**/*.browser.test.ts"],
    pool: "forks",
    // One browser at a time, and of the tests that look at a page each two at once: two cores.
    fileParallelism: false,
    maxConcurrency: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
