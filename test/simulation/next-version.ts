import type { Change, Cloud, Queues } from "../../functions/cloud/cloud.ts";
import { keyOf } from "./memory-table.ts";

/** A field no version of ours knows: today's code must neither choke on it nor lose it. */
export const fieldOfNextVersion = "fieldOfNextVersion";
/** A person's row forgets what it does not know, on purpose, and a pointer is written anew; the others keep it. */
const keeps = /^(issue|publication)#\S+ (control|round#.|issue#|delivery#.+)/;

/** The cloud of a container that runs the next version of the code: what it writes says more than ours. */
export function cloudOfNextVersion(cloud: Cloud): Cloud {
  const more = { [fieldOfNextVersion]: "kept" };
  const saysMore = (change: Change): Change => {
    const { pk, sk } = keyOf(change);
    if (!keeps.test(`${pk} ${sk}`)) return change;
    if ("put" in change) return { ...change, put: { ...change.put, ...more } };
    return "patch" in change ? { ...change, set: { ...change.set, ...more } } : change;
  };
  const { table, timer } = cloud;
  const adding = Object.entries(cloud.queues).map(([name, { add }]) => {
    const addMore: typeof add = (messages, options) =>
      add(
        messages.map((body) => saying(body, more)),
        options,
      );
    return [name, { add: addMore }];
  });
  return {
    ...cloud,
    table: {
      ...table,
      write: (changes) => table.write(changes.map(saysMore)),
      each: (changes) => table.each(changes.map(saysMore)),
    },
    queues: Object.fromEntries(adding) as unknown as Queues,
    timer: {
      ...timer,
      wakeAt: (name, at, { target, payload }) => timer.wakeAt(name, at, { target, payload: saying(payload, more) }),
    },
  };
}

type Body = Parameters<Queues["rounds"]["add"]>[0][number];
const saying = (body: Body, more: Readonly<Record<string, string>>): Body =>
  typeof body === "object" && body !== null && !Array.isArray(body) ? { ...body, ...more } : body;
