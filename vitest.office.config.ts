import { defineConfig } from "vitest/config";

/**
 * `npm run office`: Word files as other programs write and read them. Needs LibreOffice (libreoffice-writer-nogui) and
 * pandoc; without them it fails, for a check that does not run is no check.
 */
export default defineConfig({
  test: {
    include: ["test/office/**/*.office.test.ts"],
    pool: "forks",
    // One office at a time: each starts another on two cores.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
