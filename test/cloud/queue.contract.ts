import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { QueueName, Queues } from "../../functions/cloud/cloud.ts";
import { queueNames } from "../../functions/cloud/cloud.ts";
import { fresh, groups, type Made, type Reach } from "./contract.ts";

/** One message in hand: told done, it is gone; not told, it comes again after the visibility timeout. */
export interface InHand {
  readonly body: string;
  /** How often it was handed over, this time included. */
  readonly receives: number;
  readonly done: () => Promise<void>;
}
export interface MadeQueues extends Made {
  readonly queues: Queues;
  /** Takes up to ten messages now. */
  readonly receive: (queue: QueueName) => Promise<InHand[]>;
  /** Bodies in the dead-letter queue of a queue. */
  readonly parked: (queue: QueueName) => Promise<string[]>;
  /** The visibility timeout `receive` asks for. Short where time is real. */
  readonly visibilitySeconds: number;
  /** Lets time pass: a fake clock's, or real time. */
  readonly pass: (seconds: number) => Promise<void>;
}

export function queueContract(name: string, make: () => Promise<MadeQueues>, reach: Reach = {}): void {
  const { everywhere } = groups(reach);

  describe(`queues, ${name}`, () => {
    let made: MadeQueues;
    beforeAll(async () => {
      made = await make();
    });
    afterAll(() => made?.end?.());

    /** Only what this test added: a queue may be shared. */
    const take = async (queue: QueueName, mark: string): Promise<InHand[]> =>
      (await made.receive(queue)).filter(({ body }) => body.includes(mark));
    const drain = async (queue: QueueName, mark: string): Promise<string[]> => {
      const bodies: string[] = [];
      for (let empty = 0; empty < 3; ) {
        const taken = await take(queue, mark);
        for (const message of taken) {
          bodies.push(message.body);
          await message.done();
        }
        empty = taken.length === 0 ? empty + 1 : 0;
      }
      return bodies;
    };

    everywhere("adding and taking", () => {
      it.each(queueNames)("%s hands over what was added, as JSON", async (queue) => {
        const message = { v: 1, mark: fresh("m"), text: "Grüße 😀", list: [1, null, { a: true }] };
        await made.queues[queue].add([message]);
        expect((await drain(queue, message.mark)).map((body) => JSON.parse(body))).toEqual([message]);
        expect(await take(queue, message.mark)).toEqual([]);
      });

      it("takes any number of messages in one call, and none", async () => {
        const mark = fresh("m");
        await made.queues.builds.add([]);
        await made.queues.builds.add(Array.from({ length: 25 }, (_, n) => ({ mark, n })));
        const numbers = (await drain("builds", mark)).map((body) => (JSON.parse(body) as { n: number }).n);
        expect([...new Set(numbers)].sort((a, b) => a - b)).toEqual(Array.from({ length: 25 }, (_, n) => n));
      });

      it("keeps queues apart", async () => {
        const mark = fresh("m");
        await made.queues.rounds.add([{ mark }]);
        expect(await take("builds", mark)).toEqual([]);
        expect(await drain("rounds", mark)).toHaveLength(1);
      });

      it("refuses a delay longer than fifteen minutes", async () => {
        await expect(made.queues.rounds.add([{ a: 1 }], { delaySeconds: 901 })).rejects.toThrow();
      });

      it("refuses a message larger than a megabyte", async () => {
        await expect(made.queues.rounds.add([{ text: "x".repeat(1_100_000) }])).rejects.toThrow();
      });
    });

    everywhere("time", () => {
      it("holds a delayed message back", async () => {
        const mark = fresh("m");
        await made.queues.rounds.add([{ mark }], { delaySeconds: 2 });
        expect(await take("rounds", mark)).toEqual([]);
        await made.pass(3);
        expect(await drain("rounds", mark)).toHaveLength(1);
      });

      it("shows a message to nobody else while it is in hand, and again when nobody said done", async () => {
        const mark = fresh("m");
        await made.queues.builds.add([
          { mark, n: 1 },
          { mark, n: 2 },
        ]);
        const first = await take("builds", mark);
        for (let tries = 0; first.length < 2 && tries < 5; tries++) first.push(...(await take("builds", mark)));
        expect(first).toHaveLength(2);
        expect(await take("builds", mark)).toEqual([]);
        await first.find(({ body }) => body.includes('"n":1'))?.done();
        await made.pass(made.visibilitySeconds + 1);
        const again = await take("builds", mark);
        expect(again.map(({ body, receives }) => ({ n: JSON.parse(body).n, receives }))).toEqual([
          { n: 2, receives: 2 },
        ]);
        await again[0]?.done();
      });

      it("parks a message that came five times and was never done", async () => {
        const mark = fresh("m");
        await made.queues.arrivals.add([{ mark }]);
        for (let tries = 1; tries <= 5; tries++) {
          expect((await take("arrivals", mark)).map(({ receives }) => receives)).toEqual([tries]);
          await made.pass(made.visibilitySeconds + 1);
        }
        expect(await take("arrivals", mark)).toEqual([]);
        await expect
          .poll(async () => (await made.parked("arrivals")).filter((body) => body.includes(mark)))
          .toHaveLength(1);
      }, 60_000);
    });
  });
}
