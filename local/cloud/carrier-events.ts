import { type CarrierManner, drawn } from "./carrier-manner.ts";
import type { KeptLetter } from "./outbox.ts";

/**
 * What becomes of a letter after it was accepted, told in the words of SES's event publishing.
 *
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-firehose-contents.html
 */

export type Fate =
  | "delivered"
  | "rejected"
  | "bounced"
  | "softBounced"
  | "suppressed"
  | "complained"
  | "delayed"
  | "answered";

export const isSimulated = (to: string): boolean => /@simulator\.amazonses\.com$/i.test(to);

/** Any label may follow: `bounce+1@…`. @see https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html */
const simulator = /^(success|bounce|complaint|ooto|suppressionlist)(?:\+[^@]*)?@simulator\.amazonses\.com$/i;
const simulated: Readonly<Record<string, Fate>> = {
  success: "delivered",
  bounce: "bounced",
  complaint: "complained",
  ooto: "answered",
  suppressionlist: "suppressed",
};

/** Drawn by the address: who bounces once bounces again. */
export function fateOf(to: string, manner: CarrierManner): Fate {
  const [, scenario] = simulator.exec(to) ?? [];
  if (scenario) return simulated[scenario.toLowerCase()] ?? "delivered";
  const { rejected, bounced, softBounced, complained, delayed } = manner;
  if (rejected + bounced + softBounced + complained + delayed === 0) return "delivered";
  return drawn(`fate ${to}`, { rejected, bounced, softBounced, complained, delayed }) ?? "delivered";
}

export type Event = Readonly<Record<string, unknown>> & { readonly eventType: string };

/** What is told first of a letter, and what later. */
export function eventsOf(letter: KeptLetter, fate: Fate, eventSeconds: number): { soon: Event[]; late: Event[] } {
  const at = (times: number): string =>
    new Date(Date.parse(letter.acceptedAt) + times * eventSeconds * 1000).toISOString();
  const tell = (eventType: string, name: string, what: object): Event => ({
    eventType,
    mail: mailOf(letter),
    [name]: what,
  });
  const sent = tell("Send", "send", {});
  const delivery = (times: number) => tell("Delivery", "delivery", deliveryOf(letter, at(times), times * eventSeconds));
  const bounce = (times: number, what: object) =>
    tell("Bounce", "bounce", { feedbackId: `${letter.messageId}-bounce`, timestamp: at(times), ...what });
  const delay = (why: DelayType) => tell("DeliveryDelay", "deliveryDelay", delayOf(letter, at(1), why));

  switch (fate) {
    case "delivered":
      return { soon: [sent, delivery(1)], late: [] };
    case "rejected":
      return { soon: [tell("Reject", "reject", { reason: "Bad content" })], late: [] };
    case "bounced":
      return { soon: [sent, bounce(1, unknownUser(letter))], late: [] };
    case "suppressed":
      return { soon: [sent, bounce(1, onSuppressionList(letter))], late: [] };
    case "softBounced":
      return { soon: [sent, delay("MailboxFull")], late: [bounce(2, mailboxFull(letter))] };
    case "delayed":
      return { soon: [sent, delay("TransientCommunicationFailure")], late: [delivery(2)] };
    case "complained":
      return { soon: [sent, delivery(1)], late: [tell("Complaint", "complaint", complaintOf(letter, at(2)))] };
    case "answered":
      return { soon: [sent, delivery(1)], late: [bounce(2, automaticAnswer(letter))] };
  }
}

/** As SES, less what only an account at AWS has: its number, its names, its servers. */
function mailOf({ acceptedAt, from, to, messageId, subject, stream, tags }: KeptLetter): object {
  const own = Object.entries(tags).map(([name, value]) => [name, [value]] as const);
  return {
    ...{ timestamp: acceptedAt, source: from, messageId, destination: [to], headersTruncated: false },
    headers: [
      { name: "From", value: from },
      { name: "To", value: to },
      { name: "Subject", value: subject },
    ],
    commonHeaders: { from: [from], to: [to], messageId, subject },
    tags: {
      "ses:configuration-set": [stream],
      "ses:from-domain": [from.slice(from.lastIndexOf("@") + 1)],
      ...Object.fromEntries(own),
    },
  };
}

const server = "localhost";

const deliveryOf = ({ to }: KeptLetter, timestamp: string, seconds: number): object => ({
  ...{ timestamp, processingTimeMillis: seconds * 1000, recipients: [to] },
  ...{ smtpResponse: "250 2.6.0 Message received", reportingMTA: server },
});

const failed = ({ to }: KeptLetter, status: string, diagnosticCode: string): object => ({
  bouncedRecipients: [{ emailAddress: to, action: "failed", status, diagnosticCode }],
});

const unknownUser = (letter: KeptLetter): object => ({
  ...{ bounceType: "Permanent", bounceSubType: "General", reportingMTA: `dsn; ${server}` },
  ...failed(letter, "5.1.1", "smtp; 550 5.1.1 user unknown"),
});

const onSuppressionList = (letter: KeptLetter): object => ({
  ...{ bounceType: "Permanent", bounceSubType: "Suppressed", reportingMTA: `dns; ${server}` },
  ...failed(letter, "5.1.1", "The address is suppressed: it has a recent history of bouncing as an invalid address."),
});

const mailboxFull = (letter: KeptLetter): object => ({
  ...{ bounceType: "Transient", bounceSubType: "MailboxFull", reportingMTA: `dsn; ${server}` },
  ...failed(letter, "4.2.2", "smtp; 452 4.2.2 mailbox full"),
});

/** SES tells of "out of the office" as of a bounce, though the letter arrived; nothing failed, so no status is there. */
const automaticAnswer = ({ to }: KeptLetter): object => ({
  ...{ bounceType: "Transient", bounceSubType: "General", bouncedRecipients: [{ emailAddress: to }] },
});

const complaintOf = ({ to, messageId }: KeptLetter, timestamp: string): object => ({
  ...{ feedbackId: `${messageId}-complaint`, timestamp, complainedRecipients: [{ emailAddress: to }] },
  ...{ complaintSubType: null, complaintFeedbackType: "abuse", userAgent: "Kurier-Outbox/1.0", arrivalDate: timestamp },
});

const delays = {
  MailboxFull: { status: "4.2.2", diagnosticCode: "smtp; 452 4.2.2 mailbox full" },
  TransientCommunicationFailure: { status: "4.4.1", diagnosticCode: "smtp; 421 4.4.1 unable to connect" },
} as const;
type DelayType = keyof typeof delays;

/** SES tries again for so long. */
const expiryHours = 14;

const delayOf = ({ to, acceptedAt }: KeptLetter, timestamp: string, delayType: DelayType): object => ({
  ...{ timestamp, delayType, delayedRecipients: [{ emailAddress: to, ...delays[delayType] }] },
  expirationTime: new Date(Date.parse(acceptedAt) + expiryHours * 3_600_000).toISOString(),
});
