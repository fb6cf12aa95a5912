import { onTestFinished } from "vitest";
import { messageOf } from "../../../core/delivery/message.ts";
import type { Letter } from "../../../functions/cloud/cloud.ts";
import { openDatabase } from "../../../local/cloud/database.ts";
import { mailSchema } from "../../../local/cloud/mail.ts";
import type { Relay } from "../../../local/cloud/relay.ts";
import { relayBooksSchema } from "../../../local/cloud/relay-books.ts";
import { type SmtpMail, type SmtpOptions, smtpMail } from "../../../local/cloud/smtp.ts";
import { type FakeClock, fakeClock } from "../../cloud/fake-clock.ts";
import { type LoopbackSmtp, startLoopbackSmtp } from "../../cloud/loopback-smtp.ts";

/** Somebody who is in a hurry: a relay that hangs is known to hang in less than a second. */
export const hurry = { connect: 900, answer: 900, wait: 200, idle: 1000 };

export const relayAt = ({ port }: Pick<LoopbackSmtp, "port">, changes: Partial<Relay> = {}): Relay => ({
  ...{ host: "127.0.0.1", port, tls: "offered", perSecond: 1000, perDay: Number.POSITIVE_INFINITY },
  ...changes,
});

export type RelayedMail = { mail: SmtpMail; clock: FakeClock; end: () => void };

/** A carrier with a database of its own. */
export function openRelayedMail(options: SmtpOptions): RelayedMail {
  const database = openDatabase(":memory:", [mailSchema, relayBooksSchema].join("\n"), "OFF");
  const clock = fakeClock();
  const mail = smtpMail(database, clock, { patience: hurry, ...options });
  const end = (): void => {
    mail.hangUp();
    database.close();
  };
  return { mail, clock, end };
}

/** A relay and a carrier for one test. */
export async function relayed(
  options: Parameters<typeof startLoopbackSmtp>[0] & { relay?: Partial<Relay>; smtp?: Partial<SmtpOptions> } = {},
): Promise<{ relay: LoopbackSmtp; mail: SmtpMail; clock: FakeClock }> {
  const relay = await startLoopbackSmtp(options);
  const { mail, clock, end } = openRelayedMail({ relay: relayAt(relay, options.relay), ...options.smtp });
  onTestFinished(async () => {
    end();
    await relay.stop();
  });
  return { relay, mail, clock };
}

export const aLetter = (changes: Partial<Letter> & { body?: string } = {}): Letter => {
  const { body = "Guten Tag\r\n", ...others } = changes;
  const from = "redaktion@elbland.example";
  const head = `From: ELBLANDbote <${from}>\r\nTo: leserin@auenrode.example\r\nSubject: Probe\r\n\r\n`;
  return {
    ...{ stream: "editions", from, to: "leserin@auenrode.example", tags: { delivery: "AbC" } },
    message: messageOf(Buffer.from(`${head}${body}`)),
    ...others,
  };
};
