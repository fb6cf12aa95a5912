import type { Publication } from "../publication.ts";
import { Refusal } from "../refusal.ts";
import { type SubscriberState, stateSince, subscriberStates, type Wanted } from "../subscriber/chosen.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import { readPosition, type WalkPosition, writePosition } from "../subscriber/walk.ts";
import { fromTheWall } from "../wall-clock.ts";
import { fill, type Language, words } from "../words.ts";
import { roughly, spokenNumber } from "./numbers.ts";
import { spokenTime } from "./spoken-time.ts";

/** The page of all readers: what somebody asks for, and what is shown of it. */

const filterNames = ["state", "topic", "domain", "since", "until"] as const;
/** As it stands in the page's address; "" where nothing was chosen. */
export type ReaderFilter = Readonly<Record<(typeof filterNames)[number], string>>;

/** Where a walk stands, as the page's address has it. */
export interface Walk {
  readonly filter: ReaderFilter;
  readonly from: WalkPosition;
  /** Looked at on the pages before. */
  readonly seen: number;
}

export function walkOf(query: (name: string) => string | undefined): Walk {
  const seen = Number(query("seen"));
  const filter = Object.fromEntries(filterNames.map((name) => [name, query(name)?.trim() ?? ""])) as ReaderFilter;
  return { filter, from: readPosition(query("from")), seen: Number.isSafeInteger(seen) && seen > 0 ? seen : 0 };
}

/** @throws Refusal `since-unreadable` */
export function wantedOf({ state, topic, domain, since, until }: ReaderFilter, { timeZone }: Publication): Wanted {
  const known = subscriberStates.find((one) => one === state);
  const [first, behind] = [dayStart(since, timeZone), dayStart(dayAfter(until), timeZone)];
  return {
    ...(known && { states: new Set<SubscriberState>([known]) }),
    ...(topic !== "" && { topic }),
    ...(domain !== "" && { domain: spelled(domain) }),
    ...(first !== undefined && { since: first }),
    ...(behind !== undefined && { until: behind }),
  };
}

/** "@Bücher.example" as addresses have it. */
function spelled(domain: string): string {
  const bare = domain.replace(/^@/, "").toLowerCase();
  return URL.canParse(`http://${bare}`) ? new URL(`http://${bare}`).hostname : bare;
}

function dayStart(day: string, timeZone: string): string | undefined {
  if (day === "") return undefined;
  const wall = new Date(`${day}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(wall.getTime()))
    throw new Refusal("since-unreadable", { typed: day });
  return fromTheWall(wall, timeZone).toISOString();
}

/** The last day counts whole. */
function dayAfter(day: string): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? day : new Date(at + 86_400_000).toISOString().slice(0, "2026-03-01".length);
}

/** What a piece of a walk found. */
export interface Piece {
  readonly readers: readonly Subscriber[];
  readonly lookedAt: number;
  readonly next: WalkPosition | undefined;
  readonly share: number;
}

export function walkView(publication: Publication, language: Language, walk: Walk, piece: Piece): object {
  const { subscribers: say } = words(language).desk;
  const { subscriber: state } = words(language).state;
  const at = `/${publication.id}/subscribers`;
  const seen = walk.seen + piece.lookedAt;
  const isFiltered = filterNames.some((name) => walk.filter[name] !== "");
  return {
    at,
    filter: walk.filter,
    states: subscriberStates.map((value) => ({ value, label: state[value], isOn: walk.filter.state === value })),
    topics: publication.topics.map(({ id, title }) => ({ value: id, label: title, isOn: walk.filter.topic === id })),
    isFiltered,
    readers: piece.readers.map((reader) => readerLine(reader, publication, language)),
    reach: reachOf(language, piece, seen),
    nobody: isFiltered ? say.nobodyFound : say.nobody,
    pager: pagerOf(at, walk, piece.next, seen),
  };
}

function reachOf(language: Language, { next, share }: Piece, seen: number): string {
  const { subscribers: say } = words(language).desk;
  const number = (value: number): string => spokenNumber(language, value);
  if (!next) return fill(say.whole, { seen: number(seen) });
  return fill(say.reach, { seen: number(seen), total: number(roughly(share > 0 ? seen / share : seen)) });
}

function pagerOf(at: string, { filter, from }: Walk, next: WalkPosition | undefined, seen: number): object | null {
  const chosen = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ""));
  const first = chosen.size > 0 ? `${at}?${chosen}` : at;
  const isFirst = from.after === "" && from.round === "0";
  const further = next && new URLSearchParams([...chosen, ["from", writePosition(next)], ["seen", String(seen)]]);
  if (isFirst && !further) return null;
  return { ...(!isFirst && { newest: first }), ...(further && { older: `${at}?${further}` }) };
}

const tones = { confirmed: "good", pending: "quiet", unsubscribed: "quiet", moved: "quiet" } as const;

function readerLine(reader: Subscriber, { id, timeZone }: Publication, language: Language): object {
  const since = stateSince(reader);
  const known = "address" in reader ? reader : undefined;
  return {
    url: `/${id}/subscribers/${reader.addressKey}`,
    who: known?.address ?? fill(words(language).desk.subscribers.key, { key: reader.addressKey.slice(0, 8) }),
    meta: [known?.name, since && spokenTime(since, timeZone, language)].filter(Boolean).join(" · "),
    state: { label: words(language).state.subscriber[reader.state], tone: tones[reader.state] },
  };
}
