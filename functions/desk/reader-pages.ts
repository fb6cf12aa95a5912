import type { Delivery } from "../../core/delivery/delivery.ts";
import { isBegun } from "../../core/delivery/ledger.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import { nextInWalk, type WalkPosition } from "../../core/subscriber/walk.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { deliveriesAfter, expiryOf } from "../records/deliveries.ts";
import type { Control } from "../records/issue-control.ts";
import { readLedger } from "../records/ledger-files.ts";
import { plannedAfter } from "../records/planned-pages.ts";
import type { Round, RoundPlace } from "../records/rounds.ts";
import { subscribersAfter } from "../records/subscribers.ts";
import type { Reader } from "./deliveries.ts";

/** Subscribers, frozen audience and ledger of an issue side by side, a page of each at a time, from any reader on. */

interface ReaderPage {
  readonly readers: readonly Reader[];
  readonly next: WalkPosition | undefined;
}

const pageSize = 400;
const behindAllKeys = "~";

/** The rows of an issue's letters are gone. */
export const isForgotten = ({ clock }: Cloud, { startedAt }: Pick<Control, "startedAt">): boolean =>
  expiryOf(startedAt) <= clock.now().toISOString();

/** What it answers may be asked page after page: it remembers where it was. */
export function readerPages(
  cloud: Cloud,
  control: Control,
  rounds: readonly Round[],
  limit: number = pageSize,
): (from: WalkPosition) => Promise<ReaderPage> {
  const ledgerAfter = ledgerPages(cloud, control, limit);
  let found: { readonly round: string; readonly batches: readonly number[] } | undefined;
  return async ({ round: name, after }) => {
    const place: RoundPlace = { publication: control.publication, issue: control.issue, round: name };
    const round = rounds.find((one) => one.round === name);
    const { subscribers, isLast } = await subscribersAfter(cloud, place.publication, name, after, limit);
    // Whoever was planned and stands among the subscribers no more comes between them, or behind the last.
    const bound = isLast ? behindAllKeys : (subscribers.at(-1)?.addressKey ?? behindAllKeys);
    const [planned, ledger] = await Promise.all([
      plannedAfter(cloud, place, round, after, found?.round === name ? found.batches : undefined),
      ledgerAfter(place, after, bound),
    ]);
    found = { round: name, batches: planned.found };
    const until = [bound, planned.until, ledger.until].reduce((least, one) => (one < least ? one : least));
    const readers = together({ subscribers, deliveries: ledger.deliveries, freezes: planned.freezes }, until);
    return { readers, next: nextInWalk(name, until === behindAllKeys ? undefined : until) };
  };
}

interface Known {
  readonly subscribers: readonly NonNullable<Reader["subscriber"]>[];
  readonly deliveries: readonly Delivery[];
  readonly freezes: ReadonlyMap<AddressKey, number>;
}

/** Everybody any of the three knows, up to a key, in the order of the table. */
function together({ subscribers, deliveries, freezes }: Known, until: string): Reader[] {
  const subscriberBy = new Map(subscribers.map((one) => [one.addressKey, one]));
  const deliveryBy = new Map(deliveries.map((one) => [one.addressKey, one]));
  const keys = new Set([...subscriberBy.keys(), ...deliveryBy.keys(), ...freezes.keys()]);
  return [...keys]
    .filter((addressKey) => addressKey <= until)
    .sort((one, other) => (one < other ? -1 : 1))
    .map((addressKey) => ({
      ...{ addressKey, subscriber: subscriberBy.get(addressKey), delivery: deliveryBy.get(addressKey) },
      freeze: freezes.get(addressKey),
    }));
}

interface LedgerPage {
  readonly deliveries: readonly Delivery[];
  readonly until: string;
}

/** The rows of a round; once they have left the table, the file they were kept in, which is read once. */
function ledgerPages(
  cloud: Cloud,
  control: Control,
  limit: number,
): (place: RoundPlace, after: AddressKey | "", to: string) => Promise<LedgerPage> {
  let kept: { readonly round: string; readonly deliveries: readonly Delivery[] } | undefined;
  const keptOf = async (place: RoundPlace): Promise<readonly Delivery[]> => {
    if (kept?.round !== place.round) {
      const lines = (await readLedger(cloud, place))?.lines ?? [];
      kept = { round: place.round, deliveries: lines.filter(isBegun) };
    }
    return kept.deliveries;
  };
  return async (place, after, to) => {
    if (isForgotten(cloud, control)) {
      const all = await keptOf(place);
      return { deliveries: all.filter(({ addressKey }) => addressKey > after && addressKey <= to), until: to };
    }
    const { deliveries, isLast } = await deliveriesAfter(cloud, place, after, to, limit);
    return { deliveries, until: isLast ? to : (deliveries.at(-1)?.addressKey ?? to) };
  };
}
