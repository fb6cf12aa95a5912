import type { Delivery } from "../../core/delivery/delivery.ts";
import { isBegun } from "../../core/delivery/ledger.ts";
import type { Outcome } from "../../core/delivery/outcome.ts";
import { type Issue, idOfIssue } from "../../core/issue/issue.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Person } from "../../core/rights.ts";
import { addressKeyOf, addressSecret } from "../../core/subscriber/link.ts";
import type { AddressKey, Subscriber } from "../../core/subscriber/subscriber.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { demand } from "../records/acts.ts";
import { readDeliveries } from "../records/deliveries.ts";
import { inBatches } from "../records/in-batches.ts";
import { type Control, readControl } from "../records/issue-control.ts";
import { latestIssues, listIssues } from "../records/issues.ts";
import { roundOf } from "../records/keys.ts";
import { readLedger } from "../records/ledger-files.ts";
import { freezeOf } from "../records/planned.ts";
import { listPublications } from "../records/publications.ts";
import { type RoundPlace, readRounds } from "../records/rounds.ts";
import { readSubscriber } from "../records/subscribers.ts";
import { readSuppression } from "../records/suppressions.ts";
import { outcomesOf } from "./deliveries.ts";
import { homeOf } from "./home.ts";
import { isForgotten } from "./reader-pages.ts";
import { suppressionSeen } from "./suppressions.ts";

/** Everything one address ever got, and why. */
export interface ReaderFile {
  readonly addressKey: AddressKey;
  readonly suppression: { readonly reason: string; readonly at: string; readonly isLiftable?: boolean } | null;
  readonly publications: readonly {
    readonly publication: string;
    readonly subscriber: Subscriber | null;
    /** The oldest first; every issue whose audience was frozen. */
    readonly issues: readonly { readonly issue: string; readonly outcome: Outcome }[];
  }[];
}

/**
 * Looks an address up in every publication and every issue that was ever sent.
 *
 * @param address as `readAddress` spells it
 * @throws Refusal `reader-unknown` where nobody here knows it, `not-allowed`
 */
export async function readerFile(cloud: Cloud, person: Person, address: string): Promise<ReaderFile> {
  const addressKey = addressKeyOf(addressSecret(await cloud.secrets.read("address")), address);
  return readerFileOf(cloud, person, addressKey, await listPublications(cloud));
}

/**
 * The same by the key of an address, in some publications.
 *
 * @param latest of so many issues only, the last ones
 * @throws Refusal `reader-unknown`, `not-allowed`
 */
export async function readerFileOf(
  cloud: Cloud,
  person: Person,
  addressKey: AddressKey,
  ids: readonly string[],
  latest = Number.POSITIVE_INFINITY,
): Promise<ReaderFile> {
  const suppression = await suppressionFor(cloud, person, addressKey);
  const publications = [];
  for (const publication of ids) {
    demand(person, "read-subscribers", { publication, kind: "subscribers", id: publication });
    const subscriber = await readSubscriber(cloud, publication, addressKey);
    const issues = await issuesFor(cloud, publication, addressKey, subscriber, latest);
    if (subscriber || issues.length > 0) publications.push({ publication, subscriber: subscriber ?? null, issues });
  }
  if (!suppression && publications.length === 0) throw new Refusal("reader-unknown");
  return { addressKey, suppression: suppression ?? null, publications };
}

/** All of it for whoever runs the machine; for anybody else what concerns their publication. */
async function suppressionFor(
  cloud: Cloud,
  person: Person,
  addressKey: AddressKey,
): Promise<ReaderFile["suppression"] | undefined> {
  const home = homeOf(person);
  if (home !== undefined) return suppressionSeen(cloud, home, addressKey);
  const standing = await readSuppression(cloud, addressKey);
  return standing && { reason: standing.reason, at: standing.at };
}

/** The last so many, the oldest first. */
async function lastIssues(cloud: Cloud, publication: string, many: number): Promise<Issue[]> {
  if (many === 0) return [];
  if (!Number.isFinite(many)) return listIssues(cloud, publication);
  return (await latestIssues(cloud, publication, { limit: many })).issues.reverse();
}

/** Of an address nobody subscribed with, only what it got. */
async function issuesFor(
  cloud: Cloud,
  publication: string,
  addressKey: AddressKey,
  subscriber: Subscriber | undefined,
  latest: number,
): Promise<ReaderFile["publications"][number]["issues"]> {
  const issues = await lastIssues(cloud, publication, latest);
  const outcomes = await inBatches(issues, (issue) => outcomeOfIssue(cloud, issue, addressKey, subscriber));
  return issues.flatMap((issue, index) => {
    const outcome = outcomes[index];
    const isShown = outcome && (subscriber || outcome.state !== "not-planned");
    return isShown ? [{ issue: idOfIssue(issue), outcome }] : [];
  });
}

/** Undefined where no audience was frozen yet. */
async function outcomeOfIssue(
  cloud: Cloud,
  issue: Issue,
  addressKey: AddressKey,
  subscriber: Subscriber | undefined,
): Promise<Outcome | undefined> {
  const place = { publication: issue.publication, issue: idOfIssue(issue) };
  const control = await readControl(cloud, place);
  if (!control) return undefined;
  const roundPlace = { ...place, round: roundOf(addressKey) };
  const round = (await readRounds(cloud, place)).find((one) => one.round === roundPlace.round);
  const delivery = await deliveryTo(cloud, control, roundPlace, addressKey);
  const freeze = round && (await freezeOf(cloud, roundPlace, round, addressKey));
  return (await outcomesOf(cloud, control, round, [{ addressKey, subscriber, delivery, freeze }]))[0];
}

async function deliveryTo(
  cloud: Cloud,
  control: Control,
  place: RoundPlace,
  addressKey: AddressKey,
): Promise<Delivery | undefined> {
  if (!isForgotten(cloud, control)) return (await readDeliveries(cloud, place, [addressKey]))[0];
  const kept = await readLedger(cloud, place);
  return kept?.lines.filter(isBegun).find((line) => line.addressKey === addressKey);
}
