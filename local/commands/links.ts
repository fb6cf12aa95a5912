import { fill } from "../../core/words.ts";
import { rotateLinks } from "../../functions/desk/links.ts";
import { confirmed, left } from "../confirm.ts";
import { inSession, person, type Session } from "../session.ts";
import { stageLinkKeys } from "../stage-cloud.ts";
import { spokenTime } from "../wall-clock.ts";
import { type Call, option, type Run } from "./command.ts";

/** A new key for the links in letters; the old ones go on working. */
export const linksRotate: Run = (call) =>
  inSession(call, async (session) => {
    const { links: say } = call.say;
    if (!(await confirmed(call, say.ask))) return left(call);
    const rotation = await rotateLinks(session.cloud, person, await keysOf(call, session));
    const { signsFrom, keys, dropped } = rotation;
    const at = spokenTime(new Date(signsFrom), "Europe/Berlin", call.language);
    call.show(rotation, [
      fill(say.done, { at, keys }),
      ...(dropped.length > 0 ? [fill(say.dropped, { keys: dropped.length })] : []),
    ]);
    return 0;
  });

async function keysOf(call: Call, { local }: Session) {
  if (!local) return stageLinkKeys(option(call, "stage"));
  const { secrets } = local;
  return { read: () => secrets.read("links"), replace: async (text: string) => secrets.replaceLinks(text) };
}
