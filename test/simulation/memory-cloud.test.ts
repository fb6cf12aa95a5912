import { queueNames } from "../../functions/cloud/cloud.ts";
import { queueContract } from "../cloud/queue.contract.ts";
import { tableContract } from "../cloud/table.contract.ts";
import { memoryQueue } from "./memory-queue.ts";
import { calmTable, memoryTable } from "./memory-table.ts";
import { virtualTime } from "./time.ts";

/** What the simulation believes of the cloud is held to the same contracts as AWS and its twin. */

const start = Date.parse("2026-11-23T08:00:00.000Z");

tableContract("of the simulation", async () => {
  const memory = memoryTable(virtualTime(start).now);
  return { table: calmTable(memory), another: calmTable(memory) };
});

queueContract("of the simulation", async () => {
  const time = virtualTime(start);
  const open = () => memoryQueue(time.now, (count) => count - 1);
  const made = {
    ...{ arrivals: open(), manuscripts: open(), builds: open() },
    ...{ rounds: open(), confirmations: open(), feedback: open() },
  };
  const visibilitySeconds = 720;
  const queues = Object.fromEntries(
    queueNames.map((name) => [
      name,
      {
        add: async (messages: Parameters<(typeof made)["rounds"]["add"]>[0], options?: { delaySeconds?: number }) =>
          made[name].add(messages, options?.delaySeconds),
      },
    ]),
  ) as Awaited<ReturnType<Parameters<typeof queueContract>[1]>>["queues"];
  return {
    ...{ queues, visibilitySeconds },
    receive: async (queue) =>
      made[queue].receive(10, visibilitySeconds).map((held) => ({ ...held, done: async () => made[queue].done(held) })),
    parked: async (queue) => made[queue].parked(),
    pass: async (seconds) => time.run(time.now() + seconds * 1000),
  };
});
