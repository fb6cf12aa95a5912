import { batchSize, rounds } from "./delivery.ts";
import { type Item, prices } from "./prices.ts";

/** What an issue costs on AWS: what SES asks for the letters, all that runs beside it, and the rows that are kept. */

/** How much of everything on the price list. */
export type Usage = Readonly<Record<Item, number>>;

/** In dollars. */
export interface Cost {
  readonly ses: number;
  /** Functions, table, queues and events. */
  readonly beside: number;
  /** The ledger's rows until they expire. */
  readonly rows: number;
  readonly total: number;
  readonly items: Usage;
}

const ofSes: readonly Item[] = ["letters", "letterBytes"];

/** The price of so much. */
export function costOf(usage: Usage): Cost {
  const items = Object.fromEntries(
    (Object.keys(prices) as Item[]).map((item) => [item, usage[item] * prices[item].price]),
  ) as Usage;
  const sum = (wanted: (item: Item) => boolean): number =>
    (Object.keys(items) as Item[]).filter(wanted).reduce((all, item) => all + items[item], 0);
  const ses = sum((item) => ofSes.includes(item));
  const rows = items.rowBytes;
  const total = sum(() => true);
  return { ses, beside: total - ses - rows, rows, total, items };
}

/** What is known before an issue leaves. */
export interface Plan {
  readonly readers: number;
  /** Of one letter, as it goes over the wire. */
  readonly letterBytes: number;
  /** Letters a second that really leave. */
  readonly perSecond: number;
}

/** What an issue will cost, by a model of the protocol: each term is what the code does for one letter. */
export function estimateCost({ readers, letterBytes, perSecond }: Plan): Cost {
  const seconds = readers / perSecond;
  const pace = paceOf(perSecond, seconds);
  const turns = rounds.length + pace.turnsPerSecond * seconds;
  const heard = heardOf(readers, seconds);
  return costOf({
    letters: readers,
    letterBytes: readers * letterBytes,
    workerSeconds: deliverGigabytes * pace.walks * seconds + heard.workerSeconds,
    calls: turns + heard.files + heard.troubles,
    writes: readers * (writesOfLetter + 1 / pace.places) + turns * unitsOfTurn.writes,
    reads:
      readers * (readsOfLetter + 1 / pace.places) + pace.walks * seconds * readsOfSecond + turns * unitsOfTurn.reads,
    messages: (turns + heard.files + heard.troubles) * requestsOfMessage,
    notices: heard.troubles,
    events: readers * eventsOfLetter,
    filesWritten: heard.files,
    filesRead: heard.files,
    rowBytes: kept(readers),
  });
}

/** What an issue counted itself. */
export interface Counts {
  readonly accepted: number;
  readonly planned: number;
  readonly letterBytes: number;
  /** What the walks of its rounds wrote down. */
  readonly spent: { readonly milliseconds: number; readonly reads: number; readonly writes: number };
  readonly turns: number;
  /** Letters SES has told something of. */
  readonly reported: number;
  readonly troubles: number;
  /** From the first letter to the last. */
  readonly seconds: number;
}

/**
 * What an issue did cost by its own counts: letters, walks and turns are counted; freezing and listening are reckoned by
 * their readers and events.
 */
export function actualCost(counts: Counts): Cost {
  const { accepted, planned, letterBytes, spent, turns, reported, troubles } = counts;
  const heard = heardOf(reported, counts.seconds);
  return costOf({
    letters: accepted,
    letterBytes: accepted * letterBytes,
    workerSeconds: deliverGigabytes * (spent.milliseconds / 1000) + heard.workerSeconds,
    calls: turns + heard.files + troubles,
    writes: spent.writes + planned / batchSize + turns * unitsOfTurn.writes + reported,
    reads: spent.reads + planned * readsOfFreeze + turns * unitsOfTurn.reads + reported * readsOfFeedback,
    messages: (turns + heard.files + troubles) * requestsOfMessage,
    notices: troubles,
    events: reported * eventsOfLetter,
    filesWritten: heard.files,
    filesRead: heard.files,
    rowBytes: kept(planned),
  });
}

// ── the terms ────────────────────────────────────────────────────────────────────────────────────

/** Claim, what SES answered, what it told later; the batch and the round's `next` once in forty. */
const writesOfLetter = 3 + 2 / batchSize;

/** At the freeze: the suppression, consistent, and a page of subscribers of some 400 bytes. */
const readsOfFreeze = 1 + 400 / 4096;
/** Of a settling: every row of the ledger by its bytes. Events reopen a round once more, as a rule. */
const settlings = 2;
/**
 * Half a unit each, none need be consistent: every page of events looks its rows up, and half of the letters have Send and
 * Delivery in one page; a delivery also asks whether soft bounces end.
 */
const readsOfFeedback = 1.5 / 2 + 1 / 2;
const rowBytes = 360;
/** At the claim: subscriber and suppression, consistent; the batch once in forty. */
const readsOfLetter = 2 + 1 / batchSize + readsOfFreeze + (settlings * rowBytes) / 4096 + readsOfFeedback;

/** A walk looks at the control row and at the rejections every second. */
const readsOfSecond = 2;
/** Taking the turn and letting go of it; control row, round and rate. What a walk does in between is its letters'. */
const unitsOfTurn = { writes: 2, reads: 3 };
/** Adding, receiving, deleting. */
const requestsOfMessage = 3;

/** `infra/deliver.ts` and `infra/record-feedback.ts` say the same. */
export const deliverGigabytes = 0.5;
export const feedbackGigabytes = 0.5;

/** A walk takes a quarter of a second's places, at most a batch of them; three wait for theirs while one sends. */
const [placesShare, waitingWalks, longestWaitSeconds] = [1 / 4, 3, 2];
/** Whoever finds no place so near comes back after an eighth of what is left, a minute at most, and some three seconds. */
const [awayShare, mostAwaySeconds, spreadSeconds] = [1 / 8, 60, 3];

function paceOf(perSecond: number, seconds: number): { walks: number; places: number; turnsPerSecond: number } {
  const quarter = Math.max(1, perSecond * placesShare);
  const places = Math.min(batchSize, quarter);
  const wait = Math.min(longestWaitSeconds, (waitingWalks * quarter) / perSecond);
  const walks = Math.min(rounds.length, 1 + wait / (places / perSecond));
  const away = Math.min(mostAwaySeconds, seconds * awayShare) + spreadSeconds;
  return { walks, places, turnsPerSecond: (rounds.length - walks) / away };
}

/** Send and Delivery. */
const eventsOfLetter = 2;
/** A file holds a minute's events, or some 1,500, and takes a few seconds. */
const eventsOfFile = 1500;
const secondsOfFile = 3;
/** Bounces, complaints and delays come a second time, by themselves, and at once. */
const troubleShare = 0.02;
const secondsOfTrouble = 0.1;

function heardOf(letters: number, seconds: number): { files: number; troubles: number; workerSeconds: number } {
  const files = letters === 0 ? 0 : Math.ceil(Math.max(seconds / 60, (letters * eventsOfLetter) / eventsOfFile));
  const busy = (letters * eventsOfLetter * secondsOfFile) / eventsOfFile;
  const troubles = letters * troubleShare;
  return { files, troubles, workerSeconds: feedbackGigabytes * (busy + troubles * secondsOfTrouble) };
}

/** Rows and batches for 100 days of a month's 30; every row is kept with 100 bytes of DynamoDB's own. */
const months = 100 / 30;
const ownBytes = 100;
const batchBytes = 1000;

const kept = (readers: number): number =>
  months * readers * (rowBytes + ownBytes + (batchBytes + ownBytes) / batchSize);
