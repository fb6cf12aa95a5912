import { resolve } from "node:path";
import { csvIn } from "../../core/csv.ts";
import type { Publication } from "../../core/publication.ts";
import { Refusal } from "../../core/refusal.ts";
import { type SubscriberState, stateSince, subscriberStates, type Wanted } from "../../core/subscriber/chosen.ts";
import { exportCells, exportHeadings, isListed } from "../../core/subscriber/export.ts";
import type { Subscriber } from "../../core/subscriber/subscriber.ts";
import { fill, words } from "../../core/words.ts";
import { listReaders } from "../../functions/desk/reader-list.ts";
import { requirePublication } from "../../functions/records/publications.ts";
import { fileSink } from "../file-sink.ts";
import { inSession, person, publicationOf } from "../session.ts";
import { listedTime, readTime } from "../wall-clock.ts";
import { type Call, option, type Run } from "./command.ts";

/** Lists of readers: to look at, and to take along. */

export const subscribersList: Run = (call) =>
  inSession(call, async ({ cloud }) => {
    const publication = await requirePublication(cloud, await publicationOf(call, cloud));
    const sheet = call.options.json === true ? jsonSheet : plainSheet(call, publication);
    const counts = new Map<SubscriberState, number>();
    let shown = 0;
    await call.terminal.print(sheet.begin);
    for await (const reader of listReaders(cloud, person, publication.id, wantedOf(call, publication))) {
      await call.terminal.print(sheet.line(reader, shown++));
      counts.set(reader.state, (counts.get(reader.state) ?? 0) + 1);
    }
    await call.terminal.print(sheet.end(counts));
    return 0;
  });

/** @throws Refusal `state-unknown`, `since-unreadable` */
function wantedOf(call: Call, { timeZone }: Pick<Publication, "timeZone">): Wanted {
  const [states, topic, domain] = [statesAsked(call), option(call, "topic"), option(call, "domain")];
  const typed = option(call, "since");
  const since = typed && readTime(/T|\s/.test(typed) ? typed : `${typed}T00:00`, timeZone);
  if (typed !== undefined && !since) throw new Refusal("since-unreadable", { typed });
  return {
    ...(states && { states }),
    ...(topic !== undefined && { topic }),
    ...(domain !== undefined && { domain: spelled(domain) }),
    ...(since && { since: since.toISOString() }),
  };
}

/** "@Bücher.example" as addresses have it. */
function spelled(domain: string): string {
  const bare = domain.trim().replace(/^@/, "").toLowerCase();
  return URL.canParse(`http://${bare}`) ? new URL(`http://${bare}`).hostname : bare;
}

/** `--state confirmed,pending`, or in the words of either language; without it all. @throws Refusal `state-unknown` */
function statesAsked(call: Call): ReadonlySet<SubscriberState> | undefined {
  const asked = option(call, "state");
  if (asked === undefined) return undefined;
  return new Set(asked.split(",").map((name) => stateNamed(name.trim().toLowerCase())));
}

function stateNamed(name: string): SubscriberState {
  const said = [words("de").state.subscriber, words("en").state.subscriber];
  const known = subscriberStates.find((state) => name === state || said.some((each) => each[state] === name));
  if (!known) throw new Refusal("state-unknown", { state: name, known: subscriberStates.join(", ") });
  return known;
}

/** How a list is written: each line when it is known, none is kept. */
interface Sheet {
  readonly begin: string;
  line(reader: Subscriber, before: number): string;
  end(counts: ReadonlyMap<SubscriberState, number>): string;
}

const jsonSheet: Sheet = {
  begin: "[",
  line: (reader, before) => `${before ? "," : ""}\n  ${JSON.stringify(reader)}`,
  end: () => "\n]\n",
};

/** Widths of columns; what is longer pushes the rest aside. */
const [stateWidth, timeWidth, addressWidth] = [13, 20, 36];

function plainSheet({ language, say }: Call, { timeZone }: Pick<Publication, "timeZone">): Sheet {
  const { subscriber: said } = words(language).state;
  return {
    begin: "",
    line: (reader) => {
      const since = stateSince(reader);
      const [who, name] = "address" in reader ? [reader.address, reader.name] : [reader.addressKey, ""];
      const at = since ? listedTime(since, timeZone) : "";
      const cells = [said[reader.state].padEnd(stateWidth), at.padEnd(timeWidth), who.padEnd(addressWidth), name];
      return `${cells.join(" ").trimEnd()}\n`;
    },
    end: (counts) => {
      const all = subscriberStates.flatMap((state) => (counts.has(state) ? `${counts.get(state)} ${said[state]}` : []));
      return all.length > 0 ? `\n${all.join(", ")}\n` : `${say.subscribers.none}\n`;
    },
  };
}

export const subscribersExport: Run = (call) =>
  inSession(call, async ({ cloud }) => {
    const publication = await requirePublication(cloud, await publicationOf(call, cloud));
    const out = option(call, "out");
    const states = statesAsked(call);
    const sheet = call.options.json === true && out === undefined ? jsonSheet : csvSheet(call);
    const sink = out === undefined ? { write: call.terminal.print, end: async () => {} } : await fileSink(resolve(out));
    let readers = 0;
    await sink.write(sheet.begin);
    for await (const reader of listReaders(cloud, person, publication.id, states ? { states } : {})) {
      if (isListed(reader)) await sink.write(sheet.line(reader, readers++));
    }
    await sink.write(sheet.end(new Map()));
    await sink.end();
    if (out !== undefined)
      call.show({ readers, out: resolve(out) }, [fill(call.say.readers.written, { readers, out })]);
    return 0;
  });

function csvSheet({ language }: Call): Sheet {
  const csv = csvIn(language, exportHeadings(language));
  return {
    begin: csv.head,
    line: (reader) => (isListed(reader) ? csv.line(exportCells(reader, language)) : ""),
    end: () => "",
  };
}
