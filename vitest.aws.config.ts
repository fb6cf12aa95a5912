import { defineConfig } from "vitest/config";

/**
 * `npm run contract`: the promises of `test/cloud` on the AWS adapters. What it needs is said in `test/aws/rented.ts`.
 * One file after the other: moto loses writes when several come at once.
 */
export default defineConfig({
  test: {
    include: ["test/aws/**/*.aws.test.ts"],
    // moto knows neither tags nor configuration sets; `npm test` speaks to a carrier of our own instead.
    exclude: process.env.CONTRACT === "aws" ? [] : ["test/aws/mail.aws.test.ts"],
    pool: "forks",
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
