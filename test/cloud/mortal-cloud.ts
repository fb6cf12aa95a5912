import type { Cloud, Queue, QueueName, Queues } from "../../functions/cloud/cloud.ts";

/** Where a process is killed: before its nth effect reaches the world, or after it, before the answer arrives. */
export interface Death {
  readonly effect: number;
  readonly when: "before" | "after";
}
export class Killed extends Error {}

/** A cloud as a process sees it that is killed at one of its effects. From then on nothing it tries has any effect. */
export function mortal<C extends Cloud>(cloud: C, death: Death): C & { readonly isDead: () => boolean } {
  let effects = 0;
  let isDead = false;
  const effect = async <T>(act: () => Promise<T>): Promise<T> => {
    if (isDead) throw new Killed();
    effects++;
    if (effects !== death.effect) return act();
    isDead = true;
    if (death.when === "after") await act();
    throw new Killed();
  };
  const look = async <T>(act: () => Promise<T>): Promise<T> => {
    if (isDead) throw new Killed();
    return act();
  };
  const queue = (name: QueueName): Queue => ({
    add: (messages, options) => effect(() => cloud.queues[name].add(messages, options)),
  });
  const { table, files, mail, timer, clock } = cloud;
  return {
    ...cloud,
    isDead: () => isDead,
    table: {
      id: () => look(() => table.id()),
      get: (keys, options) => look(() => table.get(keys, options)),
      query: (query) => look(() => table.query(query)),
      write: (changes) => effect(() => table.write(changes)),
      each: (changes) => (changes.length === 0 ? look(async () => []) : effect(() => table.each(changes))),
      count: (...given) => effect(() => table.count(...given)),
    },
    files: {
      ...files,
      read: (key) => look(() => files.read(key)),
      write: (...given) => effect(() => files.write(...given)),
    },
    mail: { ...mail, send: (letter) => effect(() => mail.send(letter)) },
    timer: { ...timer, wakeAt: (...given) => effect(() => timer.wakeAt(...given)) },
    clock: {
      ...clock,
      now: () => clock.now(),
      id: () => clock.id(),
      sleep: (milliseconds) => clock.sleep(milliseconds),
    },
    queues: Object.fromEntries(
      Object.keys(cloud.queues).map((name) => [name, queue(name as QueueName)]),
    ) as unknown as Queues,
  };
}
