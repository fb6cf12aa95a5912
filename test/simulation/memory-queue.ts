import type { Value } from "../../functions/cloud/cloud.ts";

/** A queue of `test/cloud/queue.contract.ts` in memory. */
export interface MemoryQueue {
  add(messages: readonly Value[], delaySeconds?: number): void;
  /** Any of those that may be taken now: a queue knows no order. */
  receive(max: number, visibilitySeconds: number): Held[];
  done(held: Held): void;
  /** Bodies in the dead-letter queue. */
  parked(): string[];
  /** Whether nothing is waiting or in hand. */
  isEmpty(): boolean;
}

export interface Held {
  readonly id: number;
  readonly body: string;
  readonly receives: number;
}

interface Message {
  readonly id: number;
  readonly body: string;
  visibleAt: number;
  receives: number;
  isParked: boolean;
}

const maxReceives = 5;
const maxDelaySeconds = 900;
const maxBytes = 1_048_576;

/** @param choose which of so many messages is handed over next */
export function memoryQueue(now: () => number, choose: (count: number) => number): MemoryQueue {
  const messages = new Map<number, Message>();
  let added = 0;

  const mayBeTaken = (): Message[] => {
    const visible = [...messages.values()].filter(({ isParked, visibleAt }) => !isParked && visibleAt <= now());
    for (const message of visible) message.isParked = message.receives >= maxReceives;
    return visible.filter(({ isParked }) => !isParked);
  };

  return {
    add(bodies, delaySeconds = 0) {
      if (!(delaySeconds >= 0 && delaySeconds <= maxDelaySeconds))
        throw new Error(`a delay of ${delaySeconds} seconds`);
      const texts = bodies.map((body) => JSON.stringify(body));
      if (texts.some((text) => Buffer.byteLength(text) > maxBytes)) throw new Error("a message of more than 1 MB");
      for (const body of texts) {
        const id = added++;
        messages.set(id, { id, body, visibleAt: now() + delaySeconds * 1000, receives: 0, isParked: false });
      }
    },

    receive(max, visibilitySeconds) {
      const visible = mayBeTaken();
      const taken: Held[] = [];
      while (taken.length < max && visible.length > 0) {
        const [message] = visible.splice(choose(visible.length), 1);
        if (!message) break;
        message.receives++;
        message.visibleAt = now() + visibilitySeconds * 1000;
        taken.push({ id: message.id, body: message.body, receives: message.receives });
      }
      return taken;
    },

    done({ id, receives }) {
      if (messages.get(id)?.receives === receives) messages.delete(id);
    },

    isEmpty: () => [...messages.values()].every(({ isParked }) => isParked),

    parked: () => [...messages.values()].filter(({ isParked }) => isParked).map(({ body }) => body),
  };
}
