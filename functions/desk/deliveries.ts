import { exclusionOf } from "../../core/delivery/audience.ts";
import { type Delivery, rounds } from "../../core/delivery/delivery.ts";
import { isBegun } from "../../core/delivery/ledger.ts";
import { type Outcome, outcomeOf, without } from "../../core/delivery/outcome.ts";
import { isWanted } from "../../core/delivery/rest.ts";
import type { Person } from "../../core/rights.ts";
import type { AddressKey, Subscriber } from "../../core/subscriber/subscriber.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { demand } from "../records/acts.ts";
import { deliveriesOf, expiryOf } from "../records/deliveries.ts";
import { type Control, type Place, readControl } from "../records/issue-control.ts";
import { readLedger } from "../records/ledger-files.ts";
import { freezeOf, plannedOf } from "../records/planned.ts";
import { withoutOriginal } from "../records/received.ts";
import { type Round, type RoundPlace, readRounds } from "../records/rounds.ts";
import { subscribersAfter, suppressedAmong } from "../records/subscribers.ts";

/** Who got an issue and who did not, reader by reader. */

export interface ReaderLine extends Outcome {
  readonly addressKey: AddressKey;
  /** Null once it is forgotten. */
  readonly address: string | null;
  readonly name: string | null;
}

/**
 * Every reader of the publication and how they stand with an issue, in the order of their keys: subscribers, frozen
 * audience and ledger are read side by side, a page of each at a time. Nobody stands there before planning began.
 *
 * @throws Refusal `not-allowed`
 */
export async function* listDeliveries(cloud: Cloud, person: Person, place: Place): AsyncGenerator<ReaderLine> {
  demand(person, "read-subscribers", { publication: place.publication, kind: "subscribers", id: place.publication });
  const control = await readControl(cloud, place);
  if (!control) return;
  const frozen = await readRounds(cloud, place);
  for (const name of rounds) {
    const round = frozen.find((one) => one.round === name);
    const streams = {
      subscriber: subscribersOf(cloud, place.publication, name),
      delivery: ledgerOf(cloud, control, { ...place, round: name }),
      planned: plannedOf(cloud, { ...place, round: name }, round),
    };
    for await (const reader of sideBySide(streams)) {
      const { addressKey, subscriber } = reader;
      const known = subscriber && "address" in subscriber ? subscriber : undefined;
      const outcome = await outcomeFor(cloud, control, round, reader);
      yield { addressKey, address: known?.address ?? null, name: known?.name ?? null, ...outcome };
    }
  }
}

/** The rows of a round; once they have left the table, the file they were kept in. */
async function* ledgerOf(cloud: Cloud, control: Control, place: RoundPlace): AsyncGenerator<Delivery> {
  if (!isForgotten(cloud, control)) return yield* deliveriesOf(cloud, place);
  const kept = await readLedger(cloud, place);
  for (const line of kept?.lines ?? []) if (isBegun(line)) yield line;
}

/** The rows of an issue's letters are gone. */
export const isForgotten = ({ clock }: Cloud, { startedAt }: Control): boolean =>
  expiryOf(startedAt) <= clock.now().toISOString();

const pageSize = 400;

async function* subscribersOf(cloud: Cloud, publication: string, round: string): AsyncGenerator<Subscriber> {
  for (let after = "", isLast = false; !isLast; ) {
    const page = await subscribersAfter(cloud, publication, round, after, pageSize);
    yield* page.subscribers;
    after = page.subscribers.at(-1)?.addressKey ?? after;
    isLast = page.isLast;
  }
}

export interface Reader {
  readonly addressKey: AddressKey;
  readonly subscriber: Subscriber | undefined;
  readonly delivery: Delivery | undefined;
  readonly isPlanned: boolean;
}
interface Streams {
  readonly subscriber: AsyncGenerator<Subscriber>;
  readonly delivery: AsyncGenerator<Delivery>;
  readonly planned: AsyncGenerator<AddressKey>;
}

/** Whoever comes next in any of the three. */
async function* sideBySide(streams: Streams): AsyncGenerator<Reader> {
  const next = async <T>(stream: AsyncGenerator<T>): Promise<T | undefined> => (await stream.next()).value;
  let [subscriber, delivery, planned] = await Promise.all([
    next(streams.subscriber),
    next(streams.delivery),
    next(streams.planned),
  ]);
  for (;;) {
    const keys = [subscriber?.addressKey, delivery?.addressKey, planned].filter((key) => key !== undefined);
    if (keys.length === 0) return;
    const addressKey = keys.reduce((least, key) => (key < least ? key : least));
    const is = {
      subscriber: subscriber?.addressKey === addressKey ? subscriber : undefined,
      delivery: delivery?.addressKey === addressKey ? delivery : undefined,
    };
    yield { addressKey, ...is, isPlanned: planned === addressKey };
    if (is.subscriber) subscriber = await next(streams.subscriber);
    if (is.delivery) delivery = await next(streams.delivery);
    if (planned === addressKey) planned = await next(streams.planned);
  }
}

/** How one reader stands with an issue. @param round undefined while it is being frozen */
export async function outcomeFor(
  cloud: Cloud,
  control: Control,
  round: Round | undefined,
  { addressKey, subscriber, delivery, isPlanned }: Reader,
): Promise<Outcome> {
  if (delivery) return outcomeOf(delivery);
  if (!isPlanned) return without("not-planned", await whyNotPlanned(cloud, control, subscriber));
  return without((await isStillWanted(cloud, control, round, addressKey)) ? "waiting" : "cancelled");
}

/** Whether somebody nobody has tried yet still gets a letter. */
async function isStillWanted(
  cloud: Cloud,
  control: Control,
  round: Round | undefined,
  addressKey: AddressKey,
): Promise<boolean> {
  if (control.state === "cancelled" || control.state === "sent") return false;
  if (!round || isWanted(control, false)) return true;
  const place = { publication: control.publication, issue: control.issue, round: round.round };
  return (await freezeOf(cloud, place, round, addressKey)) === control.resend;
}

/** As far as it can be told today: the freeze kept the number of each reason, not its readers. */
async function whyNotPlanned(
  cloud: Cloud,
  { publication, issue, startedAt, topic }: Control,
  subscriber: Subscriber | undefined,
): Promise<string | null> {
  if (!subscriber) return null;
  if (cameAt(subscriber) > startedAt) return "later";
  const suppressed = await suppressedAmong(cloud, [subscriber.addressKey]);
  const without = await withoutOriginal(cloud, { publication, issue }, [subscriber]);
  const left = without.size > 0 ? "not-received" : null;
  return exclusionOf(subscriber, suppressed.size > 0, startedAt, topic) ?? left;
}

function cameAt(subscriber: Subscriber): string {
  if (subscriber.state === "pending") return subscriber.requestedAt;
  return subscriber.state === "confirmed" ? subscriber.confirmedAt : "";
}
