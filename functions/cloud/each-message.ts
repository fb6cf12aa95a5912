import { Refusal } from "../../core/refusal.ts";
import type { Handler } from "./cloud.ts";

interface SqsRecord {
  readonly messageId: string;
  readonly body: string;
}
const isRecord = (record: unknown): record is SqsRecord =>
  typeof record === "object" &&
  record !== null &&
  typeof (record as SqsRecord).messageId === "string" &&
  typeof (record as SqsRecord).body === "string";

/**
 * Makes a handler of one message out of the handler of an SQS event (`{ Records: [{ messageId, body }] }`).
 * A fault parks its own message only: it comes back, the others are done. A refusal is an answer: trying again
 * would only hear it again.
 *
 * @param read parses the JSON body or throws; a body that cannot be read is a fault and ends in the dead-letter queue
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html (partial batch responses)
 */
export const eachMessage =
  <T>(read: (body: unknown) => T, work: (message: T, context: { deadline: Date }) => Promise<void>): Handler =>
  async (event, context) => {
    const records = (event as { Records?: unknown[] }).Records ?? [];
    const batchItemFailures: { itemIdentifier: string }[] = [];
    for (const record of records) {
      if (!isRecord(record)) throw new Error("not an SQS event");
      try {
        await work(read(parsed(record.body)), context);
      } catch (fault) {
        if (fault instanceof Refusal) {
          console.warn({ refused: fault.code, messageId: record.messageId });
          continue;
        }
        console.error({
          fault: fault instanceof Error ? (fault.stack ?? fault.message) : String(fault),
          messageId: record.messageId,
        });
        batchItemFailures.push({ itemIdentifier: record.messageId });
      }
    }
    return { batchItemFailures };
  };

/** Without the words of JSON.parse: it repeats the body, which may hold an address. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Error("a message is not JSON");
  }
}
