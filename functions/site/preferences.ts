import { type Context, Hono } from "hono";
import type { SiteView } from "../../core/edition/site/views.ts";
import { Refusal } from "../../core/refusal.ts";
import type { MoveAsk } from "../../core/subscriber/ask.ts";
import { awayUntilOf, type Choice } from "../../core/subscriber/preferences.ts";
import { type Fields, one, readOwn } from "../../core/subscriber/read-order.ts";
import type { Confirmed } from "../../core/subscriber/subscriber.ts";
import { onTheWall } from "../../core/wall-clock.ts";
import { refusalSentence } from "../../core/words.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { savePreferences } from "../records/readers.ts";
import { readFields } from "./fields.ts";
import { answer, languageOf, readLanguage } from "./page.ts";
import { findReader, type Holder, isTheirs, linkFor } from "./reader.ts";

/** What a reader chooses: topics, format, language, a time away, another address. */
export function choosing(cloud: Cloud): Hono {
  const app = new Hono();
  app.on("GET", ["/:publication/e/:token", "/:publication/e/:token/address"], (c) =>
    forReader(cloud, c, (holder, reader) => show(cloud, c, holder, reader)),
  );
  app.post("/:publication/e/:token", (c) =>
    forReader(cloud, c, async (holder, reader) => save(cloud, c, holder, reader, await readFields(c))),
  );
  app.post("/:publication/e/:token/address", (c) =>
    forReader(cloud, c, async (holder, reader) => move(cloud, c, holder, reader, await readFields(c))),
  );
  return app;
}

async function forReader(
  cloud: Cloud,
  c: Context,
  act: (holder: Holder, reader: Confirmed) => Promise<Response>,
): Promise<Response> {
  const found = await findReader(cloud, c, "preferences");
  if (!found.isOurs) return answer(c, "unknown-link", {}, found);
  const { subscriber, publication, here } = found;
  if (subscriber?.state === "confirmed") return act(found, subscriber);
  return answer(c, "gone", { here }, { publication, language: subscriber?.language });
}

type Added = Partial<SiteView<"preferences">>;

async function show(cloud: Cloud, c: Context, holder: Holder, reader: Confirmed, added: Added = {}): Promise<Response> {
  const { publication, here, addressKey } = holder;
  const now = cloud.clock.now();
  const { address, topics, format, language } = reader;
  const view = {
    ...{ address, here, leave: await linkFor(cloud, "leave", addressKey, publication.id) },
    choice: { topics, format, language, awayUntil: awayUntilOf(reader, publication, now) },
    earliest: onTheWall(now, publication.timeZone).slice(0, "2026-09-01".length),
    ...added,
  };
  const isUnsound = added.awayProblem !== undefined || added.move !== undefined;
  return answer(c, "preferences", view, { publication, language, status: isUnsound ? 422 : 200 });
}

async function save(cloud: Cloud, c: Context, holder: Holder, reader: Confirmed, fields: Fields): Promise<Response> {
  const { publication, addressKey, here } = holder;
  const choice: Choice = {
    topics: fields.get("topic") ?? [],
    format: one(fields, "format") === "text" ? "text" : "html",
    language: readLanguage(one(fields, "language")) ?? reader.language,
    awayUntil: one(fields, "away") || undefined,
  };
  try {
    const saved = await savePreferences(cloud, publication.id, addressKey, choice);
    if (!saved) return answer(c, "gone", { here }, { publication, language: reader.language });
    return await show(cloud, c, holder, saved, { isSaved: true });
  } catch (trouble) {
    if (!(trouble instanceof Refusal)) throw trouble;
    const awayProblem = refusalSentence(languageOf(c, publication, reader.language), trouble);
    return show(cloud, c, holder, reader, { choice, awayProblem });
  }
}

/**
 * The mail to the new address waits in the queue with all the others. A link that was forwarded must not carry a
 * subscription away: whoever moves names the address it has.
 */
async function move(cloud: Cloud, c: Context, holder: Holder, reader: Confirmed, fields: Fields): Promise<Response> {
  const { publication, addressKey } = holder;
  const [address, current] = [one(fields, "address").trim(), one(fields, "current").trim()];
  const read = readOwn(address, one(fields, "meant"), languageOf(c, publication, reader.language));
  const again = (trouble: object) => show(cloud, c, holder, reader, { move: { address, current, ...trouble } });
  if ("problem" in read) return again({ problem: read.problem });
  if (!(await isTheirs(cloud, holder, current))) return again({ isStranger: true });
  if ("meant" in read) return again({ meant: read.meant });
  const message: MoveAsk = {
    ...{ v: 1, is: "move", id: cloud.clock.id(), at: cloud.clock.now().toISOString() },
    ...{ publication: publication.id, from: addressKey, address: read.sound },
  };
  await cloud.queues.confirmations.add([message]);
  return answer(c, "mailbox", { address: read.sound }, { publication, language: reader.language });
}
