import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { systemClock } from "../../functions/cloud/clock.ts";
import { type QueueName, queueNames } from "../../functions/cloud/cloud.ts";
import { sqsQueues } from "../../functions/cloud/queues.ts";
import { type InHand, queueContract } from "../cloud/queue.contract.ts";
import { reach, rentQueues } from "./rented.ts";

const visibilitySeconds = 2;

queueContract(
  "SQS",
  async () => {
    const client = new SQSClient({});
    const { what: rented, end } = await rentQueues(client);
    const urls = Object.fromEntries(queueNames.map((name) => [name, rented[name].url])) as Record<QueueName, string>;
    return {
      queues: sqsQueues(urls),
      receive: (queue) => receive(client, urls[queue], visibilitySeconds),
      parked: async (queue) => (await receive(client, rented[queue].parkedUrl, 0)).map(({ body }) => body),
      visibilitySeconds,
      pass: (seconds) => systemClock.sleep(seconds * 1000),
      end,
    };
  },
  reach,
);

async function receive(client: SQSClient, QueueUrl: string, VisibilityTimeout: number): Promise<InHand[]> {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl,
      VisibilityTimeout,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: 0,
      MessageSystemAttributeNames: ["ApproximateReceiveCount"],
    }),
  );
  return Messages.map(({ Body = "", ReceiptHandle, Attributes }) => ({
    body: Body,
    receives: Number(Attributes?.ApproximateReceiveCount),
    done: async () => void (await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))),
  }));
}
