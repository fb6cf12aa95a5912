import * as z from "zod";
import { publicationId } from "../publication.ts";
import { type AddressKey, addressKeyLength } from "../subscriber/subscriber.ts";

/**
 * What SES tells later of a letter. The same events come by two ways, one by one and in files of many, in any order,
 * doubled, late, or never. Of a letter without our tags nothing is read.
 *
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-firehose-contents.html
 */

/** From the least to the furthest: whatever comes later in this list overrules what came before it. */
export const feedbackKinds = [
  "sent",
  "delayed",
  "rejected",
  "delivered",
  "softBounced",
  "hardBounced",
  "complained",
] as const;
export type FeedbackKind = (typeof feedbackKinds)[number];

export interface Feedback {
  readonly kind: FeedbackKind;
  readonly publication: string;
  /** Undefined for an answer to a wish, such as a confirm mail: it concerns the address alone. */
  readonly issue: string | undefined;
  readonly addressKey: AddressKey;
  readonly attempt: string;
  readonly messageId: string;
  /** When SES took the letter. */
  readonly sentAt: string;
  /** When it happened. */
  readonly at: string;
  /** A code, never a sentence: those repeat addresses. "" where the kind says it all. */
  readonly reason: string;
}

/** SES found a virus in a letter it had taken; its only reason to reject one then. */
export const contentReason = "content";

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());
const mail = z.object({ timestamp: instant, messageId: z.string().regex(/^[\x21-\x7e]{1,200}$/) });
const code = z.string().regex(/^[A-Za-z][A-Za-z-]{0,40}$/);
/** RFC 3463. */
const status = z.string().regex(/^[245]\.\d{1,3}\.\d{1,3}$/);

const eventSchema = z.discriminatedUnion("eventType", [
  z.object({ eventType: z.literal("Send"), mail }),
  z.object({ eventType: z.literal("Reject"), mail }),
  z.object({ eventType: z.literal("Delivery"), mail, delivery: z.object({ timestamp: instant }) }),
  z.object({ eventType: z.literal("DeliveryDelay"), mail, deliveryDelay: z.object({ timestamp: instant }) }),
  z.object({
    ...{ eventType: z.literal("Bounce"), mail },
    bounce: z.object({
      ...{ timestamp: instant, bounceType: z.enum(["Permanent", "Transient", "Undetermined"]) },
      bounceSubType: code.catch("General"),
      bouncedRecipients: z.array(z.object({ status: status.optional().catch(undefined) })).catch([]),
    }),
  }),
  z.object({
    ...{ eventType: z.literal("Complaint"), mail },
    complaint: z.object({
      ...{ timestamp: instant, complaintSubType: code.nullish().catch(null) },
      complaintFeedbackType: code.nullish().catch(null),
    }),
  }),
]);
type Event = z.infer<typeof eventSchema>;

const eventTypes: readonly unknown[] = eventSchema.options.map(({ shape }) => shape.eventType.value);

/**
 * One event, be it of whatever letter.
 *
 * @returns undefined for what is not about a letter of ours, or tells nothing of where it went
 * @throws when it is no event, or one of ours that cannot be read
 */
export function readFeedback(body: unknown): Feedback | undefined {
  const { eventType, mail } = anyEvent.parse(body);
  const ours = eventTypes.includes(eventType) ? ourTags.safeParse(mail?.tags) : undefined;
  if (!ours?.success) return undefined;
  const event = eventSchema.parse(body);
  const outcome = outcomeOf(event);
  return outcome && { ...outcome, ...ours.data, messageId: event.mail.messageId, sentAt: event.mail.timestamp };
}

/** Notifications of an identity, without event publishing, have another name for their type and no tags. */
const anyEvent = z
  .object({
    ...{ eventType: z.string().optional(), notificationType: z.string().optional() },
    mail: z.object({ tags: z.unknown().optional() }).optional(),
  })
  .refine(({ eventType, notificationType }) => eventType !== undefined || notificationType !== undefined);

const key = z.tuple([z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${addressKeyLength}}$`))]);
/** The tags of every letter of ours, as SES hands them back: a list each. */
const ourTags = z
  .union([
    z.object({ delivery: key, attempt: key, issue: z.tuple([z.string().regex(/^.+-\d{4}-\d{2,3}$/)]) }),
    z.object({ delivery: key, attempt: key, answer: z.tuple([z.string()]) }),
  ])
  .transform((tags) => {
    const [[addressKey], [attempt]] = [tags.delivery, tags.attempt];
    if ("answer" in tags) return { addressKey, attempt, publication: tags.answer[0], issue: undefined };
    const [, publication = "", issue = ""] = /^(.+)-(\d{4}-\d{2,3})$/.exec(tags.issue[0]) ?? [];
    return { addressKey, attempt, publication, issue };
  })
  .refine(({ publication }) => publicationId.safeParse(publication).success);

function outcomeOf(event: Event): Pick<Feedback, "kind" | "at" | "reason"> | undefined {
  switch (event.eventType) {
    case "Send":
      return { kind: "sent", at: event.mail.timestamp, reason: "" };
    case "Reject":
      return { kind: "rejected", at: event.mail.timestamp, reason: contentReason };
    case "Delivery":
      return { kind: "delivered", at: event.delivery.timestamp, reason: "" };
    case "DeliveryDelay":
      return { kind: "delayed", at: event.deliveryDelay.timestamp, reason: "" };
    case "Bounce":
      return bounced(event.bounce);
    case "Complaint":
      return complained(event.complaint);
  }
}

/**
 * "NoEmail 5.1.1": what SES makes of it, and the mailbox's own code. An automatic answer ("I am away until Monday") comes
 * as a transient bounce without any code: that letter has arrived.
 *
 * @see https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html (ooto@simulator.amazonses.com)
 */
function bounced({
  timestamp,
  bounceType,
  bounceSubType,
  bouncedRecipients,
}: Extract<Event, { bounce: object }>["bounce"]) {
  const status = bouncedRecipients[0]?.status;
  if (bounceType === "Transient" && bounceSubType === "General" && !status) return undefined;
  const kind = bounceType === "Permanent" ? "hardBounced" : "softBounced";
  const reason = [bounceSubType, status].filter(Boolean).join(" ");
  return { kind, at: timestamp, reason } as const;
}

/** "not-spam" takes a letter out of the junk folder again: no complaint. */
function complained({
  timestamp,
  complaintSubType,
  complaintFeedbackType,
}: Extract<Event, { complaint: object }>["complaint"]) {
  if (complaintFeedbackType === "not-spam") return undefined;
  const reason = complaintFeedbackType ?? complaintSubType ?? "other";
  return { kind: "complained", at: timestamp, reason } as const;
}
