import type { Visit } from "../../core/check/visits.ts";
import type { Message } from "../../core/delivery/message.ts";

/** What we rent, twice: `aws-cloud.ts` makes it from AWS, `local/cloud/local-cloud.ts` from a folder. Promises: `test/cloud`. */
export interface Cloud {
  readonly files: Files;
  readonly table: Table;
  readonly queues: Queues;
  readonly mail: Mail;
  readonly timer: Timer;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly directory: Directory;
  readonly edge: Edge;
  readonly grace: Grace;
  /**
   * Forgets what is kept of a reader beside table and files, and whatever of them was overwritten before: letters in an
   * outbox, wishes in a queue. Answers how many letters there were. AWS keeps no letters, and its queues take nothing back.
   */
  forget(reader: Addressed): Promise<number>;
}

/** A reader, by everything letters and messages name them by. */
export interface Addressed {
  readonly addresses: readonly string[];
  readonly addressKeys: readonly string[];
  /** Only what came from this one. */
  readonly publication?: string;
}

/** How long nobody is given up. Settings of a deployment; shorter only where somebody watches. */
export interface Grace {
  /** After its deadline a run may still be alive for so long: nobody declares a living attempt dead. */
  readonly leaseSeconds: number;
  /** An event may take so long to tell what became of a doubtful letter. */
  readonly eventSeconds: number;
}
export const usualGrace: Grace = { leaseSeconds: 60, eventSeconds: 15 * 60 };

// ── table ────────────────────────────────────────────────────────────────────────────────────────

export interface Key {
  readonly pk: string;
  readonly sk: string;
}
export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };
/** A row: its key and its fields. `expiresAt` (ISO instant): no read returns it once that has passed. */
export type Item = Key & { readonly expiresAt?: string; readonly [field: string]: Value | undefined };

/** "absent": no such row · "present": there is one · fields: it stands there with exactly these values (null: field absent). */
export type Condition = "absent" | "present" | Readonly<Record<string, string | number | boolean | null>>;

export type Change =
  | { readonly put: Item; readonly if?: Condition }
  | {
      readonly patch: Key;
      readonly set: Readonly<Record<string, Value>>;
      readonly remove?: readonly string[];
      readonly if?: Condition;
    }
  | { readonly remove: Key; readonly if?: Condition }
  | { readonly check: Key; readonly if: Condition };

/** A condition did not hold. `found` is what stood there instead. */
export class Conflict extends Error {
  readonly failed: readonly { readonly index: number; readonly found: Item | undefined }[];

  constructor(failed: readonly { readonly index: number; readonly found: Item | undefined }[]) {
    super(`${failed.length} change(s) met another row`);
    this.name = "Conflict";
    this.failed = failed;
  }
}

export type Outcome = "done" | Conflict;

export interface Query {
  readonly pk: string;
  /** Inclusive bounds of the sort key. */
  readonly from?: string;
  readonly to?: string;
  readonly limit: number;
  readonly newestFirst?: boolean;
  readonly consistent?: boolean;
  /** "byTrouble": pk is the attribute `trouble`; for showing only, never for deciding. */
  readonly index?: "byTrouble";
  /** What an earlier page answered as `next`. */
  readonly after?: string;
}

export interface Table {
  /** Any number of keys, answers in their order. */
  get(keys: readonly Key[], options?: { consistent?: boolean }): Promise<(Item | undefined)[]>;
  /** A range of one partition in sort-key order (byte order). `next` is there while more may follow. */
  query(query: Query): Promise<{ items: Item[]; next?: string }>;
  /** One change: one conditional write. 2–100: all or nothing. @throws Conflict */
  write(changes: readonly Change[]): Promise<void>;
  /** Many single writes, each on its own feet. */
  each(changes: readonly Change[]): Promise<Outcome[]>;
  /** Atomic add; a missing row or field counts as 0. Answers the new value. */
  count(key: Key, field: string, by: number, options?: { expiresAt?: string }): Promise<number>;
  /** Which table this is: a copy or a restored one has another id. */
  id(): Promise<string>;
}

// ── files ────────────────────────────────────────────────────────────────────────────────────────

export interface StoredFile {
  readonly key: string;
  /** Changes with the content; opaque. */
  readonly etag: string;
  readonly bytes: number;
  readonly modifiedAt: string;
}

/**
 * Keys below `public/` are what the world sees (`public/<publication>/…`, AWS: a bucket of its own behind CloudFront);
 * everything else is private. A file written below `submissions/`, `readings/` or `logos/` puts a notice on the queue `arrivals`,
 * one below `feedback/` on the queue `feedback`, one below `mail/` on the `mailbag`: `{ detail: { object: { key } } }`.
 */
export interface Files {
  /** Undefined when there is none. */
  /** `cache`: how long browsers may keep it, as it was written. */
  read(key: string): Promise<(StoredFile & { body: Uint8Array; type: string; cache?: string | null }) | undefined>;
  /** @throws Conflict when `ifAbsent` or `ifMatch` (an etag) does not hold. Answers the new etag. */
  write(
    key: string,
    body: string | Uint8Array,
    options: { type: string; cache?: string; ifAbsent?: boolean; ifMatch?: string },
  ): Promise<{ etag: string }>;
  /** Keys in byte order; `limit` defaults to all. */
  list(prefix: string, options?: { limit?: number; after?: string }): Promise<StoredFile[]>;
  /** Removing what is not there is fine. */
  remove(keys: readonly string[]): Promise<void>;
  /** A form a browser can post one file to, so that big files pass no function of ours. */
  uploadForm(place: UploadPlace, options: UploadOptions): Promise<UploadForm>;
  /**
   * A link that gives one private file to whoever has it, for so many seconds, under a name. A path is the desk's own;
   * whether the file is there is looked at when it is fetched.
   */
  downloadLink(key: string, options: { seconds: number; name: string }): Promise<string>;
  /** Begins one private file that comes in parts, perhaps from several runs. What is never joined goes by itself. */
  beginParts(key: string, options: { type: string }): Promise<InParts>;
  /** A part under a number from 1 to 10,000; written again it replaces the one before. All but the last: {@link leastPartBytes}. */
  writePart(place: InParts, number: number, body: string | Uint8Array): Promise<Part>;
  /** The file is there, of exactly these parts in the order of their numbers. Joining again what was joined is fine. */
  joinParts(place: InParts, parts: readonly Part[]): Promise<void>;
}

/** A file that is not whole yet. */
export interface InParts {
  readonly key: string;
  readonly upload: string;
}
export interface Part {
  readonly number: number;
  readonly etag: string;
}
/** S3 takes no smaller one but as the last. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
export const leastPartBytes = 5 * 1024 * 1024;

/** One key; or a folder (it ends in "/"), where a file comes to lie under the name it has on its owner's machine. */
export type UploadPlace = string | { readonly folder: string };

export interface UploadOptions {
  readonly maxBytes: number;
  readonly type: string;
  readonly seconds: number;
  /** The page a browser without script is led to once the file is there (303). Whoever stores it adds `?key=…`. */
  readonly backTo?: string;
}
/** Where to post, and the fields that go before the one named `file`. */
export interface UploadForm {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

// ── queues ───────────────────────────────────────────────────────────────────────────────────────

export const queueNames = ["arrivals", "manuscripts", "builds", "rounds", "confirmations", "feedback"] as const;
export type QueueName = (typeof queueNames)[number];
/** Everywhere work waits: the mailbag is filled by files that arrive, by no function of ours. */
export type WorkName = QueueName | "mailbag";
export interface Queue {
  /** Adds JSON messages; delivered at least once, in any order. `delaySeconds` ≤ 900. @throws when any was not taken */
  add(messages: readonly Value[], options?: { delaySeconds?: number }): Promise<void>;
}
export type Queues = Readonly<Record<QueueName, Queue>>;

// ── mail ─────────────────────────────────────────────────────────────────────────────────────────

/** Two streams, two configuration sets: closing one leaves the other open. */
export type Stream = "editions" | "confirmations";

export interface Letter {
  readonly stream: Stream;
  readonly from: string;
  readonly to: string;
  /** RFC 5322, 7-bit, CRLF, without `Date` and `Message-ID`: the carrier writes both. `bytesOf` makes it whole. */
  readonly message: Message;
  /** Come back in every event; names and values `[A-Za-z0-9_-]`, ≤ 256 characters, never an address. */
  readonly tags: Readonly<Record<string, string>>;
}

/** `send` answers the carrier's message id, or throws one of four. */
export interface Mail {
  /** Whether it tells later what became of a letter, as feedback. */
  readonly reports: boolean;
  /** Whether mailbox providers judge our sender by its letters; an outbox on this machine nobody judges. */
  readonly isJudged: boolean;
  /** @throws Rejected | Closed | Throttled | Doubtful */
  send(letter: Letter): Promise<{ messageId: string }>;
  quota(): Promise<Quota>;
  close(stream: Stream): Promise<void>;
  open(stream: Stream): Promise<void>;
}

/** What the carrier takes from this account. `perDay` is Infinity where no day has a limit. */
export interface Quota {
  readonly perSecond: number;
  readonly perDay: number;
  readonly sentInLastDay: number;
}

abstract class MailTrouble extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = new.target.name;
  }
}
/** The carrier names this letter or address; no other letter is meant. */
export class Rejected extends MailTrouble {}
/** Nobody may send now: paused, unverified, denied, unreachable. Nothing left. */
export class Closed extends MailTrouble {}
/** Too fast; nothing left. */
export class Throttled extends MailTrouble {}
/** The bytes may have left: nobody can tell. Never retried blindly. */
export class Doubtful extends MailTrouble {}

// ── timer, clock, secrets ────────────────────────────────────────────────────────────────────────

export type TimerTarget = "plan" | "archive";
export interface Timer {
  /** Wakes a function once, to the minute; the same name replaces; may fire twice. `name`: `[A-Za-z0-9_-]{1,64}`. */
  wakeAt(name: string, at: string, wake: { target: TimerTarget; payload: Value }): Promise<void>;
  cancel(name: string): Promise<void>;
}

/** Nobody else waits or draws lots: a test or the simulation owns time. */
export interface Clock {
  now(): Date;
  /** 128 random bits, base64url. */
  id(): string;
  sleep(milliseconds: number): Promise<void>;
}

/** address: never rotated · links: all valid ones, newest first (`[{ kid, key }]`) · sign-in: who says who somebody is. */
export type SecretName = "address" | "links" | "sign-in";
export interface Secrets {
  /**
   * The secret's text: `address` is 32 bytes base64url; `links` is JSON `[{ kid, key }]`; `sign-in` is for `readSignIn`
   * (`core/desk/sign-in.ts`), and there is none where no desk is served.
   */
  read(name: SecretName): Promise<string>;
}

// ── directory ────────────────────────────────────────────────────────────────────────────────────

/**
 * Who may prove an address to the issuer of our own. It opens no door: whom the desk knows, and what they may do, our
 * rows say. Both acts may come twice; an address is spelled as `readAddress` does.
 */
export interface Directory {
  admit(address: string): Promise<void>;
  dismiss(address: string): Promise<void>;
}
/** Of an issuer that knows people by itself: another house's, or the one of this machine, which reads our rows. */
export const noDirectory: Directory = { admit: async () => {}, dismiss: async () => {} };

// ── edge ─────────────────────────────────────────────────────────────────────────────────────────

/** What stands before the public files near their readers, and keeps copies of them for as long as they may be kept. */
export interface Edge {
  /** Copies below these paths are asked for anew, soon. "/slk/*": everything there; the asterisk stands at the end alone. */
  forget(paths: readonly string[]): Promise<void>;
}
/** Where nothing stands before them. */
export const noEdge: Edge = { forget: async () => {} };

// ── handlers ─────────────────────────────────────────────────────────────────────────────────────

/** A function of ours: `deliver(cloud)(event, { deadline })`. `deadline` is when the runtime stops us. */
export type Handler = (event: unknown, context: { readonly deadline: Date }) => Promise<unknown>;
export type FunctionMaker = (cloud: Cloud) => Handler;

// ── web ──────────────────────────────────────────────────────────────────────────────────────────

/** The web outside, beside the {@link Cloud}: only whoever checks an issue's links needs it. */
export interface Web {
  /** Looks whether anybody answers. Never throws, never reaches a private network, takes five seconds at most. */
  visit(url: string): Promise<Visit>;
}
