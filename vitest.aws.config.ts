import { defineConfig } from "vitest/config";

/**
 * `npm run contract`: the promises of `test/cloud` on the AWS adapters. What it needs is said in `test/aws/rented.ts`.
 * One file after the other: moto loses writes when several come at once.
 */
export default defineConfig({
  test: {
    include: ["test/aws/**/*.aws.test.ts"],
    // moto knows neither tags nor configuration sets; `npm test` speaks to a carrier of our own instead.
    // The journey plays what wakes functions: on a real account a stage does that itself.
    exclude: [process.env.CONTRACT === "aws" ? "test/aws/journey.aws.test.ts" : "test/aws/mail.aws.test.ts"],
    pool: "forks",
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
