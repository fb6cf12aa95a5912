import type { TlsOptions } from "node:tls";
import { bytesOf } from "../../core/delivery/message.ts";
import { type Clock, Closed, Doubtful, type Mail, Rejected, Throttled } from "../../functions/cloud/cloud.ts";
import type { Database } from "./database.ts";
import { headOf, whyRejected } from "./letter-rules.ts";
import type { Relay } from "./relay.ts";
import { believedLater } from "./smtp-later.ts";
import { openLine, type SmtpPatience, usualPatience } from "./smtp-line.ts";
import { openLines } from "./smtp-lines.ts";

/** Letters that may have left, so that a day's worth can be counted over restarts and from two processes. No addresses. */
export const smtpSchema = `
  CREATE TABLE IF NOT EXISTS relayed (id INTEGER PRIMARY KEY, at TEXT NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS relayedByTime ON relayed (at);`;

export interface SmtpOptions {
  readonly relay: Relay;
  readonly patience?: SmtpPatience;
  /** Whose certificates count beside the system's. */
  readonly trust?: Pick<TlsOptions, "ca">;
}

/** A carrier that hands letters to a relay over SMTP. It never hears of them again. */
export interface SmtpMail extends Mail {
  /** Lines that lie unused would keep the process waiting. */
  hangUp(): void;
}

const dayMilliseconds = 86_400_000;

export function smtpMail(
  database: Database,
  clock: Clock,
  { relay, patience = usualPatience, trust }: SmtpOptions,
): SmtpMail {
  const { statement } = database;
  const later = believedLater(clock);
  const lines = openLines(() => openLine(relay, patience, trust).catch(later.judge()), patience);
  let leaving = 0;
  const before = (milliseconds: number): string => new Date(clock.now().getTime() - milliseconds).toISOString();
  const relayed = (milliseconds: number): number =>
    statement("SELECT count(*) AS letters FROM relayed WHERE at > ?").get(before(milliseconds))?.letters as number;
  const count = (): void => {
    statement("INSERT INTO relayed (at) VALUES (?)").run(clock.now().toISOString());
  };

  const requireOpen = (stream: string): void => {
    if (statement("SELECT 1 FROM closedStream WHERE stream = ?").get(stream)) throw new Closed(`${stream} is closed`);
  };
  const requireQuota = (): void => {
    if (relayed(dayMilliseconds) + leaving >= relay.perDay) throw new Throttled("the day's quota is used up");
    if (relayed(1000) >= Math.max(1, relay.perSecond)) throw new Throttled("more letters than a second may have");
  };

  return {
    reports: false,
    isJudged: true,
    async send(letter) {
      requireOpen(letter.stream);
      const message = bytesOf(letter.message);
      const reason = whyRejected(letter, message, headOf(message));
      if (reason) throw new Rejected(reason);
      requireQuota();
      const messageId = clock.id();
      const from = bare(letter.from);
      const raw = Buffer.concat([carrierHead(messageId, from, clock.now()), message]);
      leaving++;
      try {
        await lines.use((line) => line.send({ from, to: letter.to, raw }).catch(later.judge(letter.to)));
        later.taken(letter.to);
        count();
      } catch (trouble) {
        if (trouble instanceof Doubtful) count();
        throw trouble;
      } finally {
        leaving--;
      }
      return { messageId };
    },

    async quota() {
      statement("DELETE FROM relayed WHERE at < ?").run(before(dayMilliseconds));
      return { perSecond: relay.perSecond, perDay: relay.perDay, sentInLastDay: relayed(dayMilliseconds) };
    },

    async close(stream) {
      statement("INSERT OR IGNORE INTO closedStream (stream) VALUES (?)").run(stream);
    },

    async open(stream) {
      statement("DELETE FROM closedStream WHERE stream = ?").run(stream);
    },

    hangUp: lines.hangUp,
  };
}

/** `Name <name@example.org>` → `name@example.org` */
const bare = (address: string): string => /<([^<>]+)>\s*$/.exec(address)?.[1] ?? address;

/** What SES would write over every letter. */
function carrierHead(messageId: string, from: string, now: Date): Buffer {
  const domain = from.slice(from.lastIndexOf("@") + 1);
  return Buffer.from(`Message-ID: <${messageId}@${domain}>\r\nDate: ${now.toUTCString().replace("GMT", "+0000")}\r\n`);
}
