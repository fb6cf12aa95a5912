import { fill, noteSentence, words } from "../../core/words.ts";
import { requirePublication } from "../../functions/records/publications.ts";
import { listSubscribers } from "../../functions/records/subscribers.ts";
import { readGiven } from "../given-file.ts";
import { importReaders } from "../readers-file.ts";
import { inSession, publicationOf } from "../session.ts";
import { option, type Run } from "./command.ts";

const firstProblems = 10;

export const subscribersImport: Run = (call) =>
  inSession(call, async ({ cloud }) => {
    const publication = await requirePublication(cloud, await publicationOf(call, cloud));
    const file = await readGiven(call.args[0] ?? "");
    const consentSource = option(call, "consent-source") ?? "";
    const result = await importReaders(cloud, publication, file, { consentSource, language: call.language });
    const more = result.notes.length - firstProblems;
    const problems = result.notes.slice(0, firstProblems).map((each) => `  · ${noteSentence(call.language, each)}`);
    call.show(result, [
      fill(call.say.subscribers.imported, {
        added: result.added,
        known: result.known,
        suppressed: result.suppressed,
      }),
      ...problems,
      ...(more > 0 ? [fill(call.say.subscribers.more, { more })] : []),
    ]);
    return 0;
  });

export const subscribersList: Run = (call) =>
  inSession(call, async ({ cloud }) => {
    const { subscriber: state } = words(call.language).state;
    const all = await listSubscribers(cloud, await publicationOf(call, cloud));
    const lines = all.map(
      (each) =>
        `${state[each.state].padEnd(12)} ${"address" in each ? `${each.address}  ${each.name}` : each.addressKey}`,
    );
    call.show(all, lines.length > 0 ? lines : [call.say.subscribers.none]);
    return 0;
  });
