import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type QueueName, queueNames } from "../../../functions/cloud/cloud.ts";
import { sqsQueues } from "../../../functions/cloud/queues.ts";
import { startScript, type Told } from "../../cloud/loopback-json.ts";

const refused = (...ids: string[]): Told => ({
  ok: { Successful: [], Failed: ids.map((Id) => ({ Id, Code: "InternalError", SenderFault: false })) },
});
const numbers = Array.from({ length: 12 }, (_, n) => ({ n }));

let service: Awaited<ReturnType<typeof startScript>>;
async function queuesTold(...script: Told[]) {
  service = await startScript(script);
  process.env.AWS_ENDPOINT_URL_SQS = service.url;
  const urls = queueNames.map((name) => [name, `${service.url}/123456789012/${name}`]);
  return sqsQueues(Object.fromEntries(urls) as Record<QueueName, string>);
}
const sent = () => service.asked.map(({ body }) => (body.Entries as { Id: string }[]).map(({ Id }) => Id));

beforeEach(() => {
  Object.assign(process.env, { AWS_REGION: "eu-central-1", AWS_ACCESS_KEY_ID: "key", AWS_SECRET_ACCESS_KEY: "secret" });
});
afterEach(async () => {
  await service.stop();
  delete process.env.AWS_ENDPOINT_URL_SQS;
});

describe("a queue that takes a part of a batch only", () => {
  it("is given the others once more, and no message twice", async () => {
    const queues = await queuesTold(refused("3", "7"), refused(), refused());
    await queues.rounds.add(numbers);
    expect(sent()).toEqual([
      ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
      ["3", "7"],
      ["10", "11"],
    ]);
  });

  it("is a fault when it still does not take them", async () => {
    const queues = await queuesTold(refused("3", "7"), refused("7"));
    await expect(queues.rounds.add(numbers)).rejects.toThrow("1 of 12 message(s) not taken");
  });
});
