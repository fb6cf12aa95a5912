import { bytesOf } from "../../core/delivery/message.ts";
import {
  type Clock,
  Closed,
  Doubtful,
  type Letter,
  type Mail,
  Rejected,
  Throttled,
} from "../../functions/cloud/cloud.ts";
import { isSimulated } from "./carrier-events.ts";
import { type CarrierManner, mishapOf } from "./carrier-manner.ts";
import type { Database } from "./database.ts";
import { giveWay } from "./give-way.ts";
import { headOf, subjectOf, whyRejected } from "./letter-rules.ts";
import type { Outbox } from "./outbox.ts";

export const mailSchema = `
  CREATE TABLE IF NOT EXISTS closedStream (stream TEXT PRIMARY KEY) STRICT;`;

/** What is said of a rate that has no end. */
const mostPerSecond = 10_000;
const dayMilliseconds = 86_400_000;
/** For one letter after the other; a larger one gets bytes of its own. */
const usualBytes = 256 * 1024;

/** A carrier that brings every letter to the outbox, refuses what SES would refuse, and behaves as it is told. */
export function localMail(
  database: Database,
  clock: Clock,
  { outbox, manner }: { outbox: Outbox; manner: CarrierManner },
): Mail {
  const { statement } = database;
  const room = Buffer.allocUnsafe(usualBytes);
  const closed = statement("SELECT 1 FROM closedStream WHERE stream = ?");
  const before = (milliseconds: number): string => new Date(clock.now().getTime() - milliseconds).toISOString();
  const today = sentToday(outbox, clock);

  const requireQuota = (): void => {
    if (manner.perDay < Number.POSITIVE_INFINITY && today.count() >= manner.perDay)
      throw new Throttled("the day's quota is used up");
    if (manner.perSecond < Number.POSITIVE_INFINITY && outbox.count(before(1000)) >= manner.perSecond)
      throw new Throttled("more letters than a second may have");
  };

  return {
    reports: true,
    isJudged: false,
    async send(letter) {
      await giveWay();
      if (closed.get(letter.stream)) throw new Closed(`the stream ${letter.stream} is closed`);
      const raw = bytesOf(letter.message, room);
      const head = headOf(raw);
      const reason = whyRejected(letter, raw, head);
      if (reason) throw new Rejected(reason);
      requireQuota();
      const mishap = mishapOf(letter, manner);
      if (mishap === "throttled") throw new Throttled("the carrier was told to say so");
      if (mishap === "lost") throw new Doubtful(noAnswer);
      const messageId = clock.id();
      const now = clock.now();
      outbox.keep(letter, raw, {
        ...{ messageId, acceptedAt: now.toISOString(), subject: subjectOf(head) },
        head: Buffer.from(carrierHead(letter, messageId, now)),
      });
      today.add(letter);
      if (mishap === "taken") throw new Doubtful(noAnswer);
      return { messageId };
    },

    quota: async () => ({
      perSecond: Math.min(manner.perSecond, mostPerSecond),
      perDay: manner.perDay,
      sentInLastDay: today.recount(),
    }),

    async close(stream) {
      statement("INSERT OR IGNORE INTO closedStream (stream) VALUES (?)").run(stream);
    },

    async open(stream) {
      statement("DELETE FROM closedStream WHERE stream = ?").run(stream);
    },
  };
}

/** The same, whatever became of the letter: its sender cannot know. */
const noAnswer = "the carrier did not answer";

const recountMilliseconds = 1000;

/**
 * Counting a day's letters takes milliseconds: it is done once a second, and our own are added in between.
 * Letters to the mailbox simulator count for the second and not for the day, as at SES.
 */
function sentToday(outbox: Outbox, clock: Clock) {
  let [counted, countedAt] = [0, Number.NEGATIVE_INFINITY];
  const recount = (): number => {
    countedAt = clock.now().getTime();
    const dayAgo = new Date(countedAt - dayMilliseconds).toISOString();
    counted = outbox.count(dayAgo) - outbox.countSimulated(dayAgo);
    return counted;
  };
  return {
    recount,
    count: (): number => (Math.abs(clock.now().getTime() - countedAt) < recountMilliseconds ? counted : recount()),
    add: (letter: Letter): void => {
      if (!isSimulated(letter.to)) counted++;
    },
  };
}

/** What SES writes over every letter. */
function carrierHead({ from }: Letter, messageId: string, now: Date): string {
  const domain = from.slice(from.lastIndexOf("@") + 1).replace(">", "");
  return `Message-ID: <${messageId}@${domain}>\r\nDate: ${now.toUTCString().replace("GMT", "+0000")}\r\n`;
}
