import { it } from "vitest";
import { site } from "../../functions/site.ts";
import { workUntilQuiet } from "../../local/wiring.ts";
import { testCloud } from "../cloud/test-cloud.ts";
import { firstIssue } from "./first-issue.ts";

it("brings an author's files to letters in a mailbox and a page in the archive, on one machine", async () => {
  const cloud = testCloud();
  await firstIssue({
    cloud,
    settle: () => workUntilQuiet(cloud),
    letters: async () => cloud.outbox.list({ limit: 100 }).letters.map((letter) => cloud.outbox.source(letter)),
    ask: async (path, request) => (await site(cloud).request(path, request)).status,
  });
});
