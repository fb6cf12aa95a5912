import type { Change, Outcome, Table } from "../../functions/cloud/cloud.ts";
import { type Course, call, course, deadly } from "./call.ts";
import { keyOf } from "./memory-table.ts";
import type { Run, World } from "./world.ts";

/** The table over a network that stalls, fails, forgets to answer and asks twice. */
export function tableOf(world: World, runNow: () => Run): Table {
  const { table, faults, observed, tell } = world;

  const landing = (run: Run, changes: readonly Change[], outcomes: Outcome[]) => (change: Change, index: number) => {
    const [before] = table.get([keyOf(change)]);
    const first = table.change(change, index);
    // A client that got no answer asks again; the table then shows it a row of its own.
    const isAskedTwice = "put" in change && change.if === "absent" && faults.strikes("table wrote twice");
    const outcome = isAskedTwice ? table.change(change, index) : first;
    outcomes[index] = outcome;
    observed.see(run, change, first, before);
    tell(`${run.name}: ${describe(change)} ${outcome === "done" ? "done" : "met another row"} (${changes.length})`);
  };

  return {
    id: async () => "memory",
    get: (keys, options) => look(world, runNow(), "get", (isStale) => table.get(keys, isStale && !options?.consistent)),
    query: (query) => look(world, runNow(), "query", (isStale) => table.query(query, isStale && !query.consistent)),

    write(changes) {
      const run = runNow();
      const all = (): void => {
        const before = table.get(changes.map(keyOf));
        table.write(changes);
        changes.forEach((change, index) => void observed.see(run, change, "done", before[index]));
        tell(`${run.name}: ${changes.map(describe).join(" + ")} done`);
      };
      return call(world, run, `write ${changes.map(describe).join(" + ")}`, writing(world), [all], () => undefined);
    },

    async each(changes) {
      if (changes.length === 0) return [];
      const run = runNow();
      const outcomes: Outcome[] = [];
      const land = landing(run, changes, outcomes);
      const steps = groups(world, changes.length).map((indexes) => () => {
        for (const index of indexes) land(changes[index] as Change, index);
      });
      const first = describe(changes[0] as Change);
      return call(world, run, `each of ${changes.length}: ${first}`, writing(world), steps, () => outcomes);
    },

    count(key, field, by, options) {
      let value = 0;
      const add = (): void => {
        value = table.count(key, field, by, options);
      };
      return call(world, runNow(), `count ${key.pk}`, writing(world), [add], () => value);
    },
  };
}

/** What is read, is read at one moment on the way. */
function look<T>(world: World, run: Run, what: string, read: (isStale: boolean) => T): Promise<T> {
  let seen: T | undefined;
  const step = (): void => {
    seen = read(world.faults.strikes("read was stale"));
  };
  const isFailing = world.faults.strikes("table failed to read");
  const way: Course = { ...course(world), ...(isFailing && { fails: "before" as const }) };
  return call(world, run, what, way, [step], () => seen as T);
}

function writing(world: World): Course {
  const { faults } = world;
  if (faults.strikes("table failed before writing")) return { ...course(world), fails: "before" };
  if (faults.strikes("table failed after writing")) return { ...course(world), fails: "after" };
  if (faults.strikes("table wrote half")) return { ...course(world), fails: "half" };
  if (faults.strikes("table wrote after it had failed")) return { ...course(world), fails: "late" };
  return deadly(world);
}

/** Single writes land at two moments, any of them first. */
function groups({ lots }: World, count: number): number[][] {
  const first: number[] = [];
  const second: number[] = [];
  for (let index = 0; index < count; index++) (lots.chance(0.5) ? first : second).push(index);
  return [first, second];
}

const describe = (change: Change): string => {
  const { pk, sk } = keyOf(change);
  const kind = Object.keys(change)[0];
  const fields = "put" in change ? change.put : "patch" in change ? change.set : {};
  const state = fields.state ?? (fields.turn === undefined ? "" : `turn ${fields.turn}`);
  return `${kind} ${pk.slice(-8)} ${sk} ${state}`.trim();
};
