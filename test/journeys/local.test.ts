import { expect, it } from "vitest";
import { readReaderList } from "../../core/subscriber/import.ts";
import { importSubscribers } from "../../functions/records/import-subscribers.ts";
import { person } from "../../local/session.ts";
import { workUntilQuiet } from "../../local/wiring.ts";
import { testCloud } from "../cloud/test-cloud.ts";
import { firstIssue, readers } from "./first-issue.ts";

it("brings an author's files to letters in a mailbox and a page in the archive, on one machine", async () => {
  const cloud = testCloud();
  await firstIssue({
    cloud,
    settle: () => workUntilQuiet(cloud),
    letters: async () => cloud.outbox.list({ limit: 100 }).letters.map((letter) => cloud.outbox.source(letter)),
    addReaders: async (publication) => {
      const { rows } = readReaderList(new TextEncoder().encode(readers), "de");
      const imported = await importSubscribers(cloud, person, publication, rows, {
        consentSource: "Anmeldeliste 2025",
      });
      expect(imported.added).toBe(3);
    },
  });
});
