import type { Value } from "../../functions/cloud/cloud.ts";
import { type Handed, messageIdOf } from "./carrier.ts";
import { putInQueue } from "./cloud-of.ts";
import type { Lots } from "./lots.ts";
import type { World } from "./world.ts";

/** What the carrier tells of its letters, over two paths: the rare and urgent at once, and all of it in files. */
export interface Events {
  /** The last of them has arrived by then. */
  lastAt(): number;
}

interface Habits {
  /** Milliseconds a mailbox takes to say yes or no. */
  readonly slowness: number;
  readonly bouncesInHundred: number;
  readonly deadPath: "notices" | "files" | undefined;
  /** Amazon SNS wraps what it hands on, unless it was told not to. */
  readonly isWrapped: boolean;
}

const minute = 60_000;
const latest = 3 * 60 * minute;

const someHabits = (lots: Lots): Habits => ({
  slowness: lots.pick([2000, 20_000, 3 * minute, 40 * minute]),
  bouncesInHundred: lots.pick([0, 2, 2, 8]),
  deadPath: lots.pick([undefined, undefined, undefined, "notices", "files"]),
  isWrapped: lots.chance(0.5),
});

export function letCarrierTell(world: World, lots: Lots): Events {
  const { time, faults, carrier } = world;
  const habits = someHabits(lots);
  let lastAt = 0;
  if (world.reports && habits.deadPath) faults.count("event path dead");

  /** Each path brings it once as a rule, late or twice when something is wrong. */
  const send = (path: "notices" | "files", bring: () => void): void => {
    if (habits.deadPath === path || faults.strikes("event lost")) return;
    const usual = path === "notices" ? lots.between(100, 2000) : lots.between(minute, 2 * minute);
    const delay = faults.strikes("event hours late") ? lots.between(minute, latest) : usual;
    const delays = faults.strikes("event doubled") ? [delay, delay + lots.between(0, 10 * minute)] : [delay];
    for (const each of delays) {
      lastAt = Math.max(lastAt, time.now() + each);
      time.after(each, bring);
    }
  };
  const tell = (letter: Handed, kind: Kind): void => {
    const event = eventOf(letter, kind, time.now());
    world.tell(`the carrier tells: ${kind} of ${letter.addressKey}`);
    const bringing = (bring: () => void) => (): void => {
      letter.told.add(kind);
      bring();
    };
    if (!isRoutine(event)) {
      const notice = wrapped(event, habits);
      send(
        "notices",
        bringing(() => putInQueue(world, "feedback", notice, 0)),
      );
    }
    send(
      "files",
      bringing(() => putFile(world, event)),
    );
  };
  const later = (letter: Handed, from: number, kind: Kind, milliseconds: number): void => {
    lastAt = Math.max(lastAt, from + milliseconds + minute);
    time.after(milliseconds, () => tell(letter, kind));
  };

  carrier.onAccepted = (letter) => {
    if (!world.reports) return;
    const at = time.now();
    const answer = lots.between(500, habits.slowness);
    later(letter, at, "Send", 0);
    const kinds = fate(lots, habits);
    if (kinds.includes("Hard")) faults.count("letter bounced");
    letter.isRejectedLater = kinds.includes("Reject");
    if (kinds.includes("Complaint")) faults.count("reader complained");
    kinds.forEach((kind, index) => void later(letter, at, kind, answer * (index + 1)));
  };
  return { lastAt: () => lastAt };
}

export type Kind = "Send" | "Delivery" | "Hard" | "Soft" | "Complaint" | "DeliveryDelay" | "Reject";

/** What becomes of a letter that was accepted, in order. */
function fate(lots: Lots, { bouncesInHundred }: Habits): Kind[] {
  const drawn = lots.below(100);
  if (drawn < bouncesInHundred) return ["Hard"];
  if (drawn < 2 * bouncesInHundred) return ["Soft"];
  if (drawn < 2 * bouncesInHundred + 1) return ["Reject"];
  if (drawn < 96) return ["Delivery"];
  return lots.pick<Kind[]>([
    ["Delivery", "Complaint"],
    ["DeliveryDelay", "Delivery"],
    ["DeliveryDelay", "Soft"],
    // A mailbox that took the letter may still send it back.
    ["Delivery", "Hard"],
  ]);
}

const isRoutine = ({ eventType }: SesEvent): boolean => eventType === "Send" || eventType === "Delivery";

type SesEvent = ReturnType<typeof eventOf>;

/** @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html */
function eventOf(letter: Handed, kind: Kind, now: number) {
  const timestamp = new Date(now).toISOString();
  const { to, addressKey, attempt, issue, acceptedAt = now } = letter;
  const recipients = [{ emailAddress: to, action: "failed", status: "5.1.1", diagnosticCode: "smtp; 550 5.1.1" }];
  const bounce = (bounceType: "Permanent" | "Transient") => ({
    bounce: {
      bounceType,
      bounceSubType: "General",
      bouncedRecipients: recipients,
      timestamp,
      feedbackId: `b-${attempt}`,
    },
  });
  const details: Readonly<Record<Kind, Readonly<Record<string, Value>>>> = {
    Send: { send: {} },
    Delivery: { delivery: { timestamp, processingTimeMillis: 500, recipients: [to], smtpResponse: "250 ok" } },
    Hard: bounce("Permanent"),
    Soft: bounce("Transient"),
    Complaint: { complaint: { complainedRecipients: [{ emailAddress: to }], timestamp, feedbackId: `c-${attempt}` } },
    DeliveryDelay: { deliveryDelay: { delayType: "MailboxFull", delayedRecipients: recipients, timestamp } },
    Reject: { reject: { reason: "Bad content" } },
  };
  return {
    eventType: kind === "Hard" || kind === "Soft" ? "Bounce" : kind,
    mail: {
      ...{
        timestamp: new Date(acceptedAt).toISOString(),
        messageId: messageIdOf(letter),
        source: "post@elblandbote.example",
      },
      ...{ destination: [to], headersTruncated: false, headers: [], commonHeaders: {} },
      tags: { "ses:configuration-set": ["editions"], delivery: [addressKey], attempt: [attempt], issue: [issue] },
    },
    ...details[kind],
  };
}

const wrapped = (event: SesEvent, { isWrapped }: Habits): Value =>
  isWrapped
    ? {
        Type: "Notification",
        MessageId: event.mail.messageId,
        Message: JSON.stringify(event),
        Timestamp: event.mail.timestamp,
      }
    : (event as unknown as Value);

/** What came within a minute lies in one file; a file that arrives is work. */
function putFile(world: World, event: SesEvent): void {
  const { files, time } = world;
  const at = new Date(time.now()).toISOString();
  const key = `feedback/${at.slice(0, 16).replace(/[-T:]/g, "/")}/editions.ndjson`;
  const before = files.get(key);
  const body = Buffer.concat([before?.body ?? Buffer.alloc(0), Buffer.from(`${JSON.stringify(event)}\n`)]);
  files.set(key, { body, type: "application/x-ndjson", etag: `${key} ${body.length}`, modifiedAt: at });
  if (!before) time.after(minute, () => putInQueue(world, "feedback", { detail: { object: { key } } }, 0));
}
