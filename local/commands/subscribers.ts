import { readFile } from "node:fs/promises";
import { fill, noteSentence } from "../../core/words.ts";
import { requirePublication } from "../../functions/records/publications.ts";
import { listSubscribers } from "../../functions/records/subscribers.ts";
import { importReaders } from "../readers-file.ts";
import { inSession, publicationOf } from "../session.ts";
import { type Command, option } from "./command.ts";

const firstProblems = 10;

export const subscribersImport: Command = {
  name: "subscribers import",
  takes: ["<readers.csv>"],
  options: { "consent-source": { type: "string" } },
  run: (call) =>
    inSession(call, async ({ cloud }) => {
      const publication = await requirePublication(cloud, await publicationOf(call, cloud));
      const file = await readFile(call.args[0] ?? "");
      const consentSource = option(call, "consent-source") ?? "";
      const result = await importReaders(cloud, publication, file, { consentSource, language: call.language });
      const problems = result.notes.slice(0, firstProblems).map((each) => `  · ${noteSentence(call.language, each)}`);
      call.show(result, [
        fill(call.say.subscribers.imported, {
          added: result.added,
          known: result.known,
          suppressed: result.suppressed,
        }),
        ...problems,
      ]);
      return 0;
    }),
};

export const subscribersList: Command = {
  name: "subscribers list",
  run: (call) =>
    inSession(call, async ({ cloud }) => {
      const all = await listSubscribers(cloud, await publicationOf(call, cloud));
      const lines = all.map(
        (each) => `${each.state.padEnd(12)} ${"address" in each ? `${each.address}  ${each.name}` : each.addressKey}`,
      );
      call.show(all, lines.length > 0 ? lines : [call.say.subscribers.none]);
      return 0;
    }),
};
