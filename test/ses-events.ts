/** What SES tells of a letter, as its event publishing writes it; readers and servers are invented. */

export interface LetterOfOurs {
  readonly addressKey: string;
  readonly attempt: string;
  readonly issue?: string;
  /** Of a confirm mail: to whom somebody's wish was. */
  readonly answer?: string;
  readonly messageId?: string;
  readonly sentAt?: string;
}

export type SesEvent = Readonly<Record<string, unknown>> & { readonly eventType: string };

const usualTime = "2026-11-23T08:00:01.250Z";

const mailOf = ({
  addressKey,
  attempt,
  issue = "elblandbote-2026-01",
  answer,
  messageId,
  sentAt = usualTime,
}: LetterOfOurs) => ({
  timestamp: sentAt,
  source: "ELBLANDbote <redaktion@elblandbote.example>",
  sourceArn: "arn:aws:ses:eu-central-1:111122223333:identity/elblandbote.example",
  sendingAccountId: "111122223333",
  messageId: messageId ?? `0107019a-${attempt}-000000`,
  destination: ["leserin@auenrode.example"],
  headersTruncated: false,
  headers: [
    { name: "From", value: "ELBLANDbote <redaktion@elblandbote.example>" },
    { name: "To", value: '"Jördis" <leserin@auenrode.example>' },
    { name: "Subject", value: 'ELBLANDbote 01|26: {"eventType":"Send"} und andere Wege' },
  ],
  commonHeaders: { from: ["ELBLANDbote <redaktion@elblandbote.example>"], to: ["leserin@auenrode.example"] },
  tags: {
    "ses:configuration-set": ["kurier-editions"],
    "ses:source-ip": ["192.0.2.7"],
    "ses:from-domain": ["elblandbote.example"],
    "ses:caller-identity": ["deliver"],
    delivery: [addressKey],
    attempt: [attempt],
    ...(answer === undefined ? { issue: [issue] } : { answer: [answer] }),
  },
});

export const sendOf = (letter: LetterOfOurs): SesEvent => ({ eventType: "Send", mail: mailOf(letter), send: {} });

export const rejectOf = (letter: LetterOfOurs): SesEvent => ({
  ...{ eventType: "Reject", mail: mailOf(letter), reject: { reason: "Bad content" } },
});

export const deliveryOf = (letter: LetterOfOurs, timestamp = "2026-11-23T08:00:04.133Z"): SesEvent => ({
  eventType: "Delivery",
  mail: mailOf(letter),
  delivery: {
    ...{ timestamp, processingTimeMillis: 2883, recipients: ["leserin@auenrode.example"] },
    ...{
      smtpResponse: "250 2.6.0 Message received",
      remoteMtaIp: "198.51.100.4",
      reportingMTA: "a7-12.smtp-out.example",
    },
  },
});

export const delayOf = (letter: LetterOfOurs, timestamp = "2026-11-23T08:10:00.000Z"): SesEvent => ({
  eventType: "DeliveryDelay",
  mail: mailOf(letter),
  deliveryDelay: {
    ...{ timestamp, delayType: "TransientCommunicationFailure", expirationTime: "2026-11-23T22:00:01.250Z" },
    delayedRecipients: [
      { emailAddress: "leserin@auenrode.example", status: "4.4.1", diagnosticCode: "smtp; 421 4.4.1 no answer" },
    ],
  },
});

export const bounceOf = (
  letter: LetterOfOurs,
  { type = "Permanent", subType = "NoEmail", status = "5.1.1", timestamp = "2026-11-23T08:00:05.000Z" } = {},
): SesEvent => ({
  eventType: "Bounce",
  mail: mailOf(letter),
  bounce: {
    ...{
      bounceType: type,
      bounceSubType: subType,
      timestamp,
      feedbackId: "0107019a-1f",
      reportingMTA: "dns; mx.example",
    },
    bouncedRecipients: [
      {
        ...{ emailAddress: "leserin@auenrode.example", action: "failed", status },
        diagnosticCode: `smtp; 550 ${status} <leserin@auenrode.example>: no such mailbox`,
      },
    ],
  },
});

export const softBounceOf = (letter: LetterOfOurs, timestamp = "2026-11-23T20:00:00.000Z"): SesEvent =>
  bounceOf(letter, { type: "Transient", subType: "MailboxFull", status: "4.2.2", timestamp });

export const complaintOf = (
  letter: LetterOfOurs,
  { type = "abuse", timestamp = "2026-11-23T09:30:00.000Z" } = {},
): SesEvent => ({
  eventType: "Complaint",
  mail: mailOf(letter),
  complaint: {
    ...{ complainedRecipients: [{ emailAddress: "leserin@auenrode.example" }], timestamp, feedbackId: "0107019a-2f" },
    ...{ complaintSubType: null, userAgent: "Junk-Knopf/1.0", arrivalDate: timestamp },
    ...(type === "" ? {} : { complaintFeedbackType: type }),
  },
});

export const openOf = (letter: LetterOfOurs): SesEvent => ({
  eventType: "Open",
  mail: mailOf(letter),
  open: { ipAddress: "192.0.2.9", timestamp: "2026-11-23T09:00:00.000Z", userAgent: "Brief/1.0" },
});

/** As Firehose writes them: one event a line. */
export const fileOf = (events: readonly SesEvent[]): string =>
  events.map((event) => `${JSON.stringify(event)}\n`).join("");

/** As SNS wraps what it hands to a queue without raw delivery. */
export const envelopeOf = (event: SesEvent) => ({
  ...{ Type: "Notification", MessageId: "4c1e2f9a-0000-5000-9000-aa00bb11cc22", Timestamp: "2026-11-23T08:00:06.000Z" },
  ...{ TopicArn: "arn:aws:sns:eu-central-1:111122223333:kurier-feedback", Message: JSON.stringify(event) },
});
