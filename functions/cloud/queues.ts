import { SendMessageBatchCommand, type SendMessageBatchRequestEntry, SQSClient } from "@aws-sdk/client-sqs";
import type { Queue, QueueName, Queues } from "./cloud.ts";
import { queueNames } from "./cloud.ts";

/** SQS's limits: messages a call, and seconds of delay. */
const maxBatch = 10;
const maxDelaySeconds = 900;

/** Work for later, in SQS. @param urls of the queues, by name */
export function sqsQueues(urls: Readonly<Record<QueueName, string>>): Queues {
  const requestHandler = { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true };
  const client = new SQSClient({ requestHandler });
  return Object.fromEntries(queueNames.map((name) => [name, sqsQueue(client, urls[name])])) as Queues;
}

function sqsQueue(client: SQSClient, QueueUrl: string): Queue {
  /** @returns the entries SQS did not take */
  const send = async (Entries: SendMessageBatchRequestEntry[]): Promise<SendMessageBatchRequestEntry[]> => {
    const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    const refused = new Set(Failed.map(({ Id }) => Id));
    return Entries.filter(({ Id }) => refused.has(Id));
  };
  return {
    add: async (messages, { delaySeconds = 0 } = {}) => {
      if (delaySeconds > maxDelaySeconds) throw new RangeError(`a message waits at most ${maxDelaySeconds} s`);
      const entries = messages.map((message, index) => ({
        Id: String(index),
        MessageBody: JSON.stringify(message),
        DelaySeconds: Math.ceil(delaySeconds),
      }));
      for (let at = 0; at < entries.length; at += maxBatch) {
        const left = await send(entries.slice(at, at + maxBatch));
        const lost = left.length > 0 ? await send(left) : [];
        if (lost.length > 0) throw new Error(`${lost.length} of ${messages.length} message(s) not taken by the queue`);
      }
    },
  };
}
