import { bytesOf } from "../../core/delivery/message.ts";
import { type Clock, Closed, type Letter, type Mail, Rejected, Throttled } from "../../functions/cloud/cloud.ts";
import type { Database } from "./database.ts";
import { giveWay } from "./give-way.ts";
import { headOf, subjectOf, whyRejected } from "./letter-rules.ts";
import type { Outbox } from "./outbox.ts";

export const mailSchema = `
  CREATE TABLE IF NOT EXISTS closedStream (stream TEXT PRIMARY KEY) STRICT;`;

export interface Quota {
  readonly perSecond: number;
  readonly perDay: number;
}

/** Nobody waits for a folder. */
const endless: Quota = { perSecond: 10_000, perDay: 1_000_000_000 };
const dayMilliseconds = 86_400_000;
/** For one letter after the other; a larger one gets bytes of its own. */
const usualBytes = 256 * 1024;

/** A carrier that brings every letter to the outbox, and refuses what SES would refuse. */
export function localMail(
  database: Database,
  clock: Clock,
  { outbox, quota }: { outbox: Outbox; quota?: Quota | undefined },
): Mail {
  const { statement } = database;
  const room = Buffer.allocUnsafe(usualBytes);
  const closed = statement("SELECT 1 FROM closedStream WHERE stream = ?");
  const before = (milliseconds: number): string => new Date(clock.now().getTime() - milliseconds).toISOString();

  const requireQuota = ({ perSecond, perDay }: Quota): void => {
    if (outbox.count(before(dayMilliseconds)) >= perDay) throw new Throttled("the day's quota is used up");
    if (outbox.count(before(1000)) >= perSecond) throw new Throttled("more letters than a second may have");
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
      if (quota) requireQuota(quota);
      const messageId = clock.id();
      const now = clock.now();
      outbox.keep(letter, raw, {
        ...{ messageId, acceptedAt: now.toISOString(), subject: subjectOf(head) },
        head: Buffer.from(carrierHead(letter, messageId, now)),
      });
      return { messageId };
    },

    quota: async () => ({ ...(quota ?? endless), sentInLastDay: outbox.count(before(dayMilliseconds)) }),

    async close(stream) {
      statement("INSERT OR IGNORE INTO closedStream (stream) VALUES (?)").run(stream);
    },

    async open(stream) {
      statement("DELETE FROM closedStream WHERE stream = ?").run(stream);
    },
  };
}

/** What SES writes over every letter. */
function carrierHead({ from }: Letter, messageId: string, now: Date): string {
  const domain = from.slice(from.lastIndexOf("@") + 1).replace(">", "");
  return `Message-ID: <${messageId}@${domain}>\r\nDate: ${now.toUTCString().replace("GMT", "+0000")}\r\n`;
}
