import type { TlsOptions } from "node:tls";
import { bytesOf } from "../../core/delivery/message.ts";
import { type Clock, Doubtful, type Mail, Rejected } from "../../functions/cloud/cloud.ts";
import type { Database } from "./database.ts";
import { headOf, whyRejected } from "./letter-rules.ts";
import type { Relay } from "./relay.ts";
import { relayBooks } from "./relay-books.ts";
import { believedLater } from "./smtp-later.ts";
import { openLine, type SmtpPatience, usualPatience } from "./smtp-line.ts";
import { openLines } from "./smtp-lines.ts";

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

export function smtpMail(
  database: Database,
  clock: Clock,
  { relay, patience = usualPatience, trust }: SmtpOptions,
): SmtpMail {
  const later = believedLater(clock);
  const lines = openLines(() => openLine(relay, patience, trust).catch(later.judge()), patience);
  const books = relayBooks(database, clock);
  let leaving = 0;

  return {
    reports: false,
    isJudged: true,
    async send(letter) {
      books.requireOpen(letter.stream);
      const message = bytesOf(letter.message);
      const reason = whyRejected(letter, message, headOf(message));
      if (reason) throw new Rejected(reason);
      books.requireQuota(relay, leaving);
      const messageId = clock.id();
      const from = bare(letter.from);
      const raw = Buffer.concat([carrierHead(messageId, from, clock.now()), message]);
      leaving++;
      try {
        await lines.use((line) => line.send({ from, to: letter.to, raw }).catch(later.judge(letter.to)));
        later.taken(letter.to);
        books.count();
      } catch (trouble) {
        if (trouble instanceof Doubtful) books.count();
        throw trouble;
      } finally {
        leaving--;
      }
      return { messageId };
    },

    quota: async () => books.quota(relay),
    close: books.close,
    open: books.open,
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
