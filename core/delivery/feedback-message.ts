import * as z from "zod";
import { type Feedback, readFeedback } from "./feedback.ts";

/** The two ways feedback comes: a message on the queue, and a file many events lie in. */

export type FeedbackMessage =
  | { readonly is: "event"; readonly feedback: Feedback | undefined }
  /** `done`: how many of its pieces earlier runs got through. */
  | { readonly is: "file"; readonly key: string; readonly done: number };

const noticeSchema = z.object({
  detail: z.object({ object: z.object({ key: z.string() }) }),
  done: z.int().min(0).default(0),
});
const envelopeSchema = z.object({ Type: z.literal("Notification"), Message: z.string() });

/** @throws when it is neither the notice of a file nor an event that can be read */
export function readFeedbackMessage(body: unknown): FeedbackMessage {
  const notice = noticeSchema.safeParse(body);
  if (notice.success) return { is: "file", key: notice.data.detail.object.key, done: notice.data.done };
  const envelope = envelopeSchema.safeParse(body);
  return { is: "event", feedback: readFeedback(envelope.success ? parsed(envelope.data.Message) : body) };
}

/** What SES says once to every topic it is given. */
const greeting = "Successfully validated SNS topic";

export const isGreeting = (body: string): boolean => body.includes(greeting) && !body.includes('"eventType');

/**
 * The pieces of a file, each one event where all is well. A line may be torn, or hold several events: SES ends each
 * with a newline and writes its type first, whatever wrote the file may have lost either.
 */
export function* piecesOf(body: Uint8Array): Generator<string> {
  const decoder = new TextDecoder();
  for (let start = 0; start < body.length; ) {
    const newline = body.indexOf(lineFeed, start);
    const end = newline < 0 ? body.length : newline;
    const line = decoder.decode(body.subarray(start, end)).trim();
    // Within a text a quotation mark has a backslash before it: this is where an event begins, and nowhere else.
    if (line !== "") yield* line.split(/(?=\{\s*"eventType"\s*:)/);
    start = end + 1;
  }
}
const lineFeed = 0x0a;

/** A piece's feedback; undefined for what is not ours, "unreadable" for what is none. */
export function feedbackIn(piece: string): Feedback | undefined | "unreadable" {
  try {
    return readFeedback(parsed(piece));
  } catch {
    return "unreadable";
  }
}

/** A parser's own complaint repeats what it read: there are addresses in it. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error("not JSON");
  }
}
