import { exclusionOf } from "../../core/delivery/audience.ts";
import type { Delivery } from "../../core/delivery/delivery.ts";
import { type Outcome, outcomeOf, without } from "../../core/delivery/outcome.ts";
import { isWanted } from "../../core/delivery/rest.ts";
import type { Person } from "../../core/rights.ts";
import type { AddressKey, Subscriber } from "../../core/subscriber/subscriber.ts";
import { startOfWalk, type WalkPosition } from "../../core/subscriber/walk.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { demand } from "../records/acts.ts";
import { type Control, type Place, readControl } from "../records/issue-control.ts";
import { withoutOriginal } from "../records/received.ts";
import { type Round, readRounds } from "../records/rounds.ts";
import { suppressedAmong } from "../records/subscribers.ts";
import { readerPages } from "./reader-pages.ts";

/** Who got an issue and who did not, reader by reader. */

export interface ReaderLine extends Outcome {
  readonly addressKey: AddressKey;
  /** Null once it is forgotten. */
  readonly address: string | null;
  readonly name: string | null;
}
/** A page of them, with what else is known of each. */
export interface LinePage {
  readonly lines: readonly (ReaderLine & Pick<Reader, "subscriber">)[];
  /** Undefined: that was the last. */
  readonly next: WalkPosition | undefined;
}

/**
 * Every reader of the publication and how they stand with an issue, in the order of their keys; a page of them is held.
 * Nobody stands there before planning began.
 *
 * @throws Refusal `not-allowed`
 */
export async function* listDeliveries(cloud: Cloud, person: Person, place: Place): AsyncGenerator<ReaderLine> {
  demand(person, "read-subscribers", { publication: place.publication, kind: "subscribers", id: place.publication });
  const pageAfter = await linePages(cloud, place);
  for (let position: WalkPosition | undefined = startOfWalk; position; ) {
    const page: LinePage = await pageAfter(position);
    for (const { subscriber: _, ...line } of page.lines) yield line;
    position = page.next;
  }
}

/** Pages of an issue's readers from any position on. Whoever asks has the right to. */
export async function linePages(
  cloud: Cloud,
  place: Place,
  limit?: number,
): Promise<(from: WalkPosition) => Promise<LinePage>> {
  const control = await readControl(cloud, place);
  if (!control) return async () => ({ lines: [], next: undefined });
  const rounds = await readRounds(cloud, place);
  const pageAfter = readerPages(cloud, control, rounds, limit);
  return async (from) => {
    const { readers, next } = await pageAfter(from);
    const round = rounds.find((one) => one.round === from.round);
    const outcomes = await outcomesOf(cloud, control, round, readers);
    const lines = readers.map((reader, index) => lineOf(reader, outcomes[index] as Outcome));
    return { lines, next };
  };
}

function lineOf({ addressKey, subscriber }: Reader, outcome: Outcome): LinePage["lines"][number] {
  const known = subscriber && "address" in subscriber ? subscriber : undefined;
  return { addressKey, address: known?.address ?? null, name: known?.name ?? null, ...outcome, subscriber };
}

export interface Reader {
  readonly addressKey: AddressKey;
  readonly subscriber: Subscriber | undefined;
  readonly delivery: Delivery | undefined;
  /** In which freeze they were planned, 0 the first; undefined: in none. */
  readonly freeze: number | undefined;
}

/** How some readers of a round stand with an issue. @param round undefined while it is being frozen */
export async function outcomesOf(
  cloud: Cloud,
  control: Control,
  round: Round | undefined,
  readers: readonly Reader[],
): Promise<Outcome[]> {
  const why = await whyNotPlanned(cloud, control, readers);
  return readers.map(({ addressKey, delivery, freeze }) => {
    if (delivery) return outcomeOf(delivery);
    if (freeze === undefined) return without("not-planned", why.get(addressKey) ?? null);
    return without(isStillWanted(control, round, freeze) ? "waiting" : "cancelled");
  });
}

/** Whether somebody nobody has tried yet still gets a letter. */
function isStillWanted(control: Control, round: Round | undefined, freeze: number): boolean {
  if (control.state === "cancelled" || control.state === "sent") return false;
  return !round || isWanted(control, freeze === control.resend);
}

/** As far as it can be told today: the freeze kept the number of each reason, not its readers. */
async function whyNotPlanned(
  cloud: Cloud,
  { publication, issue, startedAt, topic }: Control,
  readers: readonly Reader[],
): Promise<ReadonlyMap<AddressKey, string | null>> {
  const left = readers.flatMap(({ subscriber, delivery, freeze }) =>
    subscriber && !delivery && freeze === undefined ? [subscriber] : [],
  );
  const early = left.filter((one) => cameAt(one) <= startedAt);
  const [suppressed, lacking] = await Promise.all([
    suppressedAmong(
      cloud,
      early.map(({ addressKey }) => addressKey),
    ),
    withoutOriginal(cloud, { publication, issue }, early),
  ]);
  const reasonOf = (one: Subscriber): string | null => {
    if (cameAt(one) > startedAt) return "later";
    const lacks = lacking.has(one.addressKey) ? "not-received" : null;
    return exclusionOf(one, suppressed.has(one.addressKey), startedAt, topic) ?? lacks;
  };
  return new Map(left.map((one) => [one.addressKey, reasonOf(one)]));
}

function cameAt(subscriber: Subscriber): string {
  if (subscriber.state === "pending") return subscriber.requestedAt;
  return subscriber.state === "confirmed" ? subscriber.confirmedAt : "";
}
